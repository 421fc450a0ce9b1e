"""What `eval rubrics` tries: every trial of every check, planned before one is graded.

Owns the checks, and which trials each of them needs. Refuses to say what a result means.
An answer that several checks need is one trial.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.question import Point
from interviewbot.domain.trial import Trial


class RubricCheck(StrEnum):
    """What a rubric that works does."""

    MODEL_ANSWER = "model-answer"
    WORDINGS = "wordings"
    WITHOUT_ONE = "without-one"
    ACCEPT = "accept"
    MISCONCEPTION = "misconception"
    CONTRADICTION = "contradiction"
    OTHER_ANSWER = "other-answer"
    ECHO = "echo"
    EMPTY_HANDED = "empty-handed"
    GIVEN_AWAY = "given-away"
    TOLD_APART = "told-apart"
    POINT_ORDER = "point-order"
    SENTENCE_ORDER = "sentence-order"


TRIED = {
    RubricCheck.MODEL_ANSWER: "the question's model answer, which should score at least 85.",
    RubricCheck.WORDINGS: "one wording of every point as one answer, which should score at"
    " least 85.",
    RubricCheck.WITHOUT_ONE: "that answer without one point's wording, which should lose that"
    " point and no other.",
    RubricCheck.ACCEPT: "each wording alone, which should cover its point; read beside the other"
    " texts, it should be about that point and say no misconception.",
    RubricCheck.MISCONCEPTION: "each misconception alone, which should not cover its point; read"
    " beside the other texts, it should not say what a point says.",
    RubricCheck.CONTRADICTION: "each misconception alone, which should contradict its point.",
    RubricCheck.OTHER_ANSWER: "model answers of other questions, which should earn the point only"
    " where they have one that says the same.",
    RubricCheck.ECHO: "the question repeated, which should score at most 10.",
    RubricCheck.EMPTY_HANDED: "answers such as “I am not sure, it depends.”, which should score at"
    " most 10.",
    RubricCheck.GIVEN_AWAY: "what the prompt states, which should earn no point; the prompt should"
    " not have the point's own words.",
    RubricCheck.TOLD_APART: "the wordings of every two points, of which none of either should"
    " cover both; the two should not say the same.",
    RubricCheck.POINT_ORDER: "answers judged with the points in another order, which should"
    " change nothing.",
    RubricCheck.SENTENCE_ORDER: "the model answer with its sentences in another order, which"
    " should move the score by at most 3.",
}
"""What each check tries and what is wanted, for the table of checks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One check of one thing: a question, a point, a wording.

    ``measured`` are the keys of the trials that it looks at, ``against`` of those that it
    compares them with. ``points`` are the points concerned: none where it is the question as
    a whole, two where it is their difference. ``text`` is what is answered, where it is one
    text. ``others`` are the questions whose model answers are ``measured``, or empty.
    ``line`` is where in the file of ``entry`` an author would look.
    """

    entry: CorpusEntry
    check: RubricCheck
    measured: tuple[str, ...]
    line: int
    against: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    text: str = ""
    others: tuple[CorpusEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricPlan:
    """All ``trials`` once, and the ``cases`` that are decided by them.

    ``others`` says which model answers of other questions were tried, in a sentence.
    """

    trials: tuple[Trial, ...]
    cases: tuple[Case, ...]
    others: str
    seed: int

    @property
    def questions(self) -> tuple[CorpusEntry, ...]:
        """The questions that are tried, in their order."""
        found = {case.entry.question.id: case.entry for case in self.cases}
        return tuple(found.values())


class TrialList:
    """Trials in the making; an equal answer to an equal question is one trial."""

    def __init__(self) -> None:
        """Begin with none."""
        self._trials: dict[str, Trial] = {}
        self._keys: dict[tuple[str, str, tuple[Point, ...], str], str] = {}

    def add(
        self,
        entry: CorpusEntry,
        name: str,
        answer: str,
        *,
        points: tuple[Point, ...] = (),
        prompt: str = "",
    ) -> str:
        """Return the key of the trial of ``answer``: a new one's, or that of its equal.

        ``points`` and ``prompt`` take the place of the question's own.

        Raises:
            ValueError: if a different trial of that question has this ``name``.
        """
        same = (entry.question.id, prompt, points, answer)
        if same in self._keys:
            return self._keys[same]
        key = f"rubrics/{entry.question.id}/{name}"
        if key in self._trials:
            raise ValueError(f"two trials are called {key}")
        row = GoldRow(
            id=key, answer=answer, question_id=entry.question.id, question=prompt, points=points
        )
        self._trials[key] = Trial(key=key, row=row)
        self._keys[same] = key
        return key

    def done(self) -> tuple[Trial, ...]:
        """Return the trials in the order they were added."""
        return tuple(self._trials.values())
