"""Readers and writers of one local index do not disturb one another."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from tests.adapters.made_rows import assert_holds, fill, made
from tests.adapters.opened_index import Opened, ask

from interviewbot.domain.errors import IndexUnavailable


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """An index folder that does not exist yet."""
    one = Opened(tmp_path / "deep" / "index")
    yield one
    one.index.close()


def test_no_more_generations_than_two(opened: Opened) -> None:
    """The live generation and the one before it stay, none else; no stray files."""
    for number in range(5):
        fill(opened.index, f"d{number}", made(20 + number))
    assert len(opened.names("gen-*")) == 2
    others = set(opened.names("*")) - set(opened.names("gen-*"))
    assert others <= {"current", "lock"}


def test_reader_survives_swaps(opened: Opened) -> None:
    """A reader goes on through updates by others, and sees the newest index each time."""
    reader = opened.another()
    for number in range(1, 5):
        rows = made(40 * number)
        fill(opened.index, f"d{number}", rows)
        assert_holds(reader, rows)
        assert reader.digest() == f"d{number}"
    assert opened.notices == []


def test_a_generation_swapped_away_is_not_damage(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader that looked at ``current`` just before two swaps looks again."""
    fill(opened.index, "d0", made(30))
    old = opened.live.name
    for number in range(1, 3):
        fill(opened.index, f"d{number}", made(30 + number))
    assert old not in opened.names("gen-*")
    reader = opened.another()
    current = reader._generations.current
    said = iter([old])
    monkeypatch.setattr(reader._generations, "current", lambda: next(said, None) or current())
    assert_holds(reader, made(32))
    assert opened.notices == []
    assert opened.names("damaged-*") == []


def test_threads_share_a_reader(opened: Opened) -> None:
    """Threads that read through one object while it is updated all get whole answers."""
    fill(opened.index, "d0", made(100))
    answers: list[int] = []
    done = threading.Event()

    def reading() -> None:
        while not done.is_set():
            answers.append(len(ask(opened.index)))

    threads = [threading.Thread(target=reading) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(1, 4):
        fill(opened.index, f"d{number}", made(100 + number))
    done.set()
    for thread in threads:
        thread.join()
    assert len(answers) > 4
    assert set(answers) == {5}
    assert opened.notices == []


def test_a_writer_that_never_ends(opened: Opened) -> None:
    """A second writer gives up after its wait and says why; reading goes on meanwhile."""
    fill(opened.index, "d1", made(30))
    held, done = threading.Event(), threading.Event()

    def holding() -> None:
        with FileLock(opened.folder / "lock"):
            held.set()
            done.wait(30)

    thread = threading.Thread(target=holding)
    thread.start()
    held.wait(30)
    try:
        assert len(ask(opened.another())) == 5
        with pytest.raises(IndexUnavailable, match="another process") as caught:
            fill(opened.another(), "d2", made(30))
        assert "try again" in caught.value.hint
    finally:
        done.set()
        thread.join()
    assert opened.index.digest() == "d1"
