"""Grading the trials of a run."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest

from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.trial import Trial
from interviewbot.services.evaluation.running import run_trials


class Kept:
    """Keeps results in memory."""

    def __init__(self) -> None:
        self.results: dict[str, Grade | Ungraded] = {}

    def known(self, trial: Trial) -> Grade | Ungraded | None:
        """Return what is kept."""
        return self.results.get(trial.key)

    def keep(self, trial: Trial, result: Grade | Ungraded) -> None:
        """Keep one; twice would be an error."""
        assert trial.key not in self.results
        self.results[trial.key] = result


def trials(count: int) -> list[Trial]:
    """Return that many trials."""
    return [Trial(key=f"k{i}", row=GoldRow(id=f"r{i}", answer=f"answer {i}")) for i in range(count)]


def said(rows: Sequence[GoldRow]) -> Iterator[Ungraded]:
    """Grade each row by telling its answer back."""
    return (Ungraded(reason=row.answer) for row in rows)


def test_every_trial_is_graded_once_and_kept_at_once() -> None:
    """The results come by key in the order of the trials, and each is kept before the next."""
    kept = Kept()
    kept_before: list[int] = []

    def watched(rows: Sequence[GoldRow]) -> Iterator[Ungraded]:
        for row in rows:
            kept_before.append(len(kept.results))
            yield Ungraded(reason=row.answer)

    told: list[int] = []
    found = run_trials(trials(130), watched, kept, tell=told.append)
    assert list(found) == [f"k{i}" for i in range(130)]
    assert found["k7"] == Ungraded(reason="answer 7")
    assert kept_before == list(range(130))
    assert told == list(range(1, 131))


def test_what_is_known_is_not_graded_again() -> None:
    """A run that goes on grades the rest only, and its results are those of an unbroken one."""
    whole = run_trials(trials(10), said, Kept())
    kept = Kept()

    def breaks(rows: Sequence[GoldRow]) -> Iterator[Ungraded]:
        yield from list(said(rows))[:4]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_trials(trials(10), breaks, kept)
    asked: list[str] = []

    def rest(rows: Sequence[GoldRow]) -> Iterator[Ungraded]:
        asked.extend(row.id for row in rows)
        return said(rows)

    assert run_trials(trials(10), rest, kept) == whole
    assert asked == [f"r{i}" for i in range(4, 10)]


def test_with_workers_trials_are_graded_at_the_same_time() -> None:
    """Three workers meet at a barrier that one alone would wait at for ever."""
    barrier = threading.Barrier(3)

    def slow(rows: Sequence[GoldRow]) -> Iterator[Ungraded]:
        barrier.wait(timeout=10)
        return said(rows)

    found = run_trials(trials(6), slow, Kept(), workers=3)
    assert list(found) == [f"k{i}" for i in range(6)]
    assert [result.reason for result in found.values() if isinstance(result, Ungraded)] == [
        f"answer {i}" for i in range(6)
    ]


def test_an_error_of_a_worker_ends_the_run() -> None:
    """The error is raised where the run was started."""
    kept = Kept()

    def fails(rows: Sequence[GoldRow]) -> Iterator[Ungraded]:
        if rows[0].id == "r3":
            raise RuntimeError("no")
        return said(rows)

    with pytest.raises(RuntimeError, match="no"):
        run_trials(trials(4), fails, kept, workers=2)
    assert set(kept.results) <= {"k0", "k1", "k2"}


def test_keys_must_be_unique() -> None:
    """Two trials with one key would be graded as one."""
    with pytest.raises(ValueError, match="same key"):
        run_trials([*trials(1), *trials(1)], said, Kept())
