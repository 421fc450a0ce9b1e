"""The figures of a run as text: a part in full, or all parts on one screen.

Owns which is shown when. Refuses to compute a figure.
"""

from __future__ import annotations

from collections.abc import Sequence

from interviewbot.cli import evaluate_tables as tables
from interviewbot.cli import evaluate_words as words
from interviewbot.cli import output
from interviewbot.cli.evaluate_agreement import agreement, in_short
from interviewbot.cli.evaluate_answers import few_questions, furthest
from interviewbot.cli.evaluate_rubrics import rubrics
from interviewbot.cli.evaluate_run import Done
from interviewbot.cli.evaluate_words import Document
from interviewbot.domain.text import counted
from interviewbot.services.evaluation.parts import PartName

_TABLES = {
    PartName.RUBRICS: rubrics,
    PartName.ATTACKS: tables.attacks,
    PartName.INVARIANCE: tables.invariance,
}


def show(done: Done, parts: Sequence[PartName]) -> None:
    """Print the figures of a run: one part in full, several on one screen."""
    summary, notes = done.summary, few_questions(done.gold)
    if len(parts) > 1:
        in_short(summary["sets"], notes)
        output.text("")
        _robustness_in_short(summary)
    elif parts[0] is PartName.AGREEMENT:
        agreement(summary["sets"], notes)
        _furthest(done)
    else:
        _TABLES[parts[0]](summary[parts[0].value])
    if "spent" in summary:
        output.text("")
        for piece in output.wrapped(words.spent(summary["spent"]), "  ", first=""):
            output.text(piece)


def _furthest(done: Done) -> None:
    """Print the answers on which bot and people are furthest apart."""
    apart = furthest(done)
    if not apart:
        return
    output.text("")
    words.table(
        ("furthest apart", "human", "bot", "difference"),
        [
            (
                f"{one.set_name}/{one.id}",
                words.figure(one.human),
                words.figure(one.score),
                f"{one.difference:+.3f}",
            )
            for one in apart
        ],
    )


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
    apart = ", ".join(
        f"{words.points(one['mean_spread'])} in {words.KINDS.get(kind, kind)}"
        for kind, one in told["kinds"].items()
    )
    flipped = f"{words.percent(told['flip_rate'])} of verdicts flip"
    moved = f"a score moves by {spread} ({apart}); {flipped}"
    lines = {
        "rubrics": f"{_of_questions(total['n'], len(rubrics['questions']))}: {counts}",
        "attacks": f"{resisted} gained at most 5 points; succeeded most: {named}",
        "invariance": f"told in {len(told['ways']) + 1} ways, {moved}",
    }
    if "repetition" in told:
        lines["repeatable"] = words.same(told["repetition"])
    for name, line in lines.items():
        for piece in output.wrapped(line, " " * 12, first=f"{name:<12}"):
            output.text(piece)


def _of_questions(checks: int, questions: int) -> str:
    return f"{counted(checks, 'check')} of {counted(questions, 'question')}"


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
    output.text(f"{len(flipped)} of {counted(found['n'], 'answer')} flipped")
    for flip in flipped[:10]:
        changes = ", ".join(
            f"{one['point']} {one['before'] or 'no verdict'} to {one['after'] or 'no verdict'}"
            for one in flip["verdicts"]
        )
        scores = f"{100 * flip['score_before']:.0f} to {100 * flip['score_after']:.0f}"
        for line in output.wrapped(
            f"{flip['set_name']}/{flip['id']}: {scores}; {changes}", "    ", first="  "
        ):
            output.text(line)
    if len(flipped) > 10:
        output.text(f"  … and {len(flipped) - 10} more; --json has all")
