"""One window a sitting, for as long as its process lives."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.adapters.made_journal_files import ROOT, opened

from interviewbot.domain.errors import SittingHeld, StorageFailed

HOLDER = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from interviewbot.adapters.journal import SqlJournal
with SqlJournal(Path(sys.argv[1])).hold("s1"):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_killed_window_lets_go(tmp_path: Path) -> None:
    """While it lives the sitting is its own; kill -9 frees it at once."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    journal = opened(tmp_path)
    with pytest.raises(SittingHeld) as caught, journal.hold("s1"):
        pass
    assert caught.value.message == "this interview is open in another window"
    assert caught.value.hint
    process.kill()
    process.communicate(timeout=30)
    with journal.hold("s1"):
        pass


def test_another_thread_may_let_go(tmp_path: Path) -> None:
    """A screen may be closed by another thread than the one that opened it."""
    journal = opened(tmp_path)
    held = journal.hold("../../odd name")
    held.__enter__()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(held.__exit__, None, None, None).result()
    with journal.hold("../../odd name"):
        pass
    assert len(list((tmp_path / "locks").iterdir())) == 1


def test_a_folder_for_locks_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """An error of ours, with a hint."""
    (tmp_path / "locks").write_text("not a folder")
    with pytest.raises(StorageFailed) as caught, opened(tmp_path).hold("s1"):
        pass
    assert "INTERVIEWBOT_HOME" in caught.value.hint
