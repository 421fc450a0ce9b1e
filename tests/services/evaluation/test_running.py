"""Grading the trials of a run."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence

import pytest
from tests.fakes.scripted_grader import ScriptedGrader
from tests.services.made_questions import DROPOUT

from interviewbot.domain.errors import CouldNotGrade
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


def test_what_a_remote_judge_left_ungraded_is_tried_again() -> None:
    """The fault may have passed; a grade that is kept, and a local judge's word, stay."""
    kept = Kept()
    kept.results = {"k0": Ungraded(reason="the server was down"), "k2": made_grade()}
    asked: list[str] = []

    def grade(rows: Sequence[GoldRow]) -> Iterator[Ungraded]:
        asked.extend(row.id for row in rows)
        return said(rows)

    run_trials(trials(3), grade, Again(kept), remote=True, workers=2)
    assert sorted(asked) == ["r0", "r1"]
    asked.clear()
    found = run_trials(trials(3), grade, kept)
    assert asked == []
    assert found["k0"] == Ungraded(reason="answer 0")


class Again(Kept):
    """Keeps results anew, as what a remote judge is asked for a second time."""

    def __init__(self, kept: Kept) -> None:
        self.results = kept.results

    def keep(self, trial: Trial, result: Grade | Ungraded) -> None:
        """Keep one; only what was ungraded may be there."""
        assert isinstance(self.results.get(trial.key), Ungraded | None)
        self.results[trial.key] = result


@pytest.mark.parametrize("workers", [1, 3])
def test_a_spent_budget_ends_a_remote_run(workers: int) -> None:
    """With how many are left and what to do; what was graded is kept, and the run can go on."""
    kept = Kept()

    def spent(_: int) -> bool:
        return len(kept.results) >= 4

    with pytest.raises(CouldNotGrade) as caught:
        run_trials(trials(20), said, kept, workers=workers, remote=True, enough=spent)
    done = len(kept.results)
    assert 4 <= done <= 4 + workers
    assert f"{20 - done} of 20" in caught.value.message
    assert "--resume" in caught.value.hint
    assert set(kept.results) == {f"k{i}" for i in range(done)}
    whole = run_trials(trials(20), said, Rest(kept), workers=workers, remote=True)
    assert list(whole) == [f"k{i}" for i in range(20)]


class Rest(Again):
    """Takes what is kept for grades, whatever it is."""

    def known(self, trial: Trial) -> Grade | Ungraded | None:
        """Return a grade for all that is kept."""
        return made_grade() if trial.key in self.results else None


def test_a_budget_that_is_spent_with_the_last_trial_is_enough() -> None:
    """All were graded, so there is nothing to complain about."""
    kept = Kept()
    found = run_trials(
        trials(3), said, kept, workers=2, remote=True, enough=lambda _: len(kept.results) >= 3
    )
    assert len(found) == 3


def made_grade() -> Grade:
    """Return any grade."""
    found = ScriptedGrader().grade(DROPOUT, "silence")
    assert isinstance(found, Grade)
    return found
