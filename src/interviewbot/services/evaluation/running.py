"""One run: every trial graded once, and kept as soon as it is.

Owns what is graded and in which order, and that nothing is graded twice. Refuses to know
where grades are kept and what is made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.trial import Results, Trial
from interviewbot.ports import KeptGrades

_AT_ONCE = 64  # trials whose sentences are encoded together

GradeRows = Callable[[Sequence[GoldRow]], Iterable[Grade | Ungraded]]


def run_trials(
    trials: Sequence[Trial],
    grade: GradeRows,
    kept: KeptGrades,
    *,
    tell: Callable[[int], None] = lambda _: None,
    workers: int = 1,
) -> Results:
    """Return what came of every trial, by key and in the order of ``trials``.

    What ``kept`` knows is not graded again; what is graded is given to it at once. ``tell``
    gets the number that are done. With more than one of ``workers``, as many trials are
    graded at the same time: right where the judge is remote, and grades then come, and are
    kept, in any order.

    Raises:
        ValueError: if two trials have one key.
    """
    if len({trial.key for trial in trials}) < len(trials):
        raise ValueError("two trials of a run have the same key")
    found = {trial.key: known for trial in trials if (known := kept.known(trial)) is not None}
    waiting = [trial for trial in trials if trial.key not in found]
    graded = _side_by_side(waiting, grade, workers) if workers > 1 else _in_turn(waiting, grade)
    for trial, result in graded:
        kept.keep(trial, result)
        found[trial.key] = result
        tell(len(found))
    return {trial.key: found[trial.key] for trial in trials}


def _in_turn(trials: Sequence[Trial], grade: GradeRows) -> Iterator[tuple[Trial, Grade | Ungraded]]:
    for start in range(0, len(trials), _AT_ONCE):
        part = trials[start : start + _AT_ONCE]
        yield from zip(part, grade([trial.row for trial in part]), strict=True)


def _side_by_side(
    trials: Sequence[Trial], grade: GradeRows, workers: int
) -> Iterator[tuple[Trial, Grade | Ungraded]]:
    def one(trial: Trial) -> Grade | Ungraded:
        (result,) = grade([trial.row])
        return result

    with ThreadPoolExecutor(workers, thread_name_prefix="grading") as pool:
        try:
            asked = {pool.submit(one, trial): trial for trial in trials}
            for future in as_completed(asked):
                yield asked[future], future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
