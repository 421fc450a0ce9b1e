"""Bad input gets one clear line, the right exit code, and no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.conftest import ROOT, Command


def one_line(text: str) -> str:
    """Return the one line of ``text``, which must have no other."""
    lines = text.strip().splitlines()
    assert len(lines) == 1, text
    return lines[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "holds nothing to see"),
        ("grüße".encode("utf-16"), "UTF-16"),
        (b"\x89PNG\0\0", "not text"),
        (b"caf\xe9 au lait", "not UTF-8: byte 3"),
        (b"word " * 2_000_000, "over 1 MiB"),
    ],
)
def test_unusable_file(run: Command, tmp_path: Path, content: bytes, said: str) -> None:
    """A file that is no answer is refused with exit code 2."""
    path = tmp_path / "answer.txt"
    path.write_bytes(content)
    found = run("grade", path, "--question", "ML0041")
    assert found.exit_code == 2
    assert said in one_line(found.stderr)
    assert found.stdout == ""


def test_unusable_standard_input(run: Command) -> None:
    """Standard input is checked like a file."""
    found = run("grade", "-", "--question", "ML0041", stdin=b"")
    assert found.exit_code == 2
    assert "standard input is empty" in one_line(found.stderr)


def test_missing_file(run: Command, tmp_path: Path) -> None:
    """A file that is not there is named."""
    found = run("grade", tmp_path / "none.txt")
    assert found.exit_code == 2
    assert "there is no file" in one_line(found.stderr)


def test_folder(run: Command, tmp_path: Path) -> None:
    """A folder is no answer."""
    found = run("grade", tmp_path)
    assert found.exit_code == 2
    assert "is a folder" in one_line(found.stderr)


@pytest.mark.timeout(20)
def test_fifo(run: Command, tmp_path: Path) -> None:
    """A named pipe is refused at once, not waited for."""
    os.mkfifo(tmp_path / "pipe")
    found = run("grade", tmp_path / "pipe")
    assert found.exit_code == 2
    assert "not a regular file" in one_line(found.stderr)


def test_unknown_question(run: Command, answer_file: Path) -> None:
    """An unknown id is answered with the nearest ones."""
    found = run("grade", answer_file, "--question", "ML041")
    assert found.exit_code == 2
    assert "ML0041" in one_line(found.stderr)


def test_ambiguous_answer(run_indexed: Command, tmp_path: Path) -> None:
    """An answer that fits several questions is not graded; the candidates are named."""
    path = tmp_path / "answer.txt"
    path.write_text("It normalises the activations, with a learned scale and shift.")
    found = run_indexed("grade", path)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert "not sure which question" in found.stderr
    assert "--question" in found.stderr


def test_answer_about_nothing_here(run_indexed: Command, tmp_path: Path) -> None:
    """An answer about something else is not forced onto a question."""
    path = tmp_path / "answer.txt"
    path.write_text("My grandmother bakes plum cake on Sundays and the cat sleeps.")
    found = run_indexed("grade", path, "--json")
    assert found.exit_code == 2
    assert found.stdout == ""


def test_broken_corpus_file(run: Command, answer_file: Path, tmp_path: Path) -> None:
    """A broken question file is named with its line, exit code 4."""
    folder = tmp_path / "corpus" / "machine-learning"
    folder.mkdir(parents=True)
    source = next((ROOT / "corpus" / "machine-learning").glob("ML0041-*"))
    text = source.read_text(encoding="utf-8").replace("level: foundation", "levle: foundation")
    (folder / source.name).write_text(text, encoding="utf-8")
    found = run("grade", answer_file, "--question", "ML0041", "--corpus", tmp_path / "corpus")
    assert found.exit_code == 4
    assert f"{source.name}:5: " in found.stderr
    assert "level" in found.stderr


def test_missing_corpus_folder(run: Command, tmp_path: Path) -> None:
    """A corpus folder that is not there is bad input."""
    found = run("corpus", "list", "--corpus", tmp_path / "none")
    assert found.exit_code == 2
    assert "none" in one_line(found.stderr)


def test_unwritable_home(
    run: Command, answer_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A data folder that cannot be made is exit code 2 with the way out."""
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("INTERVIEWBOT_HOME", str(tmp_path / "file" / "home"))
    found = run("grade", answer_file, "--question", "ML0041")
    assert found.exit_code == 2
    assert "INTERVIEWBOT_HOME" in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [("encoder = ", "config.toml"), ("colour = 'red'", "colour")],
)
def test_broken_settings(run: Command, tmp_path: Path, text: str, said: str) -> None:
    """A config file that cannot be used is named."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text(text)
    found = run("corpus", "list")
    assert found.exit_code == 2
    assert said in one_line(found.stderr)


def test_unknown_encoder(run: Command, answer_file: Path) -> None:
    """An encoder that does not exist is bad input."""
    found = run("grade", answer_file, "--question", "ML0041", "--encoder", "magic")
    assert found.exit_code == 2
    assert "st:NAME_OR_PATH" in one_line(found.stderr)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["answer.txt", "--batch", "rows.jsonl"],
        ["answer.txt", "--output", "out.jsonl"],
        ["--batch", "rows.jsonl", "--resume"],
        ["--batch", "rows.jsonl", "--question", "ML0041"],
        ["answer.txt", "--fail-under", "101"],
        ["answer.txt", "--nonsense"],
    ],
)
def test_usage(run: Command, arguments: list[str]) -> None:
    """Options that do not go together are exit code 2."""
    assert run("grade", *arguments).exit_code == 2


def test_offline_refuses_a_server(run: Command, answer_file: Path) -> None:
    """--offline and a Chroma server do not go together."""
    found = run("grade", answer_file, "--offline", "--chroma-url", "http://127.0.0.1:9")
    assert found.exit_code == 2
    assert "--offline" in one_line(found.stderr)


def test_unreachable_server(run: Command, answer_file: Path) -> None:
    """A Chroma server that does not answer is named in one line, exit code 3.

    Where the question is named, nothing is looked for, so nobody is asked.
    """
    arguments = ("grade", answer_file, "--chroma-url", "http://127.0.0.1:9")
    found = run(*arguments)
    assert found.exit_code == 3
    assert "127.0.0.1:9" in found.stderr
    assert "Traceback" not in found.stderr
    assert run(*arguments, "--question", "ML0041").exit_code == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs Linux's /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [
        "grade examples/neural-network.txt",
        "grade --batch examples/batch.jsonl",
        "corpus list --json",
    ],
)
def test_no_disk_space(indexed_home: Path, arguments: str) -> None:
    """A full disk under the output is one line and exit code 2."""
    with Path("/dev/full").open("w") as full:
        found = subprocess.run(
            [sys.executable, "-m", "interviewbot", *arguments.split()],
            cwd=ROOT,
            env={**os.environ, "INTERVIEWBOT_HOME": str(indexed_home)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
            check=False,
        )
    assert found.returncode == 2
    assert "no space left" in one_line(found.stderr)
