"""A page that holds a question and its answer, and what a draft of a model has to do with it.

Owns where the answer stands (the model only says where it begins and ends) and which points the
page does not bear out, as far as code can tell. Refuses to understand a claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import dedent

from interviewbot.domain.draft_replies import DraftedPoint, DraftReply
from interviewbot.domain.errors import BadInput
from interviewbot.domain.giving_away import subject_of
from interviewbot.domain.question import Question
from interviewbot.domain.quotes import find_quote
from interviewbot.domain.terms import content_words
from interviewbot.domain.text import sanitise, words

LONGEST_PAGE = 40_000  # characters
_SHORTEST_PAGE = 20  # words
_SHORTEST_ANSWER = 15  # words
_CLOSING = ".!?)]\"'”’»"
NOT_THERE = "its quote is not in the page's answer word for word"
NOT_ABOUT = "its quote says nothing of what is the point's own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupported:
    """A point that the page does not bear out, and why."""

    point_id: str
    text: str
    why: str


def checked_page(page: str) -> str:
    """Return ``page``, safe for a terminal and without empty lines around it.

    Raises:
        BadInput: if it cannot hold one question and one answer.
    """
    page = sanitise(page).strip("\n")
    if len(page) > LONGEST_PAGE:
        raise BadInput(
            f"the page has {len(page):,} characters; {LONGEST_PAGE:,} at most",
            "hand in one question with its answer at a time",
        )
    if len(words(page)) < _SHORTEST_PAGE:
        raise BadInput(
            f"the page has fewer than {_SHORTEST_PAGE} words",
            "a page holds one question and an answer to it",
        )
    return page


def answer_in(page: str, reply: DraftReply) -> str | tuple[str, ...]:
    """Return the stretch of ``page`` that ``reply`` says is the answer, or what is wrong.

    It is the page's own text, without the indentation that all its lines share.
    """
    first = find_quote(page, reply.answer_start)
    if first is None:
        return ("answer_start is not in the page word for word",)
    last = find_quote(page[first.start :], reply.answer_end)
    if last is None:
        return ("answer_end is not in the page word for word, or not behind answer_start",)
    line = page.rfind("\n", 0, first.start) + 1
    start = first.start if page[line : first.start].strip() else line  # for its indentation
    end = first.start + last.end
    while end < len(page) and page[end] in _CLOSING:
        end += 1
    answer = dedent(page[start:end]).strip()
    if (length := len(words(answer))) < _SHORTEST_ANSWER:
        return (f"the answer between answer_start and answer_end has only {length} words",)
    return answer


def unsupported(question: Question, drafted: Sequence[DraftedPoint]) -> Iterator[Unsupported]:
    """Yield the points whose quote is not in the answer, or has nothing to do with the claim.

    A quote that has nothing to do with it shares no word with what is the claim's own, which is
    all but what any text about the question has to say.
    """
    subject = subject_of(question)
    for one in drafted:
        span = find_quote(question.model_answer, one.quote)
        claim = content_words(one.point.text)
        own = claim - subject or claim
        if span is None:
            why = NOT_THERE
        elif not own & content_words(span.of(question.model_answer)):
            why = NOT_ABOUT
        else:
            continue
        yield Unsupported(point_id=one.point.id, text=one.point.text, why=why)
