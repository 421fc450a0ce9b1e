"""Ids and names of new questions.

Owns slugs, the two letters that a topic's ids begin with, and the next free number. Refuses to
know which ids are taken, and where files lie.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from interviewbot.domain.errors import BadInput
from interviewbot.domain.question import Question

ID = re.compile(r"[A-Z]{2}[0-9]{4}")
LONGEST_SLUG = 60  # characters
_HIGHEST = 9_999
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(text: str, longest: int = LONGEST_SLUG) -> str:
    """Return ``text`` as lower-case letters, digits and single hyphens; empty if none is left.

    It is cut between words where it can be. Nothing of a path survives.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    name = _OTHER.sub("-", plain).strip("-")
    if len(name) <= longest:
        return name
    return (name[: longest + 1].rpartition("-")[0] or name[:longest]).strip("-")


def slugs(names: Iterable[str], stand_in: str) -> tuple[str, ...]:
    """Return a slug for each of ``names``, no two the same.

    What leaves no slug is called ``stand_in``; what is there already gets a number.
    """
    found: dict[str, None] = {}
    for name in names:
        plain = slug(name) or stand_in
        free = (f"{plain}-{number}" for number in range(2, len(found) + 3))
        found[plain if plain not in found else next(one for one in free if one not in found)] = None
    return tuple(found)


def next_id(topic: str, questions: Iterable[Question], taken: Collection[str]) -> str:
    """Return a free id for a question of ``topic``.

    It begins as most ids of the topic's ``questions`` do; a new topic gets letters of its own
    name that no other topic has. The number is one above the highest that is ``taken``, which
    may hold ids of no known question.

    Raises:
        BadInput: if all numbers are taken.
    """
    prefix = _prefix(topic, questions)
    used = {int(name[2:]) for name in taken if ID.fullmatch(name) and name.startswith(prefix)}
    above = max(used, default=0) + 1
    free = above if above <= _HIGHEST else next(iter(set(range(1, _HIGHEST + 1)) - used), None)
    if free is None:
        raise BadInput(f"all numbers of {prefix} are taken", "give another --id")
    return f"{prefix}{free:04}"


def _prefix(topic: str, questions: Iterable[Question]) -> str:
    own: Counter[str] = Counter()
    others: set[str] = set()
    for question in questions:
        if question.topic == topic:
            own[question.id[:2]] += 1
        else:
            others.add(question.id[:2])
    if own:
        return own.most_common(1)[0][0]
    return next((pair for pair in _pairs(topic) if pair not in others), "QQ")


def _pairs(topic: str) -> Iterator[str]:
    """Yield pairs of letters that could stand for ``topic``, the likeliest first."""
    letters = [sign for sign in topic.upper() if sign in string.ascii_uppercase] or ["Q"]
    heads = [word[0].upper() for word in topic.split("-") if word[:1].isalpha()]
    if len(heads) > 1:
        yield heads[0] + heads[1]
    yield from (letters[0] + second for second in letters[1:])
    yield from (first + second for first in letters for second in string.ascii_uppercase)
    yield from (a + b for a in string.ascii_uppercase for b in string.ascii_uppercase)
