"""The figures of a run as text: a part in full, or all parts on one screen.

Owns which is shown when. Refuses to compute a figure.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewbot.cli import evaluate_tables as tables
from interviewbot.cli import evaluate_words as words
from interviewbot.cli import output
from interviewbot.cli.evaluate_words import Document
from interviewbot.services.evaluation.parts import PartName

_TABLES = {
    PartName.RUBRICS: tables.rubrics,
    PartName.ATTACKS: tables.attacks,
    PartName.INVARIANCE: tables.invariance,
}


def show(summary: Document, parts: Sequence[PartName]) -> None:
    """Print the figures of a run: one part in full, several on one screen."""
    if len(parts) > 1:
        _sets_in_short(summary["sets"])
        output.text("")
        _robustness_in_short(summary)
    elif parts[0] is PartName.AGREEMENT:
        tables.agreement(summary["sets"])
    else:
        _TABLES[parts[0]](summary[parts[0].value])


def _sets_in_short(sets: Document) -> None:
    words.table(
        ("against labels", "n", "r", "95 %", "QWK", "AUC", "macro F1", "contradicted"),
        [
            row
            for name, found in sets.items()
            for row in (
                (
                    words.set_name(name, found),
                    str(found["n"]),
                    words.figure(found["pearson"]),
                    words.interval(found["ci95"]["pearson"]),
                    words.figure(found["qwk"]),
                    words.figure(found["points"]["covered_auc"]),
                    words.figure(found["points"]["macro_f1"]),
                    words.figure(found["points"]["contradicted_recall"]),
                ),
                *(
                    (
                        f"  {label}",
                        "",
                        words.figure(found["baselines"][key]["pearson"]),
                        words.interval(found["baselines"][key]["ci95"]["pearson"]),
                        "",
                        words.figure(found["baselines"][key]["points"]["covered_auc"]),
                        "",
                        "",
                    )
                    for key, label in words.BASELINES.items()
                    if key in found["baselines"]
                ),
            )
        ],
    )
    ungraded = sum(found["ungraded"] for found in sets.values())
    if ungraded:
        output.text(f"{ungraded} ungraded")


def _robustness_in_short(summary: Document) -> None:
    rubrics, attacks = summary["rubrics"], summary["attacks"]
    told = summary["invariance"]
    total = rubrics["total"]
    worst = sorted(
        attacks["families"].items(), key=lambda item: -(item[1]["all"]["success_rate"] or 0)
    )
    named = ", ".join(
        f"{name} {words.percent(found['all']['success_rate'])}" for name, found in worst[:4]
    )
    counts = (
        f"{total['failed']} fail, {total['rubric']} by the rubric, {total['judge']} by the judge"
    )
    spread = f"{words.points(told['mean_spread'])}, at most {words.points(told['greatest_spread'])}"
    resisted = f"{words.percent(attacks['resisted'])} of {attacks['n']}"
    moved = f"a score moves by {spread}; {words.percent(told['flip_rate'])} of verdicts flip"
    lines = {
        "rubrics": f"{total['n']} checks of {len(rubrics['questions'])} questions: {counts}",
        "attacks": f"{resisted} gained at most 5 points; succeeded most: {named}",
        "invariance": f"told in {len(told['ways']) + 1} ways, {moved}",
    }
    if "repetition" in told:
        lines["repeatable"] = words.same(told["repetition"])
    if "spent" in summary:
        lines["spent"] = words.spent(summary["spent"])
    for name, line in lines.items():
        for piece in output.wrapped(line, " " * 12, first=f"{name:<12}"):
            output.text(piece)


def show_comparison(found: Document) -> None:
    """Print how the run differs from an earlier one."""
    test = found["verdicts"]
    output.text("")
    words.table(
        (f"against {found['name']}", "before", "now", "change", "95 %"),
        [
            (
                name.upper(),
                words.figure(one["before"]),
                words.figure(one["after"]),
                "-" if one["change"] is None else f"{one['change']:+.3f}",
                "-" if one["ci95"] is None else "{:+.3f} to {:+.3f}".format(*one["ci95"]),
            )
            for name, one in (("qwk", found["qwk"]), ("mae", found["mae"]))
        ],
    )
    if test["p"] is not None:
        output.text(
            f"verdicts: {test['newly_right']} newly right, {test['newly_wrong']} newly wrong of"
            f" {test['n']} (McNemar p {test['p']:.3g})"
        )
    flipped: Sequence[Document] = found["flipped"]
    output.text(f"{len(flipped)} of {found['n']} answers flipped")
    for flip in flipped[:10]:
        changes = ", ".join(
            f"{one['point']} {one['before'] or 'none'} to {one['after'] or 'none'}"
            for one in flip["verdicts"]
        )
        scores = f"{100 * flip['score_before']:.0f} to {100 * flip['score_after']:.0f}"
        for line in output.wrapped(
            f"{flip['set_name']}/{flip['id']}: {scores}; {changes}", "    ", first="  "
        ):
            output.text(line)
    if len(flipped) > 10:
        output.text(f"  … and {len(flipped) - 10} more; --json has all")
