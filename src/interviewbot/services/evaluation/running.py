"""One run: every trial graded once, and kept as soon as it is.

Owns what is graded and in which order, and that nothing is graded twice. Refuses to know
where grades are kept and what is made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from interviewbot.domain.errors import CouldNotGrade
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.trial import Results, Trial
from interviewbot.ports import KeptGrades
from interviewbot.services.side_by_side import Enough, never, side_by_side

GradeRows = Callable[[Sequence[GoldRow]], Iterable[Grade | Ungraded]]


def run_trials(
    trials: Sequence[Trial],
    grade: GradeRows,
    kept: KeptGrades,
    *,
    tell: Callable[[int], None] = lambda _: None,
    workers: int = 1,
    remote: bool = False,
    enough: Enough = never,
) -> Results:
    """Return what came of every trial, by key and in the order of ``trials``.

    What ``kept`` knows is not graded again; what is graded is given to it at once. ``tell``
    gets the number that are done. With more than one of ``workers``, as many trials are
    graded at the same time: right where the judge is ``remote``, and grades then come, and are
    kept, in any order. What a remote judge left ungraded earlier is tried again: the fault may
    have passed. While there is ``enough`` nothing is begun.

    Raises:
        ValueError: if two trials have one key.
        CouldNotGrade: if there was ``enough`` before all were graded; what is kept stays.
    """
    if len({trial.key for trial in trials}) < len(trials):
        raise ValueError("two trials of a run have the same key")
    found = {
        trial.key: known
        for trial in trials
        if (known := kept.known(trial)) is not None and not (remote and isinstance(known, Ungraded))
    }
    waiting = [trial for trial in trials if trial.key not in found]
    if workers > 1 or remote:
        graded = _side_by_side(waiting, grade, workers, enough)
    else:
        graded = _in_turn(waiting, grade)
    for trial, result in graded:
        kept.keep(trial, result)
        found[trial.key] = result
        tell(len(found))
    if left := len(trials) - len(found):
        raise CouldNotGrade(
            f"the budget is spent, and {left} of {len(trials)} answers are not graded",
            "run it again with --resume and another --budget to go on",
        )
    return {trial.key: found[trial.key] for trial in trials}


def _in_turn(trials: Sequence[Trial], grade: GradeRows) -> Iterator[tuple[Trial, Grade | Ungraded]]:
    # Not strict: where there is enough the grades end early.
    yield from zip(trials, grade([trial.row for trial in trials]), strict=False)


def _side_by_side(
    trials: Sequence[Trial], grade: GradeRows, workers: int, enough: Enough
) -> Iterator[tuple[Trial, Grade | Ungraded]]:
    def one(trial: Trial) -> Grade | Ungraded:
        return next(iter(grade([trial.row])))

    for place, result in side_by_side(trials, one, workers, enough=enough):
        yield trials[place], result
