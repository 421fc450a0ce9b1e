"""Small word lists and tests that changing a sentence needs.

Owns verbs, first words and formulas. Refuses to change a text as a whole.
"""

from __future__ import annotations

import re
from random import Random

from interviewbot.domain.terms import FUNCTION_WORDS

WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
_FORMULA = re.compile(r"\$[^$]*\$|`[^`]*`")

_VERBS = frozenset(
    """
accept add adjust aggregate aim allow amplify appear apply approach approximate ask assign assume
average avoid balance become begin behave belong bound break bring build calculate call cancel
capture carry cause change choose collapse collect combine come compare compute concentrate
consider consist contain contract contribute control converge convert copy correct cost count
cover create cut decay decide decompose decrease define delete depend describe detect determine
differ diminish discard discourage discover disappear display distinguish divide dominate double
draw drop eliminate encode encourage ensure enter equal estimate evaluate exceed exclude expand
explain exploit explore expose express fall favour feed fill find fit fix flip fluctuate follow
force forget form generalise generate get give go grow guard guarantee handle happen help hide
hold ignore implement imply improve include increase indicate inflate inject insert introduce
justify keep know lack lead leak learn leave let lie limit live look lose lower make map mask
match matter maximise mean measure memorise minimise miss mix model move multiply need normalise
occur optimise order outperform output overestimate overfit pass pay penalise perform permit pick
place play point predict prefer preserve prevent process produce project promise propagate protect
provide pull punish push put quantify raise rank reach react read rebuild recompute reconstruct
recover reduce refer reject rely remain remember remove repeat replace represent require rescale
reset restrict result return reuse reveal reverse reward rise run sample satisfy save say scale
score search see seek select separate serve set share shift shorten show shrink shuffle skip slow
solve spend split spread stabilise start stay stop store struggle subtract suffer summarise
support swap take tell tend test tie track trade train transform treat try turn underestimate
update use validate vanish vary wait weigh weight widen work write yield
""".split()
)


# Forms of verbs that are as often nouns in this subject.
ALSO_NOUNS = frozenset(
    """
mean means sample samples model models set sets test tests mask masks order orders map maps match
score scores cost costs measure measures limit limits rank ranks point points weight weights mix
batch step steps copy copies feed input inputs output count counts process processes place change
changes increase decrease estimate estimates approach approaches result results reward rewards
return returns form forms track serve store need support approximate fit separate balance control
updates update outputs places shift shifts
""".split()
)
_OTHER_VERBS = re.compile(r"(?:ify|ifies|izes|ises|eave|stand|stands|makes|suit|suits|opens?)$")


def dice(seed: int, *names: str) -> Random:
    """Return dice of their own for what ``names`` say, the same ones for the same ``seed``."""
    return Random("/".join((str(seed), *names)))  # noqa: S311 - drawn again, not secret


def base_of(verb: str) -> str | None:
    """Return "give" for "gives", or None where ``verb`` is none that is known."""
    if not verb.endswith("s") or verb.endswith("ss"):
        return None
    candidates = [verb[:-1]]
    if verb.endswith("es"):
        candidates += [verb[:-2], f"{verb[:-3]}y" if verb.endswith("ies") else ""]
    return next((found for found in candidates if found in _VERBS), None)


def is_verb(word: str) -> bool:
    """Return whether ``word``, in small letters, is most likely a verb where it stands."""
    if word in ALSO_NOUNS:
        return False
    return word in _VERBS or base_of(word) is not None or bool(_OTHER_VERBS.search(word))


def lowered(text: str) -> str:
    """Return ``text`` with a small first letter, where its first word is no name."""
    first = WORD.match(text)
    if first is None or first.group() == "I" or first.group().lower() not in FUNCTION_WORDS:
        return text
    return text[0].lower() + text[1:] if not first.group().startswith("I'") else text


def raised(text: str) -> str:
    """Return ``text`` with a capital first letter."""
    return text[:1].upper() + text[1:]


def formulas(text: str) -> list[tuple[int, int]]:
    """Return where the formulas and the code of ``text`` stand: nobody rewords these."""
    return [found.span() for found in _FORMULA.finditer(text)]


def within(place: int, spans: list[tuple[int, int]]) -> bool:
    """Return whether ``place`` lies in one of ``spans``."""
    return any(start <= place < end for start, end in spans)
