"""A model's verdicts: the shape that is asked for, and what is read from what comes.

Owns the schema of a judgement and the check of every field of a reply. Refuses to guess: what
is not as asked is a fault, said in a sentence that the model can mend its reply by. Refuses
to compare a quote with the answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from interviewbot.domain.chat import Json
from interviewbot.domain.grade import Verdict
from interviewbot.domain.json_replies import encodable, object_shape, object_with, shown
from interviewbot.domain.judgement import Claim, Judgement
from interviewbot.domain.quotes import LONGEST_QUOTE
from interviewbot.domain.text import one_line

MOST_FAULTS = 10
LONGEST_REASON = 300  # characters
LONGEST_SENTENCE = 600  # characters; a strength, an improvement, a follow-up
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,30})?")
_MENU = ", ".join(Verdict)


def schema_for(ids: Sequence[str]) -> dict[str, Json]:
    """Return the JSON schema of a judgement of the points ``ids``.

    Valid where every field is required and no other allowed (OpenAI's strict mode); bounds
    that such modes do not take are left to ``read_judgement``. The order of the fields is
    the order in which a model writes: it looks for the words before it rules on them.
    """
    point = object_shape(
        id={"type": "string", "enum": list(ids)},
        quote={
            "type": ["string", "null"],
            "description": "Copied character for character from the answer; null where missing.",
        },
        reason={"type": "string", "description": "One sentence."},
        verdict={"type": "string", "enum": [verdict.value for verdict in Verdict]},
        confidence={"type": "number", "description": "From 0 to 1."},
    )
    return object_shape(
        points={"type": "array", "items": point, "description": "Every point once."},
        strength={"type": "string"},
        improvement={"type": "string"},
        follow_up={"type": "string"},
    )


def read_judgement(text: str, ids: Sequence[str]) -> Judgement | tuple[str, ...]:
    """Return what the reply ``text`` says of the points ``ids``, or what is wrong with it.

    The claims come in the order of ``ids``, one for each. Quotes are the model's as they are;
    a point that is missing has none. Faults are English sentences, ``MOST_FAULTS`` at most.
    """
    found = object_with(text, "points")
    if isinstance(found, str):
        return (found,)
    reading = _Reading(ids)
    claims = reading.claims(found["points"])
    said = {name: reading.sentence(found, name) for name in ("strength", "improvement")}
    follow_up = reading.sentence(found, "follow_up")
    if reading.faults:
        return tuple(reading.faults)[:MOST_FAULTS]
    return Judgement(claims=claims, follow_up=follow_up, **said)


class _Reading:
    """One run over one reply; faults are noted in order, each once."""

    def __init__(self, ids: Sequence[str]) -> None:
        self.faults: dict[str, None] = {}
        self._ids = ids
        self._claims: dict[str, Claim | None] = {}

    def claims(self, points: object) -> tuple[Claim, ...]:
        if not isinstance(points, list):
            self._fault("“points” is not a list")
            return ()
        for entry in points:
            if len(self.faults) >= MOST_FAULTS:
                return ()
            self._take(entry)
        missing = [name for name in self._ids if name not in self._claims]
        if missing:
            named = ", ".join(map(shown, missing))
            self._fault(
                f"the point {named} is missing"
                if len(missing) == 1
                else f"the points {named} are missing"
            )
        return tuple(claim for name in self._ids if (claim := self._claims.get(name)))

    def sentence(self, found: Mapping[str, object], name: str) -> str:
        """Return one of the three sentences; no grade hangs on it, so it may be left out."""
        said = found.get(name)
        if said is None:
            return ""
        if not isinstance(said, str):
            self._fault(f"“{name}” is not a text")
            return ""
        return _cut(said, LONGEST_SENTENCE)

    def _take(self, entry: object) -> None:
        if not isinstance(entry, dict):
            self._fault("an entry of “points” is not a JSON object")
            return
        name = entry.get("id")
        if not isinstance(name, str):
            self._fault("an entry of “points” has no “id”")
            return
        name = name if name in self._ids else name.strip()
        if name not in self._ids:
            self._fault(f"there is no point {shown(name)}")
        else:
            claim = self._claim(name, entry)
            earlier = self._claims.setdefault(name, claim)
            if claim and earlier and claim.verdict is not earlier.verdict:
                self._fault(f"the point {shown(name)} is there twice, with two verdicts")

    def _claim(self, name: str, entry: Mapping[str, object]) -> Claim | None:
        """Return what ``entry`` says of its point; None where it is not usable."""
        verdict = self._verdict(name, entry)
        quote = self._quote(name, entry, verdict)
        confidence = self._confidence(name, entry)
        reason = entry.get("reason")
        if not isinstance(reason, str | None):
            self._fault(f"the reason of {shown(name)} is not a text")
            return None
        if verdict is None or quote is None or confidence is None:
            return None
        return Claim(
            point_id=name,
            verdict=verdict,
            quote=quote,
            confidence=confidence,
            reason=_cut(reason or "", LONGEST_REASON),
        )

    def _verdict(self, name: str, entry: Mapping[str, object]) -> Verdict | None:
        said = entry.get("verdict")
        folded = said.strip().casefold() if isinstance(said, str) else ""
        if folded in {verdict.value for verdict in Verdict}:
            return Verdict(folded)
        self._fault(f"the verdict of {shown(name)} is not one of {_MENU}")
        return None

    def _quote(self, name: str, entry: Mapping[str, object], verdict: Verdict | None) -> str | None:
        said = entry.get("quote")
        if said is not None and not isinstance(said, str):
            self._fault(f"the quote of {shown(name)} is neither a text nor null")
            return None
        if verdict is None or verdict is Verdict.MISSING:
            return ""
        if said is None or not said.strip():
            self._fault(f"the point {shown(name)} is {verdict}, but has no quote")
            return None
        if len(said) > LONGEST_QUOTE:
            self._fault(f"the quote of {shown(name)} is longer than {LONGEST_QUOTE:,} characters")
            return None
        return encodable(said)

    def _confidence(self, name: str, entry: Mapping[str, object]) -> float | None:
        said = entry.get("confidence")
        if isinstance(said, str) and _NUMBER.fullmatch(said.strip()):
            said = float(said)
        if isinstance(said, float) and 0 <= said <= 1:  # which NaN is not
            return said
        self._fault(f"the confidence of {shown(name)} is not a number from 0 to 1")
        return None

    def _fault(self, sentence: str) -> None:
        self.faults[sentence] = None


def _cut(text: str, longest: int) -> str:
    """Return ``text`` as one safe line of at most so many characters."""
    line = one_line(encodable(text))
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
