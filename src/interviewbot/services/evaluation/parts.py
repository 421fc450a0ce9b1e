"""The parts of the harness, each as trials to grade and figures to make of what came of them.

Owns which figures belong to which trials, and the names that keys begin with. Refuses to
grade, to keep and to print.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import Enum, StrEnum
from typing import Any

from interviewbot.domain.attack_texts import AttackTexts
from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.question import Question
from interviewbot.domain.trial import Results, Trial
from interviewbot.ports import Statistics
from interviewbot.services.evaluation.agreement import agreement
from interviewbot.services.evaluation.attack_figures import attack_figures
from interviewbot.services.evaluation.attack_plan import plan_attacks
from interviewbot.services.evaluation.baselines import TextVectors
from interviewbot.services.evaluation.invariance_figures import invariance_figures
from interviewbot.services.evaluation.invariance_plan import plan_invariance
from interviewbot.services.evaluation.rubric_figures import rubric_figures
from interviewbot.services.evaluation.rubric_trials import plan_rubrics

_DEVELOPED_ON = "dev"  # a split that a grader may have been fitted on
SEED = 0  # of every draw; a run says so

Gold = Mapping[str, Sequence[GoldRow]]
"""The rows of every set, by the set's name."""


class PartName(StrEnum):
    """What can be measured."""

    AGREEMENT = "agreement"
    RUBRICS = "rubrics"
    ATTACKS = "attacks"
    INVARIANCE = "invariance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The ``trials`` of a part, and ``figures``, which gives a JSON-like document of them."""

    name: PartName
    trials: tuple[Trial, ...]
    figures: Callable[[Results], dict[str, Any]]


def agreement_key(set_name: str, row: GoldRow) -> str:
    """Return the key of the trial of ``row``."""
    return f"{PartName.AGREEMENT}/{set_name}/{row.id}"


def agreement_part(gold: Gold, statistics: Statistics, texts: TextVectors) -> Part:
    """Return the part that compares grades with those that people gave."""

    def figures(results: Results) -> dict[str, Any]:
        return {
            name: {
                **document_of(
                    agreement(
                        rows, [results[agreement_key(name, row)] for row in rows], statistics, texts
                    )
                ),
                "developed_on": all(row.split == _DEVELOPED_ON for row in rows),
            }
            for name, rows in gold.items()
        }

    return Part(
        name=PartName.AGREEMENT,
        trials=tuple(
            Trial(key=agreement_key(name, row), row=row)
            for name, rows in gold.items()
            for row in rows
        ),
        figures=figures,
    )


def rubric_part(entries: Sequence[CorpusEntry], vectors: TextVectors) -> Part:
    """Return the part that tries the rubrics of ``entries``."""
    plan = plan_rubrics(entries, vectors, seed=SEED)
    return Part(
        name=PartName.RUBRICS,
        trials=plan.trials,
        figures=lambda results: document_of(rubric_figures(plan, results, vectors)),
    )


def attack_part(questions: Sequence[Question], texts: AttackTexts, *, full: bool) -> Part:
    """Return the part that tries to fool the grader."""
    plan = plan_attacks(questions, texts, seed=SEED, full=full)
    return Part(
        name=PartName.ATTACKS,
        trials=plan.trials,
        figures=lambda results: document_of(attack_figures(plan, results)),
    )


def invariance_part(questions: Sequence[Question], gold: Gold, *, full: bool) -> Part:
    """Return the part that says the same thing in other ways, ``gold``'s answers among them."""
    labelled = (row for _, rows in sorted(gold.items()) for row in rows)
    plan = plan_invariance(questions, labelled, seed=SEED, full=full)
    return Part(
        name=PartName.INVARIANCE,
        trials=plan.trials,
        figures=lambda results: document_of(invariance_figures(plan, results)),
    )


def document_of(figures: Any) -> dict[str, Any]:  # noqa: ANN401 - any of our dataclasses
    """Return the dataclass ``figures`` as plain numbers, texts, lists and dicts."""
    plain = _plain(asdict(figures))
    assert isinstance(plain, dict)  # noqa: S101 - what asdict gives
    return plain


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(_plain(key)): _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(inner) for inner in value]
    return value.value if isinstance(value, Enum) else value
