"""What Chroma throws, as this project's errors.

Owns the difference between damage, a full disk and a passing obstacle. Refuses to decide
what follows from it, and to import Chroma.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from interviewbot.domain.errors import IndexUnavailable, InterviewbotError, StorageFailed
from interviewbot.domain.text import one_line

_FULL = ("disk is full", "No space left")
_PASSING = ("database is locked", "Too many open files", "readonly database")
_LONGEST_REASON = 160


class ChromaBroke(IndexUnavailable):
    """Chroma failed on these files or collections: they must be taken for damaged."""


@contextmanager
def vendor_errors() -> Iterator[None]:
    """Translate what Chroma throws inside the block.

    Rust's panics arrive as a ``BaseException`` that has no importable name; interrupts and
    exits go through.

    Raises:
        StorageFailed: the disk is full.
        IndexUnavailable: something outside the index is in the way, such as a lock, or Chroma
            cannot be imported.
        ChromaBroke: anything else, which is taken for damage.
    """
    try:
        yield
    except InterviewbotError:
        raise
    except Exception as error:
        raise _translated(error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _translated(error) from error


def _translated(error: BaseException) -> InterviewbotError:
    reason = one_line(str(error))[:_LONGEST_REASON] or type(error).__name__
    if any(words in reason for words in _FULL):
        return StorageFailed(
            "the vector index cannot be written: the disk is full",
            "free some space; grading with --question ID goes on without",
        )
    if isinstance(error, ImportError):
        return IndexUnavailable(
            f"Chroma cannot be imported: {reason}", "install interviewbot again"
        )
    if any(words in reason for words in _PASSING):
        return IndexUnavailable(
            f"the vector index cannot be used now: {reason}",
            "try again when other interviewbot processes are done",
        )
    return ChromaBroke(reason)
