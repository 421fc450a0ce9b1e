"""Kept replies are plain files, the user's alone, and never a reason to fail."""

from __future__ import annotations

import errno
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from interviewbot.adapters.reply_cache import MAX_BYTES, ReplyFiles
from interviewbot.domain.chat import Json

KEY = "ab" * 32
OTHER = "cd" * 32
DOCUMENT: dict[str, Json] = {
    "reply": "naïve “quote” 😀",
    "tokens": 12,
    "list": [1.5, None],
}


@pytest.fixture
def notices() -> list[str]:
    """Collect what the cache says."""
    return []


@pytest.fixture
def replies(tmp_path: Path, notices: list[str]) -> ReplyFiles:
    """Return a cache in a folder that is not there yet."""
    return ReplyFiles(tmp_path / "home" / "replies", notices.append)


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """Return where the document for ``KEY`` lies."""
    return tmp_path / "home" / "replies" / "ab" / f"{KEY}.json"


def mode(path: Path) -> int:
    """Return the permissions of ``path``."""
    return stat.S_IMODE(path.stat().st_mode)


def test_what_is_put_is_got(replies: ReplyFiles, tmp_path: Path, kept: Path) -> None:
    """By its key alone, in this process or another, in place of what was there."""
    assert replies.get(KEY) is None
    replies.put(KEY, {"old": True})
    replies.put(KEY, DOCUMENT)
    again = ReplyFiles(tmp_path / "home" / "replies", pytest.fail)
    assert again.get(KEY) == DOCUMENT
    assert again.get(OTHER) is None
    assert json.loads(kept.read_text(encoding="utf-8")) == DOCUMENT
    assert list(kept.parent.iterdir()) == [kept]  # nothing is left beside it


def test_only_the_user_can_look(replies: ReplyFiles, kept: Path) -> None:
    """Whatever the mask says, and though others could look into the folder before."""
    before = os.umask(0)
    try:
        kept.parent.parent.mkdir(parents=True, mode=0o755)
        replies.put(KEY, DOCUMENT)
    finally:
        os.umask(before)
    assert [mode(path) for path in (kept, kept.parent, kept.parent.parent)] == [
        0o600,
        0o700,
        0o700,
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"reply": "cut o',
        b"[1]",
        b"null",
        b'"text"',
        b'{"a": NaN}',
        b'{"a": "\xff"}',
        b'{"a":' * 40_000,
        b'{"a": "' + b"x" * MAX_BYTES + b'"}',
        b'{"a": ' + b"9" * 5_000 + b"}",
    ],
    ids=range(11),
)
def test_a_damaged_or_foreign_file_is_a_miss(
    replies: ReplyFiles, kept: Path, notices: list[str], content: bytes
) -> None:
    """And is replaced by the next reply."""
    replies.put(KEY, DOCUMENT)
    kept.write_bytes(content)
    assert replies.get(KEY) is None
    replies.put(KEY, DOCUMENT)
    assert replies.get(KEY) == DOCUMENT
    assert notices == []


def test_what_is_no_regular_file_is_a_miss(replies: ReplyFiles, kept: Path) -> None:
    """Nothing waits for a pipe or follows a link."""
    replies.put(OTHER, DOCUMENT)
    kept.parent.mkdir()
    kept.symlink_to(kept.parent.parent / "cd" / f"{OTHER}.json")
    assert replies.get(KEY) is None
    kept.unlink()
    os.mkfifo(kept)
    assert replies.get(KEY) is None
    kept.unlink()
    kept.mkdir()
    assert replies.get(KEY) is None


def test_what_is_too_large_is_not_kept(replies: ReplyFiles, kept: Path, notices: list[str]) -> None:
    """What was there stays, and nobody is bothered."""
    replies.put(KEY, DOCUMENT)
    replies.put(KEY, {"reply": "x" * MAX_BYTES})
    assert replies.get(KEY) == DOCUMENT
    assert notices == []
    assert len(kept.read_bytes()) < MAX_BYTES


def test_a_full_disk_is_told_once(
    replies: ReplyFiles, kept: Path, notices: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is kept can still be read; nothing half-written stays."""
    replies.put(KEY, DOCUMENT)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    replies.put(KEY, {"new": 1})
    replies.put(OTHER, {"new": 1})
    assert len(notices) == 1
    assert "No space left on device" in notices[0]
    assert replies.get(KEY) == DOCUMENT
    assert [path.name for path in kept.parent.parent.rglob("*") if path.is_file()] == [kept.name]


def test_a_folder_that_cannot_be_made_is_told_once(tmp_path: Path, notices: list[str]) -> None:
    """Grading goes on without."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    replies = ReplyFiles(tmp_path / "file" / "replies", notices.append)
    replies.put(KEY, DOCUMENT)
    replies.put(OTHER, DOCUMENT)
    assert replies.get(KEY) is None
    assert len(notices) == 1
    assert notices[0].startswith("replies of the language model cannot be kept in")


@pytest.mark.parametrize("key", ["", "ab", "AB" * 32, "../" * 21 + "a", "ab" * 32 + "\n"])
def test_a_key_is_a_hash(replies: ReplyFiles, key: str) -> None:
    """Anything else is a mistake of the program."""
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        replies.put(key, DOCUMENT)
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        replies.get(key)


def test_threads_may_keep_the_same_reply(replies: ReplyFiles, notices: list[str]) -> None:
    """A reader sees one of them whole, or none."""
    documents: list[dict[str, Json]] = [{"n": number, "x": "y" * 9_000} for number in range(8)]

    def work(number: int) -> bool:
        replies.put(KEY, documents[number % 8])
        return replies.get(KEY) in documents

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(64)))
    assert notices == []
