"""Claims with their two sides exchanged by rule: roles, directions, before and after.

Owns the pairs. Refuses (None) where nothing is there to exchange, or where what comes out
might still be true: two directions turned in one sentence say the same again, so one is.
"""

from __future__ import annotations

import re

from interviewbot.services.evaluation.attack_denials import holds_one_claim, main_clause
from interviewbot.services.evaluation.rewording_words import WORD, formulas, within

# Things that stand against each other in this subject; where both are there, they change places.
_ROLES = """
precision recall | bias variance | encoder decoder | query key | queries keys | row column
rows columns | training test | training testing | training inference | prior posterior
numerator denominator | generator discriminator | actor critic | positives negatives
teacher student | forward backward | input output | inputs outputs | parent child
underfitting overfitting | type-i type-ii | user item | users items
""".replace("\n", " | ")
# One word of such a pair is turned into the other.
_DIRECTIONS = """
increase decrease | increases decreases | increased decreased | increasing decreasing
raises lowers | grows shrinks | grow shrink | rises falls | reduce increase
reduces increases | reduced increased | reducing increasing | higher lower
highest lowest
larger smaller | largest smallest | bigger smaller | greater smaller | wider narrower
more less | faster slower | better worse | best worst | before after | above below
maximise minimise | maximises minimises | maximising minimising | maximize minimize
multiplies divides | multiplied divided | adds subtracts | added subtracted
improves worsens | improve worsen | prevents causes | prevent cause | always never
shrinks grows | shrink grow | falls rises | lowers raises | widens narrows | early late
earlier later | longer shorter | stronger weaker | strong weak | preserves destroys
encourages discourages | positive negative | precision recall
overfits underfits | overfitting underfitting | cheap expensive
independent dependent | convex concave | unbiased biased | most least | fewer more
""".replace("\n", " | ")
_SETS = re.compile(
    r"\b(?:training|test)(?= (?:set|data|error|loss|examples?|rows|points)\b)",
    re.IGNORECASE,
)
# Denied or merely possible, the other direction may be as true.
_UNCERTAIN = re.compile(
    r"\b(?:not|no|never|nor|cannot|without|none|hardly|rarely|may|might|could|any)\b|n['’]t\b",
    re.IGNORECASE,
)
_CONTRAST = re.compile(r"\b(?:instead of|rather than|as opposed to|such as|unlike|like)\b")
_COMMA = re.compile(r",\s")
_FLOATING = re.compile(r"\b(?:mixed|half|full|single|double|low\w*|reduced|high\w*)[- ]precision")
_ONE_WAY = frozenset("reduce reduces reduced reducing fewer greater bigger".split())
_BETWEEN = re.compile(
    r"\b(?P<a>[\w-]+)(?P<link> (?:rather than|instead of) )(?P<b>[\w-]+)(?=[,.]|$)"
)
_FROM_TO = re.compile(
    r"\b(?P<open>from )(?P<a>(?:the |a |an )?[\w-]+)(?P<link> to )(?P<b>(?:the |a |an )?[\w-]+)"
    r"(?=[,.]|$| (?:is|are|and|by|in|of|while)\b)",
    re.IGNORECASE,
)


def _pairs(text: str) -> list[tuple[str, str]]:
    found = [tuple(pair.split()) for pair in text.split("|") if pair.strip()]
    return [(first, second) for first, second in found]


def _turned() -> dict[str, str]:
    found: dict[str, str] = {}
    for first, second in _pairs(_DIRECTIONS):
        found.setdefault(first, second)
        if first not in _ONE_WAY:
            found.setdefault(second, first)
    return found


_ROLE_PAIRS = _pairs(_ROLES)
_TURNED = _turned()


def swapped(text: str) -> str | None:
    """Return ``text`` with two sides exchanged; None where nothing can be with safety."""
    if not holds_one_claim(text) or _UNCERTAIN.search(text):
        return None
    return _roles(text) or _around(text) or _sets(text) or _direction(text)


def _roles(text: str) -> str | None:
    low = text.lower()
    for first, second in _ROLE_PAIRS:
        pattern = re.compile(rf"\b(?:{re.escape(first)}|{re.escape(second)})\b", re.IGNORECASE)
        there = {found.lower() for found in pattern.findall(text)}
        if there != {first, second} or _side_by_side(low, first, second):
            continue
        other = {first: second, second: first}
        return pattern.sub(lambda found, other=other: _like(found.group(), other), text)  # type: ignore[misc]
    return None


def _side_by_side(low: str, first: str, second: str) -> bool:
    """Return whether the two are named together, so that exchanging them changes nothing."""
    either = rf"(?:{re.escape(first)}|{re.escape(second)})"
    link = (
        r"[-/–]|(?:\s+\w+)?,\s+(?:the )?|\W+(?:\w+\W+){0,2}(?:and|or|nor|to|plus|times)\W+(?:the )?"
    )
    joined = f"{either}(?:{link}){either}"
    return bool(re.search(joined, low) or re.search(rf"\b(?:between|both)\b.*{either}", low))


def _around(text: str) -> str | None:
    for pattern in (_BETWEEN, _FROM_TO):
        found = pattern.search(text)
        if found and found["a"].lower() != found["b"].lower():
            opening = found.groupdict().get("open") or ""
            middle = f"{opening}{found['b']}{found['link']}{found['a']}"
            return f"{text[: found.start()]}{middle}{text[found.end() :]}"
    return None


def _sets(text: str) -> str | None:
    other = {"training": "test", "test": "training"}
    found = _SETS.search(text)
    if found is None:
        return None
    return f"{text[: found.start()]}{_like(found.group(), other)}{text[found.end() :]}"


def _direction(text: str) -> str | None:
    """Turn the last direction of the main statement, up to its first comma.

    What stands before it is often a condition, what follows leaves the rest true.
    """
    spans = formulas(text)
    start = max(1, main_clause(text))
    ends = [found.start() for rule in (_CONTRAST, _COMMA) if (found := rule.search(text, start))]
    there = [
        found
        for found in WORD.finditer(text, start, min(ends, default=len(text)))
        if found.group().lower() in _TURNED and not within(found.start(), spans)
    ]
    if not there or (there[-1].group() in {"precision", "recall"} and _FLOATING.search(text)):
        return None
    last = there[-1]
    if _TURNED[last.group().lower()] in text.lower().split():
        return None  # the text speaks of both: exchanged by half, it would be no English
    return f"{text[: last.start()]}{_like(last.group(), _TURNED)}{text[last.end() :]}"


def _like(word: str, other: dict[str, str]) -> str:
    """Return what stands for ``word``, with its capital."""
    found = other[word.lower()]
    return found.capitalize() if word[0].isupper() else found
