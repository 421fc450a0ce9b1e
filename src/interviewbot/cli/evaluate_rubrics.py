"""What `eval rubrics` found, as text.

Owns what is listed, worst first, and how a file is named. Refuses to compute a figure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import click

from interviewbot.cli import evaluate_words as words
from interviewbot.cli import output
from interviewbot.cli.evaluate_words import Document
from interviewbot.domain.text import counted, sanitise

_SHOWN = 40  # faults of rubrics
_JUDGES = 10  # failures of the judge, where no rubric has a fault
_QUESTIONS = 15
_COUNTS = ("n", "failed", "rubric", "judge", "ungraded")


def rubrics(found: Document) -> None:
    """Print what an author can mend, the worst questions, and how often each check fails."""
    below = _folder([one["path"] for one in found["questions"]])
    mendable = [finding for finding in found["findings"] if finding["fault"] == "rubric"]
    for finding in mendable[:_SHOWN]:
        _finding(finding, below)
    if len(mendable) > _SHOWN:
        output.text(f"… and {len(mendable) - _SHOWN} more; --json and --report have all")
    if mendable:
        output.text("")
    else:
        _of_the_judge(found, below)
    _worst([one for one in found["questions"] if one["cases"]["failed"]], below)
    _checks(found["checks"])
    total = found["total"]
    _say(
        f"{counted(len(found['questions']), 'question')},"
        f" {counted(total['n'], 'check')}, {total['failed']} failed: {total['rubric']} by"
        f" the rubric, which an author can mend, {total['judge']} perhaps by the judge, which"
        f" --json and --report show one by one. Tried besides: {found['others']}."
    )
    if below is not None:
        output.text(sanitise(f"Files are below {below}"))


def outcome(total: Document) -> str:
    """Return how many checks failed, and whose fault that is, as one line."""
    rubric, judge = total["rubric"], total["judge"]
    faults = f"{rubric or 'no'} {'fault' if rubric < 2 else 'faults'} of a rubric"
    checks = counted(total["failed"], "check")
    return f"{checks} failed: {faults}, {judge or 'none'} of the judge's"


def _of_the_judge(found: Document, below: str | None) -> None:
    """Print the worst that nothing in a rubric explains, of every check in turn."""
    judges = [finding for finding in found["findings"] if finding["fault"] == "judge"]
    if not judges:
        return
    _say("No rubric has a fault that shows. The worst that is perhaps the judge's:")
    for finding in list(_in_turn(judges))[:_JUDGES]:
        _finding(finding, below)
    if len(judges) > _JUDGES:
        output.text(f"… and {len(judges) - _JUDGES} more; --json and --report have all")
    output.text("")


def _in_turn(findings: Sequence[Document]) -> Iterator[Document]:
    """Yield the worst of every check, then the next of every check, and so on."""
    ordered = sorted(findings, key=lambda one: (one["check"], -abs(one["measured"] - one["bound"])))
    ranked = [
        (rank, finding)
        for _, of_one in groupby(ordered, key=lambda one: str(one["check"]))
        for rank, finding in enumerate(of_one)
    ]
    return (finding for _, finding in sorted(ranked, key=lambda pair: pair[0]))


def _worst(failing: Sequence[Document], below: str | None) -> None:
    """Print the worst questions, each with its file in a line of its own, never cut."""
    if not failing:
        return
    width = max(len(one["question_id"]) for one in failing[:_QUESTIONS])
    width = max(width, len("worst first"))
    output.text(click.style(f"{'worst first':<{width}}  checks  rubric's  judge's", bold=True))
    for one in failing[:_QUESTIONS]:
        n, rubric, judge = (str(one["cases"][key]) for key in ("n", "rubric", "judge"))
        line = f"{sanitise(one['question_id']):<{width}}  {n:<6}  {rubric:<8}  {judge}"
        output.text(f"{line.rstrip()}\n    {_place(one, below)}")
    if len(failing) > _QUESTIONS:
        output.text(f"… and {len(failing) - _QUESTIONS} more; --json and --report have all")
    output.text("")


def _checks(checks: Sequence[Document]) -> None:
    words.table(
        ("check", "n", "failed", "rubric's", "judge's", "ungraded"),
        [(one["check"], *(str(one["cases"][key]) for key in _COUNTS)) for one in checks],
    )
    output.text("")
    for one in checks:
        _say(f"{one['check']}: {one['tried']}", "  ", first="")
    output.text("")


def _finding(finding: Document, below: str | None) -> None:
    about = ", ".join((finding["check"], *finding["points"]))
    output.text(f"{_place(finding, below)}: {sanitise(about)}")
    wanted = f"{finding['wanted']} {finding['bound']:g}"
    _say(f"{finding['what']}: {finding['measured']:g}, wanted {wanted}", "    ")
    _say(f"“{finding['text']}”", "    ")
    _say(finding["change"], "    ")


def _say(line: str, indent: str = "", *, first: str | None = None) -> None:
    for piece in output.wrapped(line, indent, first=first):
        output.text(piece)


def _folder(paths: Sequence[str]) -> str | None:
    """Return the folder that ``paths`` are shown below; None for the working directory."""
    here = Path.cwd()
    if not paths or all(Path(path).absolute().is_relative_to(here) for path in paths):
        return None
    return os.path.commonpath([Path(path).absolute().parent.parent for path in paths])


def _place(one: Document, below: str | None) -> str:
    """Return the file and line of ``one``, whole, however long."""
    path = Path(one["path"]).absolute().relative_to(Path.cwd() if below is None else below)
    return sanitise(f"{path}:{one['line']}")
