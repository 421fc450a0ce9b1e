"""Faults of a corpus that its words do not show and its meaning does.

Owns which of them there are: a model answer that does not say a point, or is about something
else; points of one question that say the same; a point that the question gives away; a wording
that belongs to another point; two questions that ask the same. Its bounds are those of the
bundled encoder, on questions that people read. Refuses to grade: a judge that knows a rubric by
heart finds nothing wrong with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.errors import Fault
from interviewbot.domain.question import Point
from interviewbot.domain.text import one_line, sentences
from interviewbot.services.evaluation.rubric_likeness import (
    TextVectors,
    likeness_of_questions,
    likenesses,
)
from interviewbot.services.evaluation.rubric_places import Places
from interviewbot.services.evaluation.rubric_plan import Case, RubricCheck
from interviewbot.services.evaluation.rubric_readings import read

# Of 378 points the best sentence of the own model answer lies at 0.49 or above, of another
# question's answer at 0.39 or below for three in four.
_UNSAID_BELOW = 0.42
# The mean of that over a question: 0.68 or above for its own answer, 0.64 or below for another's.
_ELSEWHERE_BELOW = 0.6
# Prompt and points of two questions; the two nearest that people wrote lie at 0.72 and 0.85.
_SAME_PROMPT, _SAME_POINTS = 0.8, 0.88
_COPY = 0.93  # of either alone


def semantic_faults(
    entries: Sequence[CorpusEntry], vectors: TextVectors, *, only: Sequence[str] = ()
) -> tuple[Fault, ...]:
    """Return the faults of ``entries`` in the order of files and lines.

    ``vectors`` encodes texts; ``only`` names the questions to look at, all where it is empty.
    Drafts are looked at too: they are written to become questions.
    """
    if not entries:
        return ()
    places = Places(entries=entries, vectors=vectors)
    chosen = [entry for entry in entries if not only or entry.question.id in only]
    found = [fault for entry in chosen for fault in _of_entry(entry, places)]
    found += _same_questions(entries, {entry.question.id for entry in chosen}, vectors)
    return tuple(sorted(found, key=lambda fault: (fault.path, fault.line, fault.problem)))


def _of_entry(entry: CorpusEntry, places: Places) -> Iterator[Fault]:
    yield from _unsaid(entry, places.vectors)
    for case in _cases(entry):
        reading = read(case, places)
        if reading is not None:
            yield Fault(
                path=entry.path,
                line=case.line,
                problem=_problem(case),
                remedy=reading.blame.change.rstrip("."),
            )


def _unsaid(entry: CorpusEntry, vectors: TextVectors) -> Iterator[Fault]:
    """Yield the points that no sentence of the model answer is near to."""
    question = entry.question
    said = [span.of(question.model_answer) for span in sentences(question.model_answer)]
    near = [
        float(likenesses(said, point.claims, vectors).max(initial=-1.0))
        for point in question.points
    ]
    if np.mean(near) < _ELSEWHERE_BELOW:
        yield Fault(
            path=entry.path,
            line=entry.answer_line,
            problem="the model answer is about something else than the points",
            remedy="let it say every point",
        )
        return
    for point, likeness in zip(question.points, near, strict=True):
        if likeness < _UNSAID_BELOW:
            yield Fault(
                path=entry.path,
                line=entry.point_lines[point.id],
                problem=f"the model answer does not say the point {point.id}",
                remedy="give it a sentence there, or take the point out",
            )


def _cases(entry: CorpusEntry) -> Iterator[Case]:
    """Yield what is to be read beside the other texts, nothing of it graded."""

    def case(check: RubricCheck, line: int, points: tuple[Point, ...], text: str = "") -> Case:
        return Case(entry=entry, check=check, measured=(), line=line, points=points, text=text)

    points = entry.question.points
    for point in points:
        line = entry.point_lines[point.id]
        yield case(RubricCheck.GIVEN_AWAY, line, (point,))
        for wording in point.claims:
            yield case(RubricCheck.ACCEPT, entry.line_of(wording, line), (point,), wording)
        for wording in point.misconceptions:
            yield case(RubricCheck.MISCONCEPTION, entry.line_of(wording, line), (point,), wording)
    for point, sister in combinations(points, 2):
        yield case(RubricCheck.TOLD_APART, entry.point_lines[sister.id], (point, sister))


def _problem(case: Case) -> str:
    ids = [point.id for point in case.points]
    match case.check:
        case RubricCheck.GIVEN_AWAY:
            return f"the question gives the point {ids[0]} away"
        case RubricCheck.TOLD_APART:
            return f"the points {ids[0]} and {ids[1]} say the same"
        case RubricCheck.MISCONCEPTION:
            return f"the misconception “{one_line(case.text)}” says what a point says"
        case _:
            return f"the wording “{one_line(case.text)}” does not say its point {ids[0]}"


def _same_questions(
    entries: Sequence[CorpusEntry], chosen: set[str], vectors: TextVectors
) -> Iterator[Fault]:
    """Yield a fault for the later of every two questions that ask the same."""
    prompts = [entry.question.prompt for entry in entries]
    asked = likenesses(prompts, prompts, vectors)
    wanted = likeness_of_questions(entries, vectors)
    alike = ((asked >= _SAME_PROMPT) & (wanted >= _SAME_POINTS)) | (asked >= _COPY)
    alike |= wanted >= _COPY
    for first, second in np.argwhere(np.triu(alike, 1)):
        entry, other = entries[second], entries[first]
        if not chosen.intersection((entry.question.id, other.question.id)):
            continue
        yield Fault(
            path=entry.path,
            line=entry.line,
            problem=f"it asks the same as {other.question.id}, {other.path}:{other.line}",
            remedy="make one question of the two, or ask for what differs",
        )
