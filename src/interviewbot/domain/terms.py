"""Words that are no sentence: lists of terms, and words thrown together.

Owns which words only carry grammar, and three tests by order and grouping alone: terms
side by side, a run of words with no grammar between them, and function words where English
allows none. Refuses to know any point; whether a near copy keeps its order is for the
services to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from interviewbot.domain.text import words

FUNCTION_WORDS = frozenset(
    """
a about above after all also although am an and any are around as at be because been before
being below between both but by can can't could did do does doesn't doing don't down during each
either else even every few for further from had has have having he her here hers him his how i
i'd i'm i've if in into is isn't it it's its itself just let's may me might more most much must
my nor not of off on once one only onto or other our out over own per rather same she should
since so some such than that that's the their them themselves then there these they they're this
those though through thus to too under until up upon us very via was we were what when where
whereas whether which while who whom whose why will with within without would yes yet you you'd
you're your
""".split()
)
FEWEST_TERMS = 4
_LONGEST_TERM = 3  # words
_LEAST_SHARE_OF_TERMS = 0.5  # of a sentence's content words
_LONGEST_RUN = 7  # content words side by side; honest clauses have fewer
_DIVIDER = re.compile(r"[,;:|/•·\n]+|\s[-–—]\s|\s(?:and|or)(?:\s+(?:the|a|an))?\s", re.IGNORECASE)
_PIECE = re.compile(r"\w[\w'’-]*|[,;:.()—–/|]")
_SPOKEN_SIGNS = frozenset("equals equal times plus minus over squared divided".split())
_VERB_ENDING = re.compile(r"[a-z]{2,}(?<!s)s")  # "computes": a word of three that says something

# What cannot follow: "the of", "a is", "and." Shuffled words are full of it.
_ARTICLES = frozenset("a an the its their his her our my your every".split())
_LINKS = frozenset("of to into from than per upon at".split())
_AUXILIARIES = frozenset(
    """
is are was were be been has have had can could will would might must should does did
""".split()
)
_JOINS = frozenset("and or but because whereas if when although though since so".split())
_PRONOUNS = frozenset("it they we you he she i them us this that these those who what".split())
_PREPOSITIONS = _LINKS | frozenset("in on for with by as between about via during without".split())
_NEVER_AFTER_ARTICLE = (
    (_ARTICLES | _PREPOSITIONS | _AUXILIARIES | _JOINS | _PRONOUNS) - {"per", "can", "will", "i"}
) | frozenset(".,;:)")
_NEVER_AFTER_LINK = (_AUXILIARIES - {"be"}) | frozenset(". ; and or but of into from".split())
_FINITE = frozenset("is are was were has does did".split())
_NEVER_AFTER_AUXILIARY = _FINITE - {"has"} | frozenset("because whereas whether though".split())
_SUBJECTS = frozenset("they we he she i".split())
_LEAST_SLIPS = 3
_LEAST_SHARE_OF_SLIPS = 0.03  # of all words; prose has 0.005 at most, shuffled words 0.06


def is_list_of_terms(text: str) -> bool:
    """Return whether ``text`` is mostly terms side by side, however they are strung.

    At least four of at most three words each, with no function word and no verb in them,
    that make half of the content words; or eight content words on end with nothing between
    them. Clauses without function words ("bias gets added") are no terms.
    """
    return _longest_run(text) > _LONGEST_RUN or _share_of_terms(text) >= _LEAST_SHARE_OF_TERMS


def is_term(text: str) -> bool:
    """Return whether ``text`` is a term rather than a sentence: short, without grammar."""
    said = words(text)
    return len(said) <= _LONGEST_TERM and not FUNCTION_WORDS.intersection(said)


def is_scrambled(text: str) -> bool:
    """Return whether ``text``, an answer as a whole, is words in no order.

    Of one sentence it says little: a slip of the tongue is in many. Capitals are names:
    "A and B".
    """
    pieces = [
        piece if piece.isupper() else piece.lower() for piece in map(str, _PIECE.findall(text))
    ]
    slips = sum(map(_is_slip, pieces, [*pieces[1:], "."]))
    count = sum(piece[0].isalnum() for piece in pieces)
    return slips >= _LEAST_SLIPS and slips >= _LEAST_SHARE_OF_SLIPS * count


def content_words(text: str) -> set[str]:
    """Return the words of ``text`` that carry content, roughly stemmed."""
    return {stem(word) for word in words(text) if word not in FUNCTION_WORDS}


def stem(word: str) -> str:
    """Return ``word`` without its ending, where enough is left."""
    for ending in ("ing", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _share_of_terms(text: str) -> float:
    """Return the share of the content words that stand in rows of at least four terms."""
    chunks = [chunk for chunk in map(words, _DIVIDER.split(text)) if chunk]
    listed = 0
    for plain, row in groupby(chunks, key=_is_plain_term):
        terms = list(row)
        if plain and len(terms) >= FEWEST_TERMS:
            listed += sum(map(len, terms))
    content = sum(word not in FUNCTION_WORDS for word in words(text))
    return listed / content if content else 0.0


def _is_plain_term(chunk: Sequence[str]) -> bool:
    says = any(map(_VERB_ENDING.fullmatch, chunk[1:-1]))
    counts = any(map(str.isdecimal, chunk))  # "weights 3 and 4"
    grammar = says or counts or (FUNCTION_WORDS - {"more", "less"}).intersection(chunk)
    return len(chunk) <= _LONGEST_TERM and not grammar


def _longest_run(text: str) -> int:
    """Return how many content words stand side by side at most; signs of a formula part them."""
    longest = run = 0
    for piece in _PIECE.findall(text):
        word = piece.lower().replace("’", "'")
        plain = word.replace("-", "").isalpha() and len(word) > 2
        counts = plain and word not in FUNCTION_WORDS and word not in _SPOKEN_SIGNS
        run = run + 1 if counts else 0
        longest = max(longest, run)
    return longest


def _is_slip(word: str, following: str) -> bool:
    if word in _ARTICLES:
        return following in _NEVER_AFTER_ARTICLE
    if word in _LINKS and following in _NEVER_AFTER_LINK:
        return True
    if word in _PREPOSITIONS:
        return following in _FINITE and word not in {"as", "about", "by"}
    if word in _JOINS:
        return following in {".", "and", "or", "but"} and (word != "and" or following != "or")
    if word in _SUBJECTS:
        return following in _SUBJECTS or following in _ARTICLES or following == "."
    return word in _AUXILIARIES and following in _NEVER_AFTER_AUXILIARY
