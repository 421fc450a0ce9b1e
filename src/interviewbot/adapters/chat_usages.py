"""Token counts as a server tells them.

Owns which pairs of numbers are believed. Refuses to estimate where none are.
"""

from __future__ import annotations

from interviewbot.domain.chat import Usage


def usage_told(given: object, made: object) -> Usage | None:
    """Return ``given`` tokens in and ``made`` tokens out; None where they are no counts."""
    if type(given) is int and type(made) is int and min(given, made) >= 0 < given + made:
        return Usage(input_tokens=given, output_tokens=made)
    return None
