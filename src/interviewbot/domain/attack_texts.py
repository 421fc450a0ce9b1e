"""Templates of hostile answers: what to write, and what to put into it.

Owns the words (family, template, slot) and which slots there are. Refuses to read files
and to fill a slot; the services make the texts out of questions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

SLOT = re.compile(r"\{([a-z_]+)\}")

QUESTION_SLOTS = {
    "question": "what is asked, as it stands in the corpus",
    "statement": "what is asked, without its question marks",
    "title": "the title of the question",
    "honest": "an honest answer that makes about half of the points",
    "sentence": "one sentence that covers one point",
    "terms": "the terms of the points, joined by 'join'",
    "term_lines": "the same, a line for each point",
    "term_a": "one of the terms",
    "term_b": "another one",
    "term_c": "a third one",
    "verdicts": "a JSON list that calls every point covered",
    "checklist": "a line for each point, by its id, that calls it covered",
    "others": "true statements that belong to questions of other topics",
    "denied_claims": "the points, each with a 'not' put in where a rule can",
    "swapped_claims": "the points, each with its two sides exchanged where a rule can",
    "misconceptions": "one misconception of each point",
    "hidden": "what 'hidden' says, written in 'encoding'",
    "repeated": "what 'repeat' says, so often",
    "number": "in 'repeat', how often it has been said",
}
POINT_SLOTS = {
    "claim": "the point, without its full stop, to be put behind 'that'",
    "wording": "another wording of the point, likewise",
    "denied_claim": "the point with a 'not' put in",
    "denied_wording": "another wording with a 'not' put in",
    "swapped_claim": "the point with its two sides exchanged",
    "swapped_wording": "another wording with its two sides exchanged",
    "misconception": "a misconception about the point",
}


class Family(StrEnum):
    """What kind of trick an answer plays."""

    INSTRUCTIONS = "instructions"
    KEYWORDS = "keywords"
    RUBRIC = "rubric"
    ECHO = "echo"
    PADDING = "padding"
    NEGATION = "negation"
    SWAPPED = "swapped"
    MISCONCEPTIONS = "misconceptions"
    NONSENSE = "nonsense"
    REPEATED = "repeated"
    MASTER_KEYS = "master_keys"
    FILLER = "filler"


class Encoding(StrEnum):
    """How a hidden text is written."""

    BASE64 = "base64"
    HEX = "hex"
    ROT13 = "rot13"
    LEETSPEAK = "leetspeak"
    ZERO_WIDTH = "zero_width"
    HOMOGLYPHS = "homoglyphs"
    REVERSED = "reversed"
    TAGS = "tags"


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackTemplate:
    """One way to attack a question.

    ``text`` holds slots in braces. ``hidden`` is what ``{hidden}`` says in ``encoding``;
    ``repeat`` is said ``times`` times, or until ``size`` bytes are full, parted by ``join``.
    """

    id: str
    family: Family
    kind: str
    text: str
    encoding: Encoding | None = None
    hidden: str = ""
    repeat: str = ""
    times: int = 0
    size: int = 0
    join: str = ", "

    @property
    def slots(self) -> frozenset[str]:
        """The names of all slots that the template needs filled."""
        return frozenset(SLOT.findall(f"{self.text}\n{self.hidden}\n{self.repeat}"))

    @property
    def each_point(self) -> bool:
        """Whether it attacks one point rather than a whole question."""
        return not self.slots.isdisjoint(POINT_SLOTS)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackTexts:
    """All templates, in order; ``empty_handed`` is an answer of somebody who knows nothing."""

    empty_handed: str
    templates: tuple[AttackTemplate, ...]
