"""The figures of one part of a run, in tables that fit 80 columns.

Owns the words and the layout. Refuses to compute a figure.
"""

from __future__ import annotations

from collections.abc import Iterator

from interviewbot.cli import evaluate_words as words
from interviewbot.cli import output
from interviewbot.cli.evaluate_words import Document

_SHOWN = 40  # findings
_QUESTIONS = 15


def agreement(sets: Document) -> None:
    """Print how far grades agree with labels, beside what they must beat."""
    words.table(
        ("set", "n", "ungraded", "r", "95 %", "rho", "within question"),
        [
            (
                words.set_name(name, found),
                str(found["n"]),
                str(found["ungraded"]),
                words.figure(found["pearson"]),
                words.interval(found["ci95"]["pearson"]),
                words.figure(found["spearman"]),
                words.figure(found["within_question_pearson"]),
            )
            for name, found in sets.items()
        ],
    )
    output.text("")
    words.table(
        ("set", "beyond length", "RMSE", "MAE", "QWK", "AUC"),
        [
            (
                name,
                *(
                    words.figure(found[key])
                    for key in ("beyond_length", "rmse", "mae", "qwk", "auc")
                ),
            )
            for name, found in sets.items()
        ],
    )
    labelled = {name: found for name, found in sets.items() if found["points"]["n"]}
    if labelled:
        output.text("")
        words.table(
            ("set", "points", "covered AUC", "F1", "macro F1", "contradicted recall", "ECE"),
            [
                (
                    name,
                    str(found["points"]["n"]),
                    *(
                        words.figure(found["points"][key])
                        for key in (
                            "covered_auc",
                            "covered_f1",
                            "macro_f1",
                            "contradicted_recall",
                            "ece",
                        )
                    ),
                )
                for name, found in labelled.items()
            ],
        )
    output.text("")
    words.table(
        ("beside the judge", "r", "95 %", "within question", "beyond length", "covered AUC"),
        [row for name, found in sets.items() for row in _beside(name, found)],
    )
    output.text("")
    words.table(
        ("human score", "n", "human", "bot", "MAE", "bias"),
        [
            (
                f"{name}  {band['low']:.1f} to {band['high']:.1f}",
                str(band["n"]),
                *(words.figure(band[key]) for key in ("mean_human", "mean_machine", "mae", "bias")),
            )
            for name, found in sets.items()
            for band in found["bands"]
            if band["n"]
        ],
    )


def _beside(name: str, found: Document) -> Iterator[tuple[str, ...]]:
    """Yield the judge, what it must beat, and people in its place."""
    rows = {"judge": found}
    rows |= {
        label: found["baselines"][key]
        for key, label in words.BASELINES.items()
        if key in found["baselines"]
    }
    if found["ceiling"] is not None:
        rows["one grader"] = found["ceiling"]["mean"]
    for label, one in rows.items():
        points = one.get("points") or {}
        interval = (one.get("ci95") or {}).get("pearson")
        yield (
            f"{name}  {label}",
            words.figure(one["pearson"]),
            words.interval(interval),
            words.figure(one["within_question_pearson"]),
            words.figure(one.get("beyond_length")),
            words.figure(points.get("covered_auc")),
        )


def rubrics(found: Document) -> None:
    """Print what an author can mend, the worst questions, and how often each check fails."""
    total = found["total"]
    mendable = [finding for finding in found["findings"] if finding["fault"] == "rubric"]
    for finding in mendable[:_SHOWN]:
        _finding(finding)
    if len(mendable) > _SHOWN:
        output.text(f"… and {len(mendable) - _SHOWN} more; --json and --report have all")
    if mendable:
        output.text("")
    failing = [one for one in found["questions"] if one["cases"]["failed"]]
    words.table(
        ("worst first", "checks", "rubric's", "judge's", "where"),
        [
            (
                one["question_id"],
                *(str(one["cases"][key]) for key in ("n", "rubric", "judge")),
                f"{one['path']}:{one['line']}",
            )
            for one in failing[:_QUESTIONS]
        ],
        shorten=4,
    )
    output.text("")
    words.table(
        ("check", "n", "failed", "rubric's", "judge's", "ungraded"),
        [
            (
                check["check"],
                *(
                    str(check["cases"][key])
                    for key in ("n", "failed", "rubric", "judge", "ungraded")
                ),
            )
            for check in found["checks"]
        ],
    )
    output.text("")
    conclusion = (
        f"{len(found['questions'])} questions, {total['n']} checks, {total['failed']} failed:"
        f" {total['rubric']} by the rubric, which an author can mend, {total['judge']} by the"
        " judge, which --json and --report show one by one. Other questions' answers are"
        f" {found['others'].removeprefix('the ')}."
    )
    for line in output.wrapped(conclusion):
        output.text(line)


def _finding(finding: Document) -> None:
    wanted = f"{finding['wanted']} {finding['bound']:g}"
    output.text(f"{finding['path']}:{finding['line']}: {finding['check']}")
    for line in (
        f"{finding['what']}: {finding['measured']:g}, wanted {wanted}",
        f"“{finding['text']}”",
        finding["change"],
    ):
        for piece in output.wrapped(line, "    "):
            output.text(piece)


def attacks(found: Document) -> None:
    """Print what attacks gained by family, and the worst."""
    rows: list[tuple[str, ...]] = []
    for name, family in found["families"].items():
        rows.append((name, *_gains(family["all"])))
        if len(family["kinds"]) > 1:
            rows += [(f"  {kind}", *_gains(one)) for kind, one in family["kinds"].items()]
    words.table(("attack", "n", "ungraded", "succeeded", "95 %", "mean gain", "greatest"), rows)
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
        f" ({words.interval(found['resisted_interval'])})"
    )
    for line in output.wrapped(found["sample"]):
        output.text(line)


def _gains(one: Document) -> tuple[str, ...]:
    return (
        str(one["n"]),
        str(one["ungraded"]),
        words.percent(one["success_rate"]),
        words.interval(one["success_interval"]),
        words.points(one["mean_gain"]),
        words.points(one["greatest_gain"]),
    )


def invariance(found: Document) -> None:
    """Print how far the way of telling moves a grade."""
    words.table(
        ("told", "n", "ungraded", "mean change", "greatest", "shift", "verdicts flipped"),
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
    if "repetition" in found:
        output.text(words.same(found["repetition"]))
    for line in output.wrapped(found["sample"]):
        output.text(line)
