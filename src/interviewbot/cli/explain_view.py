"""The signals behind the verdicts, for authors and for those who doubt.

Owns the table of ``grade --explain`` and its JSON. Refuses to compute a signal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from interviewbot.cli.output import Json, wrapped
from interviewbot.domain.grade import Verdict
from interviewbot.domain.question import Question
from interviewbot.domain.text import one_line
from interviewbot.services.alignment import Passages
from interviewbot.services.known_examples import FIGURES
from interviewbot.services.signals import PointSignals

Signals = tuple[Passages, dict[str, PointSignals]] | None


def with_signals(
    document: dict[str, Json], signals: Signals, cosines: Mapping[str, float]
) -> dict[str, Json]:
    """Return the grade's ``document`` with ``signals`` added to every point."""
    found = signals[1] if signals else {}
    points = document["points"]
    assert isinstance(points, list)  # noqa: S101 - made by grade_view
    return {
        **document,
        "points": [
            {**point, "signals": _signals(found.get(point["id"]), cosines.get(point["id"]))}
            for point in points
        ],
    }


def explanation_lines(
    question: Question, signals: Signals, cosines: Mapping[str, float]
) -> Iterator[str]:
    """Yield one block a point: the likenesses that made the verdict."""
    yield "Signals (0 to 1)"
    for point in question.points:
        signal = signals[1].get(point.id) if signals else None
        if signal is None:
            yield f"  {point.id}: no sentence of the answer claims anything"
            continue
        yield (
            f"  {one_line(point.id)}: raw {signal.raw:.3f}"
            f" = best wording {signal.best_likeness:.3f} / 4 + mean {signal.mean_likeness:.3f} / 2"
            f" + best sentence {signal.sentence_likeness:.3f} / 4,"
            f" cosine {cosines.get(point.id, 0.0):.3f}"
        )
        if signal.chances is not None:
            yield f"      chances: {_chances(signal.chances)}"
        if signal.likeness is not None:
            known = "passages and wordings" if signal.likeness.has_passages else "wordings"
            near, far = (
                signal.likeness.of("taught_covered"),
                signal.likeness.of("taught_contradicted"),
            )
            yield f"      nearest {known}: covering {near:.3f}, contradicting {far:.3f}"
        yield from wrapped(f"nearest wording: {signal.best_wording}", "      ")
        if signal.misconception:
            yield from wrapped(
                f"misconception {signal.misconception_likeness:.3f}"
                f" (lead {signal.misconception_margin:+.3f}): {signal.misconception}",
                "      ",
            )
        for pair in signal.opposed:
            yield from wrapped(f"opposite: “{pair.said}” for “{pair.claimed}”", "      ")


def _signals(signal: PointSignals | None, cosine: float | None) -> Json:
    if signal is None:
        return None
    return {
        "raw": round(signal.raw, 4),
        "best_wording": signal.best_wording,
        "best_likeness": round(signal.best_likeness, 4),
        "mean_likeness": round(signal.mean_likeness, 4),
        "sentence_likeness": round(signal.sentence_likeness, 4),
        "cosine": None if cosine is None else round(cosine, 4),
        "misconception": signal.misconception,
        "misconception_likeness": round(signal.misconception_likeness, 4),
        "misconception_margin": round(signal.misconception_margin, 4),
        "opposed": [{"claimed": pair.claimed, "said": pair.said} for pair in signal.opposed],
        "unmatched": list(signal.unmatched),
        "chances": None
        if signal.chances is None
        else {str(verdict): round(chance, 4) for verdict, chance in signal.chances.items()},
        "examples": None
        if signal.likeness is None
        else {name: round(signal.likeness.of(name), 4) for name in FIGURES},
    }


def _chances(chances: Mapping[Verdict, float]) -> str:
    return ", ".join(f"{verdict} {chance:.2f}" for verdict, chance in chances.items())
