"""The program as a process: what it imports, and that offline means offline."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT

HEAVY = {
    "chromadb",
    "torch",
    "sentence_transformers",
    "langchain",
    "langchain_core",
    "langchain_openai",
    "openai",
    "textual",
    "sklearn",
    "scipy",
    "sqlalchemy",
}
_MODULES = """
import json, sys
from interviewbot.cli.main import main
try:
    main({arguments!r}, standalone_mode=False)
except SystemExit:
    pass
print(json.dumps(sorted({{name.partition('.')[0] for name in sys.modules}})), file=sys.stderr)
"""
_NO_SOCKETS = """
import socket
def refuse(*_, **__):
    raise SystemExit("a socket was opened")
class Refused(socket.socket):
    __init__ = refuse
socket.socket = Refused
socket.create_connection = socket.getaddrinfo = refuse
from interviewbot.cli.main import main
main({arguments!r}, standalone_mode=False)
"""

_FIRST_PAINT = """
import functools, json, sys
from interviewbot.cli import interview, main, options
from interviewbot.domain.errors import BadInput
from interviewbot.tui.app import InterviewApp
def read(*_, **__):
    print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})))
    raise BadInput("that is enough")
options._wire = read
interview._is_screen = lambda: True
InterviewApp.run = functools.partialmethod(InterviewApp.run, headless=True)
main.main([], standalone_mode=False)
"""


def python(code: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run ``code`` in a fresh interpreter with ``home`` as data folder."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "INTERVIEWBOT_HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


def modules(arguments: list[str], home: Path) -> set[str]:
    """Return the top-level modules that a command imports."""
    found = python(_MODULES.format(arguments=arguments), home)
    return set(json.loads(found.stderr.splitlines()[-1]))


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_imports_the_standard_library_and_click(option: str, tmp_path: Path) -> None:
    """Help and version cost nothing but the command line library."""
    bare = python(
        "import json,sys; print(json.dumps(sorted(sys.modules)), file=sys.stderr)", tmp_path
    )
    ours = {"interviewbot", "click"}
    site = {name.partition(".")[0] for name in json.loads(bare.stderr.splitlines()[-1])}
    assert modules([option], tmp_path) - set(sys.stdlib_module_names) - site <= ours


def test_grading_imports_nothing_heavy(indexed_home: Path) -> None:
    """Grading against an indexed corpus imports none of the frameworks."""
    arguments = ["grade", str(ROOT / "examples" / "neural-network.txt"), "--json"]
    found = modules(arguments, indexed_home)
    assert "onnxruntime" in found
    assert not found & HEAVY


def test_the_first_paint_waits_for_nothing_heavy(tmp_path: Path) -> None:
    """When the settings are read, home is painted, and only Textual and click are there.

    Where reading them fails the app ends, with the reason on standard error.
    """
    done = python(_FIRST_PAINT, tmp_path)
    imported = set(json.loads(done.stdout.splitlines()[0]))
    assert "textual" in imported
    others = HEAVY - {"textual"} | {
        "numpy",
        "onnxruntime",
        "tokenizers",
        "pydantic",
        "yaml",
        "fsrs",
    }
    assert not imported & others
    assert done.returncode == 2
    assert "that is enough" in done.stderr


def test_offline_means_offline(tmp_path: Path, few_questions: Path) -> None:
    """Indexing and grading, as `make run` does, open no socket."""
    for words in (["corpus", "index"], ["grade", str(ROOT / "examples" / "neural-network.txt")]):
        arguments = [*words, "--corpus", str(few_questions)]
        found = python(_NO_SOCKETS.format(arguments=arguments), tmp_path)
        assert found.returncode == 0, found.stderr
        assert found.stdout


def test_nothing_is_left_outside_the_data_folder(indexed_home: Path, tmp_path: Path) -> None:
    """No library keeps an id of this machine or a queue of reports: the user's home stays empty.

    Sockets that a library opens by itself are not seen by a test in Python; the files that
    onnxruntime's telemetry keeps in the user's cache are.
    """
    user = tmp_path / "user"
    user.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
    done = subprocess.run(
        [sys.executable, "-m", "interviewbot", "grade", str(ROOT / "examples/neural-network.txt")],
        env={**kept, "HOME": str(user), "INTERVIEWBOT_HOME": str(indexed_home)},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert list(user.rglob("*")) == []


def test_interrupt(tmp_path: Path) -> None:
    """Ctrl-C ends with code 130 and one line."""
    code = """
import os, signal, sys, threading
from interviewbot.adapters import answer_files
from interviewbot.cli.main import main
def wait(_):
    os.kill(os.getpid(), signal.SIGINT)
    threading.Event().wait(20)
answer_files.read_answer = wait
import interviewbot.cli.grade_single as single
single.read_answer = wait
main(["grade", "x.txt"])
"""
    found = python(code, tmp_path)
    assert found.returncode == 130
    assert "interrupted" in found.stderr
    assert "Traceback" not in found.stderr


def test_closed_pipe(indexed_home: Path) -> None:
    """A reader that goes away ends the program quietly."""
    found = subprocess.run(
        f'"{sys.executable}" -m interviewbot corpus list --json | head -c 10',
        shell=True,
        env={**os.environ, "INTERVIEWBOT_HOME": str(indexed_home)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert found.stdout == '{\n  "schem'
    assert found.stderr == ""
