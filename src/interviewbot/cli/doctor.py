"""``interviewbot doctor``: what works here, one line each, with the fix.

Owns the list of checks. Refuses to mend anything.
"""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import metadata, util
from pathlib import Path

import click

from interviewbot import __version__
from interviewbot.cli import options, output
from interviewbot.cli.diagnostics import ExitCode, say
from interviewbot.domain.chat import Rung
from interviewbot.domain.errors import CorpusInvalid, InterviewbotError
from interviewbot.domain.text import one_line
from interviewbot.wiring import Wiring

_PROBE = 1 << 16  # bytes that must find room
_SCARCE = 50_000_000  # bytes
_NAMED = 5  # folders
_PATIENCE = 30.0  # seconds for a language model's reply
_CHOOSE = (
    "for one, use --model, as in openai:gpt-5-mini or ollama:llama3.2, or set INTERVIEWBOT_MODEL"
)
_RUNGS = {
    Rung.SCHEMA: "keeps to a JSON schema",
    Rung.FUNCTION: "takes no schema but calls functions",
    Rung.JSON: "takes no schema but has a JSON mode",
    Rung.TEXT: "has no JSON mode: its text is read with patience",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check: ``state`` is ``ok``, ``note`` (works without it) or ``bad``."""

    name: str
    state: str
    detail: str
    fix: str = ""


@click.command()
@click.option(
    "--model",
    metavar="PROVIDER:NAME",
    help="Try this language model instead of the one in the settings: three short calls.",
)
@click.option("--offline", is_flag=True, help="Refuse anything that would need a network.")
@options.JSON
@options.wired
def doctor(
    model: str | None,
    as_json: bool,  # noqa: FBT001 - click passes options by name
    wiring: Wiring,
) -> None:
    """Say what is installed and whether it works, with the fix where it does not."""
    if model:
        wiring = replace(wiring, language_model=replace(wiring.language_model, name=model))
    findings = list(_findings(wiring))
    if as_json:
        output.json_document(
            {
                "checks": [
                    {"name": f.name, "state": f.state, "detail": f.detail, "fix": f.fix or None}
                    for f in findings
                ]
            }
        )
    else:
        for finding in findings:
            fix = f"; {finding.fix}" if finding.fix else ""
            output.text(_line(finding.state, f"{finding.name}: {finding.detail}{fix}"))
    if any(finding.state == "bad" for finding in findings):
        say("something does not work: see the lines marked 'bad'")
        raise SystemExit(ExitCode.BELOW)


def _line(state: str, about: str) -> str:
    """Return a finding on one line, in several only where they should fit a width."""
    head = f"{state:4s}  "
    if output.fits():
        return "\n".join(output.wrapped(one_line(about), " " * len(head), first=head))
    return one_line(head + about)


def _findings(wiring: Wiring) -> Iterator[Finding]:
    yield Finding(
        name="interviewbot",
        state="ok",
        detail=f"{__version__} on Python {platform.python_version()}, {os.cpu_count()} cores",
    )
    yield _home(wiring.home)
    for name, check in (
        ("corpus", _corpus),
        ("encoder", _encoder),
        ("index", _index),
        ("judge", _judge),
        ("language model", _language_model),
        ("other indexes", _other_indexes),
    ):
        found = _attempt(name, check, wiring)
        if found is not None:
            yield found
    yield _torch()


def _attempt(
    name: str, check: Callable[[Wiring], Finding | None], wiring: Wiring
) -> Finding | None:
    try:
        return check(wiring)
    except CorpusInvalid as error:
        return Finding(
            name=name, state="bad", detail=error.message, fix="run 'interviewbot corpus lint'"
        )
    except InterviewbotError as error:
        return Finding(name=name, state="bad", detail=error.message, fix=error.hint)


def _home(home: Path) -> Finding:
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    try:
        with tempfile.TemporaryFile(dir=existing) as probe:
            probe.write(bytes(_PROBE))
            probe.flush()
        free = shutil.disk_usage(existing).free
        if free < _SCARCE:
            return Finding(
                name="data folder",
                state="note",
                detail=f"{home}, where only {_megabytes(free)} are free",
                fix="an index and what is encoded for it take about 20 MB; make room",
            )
        return Finding(name="data folder", state="ok", detail=str(home))
    except OSError as error:
        return Finding(
            name="data folder",
            state="bad",
            detail=f"{home} cannot be written: {error.strerror}",
            fix="make room on the disk, or set INTERVIEWBOT_HOME to a folder of yours",
        )


def _corpus(wiring: Wiring) -> Finding:
    questions = [entry.question for entry in wiring.corpus.questions]
    points = sum(len(question.points) for question in questions)
    return Finding(name="corpus", state="ok", detail=f"{len(questions)} questions, {points} points")


def _encoder(wiring: Wiring) -> Finding:
    begun = time.perf_counter()
    wiring.encoder.encode(["Is anybody there?"])
    spent = 1000 * (time.perf_counter() - begun)
    return Finding(
        name="encoder", state="ok", detail=f"{wiring.encoder.id}, first use {spent:.0f} ms"
    )


def _index(wiring: Wiring) -> Finding:
    chroma = metadata.version("chromadb")
    if wiring.index.digest() == wiring.corpus_digest:
        return Finding(name="index", state="ok", detail=f"up to date (chromadb {chroma})")
    return Finding(
        name="index",
        state="note",
        detail=f"not up to date (chromadb {chroma})",
        fix="the next grading brings it up to date, or 'interviewbot corpus index'",
    )


def _other_indexes(wiring: Wiring) -> Finding | None:
    """Return what the indexes of other corpora and encoders take; they stay until removed."""
    folders = wiring.other_indexes()
    if not folders:
        return None
    size = sum(_size(path) for folder in folders for path in folder.rglob("*"))
    below = sorted(str(folder.relative_to(wiring.home)) for folder in folders)
    return Finding(
        name="other indexes",
        state="ok",
        detail=f"{len(folders)}, of other corpora or encoders, {_megabytes(size)} in"
        f" {wiring.home}: {', '.join(below[:_NAMED])}{', …' if below[_NAMED:] else ''}",
        fix="remove those you need no longer; what is needed is made anew",
    )


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except FileNotFoundError:  # another process tidies up
        return 0


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


def _judge(wiring: Wiring) -> Finding:
    return Finding(name="local judge", state="ok", detail=wiring.judge().id)


def _language_model(wiring: Wiring) -> Finding:
    """Return whether the chosen model answers, how well it keeps to a shape, and repeats itself."""
    name, chosen = "language model", wiring.language_model.name
    if not chosen:
        return Finding(
            name=name, state="note", detail="none is chosen, none is needed", fix=_CHOOSE
        )
    if wiring.offline:
        return Finding(name=name, state="note", detail=f"{chosen}, not asked: --offline")
    from interviewbot.services.llm.probing import probe

    model, asking = wiring.language_models.model, wiring.language_models.asking
    found = probe(replace(asking, timeout=min(asking.timeout, _PATIENCE)), time.perf_counter)
    where = f"{model.id} at {model.endpoint}" if model.endpoint else model.id
    if found.repairs:
        where = f"{where}, told {found.repairs} times what was wrong with its reply,"
    repeats = "repeats itself" if found.repeats else "does not repeat itself with a seed"
    return Finding(
        name=name,
        state="ok",
        detail=f"{where} answers in {1000 * found.seconds:.0f} ms, {_RUNGS[found.rung]}, {repeats}",
    )


def _torch() -> Finding:
    if util.find_spec("sentence_transformers") is None:
        return Finding(
            name="other encoders",
            state="note",
            detail="sentence-transformers is not installed; the bundled encoder needs none",
            fix="for --encoder st:NAME install interviewbot[torch]",
        )
    version = metadata.version("sentence-transformers")
    return Finding(name="other encoders", state="ok", detail=f"sentence-transformers {version}")
