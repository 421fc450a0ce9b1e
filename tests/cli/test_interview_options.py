"""What of the interview's options goes together, and what they come to."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from tests.cli.made_homes import LAYERS, copied_home, environment
from tests.conftest import Command
from tools.loopback.server import Loopback

from interviewbot.cli import interview
from interviewbot.cli.main import main
from interviewbot.domain.choosing import Wish
from interviewbot.domain.question import Level
from interviewbot.domain.sitting import Mode
from interviewbot.wiring import Wiring

HEAVY = {"chromadb", "langchain", "openai", "scipy", "sklearn", "sqlalchemy", "textual", "torch"}
MODULES = """
import json, sys
from interviewbot.cli.main import main
main(["--plain", "--question", "ML0041"], standalone_mode=False)
print(json.dumps(sorted({name.partition('.')[0] for name in sys.modules})), file=sys.stderr)
"""


class Caught:
    """Stands for both faces and keeps what they were called with."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.plain: list[tuple[Wish | None, bool]] = []
        self.app: list[tuple[Wish | None, bool]] = []
        self.again: list[str] = []

    def run_plain(self, _: Wiring, wish: Wish, *, resume: bool, again: str) -> None:
        """Keep what the plain face was given."""
        self.again.append(again)
        self.plain.append((wish, resume))

    def run_app(self, _: Wiring, wish: Wish | None, *, resume: bool) -> None:
        """Keep what the app was given."""
        self.app.append((wish, resume))


@pytest.fixture
def caught(monkeypatch: pytest.MonkeyPatch) -> Caught:
    """Return what catches both faces."""
    found = Caught()
    monkeypatch.setattr(interview, "_run_plain", found.run_plain)
    monkeypatch.setattr(interview, "_run_app", found.run_app)
    return found


@pytest.mark.parametrize(
    "arguments",
    [
        ("--resume", "--topic", "vision"),
        ("--resume", "-n", "3"),
        ("--resume", "--mode", "mock"),
        ("--resume", "--question", "ML0041"),
        ("--question", "ML0041", "--topic", "vision"),
        ("--question", "ML0041", "-n", "2"),
        ("--question", "ML0041", "--job", "job.txt"),
        ("-n", "0"),
        ("--minutes", "0"),
        ("--minutes", "nan"),
        ("--minutes", "inf"),
        ("--mode", "exam"),
        ("--level", "wizard"),
        ("--job", "-"),
        ("--nonsense",),
        ("--timeout", "5"),
        ("--timeout", "0"),
        ("ML0041",),
    ],
)
def test_usage(run: Command, caught: Caught, arguments: tuple[str, ...]) -> None:
    """Options that do not go together, or make no sense, are exit code 2."""
    found = run("interview", *arguments)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert (caught.plain, caught.app) == ([], [])


def test_options_become_a_wish(run: Command, caught: Caught, tmp_path: Path) -> None:
    """Every filter arrives."""
    job = tmp_path / "job.txt"
    job.write_text("We look for somebody who knows vision models.")
    run(
        *("interview", "--topic", "vision", "--topic", "systems", "--level", "Advanced"),
        *("-n", "3", "--minutes", "7.5", "--mode", "mock", "--job", job),
    )
    assert caught.plain == [
        (
            Wish(
                mode=Mode.MOCK,
                topics=("vision", "systems"),
                levels=(Level.ADVANCED,),
                count=3,
                minutes=7.5,
                job="We look for somebody who knows vision models.",
            ),
            False,
        )
    ]


@pytest.mark.parametrize("content", [b"", b" \n", None])
def test_a_job_that_cannot_be_read_is_spoken_of_as_one(
    run: Command, caught: Caught, tmp_path: Path, content: bytes | None
) -> None:
    """The hint is about a job description, not about an answer; None is a folder."""
    job = tmp_path / "job"
    job.mkdir() if content is None else job.write_bytes(content)
    found = run("interview", "--job", job)
    assert (found.exit_code, caught.plain) == (2, [])
    assert "job description" in found.stderr
    assert "answer" not in found.stderr
    assert "--batch" not in found.stderr


@pytest.mark.parametrize("arguments", [(), ("interview",), ("--plain",), ("interview", "--plain")])
def test_without_a_command_it_is_an_interview(
    run: Command, caught: Caught, arguments: tuple[str, ...]
) -> None:
    """With nothing asked for, the plain face begins the usual one."""
    found = run(*arguments)
    assert found.exit_code == 0
    assert caught.plain == [(Wish(), False)]


@pytest.mark.parametrize("arguments", [("--resume",), ("interview", "--resume")])
def test_resuming(run: Command, caught: Caught, arguments: tuple[str, ...]) -> None:
    """It works with and without the command's name."""
    assert run(*arguments).exit_code == 0
    assert [resume for _, resume in caught.plain] == [True]


@pytest.mark.parametrize(
    ("arguments", "again"),
    [
        ((), "'interviewbot interview --resume' goes on with it"),
        (
            ("--judge", "llm", "--model", "openai:a b"),
            "'interviewbot interview --resume --judge llm --model 'openai:a b'' goes on with it",
        ),
    ],
)
def test_how_to_go_on_names_the_judge(
    run: Command, caught: Caught, arguments: tuple[str, ...], again: str
) -> None:
    """Else the offline judge would go on in a model's place."""
    assert run("interview", *arguments).exit_code == 0
    assert caught.again == [again]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--judge", "llm"), 2, "no language model is chosen"),
        (("--model", "opnai:x"), 2, "is no provider"),
        (("--model", "anthropic:x"), 3, "langchain-anthropic"),
    ],
)
def test_a_model_that_cannot_work_is_refused_before_the_first_question(
    run: Command,
    monkeypatch: pytest.MonkeyPatch,
    arguments: tuple[str, ...],
    code: int,
    told: str,
) -> None:
    """Nothing has to be written in vain."""
    monkeypatch.setattr("interviewbot.adapters.chat_choices.find_spec", lambda _: None)
    found = run("interview", "--plain", "--question", "ML0041", *arguments, stdin="x\n.\n")
    assert found.exit_code == code
    assert told in found.stderr
    assert found.stdout == ""


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:9/v1"])
def test_a_model_that_will_not_answer_is_told_at_once(
    run: Command, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """That there is no key, or no server on this machine, with the fix, before the question."""
    monkeypatch.setenv("OPENAI_BASE_URL", address)
    found = run(
        *("interview", "--plain", "--question", "ML0041", "--model", "openai:x"), stdin="/quit\n"
    )
    lines = found.stderr.splitlines()
    assert lines[0] == "judge: openai:x"
    assert "so that answers are graded offline; " in lines[1]
    assert "'interviewbot interview --resume --model openai:x' goes on" in lines[-1]


def test_who_judges_is_said_first(
    run: Command, monkeypatch: pytest.MonkeyPatch, loopback: Loopback
) -> None:
    """And where the answers go."""
    monkeypatch.setenv("OPENAI_BASE_URL", loopback.url)
    found = run(
        *("interview", "--plain", "--question", "ML0041", "--model", "openai:x"), stdin="/quit\n"
    )
    assert found.stderr.splitlines()[0] == f"judge: openai:x; your answers go to {loopback.url}"
    assert "graded offline" not in found.stderr
    assert loopback.requests == []


@pytest.mark.parametrize("arguments", [(), ("--question", "ML0041"), ("--resume",)])
def test_a_terminal_gets_the_screens(
    run: Command, caught: Caught, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    """With no wish they open at home."""
    monkeypatch.setattr(interview, "_is_screen", lambda: True)
    assert run("interview", *arguments).exit_code == 0
    wish = Wish(question_ids=("ML0041",)) if "--question" in arguments else None
    assert caught.app == [(wish, "--resume" in arguments)]


@pytest.mark.parametrize(
    ("terminals", "term", "screen"),
    [
        ((True, True, True), "xterm", True),
        ((True, True, True), "dumb", False),
        ((False, True, True), "xterm", False),
        ((True, False, True), "xterm", False),
        ((True, True, False), "xterm", False),
    ],
)
def test_what_counts_as_a_screen(
    monkeypatch: pytest.MonkeyPatch, terminals: tuple[bool, bool, bool], term: str, screen: bool
) -> None:
    """A terminal on every stream that can do more than print; the screens are drawn on stderr."""
    for name, is_terminal in zip(("stdin", "stdout", "stderr"), terminals, strict=True):
        monkeypatch.setattr(f"sys.{name}.isatty", lambda found=is_terminal: found, raising=False)
    monkeypatch.setenv("TERM", term)
    assert interview._is_screen() is screen


def test_nothing_to_go_on_with(run: Command) -> None:
    """It is said in one line, with exit code 2."""
    found = run("interview", "--resume", stdin="")
    assert found.exit_code == 2
    assert "no interview to go on with" in found.stderr


def test_completion_still_offers_the_commands() -> None:
    """Completing an empty line is not an interview."""
    found = ShellComplete(main, {}, "interviewbot", "_INTERVIEWBOT_COMPLETE").get_completions(
        [], ""
    )
    assert [item.value for item in found][:3] == ["interview", "grade", "eval"]


def test_the_plain_face_imports_no_screen(indexed_home: Path, tmp_path: Path) -> None:
    """Nor anything else that takes long, but for what keeps the journal."""
    home = copied_home(indexed_home, tmp_path / "own")
    found = subprocess.run(
        [sys.executable, "-c", MODULES],
        input=f"{LAYERS}.\n/skip\n/skip\n\n",
        env=environment(home),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Your interview" in found.stdout, found.stderr
    modules = set(json.loads(found.stderr.splitlines()[-1]))
    assert "onnxruntime" in modules
    assert not modules & (HEAVY - {"sqlalchemy"})
