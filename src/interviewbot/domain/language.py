"""Is a text in a language that the offline judge cannot read?

Its encoder and its lists know English only; other languages must not get a confident zero.
Owns the test, which would rather let a foreign text through than turn an English one away:
terse notes, formulas and code pass. Refuses to name the language.
"""

from __future__ import annotations

import unicodedata

from interviewbot.domain.terms import FUNCTION_WORDS
from interviewbot.domain.text import words

# The commonest words of German, Dutch, French, Spanish, Portuguese, Italian and Polish that
# are no English words.
_FOREIGN = frozenset(
    """
der die das und ist ein eine einer eines einem einen nicht mit von zu den dem des auf wird werden
het een van en zijn wordt niet voor dat
le la les un une et est des du dans pour avec ses ce cette sont qui que
el los las una y es del con por para se sus está esta
o os uma um é da do das dos na não seu sua e
il di che lo gli uno della delle dei nel è sono
i w z na się jest to przez oraz nie
""".split()
) - {"i", "do", "to", "die", "du", "la", "des"}
_FEWEST_WORDS = 8
_MOST_ENGLISH = 0.1  # function words among all words; English prose has 0.4
_LEAST_FOREIGN = 0.15
_FEWEST_LETTERS = 16


def is_foreign(text: str) -> bool:
    """Return whether ``text`` is surely not in English.

    Mostly letters of another script than Latin; or hardly an English function word, but those
    of another language. Unknown words alone prove nothing: they may be a subject's terms.
    """
    if _is_other_script(text):
        return True
    said = [word for word in words(text) if any(map(str.isalpha, word))]
    if len(said) < _FEWEST_WORDS:
        return False
    foreign = sum(word in _FOREIGN for word in said)
    english = sum(word in FUNCTION_WORDS and word not in _FOREIGN for word in said)
    if english > _MOST_ENGLISH * len(said):
        return False
    return foreign >= _LEAST_FOREIGN * len(said)


def _is_other_script(text: str) -> bool:
    """Return whether most letters are neither Latin nor Greek, which formulas use."""
    letters = [letter for letter in text if letter.isalpha()]
    other = sum(not _is_ours(letter) for letter in letters if not letter.isascii())
    return len(letters) >= _FEWEST_LETTERS and 2 * other > len(letters)


def _is_ours(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("LATIN", "GREEK", "MATHEMATICAL", "FULLWIDTH"))
