"""What `eval invariance` tries: one honest answer to a question, told in every way.

Owns which points an answer makes and in which words. Refuses to grade and to say what a
result means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interviewbot.domain.gold import GoldRow
from interviewbot.domain.question import Question
from interviewbot.domain.trial import Trial
from interviewbot.services.evaluation.rewording import Way, told
from interviewbot.services.evaluation.rewording_words import dice, raised

SAMPLED_QUESTIONS = 40
_SHARE = 2 / 3  # of the points
_IN_OTHER_WORDS = 0.8  # of the points that have another wording


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAnswer:
    """One answer: the key of its trial for each way, and the ids of the points it makes."""

    question_id: str
    points: tuple[str, ...]
    keys: dict[Way, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class InvariancePlan:
    """All ``trials``, and the ``answers`` that they tell."""

    trials: tuple[Trial, ...]
    answers: tuple[ToldAnswer, ...]
    seed: int
    full: bool
    of_questions: int


def plan_invariance(
    questions: Sequence[Question], *, seed: int = 0, full: bool = False
) -> InvariancePlan:
    """Return one answer to each of ``questions``, or of a sample drawn with ``seed``.

    An answer says the same in a sample as in a full run.
    """
    asked = sorted((q for q in questions if q.points), key=lambda question: question.id)
    chosen = asked
    if not full and len(asked) > SAMPLED_QUESTIONS:
        chosen = dice(seed, "invariance").sample(asked, SAMPLED_QUESTIONS)
        chosen.sort(key=lambda question: question.id)
    trials: list[Trial] = []
    answers: list[ToldAnswer] = []
    for question in chosen:
        points, sentences = _said(question, seed)
        keys: dict[Way, str] = {}
        for way in Way:
            key = keys[way] = f"invariance/{question.id}/{way.value}"
            answer = told(way, sentences, dice(seed, question.id, way.value))
            row = GoldRow(id=key, answer=answer, question_id=question.id)
            trials.append(Trial(key=key, row=row))
        answers.append(ToldAnswer(question_id=question.id, points=points, keys=keys))
    return InvariancePlan(
        trials=tuple(trials),
        answers=tuple(answers),
        seed=seed,
        full=full,
        of_questions=len(asked),
    )


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
        stop = "" if text.endswith((".", "!", "?")) else "."
        sentences.append(f"{raised(text)}{stop}")
    return tuple(point.id for point in points), sentences
