"""Settings that cannot be meant are refused; empty ones are the default."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import Command

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
