"""What a sentence asks, and what it only begs for.

A question, a request and a confession of having missed the lecture claim nothing, however
many terms they name. A tag ("…, right?") only asks for a nod: what stands before it is
said. Owns telling these apart. Refuses to judge a statement.
"""

from __future__ import annotations

import re

_NOT = r"(?:n't|n’t)?"
_AUXILIARY = (
    rf"(?:(?:is|are|was|were|do|does|did|can|could|should|would|will|wo|ca|may|might|has|have|had"
    rf"|am){_NOT}|cannot|shall)"
)
_WANTING = r"(?:what|which|who|whom|whose|when|where|why|how)"
_FILLER = r"(?:(?:so|and|but|or|well|ok|okay|now|then|um|uh|also|yes|no|hmm)\b[\s,]*+)*"
_ASKING = re.compile(rf"\W*+{_FILLER}(?:{_WANTING}\b|{_AUXILIARY}\s+\w)", re.IGNORECASE)
_SUBORDINATE = re.compile(
    rf"\W*+{_FILLER}(?:if|when|where|while|whereas|although|though|since|because|given|assuming)\b",
    re.IGNORECASE,
)
_PRONOUN = r"(?:it|they|that|this|he|she|we|you|i|there)"
_TAG = re.compile(
    r"(?:[\s,;:—–-]+(?:"
    rf"{_AUXILIARY}\s+{_PRONOUN}(?:\s+not)?"
    r"|(?:do|does|did|if|is|are)\s+(?:that|this|it|you|i)\s+(?:all\s+)?(?:makes?\s+(?:any\s+)?sense"
    r"|right|correct|clear|ok|okay|follow|see|know|understand|get\s+(?:it|me))"
    r"|make\s+sense|am\s+i\s+(?:right|correct)|(?:you\s+)?know\s+what\s+i\s+mean|you\s+(?:know|see)"
    r"|right|okay|ok|innit)"
    r"|\s*[,;—–-]\s*(?:yes|yeah|no|correct|see|huh|eh|hm|true|or\s+not|or\s+what))"
    r"\s*\?[\s?!.\"'”’)\]]*$",
    re.IGNORECASE,
)
_BREAK = re.compile(r"(?:[,;:—–]|(?<=\s)-)\s++")
_LONGEST_TAG = 60  # characters; no more is looked at, however long the text
_LONGEST_QUESTION = 200
_LEAST_BEFORE = 3  # words; less is no statement of its own
# "Recall: of all positives, what share did it find?" says what recall is.
_LABELLED = re.compile(
    r"\W*+(?!(?:my |the |a )?q(?:uestion)?s?\b)[\w-]+(?: [\w-]+){0,2}:\s", re.IGNORECASE
)

_LEARNT = (
    r"(?:lectures?|class(?:es)?|courses?|chapters?|lessons?|parts?|sections?|talks?"
    r"|ones?(?= (?:about|on|where|that|with)\b))"
)
_REQUEST = re.compile(
    rf"\W*+{_FILLER}(?:"
    r"(?:please|kindly)\b(?!\s+(?:note|be aware|keep|bear|remember))"
    r"|i(?:'d| would) like you to\b|i (?:want|need) you to\b"
    r"|(?:tell|show|teach|remind|ask) (?:me|us)\b|let me know\b"
    r"|(?:explain|describe|discuss|outline|elaborate on)"
    rf" (?:{_WANTING}|whether|in|to (?:me|us))\b)",
    re.IGNORECASE,
)
_MISSED = re.compile(
    rf"\W*+{_FILLER}(?:(?:unfortunately|sadly|sorry)\W*+)?i(?:'ve| have| had)?"
    r"(?:\s+(?:also|only|just|probably|must have|never|unfortunately"
    r"|did not|didn't|didn’t|have not|haven't))*\s+"
    r"(?:skip(?:ped)?|miss(?:ed)?|forgot(?:ten)?|slept through|attend(?:ed)?|watch(?:ed)?)"
    rf"(?:\s+\w+){{0,3}}?\s+{_LEARNT}\b",
    re.IGNORECASE,
)


def is_request(text: str) -> bool:
    """Return whether ``text`` asks somebody to explain, or tells of a lecture missed."""
    return bool(_REQUEST.match(text) or _MISSED.match(text))


def asks(text: str) -> bool:
    """Return whether ``text`` is a question, which claims nothing.

    A statement in a rising voice ("It adds a bias?") and a definition put as a question
    ("Recall: how many did it find?") are none.
    """
    if not text.rstrip("\"')]”’ ").endswith("?") or _LABELLED.match(text):
        return False
    clauses = _BREAK.split(text)
    return any(map(_ASKING.match, clauses))


def without_tag(text: str) -> str:
    """Return ``text`` up to a question that only follows a statement; all of it where none does.

    "It adds a bias, right?" and "It adds a bias — shall I go on?" say that it adds a bias.
    """
    if not text.rstrip("\"')]”’ ").endswith("?"):
        return text
    tag = _TAG.search(text, max(0, len(text) - _LONGEST_TAG))
    if tag and _states(text[: tag.start()]):
        return text[: tag.start()]
    for found in reversed(list(_BREAK.finditer(text, max(0, len(text) - _LONGEST_QUESTION)))):
        head = text[: found.start()].rstrip()
        whole = "," in head or not _SUBORDINATE.match(head)
        if whole and _ASKING.match(text, found.end()) and _states(head):
            return head
    return text


def _states(head: str) -> bool:
    """Return whether ``head`` is long enough, and no question itself."""
    if len(head.split()) < _LEAST_BEFORE:
        return False
    opening = _SUBORDINATE.match(head) and "," in head
    return bool(opening) or not _ASKING.match(head)
