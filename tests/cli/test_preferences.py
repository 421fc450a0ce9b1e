"""Settings as preferences, and back into ``config.toml``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from interviewbot.cli.preferences import keep_preferences, read_preferences
from interviewbot.domain.errors import BadInput
from interviewbot.paths import config_file
from interviewbot.settings import read_settings
from interviewbot.tui.preferences import Preferences


def test_defaults_are_the_same_on_both_sides() -> None:
    """Without a file and an environment, the screens begin with their own defaults."""
    assert replace(read_preferences(), file="") == Preferences()


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    """A round trip changes nothing."""
    wanted = replace(
        read_preferences(),
        theme="nord",
        questions=7,
        mock_minutes=2.5,
        judge="llm",
        model="ollama:llama3.2",
        corpus=(str(tmp_path),),
        encoder="st:some/model",
        chroma_url="http://localhost:8000",
    )
    keep_preferences(wanted)
    assert read_preferences() == wanted


def test_only_what_changed_is_written() -> None:
    """A default that nobody touched does not become a choice."""
    keep_preferences(replace(read_preferences(), questions=7))
    assert config_file().read_text(encoding="utf-8") == "questions = 7\n"


def test_nothing_changed_writes_nothing() -> None:
    """Keeping an untouched form makes no file."""
    keep_preferences(read_preferences())
    assert not config_file().exists()


def test_what_the_environment_sets_is_named_and_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A value of the environment is not written into the file."""
    monkeypatch.setenv("INTERVIEWBOT_QUESTIONS", "9")
    preferences = read_preferences()
    assert preferences.questions == 9
    assert preferences.fixed == {"questions": "INTERVIEWBOT_QUESTIONS"}
    keep_preferences(replace(preferences, questions=3, theme="nord"))
    assert config_file().read_text(encoding="utf-8") == 'theme = "nord"\n'


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"questions": 0}, "questions"),
        ({"mock_minutes": float("nan")}, "mock_minutes"),
        ({"judge": "llm"}, "none is named"),
        ({"model": "opnai:x"}, "no provider"),
        ({"model": "gpt-5-mini"}, "no model of a provider"),
        ({"encoder": "none"}, "no encoder"),
        ({"encoder": "st:"}, "no encoder"),
        ({"chroma_url": "localhost:8000"}, "no address"),
        ({"corpus": ("/is/not/there",)}, "no folder"),
    ],
)
def test_what_cannot_be_used_is_refused_before_it_is_written(
    changed: dict[str, object], words: str
) -> None:
    """The next start must not fail on what the form has kept."""
    with pytest.raises(BadInput, match=words):
        keep_preferences(replace(read_preferences(), **changed))  # type: ignore[arg-type]
    assert not config_file().exists()


@pytest.mark.parametrize("value", ["0", "51", "many"])
def test_settings_refuse_a_number_out_of_bounds(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bounds hold for the environment, too."""
    monkeypatch.setenv("INTERVIEWBOT_QUESTIONS", value)
    with pytest.raises(BadInput, match="questions"):
        read_settings()
