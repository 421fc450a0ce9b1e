"""The plan of `eval rubrics`, made from the corpus alone.

Owns which answers each question is tried with, and how chance is drawn: every question has
dice of its own, so that a new question changes no other's trials but those with the answers
of others. Refuses to grade and to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations
from random import Random

import numpy as np

from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.question import Point
from interviewbot.services.evaluation.rubric_answers import (
    EMPTY_HANDED,
    as_statement,
    in_other_order,
    said_together,
    shuffled,
    wordings_of,
)
from interviewbot.services.evaluation.rubric_likeness import TextVectors, likeness_of_questions
from interviewbot.services.evaluation.rubric_plan import Case, RubricCheck, RubricPlan, TrialList

MOST_QUESTIONS_FOR_ALL_PAIRS = 60
_NEAREST = 8  # other questions, where there are too many for all pairs
_DRAWN = 8
_ORDERS = 2  # of the sentences of a model answer

Others = Sequence[Sequence[CorpusEntry]]


def plan_rubrics(
    entries: Sequence[CorpusEntry], vectors: TextVectors, *, seed: int = 0
) -> RubricPlan:
    """Return every trial and check for ``entries``, the same ones for the same ``seed``.

    ``vectors`` encodes texts; it is asked only where the corpus is too large to try every
    model answer with every other question.
    """
    trials = TrialList()
    entries = [entry for entry in entries if entry.question.points]
    others, how = _others(entries, vectors, seed)
    cases: list[Case] = []
    for entry, of_others in zip(entries, others, strict=True):
        one = _Question(entry=entry, trials=trials, dice=partial(_dice, seed, entry))
        cases += one.cases(of_others)
    return RubricPlan(trials=trials.done(), cases=tuple(cases), others=how, seed=seed)


def _dice(seed: int, entry: CorpusEntry, what: str) -> Random:
    return Random(f"{seed}/{entry.question.id}/{what}")  # noqa: S311 - drawn again, not secret


def _others(entries: Sequence[CorpusEntry], vectors: TextVectors, seed: int) -> tuple[Others, str]:
    if len(entries) <= MOST_QUESTIONS_FOR_ALL_PAIRS:
        every = [[other for other in entries if other is not entry] for entry in entries]
        return every, _all_others(len(entries) - 1)
    order = np.argsort(-likeness_of_questions(entries, vectors), axis=1, kind="stable")
    found = []
    for number, entry in enumerate(entries):
        ranked = [entries[place] for place in order[number] if place != number]
        drawn = _dice(seed, entry, "others").sample(ranked[_NEAREST:], _DRAWN)
        found.append(ranked[:_NEAREST] + drawn)
    return found, (
        f"the model answers of {_NEAREST + _DRAWN} of {len(entries) - 1} other questions:"
        f" the {_NEAREST} most similar and {_DRAWN} drawn with seed {seed}"
    )


def _all_others(n: int) -> str:
    if n <= 0:
        return "the model answers of no other question, since there is none"
    if n == 1:
        return "the model answer of the one other question"
    return f"the model answers of all {n} other questions"


@dataclass(frozen=True, kw_only=True)
class _Question:
    """The checks of one question."""

    entry: CorpusEntry
    trials: TrialList
    dice: Callable[[str], Random]
    _wording_keys: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False)

    def cases(self, others: Sequence[CorpusEntry]) -> Iterator[Case]:
        """Yield every check; the trials are added on the way."""
        model = self.trials.add(self.entry, "model-answer", self.entry.question.model_answer)
        yield self._case(RubricCheck.MODEL_ANSWER, model, line=self.entry.answer_line)
        yield from self._nothing_said()
        yield from self._single_wordings()
        yield from self._misconceptions()
        gap = yield from self._wordings_together()
        yield from self._told_apart()
        yield from self._other_answers(others)
        yield from self._point_orders(model, gap)
        yield from self._sentence_orders(model)

    def _nothing_said(self) -> Iterator[Case]:
        question = self.entry.question
        echo = self.trials.add(self.entry, "echo", question.prompt)
        yield self._case(RubricCheck.ECHO, echo, text=question.prompt)
        for number, text in enumerate(EMPTY_HANDED, start=1):
            key = self.trials.add(self.entry, f"empty-handed/{number}", text)
            yield self._case(RubricCheck.EMPTY_HANDED, key, text=text)
        statement = as_statement(question.prompt)
        if not statement:
            return
        # Asked in other words, or nobody could credit what is only the question repeated.
        key = self.trials.add(
            self.entry,
            "given-away",
            statement,
            points=question.points,
            prompt=f"What do you know about this: {question.title or question.id}?",
        )
        for point in question.points:
            yield self._case(RubricCheck.GIVEN_AWAY, key, point=point, text=statement)

    def _single_wordings(self) -> Iterator[Case]:
        for point in self.entry.question.points:
            keys = []
            for number, text in enumerate(wordings_of(point), start=1):
                key = self.trials.add(self.entry, f"accept/{point.id}-{number}", text)
                keys.append(key)
                yield self._case(RubricCheck.ACCEPT, key, point=point, text=text)
            self._wording_keys[point.id] = tuple(dict.fromkeys(keys))

    def _misconceptions(self) -> Iterator[Case]:
        for point in self.entry.question.points:
            for number, text in enumerate(point.misconceptions, start=1):
                key = self.trials.add(self.entry, f"misconception/{point.id}-{number}", text)
                yield self._case(RubricCheck.MISCONCEPTION, key, point=point, text=text)
                yield self._case(RubricCheck.CONTRADICTION, key, point=point, text=text)

    def _wordings_together(self) -> Generator[Case, None, tuple[str, str]]:
        """Yield the checks of one wording for every point.

        Returns the key and the text of one of the answers that lack a point.
        """
        points = self.entry.question.points
        dice = self.dice("wordings")
        chosen = {point.id: dice.choice(wordings_of(point)) for point in points}
        answer = said_together(list(chosen.values()))
        full = self.trials.add(self.entry, "wordings", answer)
        yield self._case(RubricCheck.WORDINGS, full, text=answer)
        gaps: list[tuple[str, str]] = []
        for point in points if len(points) > 1 else ():
            rest = said_together([text for name, text in chosen.items() if name != point.id])
            key = self.trials.add(self.entry, f"without/{point.id}", rest)
            gaps.append((key, rest))
            yield self._case(
                RubricCheck.WITHOUT_ONE, key, against=(full,), point=point, text=chosen[point.id]
            )
        return dice.choice(gaps) if gaps else (full, answer)

    def _told_apart(self) -> Iterator[Case]:
        for point, sister in combinations(self.entry.question.points, 2):
            yield Case(
                entry=self.entry,
                check=RubricCheck.TOLD_APART,
                measured=self._wording_keys[point.id],
                against=self._wording_keys[sister.id],
                points=(point, sister),
                line=self.entry.point_lines[sister.id],
            )

    def _other_answers(self, others: Sequence[CorpusEntry]) -> Iterator[Case]:
        keys = tuple(
            self.trials.add(
                self.entry, f"other-answer/{other.question.id}", other.question.model_answer
            )
            for other in others
        )
        for point in self.entry.question.points if keys else ():
            yield Case(
                entry=self.entry,
                check=RubricCheck.OTHER_ANSWER,
                measured=keys,
                points=(point,),
                line=self.entry.point_lines[point.id],
                others=tuple(others),
            )

    def _point_orders(self, model: str, gap: tuple[str, str]) -> Iterator[Case]:
        question = self.entry.question
        if len(question.points) < 2:
            return
        by_id = {point.id: point for point in question.points}
        drawn = shuffled(list(by_id), self.dice("points"))
        for name, order, against, answer in (
            ("reversed", list(by_id)[::-1], model, question.model_answer),
            ("shuffled", drawn, *gap),
        ):
            points = tuple(by_id[point_id] for point_id in order)
            key = self.trials.add(
                self.entry, f"point-order/{name}", answer, points=points, prompt=question.prompt
            )
            yield self._case(RubricCheck.POINT_ORDER, key, against=(against,), text=answer)

    def _sentence_orders(self, model: str) -> Iterator[Case]:
        dice = self.dice("sentences")
        texts = [in_other_order(self.entry.question.model_answer, dice) for _ in range(_ORDERS)]
        different = [text for text in dict.fromkeys(texts) if text is not None]
        for number, text in enumerate(different, start=1):
            key = self.trials.add(self.entry, f"sentence-order/{number}", text)
            yield self._case(
                RubricCheck.SENTENCE_ORDER,
                key,
                against=(model,),
                text=text,
                line=self.entry.answer_line,
            )

    def _case(
        self,
        check: RubricCheck,
        key: str,
        *,
        against: tuple[str, ...] = (),
        point: Point | None = None,
        text: str = "",
        line: int | None = None,
    ) -> Case:
        if line is None:
            line = self.entry.line if point is None else self.entry.point_lines[point.id]
        return Case(
            entry=self.entry,
            check=check,
            measured=(key,),
            against=against,
            points=() if point is None else (point,),
            text=text,
            line=line,
        )
