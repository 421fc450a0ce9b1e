"""Is this run of a grader worse than that one? Answer by answer, with significance.

Owns the pairing of two runs, the tests and what counts as a regression. Refuses to read runs
and to say which exit code follows. What differs must be the grader: human scores and labels
are the later run's for both. Runs may hold several sets; to compare one, give only its answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from interviewbot.ports import Statistics
from interviewbot.services.evaluation import counted
from interviewbot.services.evaluation.bands import BANDS, band_number
from interviewbot.services.evaluation.flips import Flip, flip_of
from interviewbot.services.evaluation.graded import Graded, Key
from interviewbot.services.evaluation.resampling import Draws, Interval, interval

_ROUNDS = 2000
_SIGNIFICANT = 0.05  # p below it


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure in both runs; ``change`` is after minus before, with its paired interval."""

    before: float | None
    after: float | None
    change: float | None
    ci95: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictTest:
    """McNemar's exact test on ``n`` labelled points that have a verdict in both runs.

    ``p`` takes every point as a draw of its own; None without a point.
    """

    n: int
    newly_wrong: int
    newly_right: int
    p: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two runs, pair by pair: ``n`` answers are in both, ``compared`` have all three scores.

    ``only_before`` and ``only_after`` are (set, id) of answers in one run;
    ``newly_ungraded`` and ``newly_graded`` likewise of answers in both. ``regressed`` names
    what is significantly worse: ``mae``, ``qwk``, ``verdicts``, ``ungraded``.
    """

    n: int
    compared: int
    qwk: Difference
    mae: Difference
    verdicts: VerdictTest
    ungraded_before: int
    ungraded_after: int
    newly_ungraded: tuple[Key, ...]
    newly_graded: tuple[Key, ...]
    only_before: tuple[Key, ...]
    only_after: tuple[Key, ...]
    flipped: tuple[Flip, ...]
    regressed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Pair:
    before: Graded
    after: Graded


@dataclass(frozen=True, slots=True)
class _Scored:
    """Scores of both runs beside the human ones, and which question each answers."""

    human: list[float]
    before: list[float]
    after: list[float]
    groups: list[str]


def comparison(
    before: Iterable[Graded],
    after: Iterable[Graded],
    statistics: Statistics,
    *,
    rounds: int = _ROUNDS,
    seed: int = 0,
) -> Comparison:
    """Return how the run ``after`` differs from ``before``, in the order of ``after``.

    Raises:
        ValueError: if a run holds two answers of one set and id.
    """
    old, new = _by_key(before), _by_key(after)
    pairs = [_Pair(old[key], new[key]) for key in new if key in old]
    scored = _scored(pairs)
    draws = Draws.by_group(scored.groups, rounds=rounds, seed=seed)
    qwk, mae = _qwk(scored, statistics, draws), _mae(scored, statistics, draws)
    verdicts = _verdicts(pairs, statistics)
    lost = [pair for pair in pairs if pair.after.score is None]
    never = [pair for pair in pairs if pair.before.score is None]
    return Comparison(
        n=len(pairs),
        compared=len(scored.human),
        qwk=qwk,
        mae=mae,
        verdicts=verdicts,
        ungraded_before=len(never),
        ungraded_after=len(lost),
        newly_ungraded=tuple(pair.after.key for pair in lost if pair.before.score is not None),
        newly_graded=tuple(pair.after.key for pair in never if pair.after.score is not None),
        only_before=tuple(key for key in old if key not in new),
        only_after=tuple(key for key in new if key not in old),
        flipped=tuple(
            flip for pair in pairs if (flip := flip_of(pair.before, pair.after)) is not None
        ),
        regressed=_regressed(qwk, mae, verdicts, more_ungraded=len(lost) > len(never)),
    )


def _by_key(run: Iterable[Graded]) -> dict[Key, Graded]:
    found: dict[Key, Graded] = {}
    for graded in run:
        if graded.key in found:
            raise ValueError(f"the answer {graded.id} of {graded.set_name} is in one run twice")
        found[graded.key] = graded
    return found


def _scored(pairs: Sequence[_Pair]) -> _Scored:
    found = _Scored([], [], [], [])
    for pair in pairs:
        human = pair.before.human if pair.after.human is None else pair.after.human
        if human is None or pair.before.score is None or pair.after.score is None:
            continue
        found.human.append(human)
        found.before.append(pair.before.score)
        found.after.append(pair.after.score)
        found.groups.append(f"{pair.after.set_name}\n{pair.after.group}")
    return found


def _qwk(scored: _Scored, statistics: Statistics, draws: Draws) -> Difference:
    sample = draws.of(scored.groups)
    human = [band_number(score) for score in scored.human]
    old = [band_number(score) for score in scored.before]
    new = [band_number(score) for score in scored.after]
    rounds = counted.quadratic_weighted_kappa(
        sample, human, new, BANDS
    ) - counted.quadratic_weighted_kappa(sample, human, old, BANDS)
    return _difference(
        statistics.quadratic_weighted_kappa(human, old, BANDS),
        statistics.quadratic_weighted_kappa(human, new, BANDS),
        interval(rounds),
    )


def _mae(scored: _Scored, statistics: Statistics, draws: Draws) -> Difference:
    if not scored.human:
        return _difference(None, None, None)
    sample = draws.of(scored.groups)
    rounds = counted.mae(sample, scored.human, scored.after) - counted.mae(
        sample, scored.human, scored.before
    )
    return _difference(
        statistics.mae(scored.human, scored.before),
        statistics.mae(scored.human, scored.after),
        interval(rounds),
    )


def _difference(before: float | None, after: float | None, ci95: Interval) -> Difference:
    change = None if before is None or after is None else after - before
    return Difference(before=before, after=after, change=change, ci95=ci95)


def _verdicts(pairs: Sequence[_Pair], statistics: Statistics) -> VerdictTest:
    hits = [
        (pair.before.verdicts[point] is label, pair.after.verdicts[point] is label)
        for pair in pairs
        for point, label in pair.after.labels.items()
        if point in pair.before.verdicts and point in pair.after.verdicts
    ]
    wrong, right = hits.count((True, False)), hits.count((False, True))
    p = statistics.mcnemar(wrong, right) if hits else None
    return VerdictTest(n=len(hits), newly_wrong=wrong, newly_right=right, p=p)


def _regressed(
    qwk: Difference, mae: Difference, verdicts: VerdictTest, *, more_ungraded: bool
) -> tuple[str, ...]:
    worse = verdicts.newly_wrong > verdicts.newly_right
    found = {
        "mae": mae.ci95 is not None and mae.ci95[0] > 0,
        "qwk": qwk.ci95 is not None and qwk.ci95[1] < 0,
        "verdicts": worse and verdicts.p is not None and verdicts.p < _SIGNIFICANT,
        "ungraded": more_ungraded,
    }
    return tuple(name for name, is_worse in found.items() if is_worse)
