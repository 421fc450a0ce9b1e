"""What the candidate prefers, as the screens see it.

Owns the words. Refuses to know where it is kept: whoever starts the app reads it, and gives
a callable that keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """The choices that the settings screen shows.

    An empty ``theme`` is the app's own. ``questions`` are asked in an interview if nobody
    says how many, ``mock_minutes`` is the time for each of them in a mock interview.
    ``judge`` is ``local`` or ``llm``, which is the language model ``model``. ``corpus`` are
    folders. ``fixed`` says by name what cannot be changed here, and what
    fixes it; ``file`` is where the rest is kept.
    """

    theme: str = ""
    questions: int = 5
    mock_minutes: float = 6.0
    judge: str = "local"
    model: str = ""
    corpus: tuple[str, ...] = ()
    encoder: str = "bundled"
    chroma_url: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    file: str = ""
