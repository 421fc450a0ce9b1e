"""Every error that a user can meet, as one family.

Owns the sentences' shape: ``message`` says what is wrong, ``hint`` what to do.
Knows nothing of exit codes; the command line maps the classes to them.

    InterviewbotError
    ├── BadInput            what was asked for cannot be used as it is
    │   ├── FileIsThere         a file would be replaced, and nobody allowed it
    │   ├── UnknownQuestion     no question has that id
    │   ├── NothingToAsk        no question fits what the candidate wishes
    │   └── UnsureMatch         the answer fits several questions, or none
    ├── CouldNotGrade       the input was fine, no grade came about
    ├── CorpusInvalid       a question file breaks the format
    ├── IndexUnavailable    the vector index can be neither read nor rebuilt
    ├── ModelUnavailable    a model's files are missing, damaged or not installed
    ├── OutOfStep           that cannot happen now in this interview
    ├── SittingHeld         another window runs this interview
    └── StorageFailed       the data folder cannot be written
        └── JournalTooNew       a newer version of the program wrote the journal
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


class InterviewbotError(Exception):
    """The root of the family: one sentence for the user and a hint."""

    def __init__(self, message: str, hint: str = "", details: Sequence[str] = ()) -> None:
        """Keep ``message`` (what is wrong), ``hint`` (what to do) and a line a ``detail``."""
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.details = tuple(details)


class BadInput(InterviewbotError):
    """What was asked for cannot be used as it is."""


class FileIsThere(BadInput):
    """A file would be replaced, and nobody has allowed it."""


class UnknownQuestion(BadInput):
    """No question of the corpus has the id that was asked for."""


class NothingToAsk(BadInput):
    """No question fits what the candidate wishes to practise."""


class UnsureMatch(BadInput):
    """An answer fits several questions, or none, so none is graded."""

    def __init__(self, message: str, hint: str, candidates: Sequence[tuple[str, str]]) -> None:
        """Keep ``candidates``: ``(question id, title)``, the likeliest first."""
        super().__init__(message, hint, [f"  {name}  {title}" for name, title in candidates])
        self.candidates = tuple(candidates)


class CouldNotGrade(InterviewbotError):
    """The input was fine, but no grade came about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong in one place of a corpus file."""

    path: str
    line: int  # counted from 1
    problem: str
    remedy: str

    def __str__(self) -> str:
        """Return ``path:line: problem; remedy``."""
        return f"{self.path}:{self.line}: {self.problem}; {self.remedy}"


class CorpusInvalid(InterviewbotError):
    """At least one question file breaks the format."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep ``faults``, which must not be empty."""
        files = len({fault.path for fault in faults})
        super().__init__(
            f"the corpus is not valid: {len(faults)} fault(s) in {files} file(s)",
            "mend the lines above; 'interviewbot corpus lint' checks again",
            [str(fault) for fault in faults],
        )
        self.faults = tuple(faults)


class IndexUnavailable(InterviewbotError):
    """The vector index can be neither read nor rebuilt."""


class ModelUnavailable(InterviewbotError):
    """A model's files are missing or damaged, or its library is not installed."""


class StorageFailed(InterviewbotError):
    """The data folder cannot be written."""


class JournalTooNew(StorageFailed):
    """A newer version of the program wrote the journal; this one must not touch it."""


class OutOfStep(InterviewbotError):
    """That cannot happen now in this interview, or has happened already in another window."""


class SittingHeld(InterviewbotError):
    """Another window runs this interview."""
