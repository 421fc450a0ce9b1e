"""Claims denied by rule: a "not" put in, or taken out.

Owns where the "not" goes. Refuses (None) wherever what comes out might still be true or be
no English: several claims in one sentence, "may", "not always", a clause before the verb.
"""

from __future__ import annotations

import re
from itertools import takewhile

from interviewbot.services.evaluation.rewording_words import (
    ALSO_NOUNS,
    WORD,
    base_of,
    formulas,
    within,
)

_AUXILIARIES = frozenset("is are was were can will should must does do did cannot has have".split())
_UNCERTAIN = frozenset("may might could would often sometimes usually typically".split())
_NEGATIVE = frozenset(
    "not no never none nothing neither nor without cannot hardly rarely few little".split()
)
_PARTIAL = frozenset(
    """
always all every everything only just both merely necessarily exactly alone enough fully
completely entirely each some any
""".split()
)
_SUBORDINATE = re.compile(
    r"(?:if|when|because|while|although|since|after|before|given|as|unless|once|where)\b",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"(?:for|in|at|with|during|to|by|on|under|without|from|of|among|over|across)\b",
    re.IGNORECASE,
)
_CLAUSE = frozenset(
    """
that which who whose where whether what how if when whenever whichever because as before after than
until once
""".split()
)
_FINITE = frozenset("is are was were does do has can will".split())
_SEVERAL = re.compile(
    r"[;:—–(]|\s-\s|[.!?]\s|,\s+(?:and|but|so|while|whereas|which|because|since|or|not|with"
    r"|rather|then|yet|until|unless|\w+ing)\b|\b(?:because|whereas|while|since|so that|but|unless"
    r"|until|although)\b|\band\s+(?:then|so|not|it|they)\b|n't\b|n’t\b",
    re.IGNORECASE,
)
_CONTRAST = re.compile(
    r"\b(?:rather than|instead of)\b|\band\s+(?:\w+ly\s+)?(?:is|are|has|does|can"
    r"|(?!its)\w{3,}[^s\W]s\s+(?:the|a|an|its|their|by|to))\b"
)
_IMPERATIVES = frozenset(
    "use take score draw pick run start train keep let think imagine say".split()
)
_HAVING = re.compile(r"\s+(?:\w+(?:ed|en|wn)|been|become|got|had|done|shown)\b", re.IGNORECASE)


def holds_one_claim(text: str) -> bool:
    """Return whether ``text`` is one sentence with, as far as its joints tell, one claim."""
    body = text.strip().removesuffix(".")
    start = main_clause(body)
    return start >= 0 and not _SEVERAL.search(body, start)


def denied(text: str) -> str | None:
    """Return ``text`` with its main verb denied; None where a rule cannot be trusted."""
    if not holds_one_claim(text):
        return None
    start = main_clause(text)
    spans = formulas(text)
    said = [found for found in WORD.finditer(text, start) if not within(found.start(), spans)]
    low = [found.group().lower() for found in said]
    if not {*low}.isdisjoint(_UNCERTAIN | _NEGATIVE | _PARTIAL):
        return None
    if not low or low[0] in _IMPERATIVES or _CONTRAST.search(text, start):
        return None
    for place, word in enumerate(low):
        if word in _CLAUSE or (place and low[place - 1] in {"and", "or"}):
            return None  # the next verb is that of another clause
        changed = _verb_denied(text, said[place]) if place else None
        if changed is not None:
            rest = takewhile(lambda later: later not in _CLAUSE | {"and"}, low[place + 1 :])
            return None if _FINITE.intersection(rest) else changed
    return None


def _verb_denied(text: str, verb: re.Match[str]) -> str | None:
    word = verb.group()
    if word in {"has", "have"} and not _HAVING.match(text, verb.end()):
        change = "does not have" if word == "has" else "do not have"
    elif word == "can":
        change = "cannot"
    elif word in _AUXILIARIES:
        change = f"{word} not"
    else:
        base = None if word in ALSO_NOUNS else base_of(word)
        if base is None:
            return None
        change = f"does not {base}"
    return f"{text[: verb.start()]}{change}{text[verb.end() :]}"


def main_clause(text: str) -> int:
    """Return where the main clause of ``text`` begins; -1 where that cannot be told."""
    opening = _SUBORDINATE.match(text) or _PREPOSITION.match(text)
    if opening is None:
        return 0
    comma = re.search(r",\s+", text)
    if comma is None:
        return -1
    before = [found.group().lower() for found in WORD.finditer(text, opening.end(), comma.start())]
    says = any(word in _AUXILIARIES for word in before)  # "For L1 it is ..., and for L2 ..."
    several = (says and _PREPOSITION.match(text)) or text.startswith(("so ", "then "), comma.end())
    return -1 if several else comma.end()
