"""What every test shares: a home of its own, no network, and no silent skip in CI."""

from __future__ import annotations

import json
import os
import shutil
import socket
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock
from tests.loopback_fixtures import _no_keys, loopback  # noqa: F401 - fixtures for every test

from interviewbot.cli.main import main
from interviewbot.wiring import Wiring

ROOT = Path(__file__).resolve().parent.parent
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test a data folder of its own and none of the user's settings."""
    for name in [name for name in os.environ if name.startswith("INTERVIEWBOT_")]:
        if name not in {"INTERVIEWBOT_ASAG", "INTERVIEWBOT_NO_SKIPS"}:
            monkeypatch.delenv(name)
    monkeypatch.setenv("INTERVIEWBOT_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("COLUMNS", raising=False)  # which a test runner may set


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection but to this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in _LOOPBACK:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def indexed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the shipped corpus is indexed, for tests that only read it.

    Where several processes share the work, one makes the index and the others copy it.
    """
    made = tmp_path_factory.mktemp("made")
    if "PYTEST_XDIST_WORKER" in os.environ:
        made = tmp_path_factory.getbasetemp().parent / "made"
    with FileLock(f"{made}.lock"):
        Wiring(roots=[ROOT / "corpus"], home=made).indexing.refresh()
    home = tmp_path_factory.mktemp("indexed")
    return Path(shutil.copytree(made, home, dirs_exist_ok=True))


@pytest.fixture(scope="session")
def wiring(indexed_home: Path) -> Wiring:
    """The real thing over the shipped corpus, indexed."""
    return Wiring(roots=[ROOT / "corpus"], home=indexed_home)


@pytest.fixture
def few_questions(tmp_path: Path) -> Path:
    """A corpus folder of one's own with a few of the shipped questions: quick to index."""
    for name in ("CV0001", "DL0003", "ML0041"):
        (source,) = (ROOT / "corpus").glob(f"*/{name}-*.md")
        copy = tmp_path / "few" / source.parent.name / source.name
        copy.parent.mkdir(parents=True)
        shutil.copyfile(source, copy)
    return tmp_path / "few"


class Command:
    """Runs the command line in this process."""

    def __call__(self, *arguments: str | Path, stdin: str | bytes | None = None) -> Result:
        """Return the result, with standard output and error apart."""
        found = CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)
        if found.exception is not None and not isinstance(found.exception, SystemExit):
            raise found.exception
        return found

    def json(self, *arguments: str | Path, stdin: str | bytes | None = None) -> Any:
        """Return the JSON document that the command printed."""
        found = self(*arguments, stdin=stdin)
        assert found.exit_code == 0, found.stderr
        return json.loads(found.stdout)


@pytest.fixture
def run() -> Command:
    """Run a command in an empty data folder."""
    return Command()


@pytest.fixture
def run_indexed(indexed_home: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Run a command in the data folder where the shipped corpus is indexed."""
    monkeypatch.setenv("INTERVIEWBOT_HOME", str(indexed_home))
    return Command()


@pytest.fixture
def answer_file(tmp_path: Path) -> Path:
    """Return a file with an answer to ML0041."""
    path = tmp_path / "answer.txt"
    path.write_text(
        "A network has an input layer, hidden layers and an output layer. Each unit takes a"
        " weighted sum, adds a bias and applies an activation function.",
        encoding="utf-8",
    )
    return path


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run with skipped tests where none may be skipped."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("INTERVIEWBOT_NO_SKIPS") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
        reporter.write_line("tests were skipped, and INTERVIEWBOT_NO_SKIPS is set", red=True)
