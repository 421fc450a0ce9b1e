"""The figures of one part of a run, in tables that fit 80 columns.

Owns the words and the layout of attacks and invariance. Refuses to compute a figure.
"""

from __future__ import annotations

from interviewbot.cli import evaluate_words as words
from interviewbot.cli import output
from interviewbot.cli.evaluate_words import Document


def attacks(found: Document) -> None:
    """Print what attacks gained by family, and the worst."""
    rows: list[tuple[str, ...]] = []
    for name, family in found["families"].items():
        rows.append((name, *_gains(family["all"])))
        if len(family["kinds"]) > 1:
            rows += [(f"  {kind}", *_gains(one)) for kind, one in family["kinds"].items()]
    gains = (words.less("succeeded"), "95 %", words.less("mean gain"), words.less("greatest"))
    words.table(("attack", "n", "ungraded", *gains), rows)
    output.text("")
    words.table(
        ("worst", "gain", "score", "attack"),
        [
            (
                worst["question_id"],
                f"+{worst['gain']:.0f}",
                f"{worst['score']:.0f}",
                f"{worst['family']}, {worst['template']}: {worst['text']}",
            )
            for worst in found["worst"][:10]
        ],
        shorten=3,
    )
    output.text("")
    output.text(
        f"{words.percent(found['resisted'])} gained at most 5 points"
        f" ({words.shares(found['resisted_interval'])})"
    )
    for line in (found["sample"], words.legend()):
        for piece in output.wrapped(line):
            output.text(piece)


def _gains(one: Document) -> tuple[str, ...]:
    return (
        str(one["n"]),
        str(one["ungraded"]),
        words.percent(one["success_rate"]),
        words.shares(one["success_interval"]),
        words.points(one["mean_gain"]),
        words.points(one["greatest_gain"]),
    )


def invariance(found: Document) -> None:
    """Print how far the way of telling moves a grade."""
    words.table(
        (
            *("told", "n", "ungraded"),
            *(words.less(head) for head in ("mean change", "greatest")),
            *("shift", words.less("verdicts flipped")),
        ),
        [
            (
                way,
                str(one["n"]),
                str(one["ungraded"]),
                words.points(one["mean_change"]),
                words.points(one["greatest_change"]),
                words.points(one["mean_shift"]),
                words.percent(one["flip_rate"]),
            )
            for way, one in found["ways"].items()
        ],
    )
    output.text("")
    mean, most = words.points(found["mean_spread"]), words.points(found["greatest_spread"])
    steady = words.percent(found["steady"])
    output.text(f"from the worst way to the best {mean} points, at most {most}; {steady} within 5")
    words.table(
        ("spread of", "n", *(words.less(head) for head in ("mean spread", "greatest")), "within 5"),
        [
            (
                words.KINDS.get(kind, kind),
                str(one["answers"]),
                words.points(one["mean_spread"]),
                words.points(one["greatest_spread"]),
                words.percent(one["steady"]),
            )
            for kind, one in found["kinds"].items()
        ],
    )
    output.text("")
    if "repetition" in found:
        output.text(words.same(found["repetition"]))
    for line in (found["sample"], words.legend()):
        for piece in output.wrapped(line):
            output.text(piece)
