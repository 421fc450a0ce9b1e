"""A model's draft of a question: the shape that is asked for, and what is read from what comes.

Owns the schema of a draft and the check of every field of a reply. Refuses to guess: what is
not as asked is a fault, said in a sentence that the model can mend its draft by. Refuses to
know the page, and what makes a question a good one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from interviewbot.domain.chat import Json
from interviewbot.domain.json_replies import encodable, object_shape, object_with, shown
from interviewbot.domain.question import Level, Point
from interviewbot.domain.question_names import slug, slugs
from interviewbot.domain.text import one_line

MOST_FAULTS = 10
MOST_POINTS = 12
MOST_WORDINGS = 8
MOST_TAGS = 8
LONGEST_TITLE = 120  # characters, as all of these
LONGEST_PROMPT = 600
LONGEST_TEXT = 400
LONGEST_QUOTE = 1_000
LONGEST_NAME = 40  # a topic, a tag, a point's id
MOST_WEIGHT = 10.0

# What "\frac", "\times", "\beta" and "\rho" become where a backslash stands alone in JSON.
_LOST_BACKSLASH = re.compile(r"[\b\f\t]|\r(?!\n)")


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftedPoint:
    """A point, and the words of the page that it rests on, if the model is right."""

    point: Point
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftReply:
    """What a model drafts; every text is one safe line of bounded length.

    ``topic`` is a slug, and so are the ids of the points, no two the same. Quotes and the ends
    of the answer are the model's as they are: nobody has compared them with the page.
    """

    title: str
    prompt: str
    topic: str
    level: Level
    tags: tuple[str, ...]
    answer_start: str
    answer_end: str
    points: tuple[DraftedPoint, ...]


def draft_schema() -> dict[str, Json]:
    """Return the JSON schema of a draft, valid in strict modes: all required, no other keys.

    A quote comes before the claim that rests on it: a model writes in this order.
    """
    text: Json = {"type": "string"}
    texts: Json = {"type": "array", "items": text}
    point = object_shape(
        quote={"type": "string", "description": "Copied character for character from the answer."},
        id=text,
        text=text,
        weight={"type": "number"},
        accept=texts,
        misconceptions=texts,
        follow_up=text,
    )
    return object_shape(
        answer_start=text,
        answer_end=text,
        title=text,
        prompt=text,
        topic=text,
        level={"type": "string", "enum": [level.value for level in Level]},
        tags=texts,
        points={"type": "array", "items": point},
    )


def read_draft(text: str) -> DraftReply | tuple[str, ...]:
    """Return the draft that the reply ``text`` holds, or what is wrong with it.

    Faults are English sentences, ``MOST_FAULTS`` at most.
    """
    found = object_with(text, "points")
    if isinstance(found, str):
        return (found,)
    reading = _Reading()
    points = reading.points(found.get("points"))
    topic = slug(reading.text(found, "topic", LONGEST_NAME), LONGEST_NAME)
    draft = DraftReply(
        title=reading.text(found, "title", LONGEST_TITLE),
        prompt=reading.text(found, "prompt", LONGEST_PROMPT),
        topic=topic,
        level=reading.level(found.get("level")),
        tags=reading.texts(found, "tags", MOST_TAGS, LONGEST_NAME),
        answer_start=reading.text(found, "answer_start", LONGEST_QUOTE),
        answer_end=reading.text(found, "answer_end", LONGEST_QUOTE),
        points=points,
    )
    if not topic:
        reading.fault("the topic is not lower-case words with hyphens, like machine-learning")
    return tuple(reading.faults)[:MOST_FAULTS] if reading.faults else draft


class _Reading:
    """One run over one reply; faults are noted in order, each once, with a stand-in returned."""

    def __init__(self) -> None:
        self.faults: dict[str, None] = {}

    def fault(self, sentence: str) -> None:
        self.faults[sentence] = None

    def level(self, said: object) -> Level:
        name = said.strip().casefold() if isinstance(said, str) else ""
        if name in {level.value for level in Level}:
            return Level(name)
        self.fault(f"the level is not one of {', '.join(Level)}")
        return Level.FOUNDATION

    def points(self, said: object) -> tuple[DraftedPoint, ...]:
        entries = said if isinstance(said, list) else []
        if not 0 < len(entries) <= MOST_POINTS:
            self.fault(f"“points” is not a list of 4 to 7 points, but has {len(entries):,}")
            return ()
        tables = [entry for entry in entries if isinstance(entry, Mapping)]
        if len(tables) < len(entries):
            self.fault("an entry of “points” is not an object")
            return ()
        names = slugs((self.text(table, "id", LONGEST_NAME) for table in tables), "point")
        return tuple(self._point(name, table) for name, table in zip(names, tables, strict=True))

    def _point(self, name: str, entry: Mapping[str, object]) -> DraftedPoint:
        of = f" of the point {shown(name)}"
        point = Point(
            id=name,
            text=self.text(entry, "text", LONGEST_TEXT, of),
            weight=self._weight(entry.get("weight", 1.0), of),
            accept=self.texts(entry, "accept", MOST_WORDINGS, LONGEST_TEXT, of),
            misconceptions=self.texts(entry, "misconceptions", MOST_WORDINGS, LONGEST_TEXT, of),
            follow_up=self.text(entry, "follow_up", LONGEST_TEXT, of),
        )
        return DraftedPoint(point=point, quote=self.text(entry, "quote", LONGEST_QUOTE, of))

    def _weight(self, said: object, of: str) -> float:
        if isinstance(said, float):
            weight = round(said, 2) if 0 < said <= MOST_WEIGHT else 0.0  # which NaN is not
            if weight:
                return weight
        self.fault(f"the weight{of} is not a number above 0 and up to {MOST_WEIGHT:g}")
        return 1.0

    def text(self, table: Mapping[str, object], key: str, longest: int, of: str = "") -> str:
        return self._line(table.get(key), f"the {key}{of}", longest)

    def texts(
        self, table: Mapping[str, object], key: str, most: int, longest: int, of: str = ""
    ) -> tuple[str, ...]:
        said = table.get(key)
        if not isinstance(said, list):
            self.fault(f"the {key}{of} are not a list of texts")
            return ()
        if len(said) > most:
            self.fault(f"the {key}{of} are {len(said):,}; at most {most} are wanted")
            return ()
        lines = [self._line(one, f"an entry of the {key}{of}", longest) for one in said]
        return tuple(dict.fromkeys(line for line in lines if line))

    def _line(self, said: object, what: str, longest: int) -> str:
        """Return ``said`` as one safe line; empty, and a fault, where it cannot be."""
        if not isinstance(said, str):
            self.fault(f"{what} is not a text")
            return ""
        if len(said) > longest:
            self.fault(f"{what} has {len(said):,} characters; {longest} at most")
            return ""
        if _LOST_BACKSLASH.search(said.strip()):
            self.fault(f"{what} lost a backslash; write every backslash twice in JSON")
            return ""
        line = one_line(encodable(said))
        if not any(map(str.isalnum, line)):
            self.fault(f"{what} is empty")
            return ""
        return line
