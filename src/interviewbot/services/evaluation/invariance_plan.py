"""What `eval invariance` tries: honest answers, each told in every way.

Owns which answers these are. Half of them make points in the rubric's own wordings, which the
judge knows by heart; half are labelled answers, in words of their own. Refuses to grade and to
say what a result means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import zip_longest
from typing import TypeVar

from interviewbot.domain.folding import folded
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Verdict
from interviewbot.domain.question import Question
from interviewbot.domain.text import one_line
from interviewbot.domain.text import sentences as sentences_of
from interviewbot.domain.trial import Trial
from interviewbot.services.evaluation.answers import group_of
from interviewbot.services.evaluation.rewording import Way, told
from interviewbot.services.evaluation.rewording_words import dice, raised

SAMPLED_ANSWERS = 40  # half of them labelled ones, where there are as many
_T = TypeVar("_T")
_SHARE = 2 / 3  # of the points
_STOPPED = re.compile(r"[.!?…][\"')\]”’]*$")
_IN_OTHER_WORDS = 0.8  # of the points that have another wording


class Kind(StrEnum):
    """In whose words an answer is."""

    WORDINGS = "wordings"  # the rubric's
    LABELLED = "labelled"  # those of a labelled answer


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAnswer:
    """One answer: the key of its trial for each way, and the ids of the points it makes.

    ``answer_id`` is that of a labelled answer, empty for one in the rubric's wordings.
    """

    question_id: str
    points: tuple[str, ...]
    keys: dict[Way, str]
    kind: Kind = Kind.WORDINGS
    answer_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class InvariancePlan:
    """All ``trials``, and the ``answers`` that they tell.

    ``of_questions`` could be answered in the rubric's wordings, ``of_labelled`` questions have
    a labelled answer that makes a point.
    """

    trials: tuple[Trial, ...]
    answers: tuple[ToldAnswer, ...]
    seed: int
    full: bool
    of_questions: int
    of_labelled: int = 0


def plan_invariance(
    questions: Sequence[Question],
    gold: Iterable[GoldRow] = (),
    *,
    seed: int = 0,
    full: bool = False,
) -> InvariancePlan:
    """Return an answer to each of ``questions``, and one of ``gold`` to each that it answers.

    Of the labelled answers to a question it is one with the most covered points. A sample of
    both is drawn with ``seed``; an answer says the same in a sample as in a full run.
    """
    asked = sorted((q for q in questions if q.points), key=lambda question: question.id)
    labelled = _fullest(gold, seed)
    half = min(len(labelled), SAMPLED_ANSWERS // 2)
    chosen, rows = asked, labelled
    if not full:
        chosen = _drawn(asked, SAMPLED_ANSWERS - half, seed, "invariance")
        rows = _drawn(labelled, half, seed, "labelled")
    answers: list[ToldAnswer] = []
    trials: list[Trial] = []
    for answer, found in (
        *(_in_wordings(question, seed) for question in chosen),
        *(_labelled(row, seed) for row in rows),
    ):
        answers.append(answer)
        trials += found
    return InvariancePlan(
        trials=tuple(trials),
        answers=tuple(answers),
        seed=seed,
        full=full,
        of_questions=len(asked),
        of_labelled=len(labelled),
    )


def _drawn(among: list[_T], n: int, seed: int, name: str) -> list[_T]:
    """Return ``n`` of ``among``, in their order; all where there are no more."""
    if len(among) <= n:
        return among
    places = dice(seed, name).sample(range(len(among)), n)
    return [among[place] for place in sorted(places)]


def _fullest(gold: Iterable[GoldRow], seed: int) -> list[GoldRow]:
    """Return an answer to every question, one of those that cover the most points."""
    by_question: dict[str, list[GoldRow]] = {}
    for row in gold:
        if _covered(row):
            by_question.setdefault(group_of(row), []).append(row)
    found: list[GoldRow] = []
    for question, rows in sorted(by_question.items()):
        most = max(len(_covered(row)) for row in rows)
        best = sorted((r for r in rows if len(_covered(r)) == most), key=lambda row: row.id)
        found.append(dice(seed, question, "fullest").choice(best))
    return found


def _covered(row: GoldRow) -> tuple[str, ...]:
    return tuple(p for p, label in row.point_labels.items() if label is Verdict.COVERED)


def _in_wordings(question: Question, seed: int) -> tuple[ToldAnswer, list[Trial]]:
    points, sentences = _said(question, seed)
    begins = f"invariance/{question.id}"
    trials = list(
        _told(begins, sentences, GoldRow(id="", answer="", question_id=question.id), seed)
    )
    keys = dict(zip(Way, (trial.key for trial in trials), strict=True))
    return ToldAnswer(question_id=question.id, points=points, keys=keys), trials


def _labelled(row: GoldRow, seed: int) -> tuple[ToldAnswer, list[Trial]]:
    sentences = list(_sentences(folded(row.answer).text))
    bare = replace(row, score=None, point_labels={}, label=None, graders=())
    trials = list(_told(f"invariance/{Kind.LABELLED}/{row.id}", sentences, bare, seed))
    answer = ToldAnswer(
        question_id=row.question_id,
        points=_covered(row),
        keys=dict(zip(Way, (trial.key for trial in trials), strict=True)),
        kind=Kind.LABELLED,
        answer_id=row.id,
    )
    return answer, trials


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences of ``text`` as their writer ended them: by a stop or a line's end."""
    spans = sentences_of(text)
    start = spans[0].start if spans else 0
    for span, after in zip_longest(spans, spans[1:]):
        gap = "\n" if after is None else text[span.end : after.start]
        if "\n" in gap or _STOPPED.search(span.of(text)):
            yield _ended(one_line(text[start : span.end]))
            start = span.end if after is None else after.start


def _told(begins: str, sentences: Sequence[str], row: GoldRow, seed: int) -> Iterator[Trial]:
    """Yield ``row`` with ``sentences`` for its answer, told in every way."""
    name = begins.partition("/")[2]
    for way in Way:
        key = f"{begins}/{way.value}"
        answer = told(way, sentences, dice(seed, name, way.value))
        yield Trial(key=key, row=replace(row, id=key, answer=answer))


def _said(question: Question, seed: int) -> tuple[tuple[str, ...], list[str]]:
    """Return the ids of the points that the answer makes, and a sentence for each."""
    drawn = dice(seed, question.id, "answer")
    count = max(1, round(_SHARE * len(question.points)))
    places = sorted(drawn.sample(range(len(question.points)), count))
    points = [question.points[place] for place in places]
    sentences: list[str] = []
    for point in points:
        other = point.accept and drawn.random() < _IN_OTHER_WORDS
        text = (drawn.choice(point.accept) if other else point.text).strip()
        sentences.append(raised(_ended(text)))
    return tuple(point.id for point in points), sentences


def _ended(text: str) -> str:
    return text if _STOPPED.search(text) else f"{text}."
