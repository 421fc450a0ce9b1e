"""What a text by a language model must look like to be put before a candidate.

Owns the shape: one question, whole sentences, no score. Refuses to judge what it says.
"""

from __future__ import annotations

import re

from interviewbot.domain.text import unmarked

# "You said “why?” there": what goes on in small letters has not ended.
_QUESTION = re.compile(r"\?+[\"'”’)\]*_`]*(?=\s+[^a-z\s])")
_LABEL = re.compile(r"(?:follow[- ]?up(?: question)?|question|interviewer)\s*:\s*", re.IGNORECASE)
_QUOTES = {('"', '"'), ("“", "”"), ("'", "'"), ("‘", "’")}
_STOP = re.compile(r"[.!?]['\"”’)\]*_]*(?=\s|\Z)|\n")
# "8/10", "7 out of 10", "your score", "I would grade": figures come from code alone.
_SCORE = re.compile(
    r"\b\d+(?:\.\d+)?\s*(?:/|out of)\s*(?:5|10|20|100)\b"
    r"|\byour\s+(?:overall\s+)?(?:score|grade|mark)\b[^.\n\d]{0,20}\d|^\W*(?:score|grade|rating)\s*:",
    re.IGNORECASE | re.MULTILINE,
)


def question_in(text: str, *, over: bool) -> str | None:
    """Return ``text`` up to the end of its first question; None where none is complete.

    Whether a question mark at its end is one shows only once the text is ``over``.
    """
    found = _QUESTION.search(f"{text} X" if over else text)
    asked = text[: found.end()] if found else ""
    return asked if any(map(str.isalnum, asked)) else None


def plain_question(text: str) -> str:
    """Return a question without a label, marks and quotation marks all around it."""
    text = _LABEL.sub("", unmarked(text).strip(), count=1) if _LABEL.match(text) else unmarked(text)
    text = text.strip()
    if len(text) > 1 and (text[0], text[-1]) in _QUOTES:
        text = text[1:-1].strip()
    return text


def whole_sentences(text: str, most: int) -> str:
    """Return the sentences and lines of ``text`` that are complete within ``most`` characters."""
    ends = [found.end() for found in _STOP.finditer(text) if found.end() <= most]
    return text[: ends[-1]].rstrip() if ends else ""


def gives_score(text: str) -> bool:
    """Return whether ``text`` gives the candidate a score."""
    return _SCORE.search(text) is not None
