"""Settings that cannot be meant are refused; empty ones are the default."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Command

from interviewbot.domain.errors import BadInput
from interviewbot.paths import home_folder
from interviewbot.settings import read_settings


def test_an_empty_encoder_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the environment as on the command line."""
    monkeypatch.setenv("INTERVIEWBOT_ENCODER", "")
    assert read_settings().encoder == "bundled"


def test_a_folder_in_the_settings_place(run: Command, tmp_path: Path) -> None:
    """It is named, not passed over."""
    (tmp_path / "home" / "config.toml").mkdir(parents=True)
    found = run("corpus", "list")
    assert found.exit_code == 2
    assert "config.toml is not a file" in found.stderr


def test_the_home_may_begin_with_a_tilde(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Which no shell expands inside quotes."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("INTERVIEWBOT_HOME", "~/x")
    assert home_folder() == tmp_path / "x"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('modle = "x"', "there is no setting “modle”; did you mean model?"),
        ("xyzzy = 1", "there is no setting “xyzzy”;"),
        (
            "model = 5",
            "the setting model cannot be used: it is no text; put it in quotation marks;",
        ),
        ("model = openai:x", 'a text needs quotation marks, as in encoder = "bundled"'),
        ('timeout = "soon"', "timeout cannot be used: it is no number;"),
        ("timeout = 0", "timeout cannot be used: it has to be more than 0"),
        ("timeout = 1e9", "timeout cannot be used: it has to be 3600"),
        ("timeout = nan", "timeout cannot be used: it is no number;"),
        ("workers = 2.5", "workers cannot be used: it is no whole number;"),
        ("workers = 0", "workers cannot be used: it has to be 1 or more;"),
        ("questions = [1]", "questions cannot be used: it is no whole number;"),
        ('judge = "me"', "judge cannot be used: it has to be 'local' or 'llm';"),
        ('currency = "euros"', "currency cannot be used: it has to be three letters"),
        ('langsmith = "perhaps"', "langsmith cannot be used: it is neither true nor false;"),
        ("api_key_file = 1", "api_key_file cannot be used: it is no text;"),
        ("corpus = 1", "corpus cannot be used: "),
    ],
)
def test_a_setting_is_refused_in_plain_words(text: str, said: str) -> None:
    """With the file that it stands in, and no words of a library."""
    home_folder().mkdir(parents=True, exist_ok=True)
    file = home_folder() / "config.toml"
    file.write_text(text)
    with pytest.raises(BadInput) as caught:
        read_settings()
    error = caught.value
    assert said in f"{error.message}; {error.hint}"
    assert str(file) in f"{error.message}; {error.hint}"
    assert "Input should" not in error.message


def test_a_variable_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what has to be mended, not the file."""
    monkeypatch.setenv("INTERVIEWBOT_PRICE_INPUT", "abc")
    with pytest.raises(BadInput, match="price_input cannot be used: it is no number") as caught:
        read_settings()
    assert caught.value.hint == "mend INTERVIEWBOT_PRICE_INPUT"
