"""An embedding cache in a dictionary. Refuses to outlive the test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from interviewbot.vectors import EncodedText


class MemoryCache:
    """Keeps encoded texts; ``puts`` are the sizes of what was put, call by call."""

    def __init__(self) -> None:
        """Begin empty."""
        self.kept: dict[str, EncodedText] = {}
        self.puts: list[int] = []

    def get(self, texts: Sequence[str]) -> dict[str, EncodedText]:
        """Return those of ``texts`` that are kept."""
        return {text: self.kept[text] for text in texts if text in self.kept}

    def put(self, encoded: Mapping[str, EncodedText]) -> None:
        """Keep ``encoded``; what is there already stays."""
        self.puts.append(len(encoded))
        self.kept = {**encoded, **self.kept}
