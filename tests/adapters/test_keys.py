"""Keys from the environment and from files."""

from __future__ import annotations

import os
import traceback
from pathlib import Path

import pytest

from interviewbot.adapters.keys import read_key
from interviewbot.domain.errors import BadInput

KEY = "sk-0123456789"


def _file(folder: Path, content: str | bytes, mode: int = 0o600) -> Path:
    path = folder / "key"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    path.chmod(mode)
    return path


def _with_locals(error: BaseException) -> str:
    """Return the traceback of the code under test with all its locals."""
    traced = traceback.TracebackException.from_exception(error, capture_locals=True)
    own = [frame for frame in traced.stack if frame.filename.endswith("keys.py")]
    own = [frame for frame in own if not frame.filename.endswith("test_keys.py")]
    assert own
    return str([frame.locals for frame in own])


@pytest.mark.parametrize(
    ("provider", "name"),
    [
        ("openai", "OPENAI_API_KEY"),
        ("anthropic", "ANTHROPIC_API_KEY"),
        ("google_genai", "GOOGLE_API_KEY"),
        ("google_genai", "GEMINI_API_KEY"),
        ("ollama", "OLLAMA_API_KEY"),
    ],
)
def test_every_provider_has_its_variable(
    provider: str, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The variable goes before the file, and nobody else's counts."""
    monkeypatch.setenv("MISTRAL_API_KEY", "other")
    assert read_key(provider) is None
    monkeypatch.setenv(name, f" {KEY}\n")
    found = read_key(provider, _file(tmp_path, "another"))
    assert found is not None
    assert found.get_secret_value() == KEY
    assert KEY not in repr(found) + str(found)


@pytest.mark.parametrize("mode", [0o600, 0o400])
def test_a_key_is_the_one_line_of_a_private_file(tmp_path: Path, mode: int) -> None:
    """White space around it does not count; an unknown provider has files too."""
    found = read_key("unheard-of", _file(tmp_path, f"\n {KEY}\r\n", mode))
    assert found is not None
    assert found.get_secret_value() == KEY


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660, 0o610])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    """The hint is the command that mends it."""
    path = _file(tmp_path, KEY, mode)
    with pytest.raises(BadInput) as caught:
        read_key("openai", path)
    assert f"chmod 600 '{path}'" in caught.value.hint
    assert KEY not in str(caught.value)


@pytest.mark.parametrize(
    "content",
    [
        "",
        " \n",
        f"{KEY}\n{KEY}",
        f"{KEY} more",
        b"\xff\xfe",
        "k\x00y",
        pytest.param("k" * 9_000, id="long"),
    ],
)
def test_what_is_no_key_is_refused_unseen(tmp_path: Path, content: str | bytes) -> None:
    """A key is one run of printable ASCII; what the file holds instead is not shown."""
    with pytest.raises(BadInput) as caught:
        read_key("openai", _file(tmp_path, content))
    assert KEY not in str(caught.value) + caught.value.hint + _with_locals(caught.value)


def test_a_variable_that_is_no_key_is_refused_unseen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line break in a header would be quoted by the HTTP library."""
    monkeypatch.setenv("OPENAI_API_KEY", f"{KEY}\nX-Evil: 1")
    with pytest.raises(BadInput, match="OPENAI_API_KEY") as caught:
        read_key("openai")
    assert KEY not in str(caught.value) + _with_locals(caught.value)


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    """Missing files, folders, and pipes without a writer are bad input, not a wait."""
    with pytest.raises(BadInput, match="cannot be read"):
        read_key("openai", tmp_path / "none")
    with pytest.raises(BadInput, match="not a file"):
        read_key("openai", tmp_path)
    os.mkfifo(tmp_path / "pipe", 0o600)
    with pytest.raises(BadInput, match="not a file"):
        read_key("openai", tmp_path / "pipe")
