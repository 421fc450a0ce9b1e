"""Single answers of a run beside what people said of them.

Owns the difference between bot and people, which answers are furthest apart, and what the rows
of a gold set cannot tell. Refuses to print.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from interviewbot.cli.evaluate_inputs import Gold
from interviewbot.cli.evaluate_run import Done
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.text import counted
from interviewbot.services.evaluation.answers import DIGITS, group_of
from interviewbot.services.evaluation.graded import graded_of
from interviewbot.services.evaluation.parts import agreement_key
from interviewbot.services.evaluation.resampling import FEWEST_GROUPS

_FURTHEST = 5
_REASONS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """An answer of a set; ``human`` and ``score`` on 0..1, None where there is none."""

    set_name: str
    id: str
    human: float | None
    score: float | None

    @property
    def difference(self) -> float | None:
        """Bot minus people; None where one of them is not there."""
        if self.human is None or self.score is None:
            return None
        return round(self.score - self.human, DIGITS)


def compared(done: Done) -> Iterator[Compared]:
    """Yield every row of the gold, in order."""
    for name, rows in done.gold.items():
        for row in rows:
            one = graded_of(name, row, done.results[agreement_key(name, row)])
            yield Compared(set_name=name, id=row.id, human=one.human, score=one.score)


def furthest(done: Done) -> list[Compared]:
    """Return the answers on which bot and people are furthest apart, at most five."""
    apart = [one for one in compared(done) if one.difference]
    apart.sort(key=lambda one: (-abs(one.difference or 0), one.set_name, one.id))
    return apart[:_FURTHEST]


def few_questions(gold: Gold) -> list[str]:
    """Return a line for every set that has too few questions for intervals."""
    groups = {name: len({group_of(row) for row in rows}) for name, rows in gold.items()}
    return [
        f"{name}: {counted(n, 'question is', 'questions are')} too few for intervals"
        for name, n in groups.items()
        if n < FEWEST_GROUPS
    ]


def is_graded(done: Done) -> bool:
    """Return whether any answer of the run has a grade."""
    return any(isinstance(result, Grade) for result in done.results.values())


def ungraded(done: Done) -> list[str]:
    """Return a line for every reason why rows of the gold are ungraded, most rows first.

    Of all answers where none is graded.
    """
    results = [
        done.results[agreement_key(name, row)] for name, rows in done.gold.items() for row in rows
    ]
    if not is_graded(done):
        results = list(done.results.values())
    reasons = Counter(result.reason for result in results if isinstance(result, Ungraded))
    lines = [f"{n} ungraded: {reason}" for reason, n in reasons.most_common(_REASONS)]
    if left := sum(reasons.values()) - sum(n for _, n in reasons.most_common(_REASONS)):
        lines.append(f"{left} ungraded for other reasons; --json and --predictions have all")
    return lines
