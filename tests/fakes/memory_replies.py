"""A reply cache in a dictionary. Refuses to outlive the test."""

from __future__ import annotations

from collections.abc import Mapping

from interviewbot.domain.chat import Json


class MemoryReplies:
    """Keeps documents in ``kept``; ``asked`` are the keys that were looked up."""

    def __init__(self) -> None:
        """Begin empty."""
        self.kept: dict[str, Mapping[str, Json]] = {}
        self.asked: list[str] = []

    def get(self, key: str) -> Mapping[str, Json] | None:
        """Return the document under ``key``."""
        self.asked.append(key)
        return self.kept.get(key)

    def put(self, key: str, document: Mapping[str, Json]) -> None:
        """Keep ``document``."""
        self.kept[key] = document
