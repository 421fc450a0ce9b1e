"""What makes a run fail: figures below a threshold, and being worse than an earlier run.

Owns the pairing with the earlier run and the lines that say what is wrong. Refuses to compute
a figure and to end the program.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from interviewbot.cli.evaluate_inputs import Gold
from interviewbot.cli.evaluate_run import Done
from interviewbot.domain.errors import BadInput
from interviewbot.domain.past_run import PastRun
from interviewbot.domain.text import counted
from interviewbot.services.evaluation.comparing import Comparison, comparison
from interviewbot.services.evaluation.graded import Graded, graded_of
from interviewbot.services.evaluation.metrics import shortfalls
from interviewbot.services.evaluation.parts import agreement_key, document_of
from interviewbot.wiring import Wiring


def below(done: Done, least: Mapping[str, float]) -> list[str]:
    """Return a line for every figure that is below its least value."""
    return [str(shortfall) for shortfall in shortfalls(least, done.summary)]


def read_baseline(wiring: Wiring, name: str | None) -> PastRun | None:
    """Return the run to compare with, before anything is graded.

    Raises:
        BadInput: if there is none of that name.
    """
    if name is None:
        return None
    from interviewbot.adapters.past_runs import read_past

    return read_past(name, wiring.home / "runs")


def refuse_unpaired(past: PastRun | None, gold: Gold) -> None:
    """Raise BadInput where ``past`` has none of the rows of ``gold``: nothing could be compared."""
    if past is None:
        return
    if not any((name, row.id) in past.grades for name, rows in gold.items() for row in rows):
        sets = ", ".join(sorted({name for name, _ in past.grades})) or "nothing"
        raise BadInput(
            f"this run and {past.name} have no answer in common",
            f"compare runs on the same --gold; that one measured {sets}",
        )


def compared(done: Done, past: PastRun, wiring: Wiring) -> dict[str, Any]:
    """Return how the run differs from ``past``: in all, and for each set by its name."""
    after = [
        graded_of(name, row, done.results[agreement_key(name, row)])
        for name, rows in done.gold.items()
        for row in rows
    ]
    before = list(_earlier(past, after))
    found = comparison(before, after, wiring.statistics)
    sets = {
        name: _short(
            comparison(
                [one for one in before if one.set_name == name],
                [one for one in after if one.set_name == name],
                wiring.statistics,
            )
        )
        for name in done.gold
    }
    now = done.configuration["gold"]
    changed = [name for name in sets if past.gold.get(name, "") != now[name]["sha256"]]
    return {
        "name": past.name,
        **document_of(found),
        "sets": sets,
        "changed_sets": [name for name in changed if name in past.gold],
    }


def _earlier(past: PastRun, after: list[Graded]) -> Iterator[Graded]:
    now = {one.key: one for one in after}
    measured = {one.set_name for one in after}
    for key, grade in past.grades.items():
        if key[0] not in measured:
            continue
        same = now.get(key)
        yield Graded(
            set_name=key[0],
            id=key[1],
            group=same.group if same else "",
            human=same.human if same else None,
            score=None if grade.score is None else grade.score / 100,
            verdicts=grade.verdicts,
            labels=same.labels if same else {},
        )


def _short(found: Comparison) -> dict[str, Any]:
    """Return the figures of one set, without the lists of answers."""
    document = document_of(found)
    return {key: document[key] for key in ("n", "compared", "qwk", "mae", "verdicts", "regressed")}


def regressions(document: dict[str, Any]) -> list[str]:
    """Return a line for everything in which the run is significantly worse.

    Over all sets, and in each: what is worse on one may be hidden by what is better on others.
    """
    from interviewbot.adapters.evaluation_words import REGRESSIONS

    name = document["name"]
    lines = [f"worse than {name}: {REGRESSIONS[what]}" for what in document["regressed"]]
    for set_name, found in document["sets"].items():
        if len(document["sets"]) > 1:
            lines += [
                f"worse than {name} on {set_name}: {REGRESSIONS[what]}"
                for what in found["regressed"]
            ]
    return lines


def unpaired(document: dict[str, Any]) -> list[str]:
    """Return a line where answers of one run are not in the other, so that nobody is misled."""
    lines = []
    if alone := len(document["only_after"]):
        answers = counted(alone, "answer is", "answers are")
        lines.append(f"{answers} not in {document['name']} and not compared")
    if alone := len(document["only_before"]):
        answers = counted(alone, "answer")
        verb = "is" if alone == 1 else "are"
        lines.append(f"{answers} of {document['name']} {verb} not in this run")
    lines += [
        f"the answers or labels of {name} are not those of {document['name']}; they are paired by"
        " their ids all the same"
        for name in document["changed_sets"]
    ]
    return lines
