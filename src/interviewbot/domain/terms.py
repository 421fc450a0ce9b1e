"""Words that are no sentence: lists of terms, and words thrown together.

Owns which words only carry grammar, and three tests by order and grouping alone: terms
side by side, a run of words with no grammar between them, and function words where English
allows none. Refuses to know any point; whether a near copy keeps its order is for the
services to say.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, takewhile

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
LONGEST_TERM = 3  # words
_FEWEST_LINKED = 5  # "of the data, of the noise, with the budget": honest rows are shorter
_LEAST_SHARE_OF_TERMS = 0.5  # of a sentence's content words
_LONG_OPENING = 2  # words
_LONGEST_RUN = 7  # content words side by side; honest clauses have fewer
_DIVIDER = re.compile(r"[,;:|/•·\n]+|\s[-–—]\s|\s(?:and|or)(?:\s+(?:the|a|an))?\s", re.IGNORECASE)
_PIECE = re.compile(r"\w[\w'’-]*|[,;:.()—–/|]")
# Grammar that no term begins with, beside the function words: it ends a run of content words.
_ENDS_A_RUN = frozenset(
    """
against along among across behind beside beneath beyond despite inside outside toward towards
unlike versus always never often usually typically commonly sometimes rarely hardly mostly nearly
almost far quite cannot
""".split()
)
_SPOKEN_SIGNS = frozenset("equals equal times plus minus over squared divided".split())
_PARTS_A_RUN = FUNCTION_WORDS | _ENDS_A_RUN | _SPOKEN_SIGNS
_VERB_ENDING = re.compile(r"[a-z]{2,}(?<!s)s")  # "computes": a word of three that says something

# What cannot follow: "the of", "a is", "and." Shuffled words are full of it. Left out is what
# people do say: "if and only if", "greater than or equal to", "What it does is", "This is
# because", "slower, though.".
_LETTERS = frozenset("a i".split())
_ARTICLES = frozenset("a an the its their his our my your every".split())
_LINKS = frozenset("of to into from per upon at".split())
_AUXILIARIES = frozenset(
    """
is are was were be been has have had can could will would might must should does did
""".split()
)
_JOINS = frozenset("and or but because whereas if when although though since so".split())
_PRONOUNS = frozenset("it they we you he she i them us this that these those".split())
_PREPOSITIONS = _LINKS | frozenset("than in on for with by as between about via during".split())
_NEVER_AFTER_ARTICLE = (
    (_ARTICLES | _PREPOSITIONS | {"without"} | _AUXILIARIES | _JOINS | _PRONOUNS)
    - {"per", "can", "will", "i", "so"}
) | frozenset(".;:)")
_NEVER_AFTER_LINK = (_AUXILIARIES - {"be"}) | frozenset(". ; and or but of into from".split())
_FINITE = frozenset("is are was were has does did".split())
_NEVER_AFTER_AUXILIARY = _FINITE - {"has"}
_OFTEN_BEFORE_IS = frozenset("has have had does did be been".split())
_NEVER_LAST = _JOINS - {"though", "since", "so"}
_OFTEN_BEFORE_AND = frozenset("if when since so to from into".split())
_SUBJECTS = frozenset("they we he she".split())
# Code, a formula's arguments and words that are only named have rules of their own.
_NO_PROSE = re.compile(
    r"```.{0,2000}?```|`[^`\n]{1,80}`|(?<=\w)[(\[][^()\[\]\n]{0,40}[)\]]"
    r"|[\"“‘][^\s\"“”‘’]{1,30}(?:\s[^\s\"“”‘’]{1,30}){0,2}[\"”’]"
    r"|\b(?:and|or|not|if|for|while|with|in|on|is|from|where)[ -]"
    r"(?:gate|loop|statement|clause|operator|switch|block|function|condition|branch|keyword)s?\b"
    r"|\b(?:[a-z]\.\s?){2,}",  # "i.e.", "a.k.a."
    re.DOTALL | re.IGNORECASE,
)
_OPENING = _ARTICLES | _PREPOSITIONS | frozenset("and or also plus then too".split())
_LEAST_SLIPS = 3
_LEAST_SHARE_OF_SLIPS = 0.025  # of all words; prose has 0.005 at most, shuffled words 0.05


def is_list_of_terms(text: str) -> bool:
    """Return whether ``text`` is mostly terms side by side, however they are strung.

    At least four of at most three words each, with no function word and no verb in them,
    that make half of the content words; or eight content words on end with nothing between
    them. Clauses without function words ("bias gets added") are no terms.
    """
    return _longest_run(text) > _LONGEST_RUN or _is_mostly_terms(text)


def is_term(text: str) -> bool:
    """Return whether ``text`` is a term rather than a sentence: short, without grammar."""
    said = words(text)
    return len(said) <= LONGEST_TERM and not FUNCTION_WORDS.intersection(said)


def is_scrambled(text: str) -> bool:
    """Return whether ``text``, an answer as a whole, is words in no order.

    Of one sentence it says little: a slip of the tongue is in many. Capitals are names:
    "A and B"; so are "a" and "i" where other letters stand by themselves.
    """
    if not _has_many_slips(text, names=frozenset()):
        return False  # the cheap look first
    prose = _NO_PROSE.sub(" 0 ", text)
    letters = {piece for piece in _PIECE.findall(prose) if len(piece) == 1 and piece.islower()}
    return _has_many_slips(prose, names=_LETTERS if letters - _LETTERS else frozenset())


def _has_many_slips(text: str, *, names: frozenset[str]) -> bool:
    """Return whether words of ``text`` often stand where they cannot.

    Those of ``names`` are no words, but behind small words: "when a of the".
    """
    pieces = [piece if piece.isupper() else piece.lower() for piece in _PIECE.findall(text)]
    if names:
        before = [".", *pieces][: len(pieces)]
        pieces = [
            piece.upper() if piece in names and last not in FUNCTION_WORDS - _JOINS else piece
            for last, piece in zip(before, pieces, strict=True)
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


def _is_mostly_terms(text: str) -> bool:
    """Return whether rows of terms make most of the content words.

    A row has four terms; with articles and prepositions before them five, and the text must
    begin with it: "It has the length, the type, …" says something. Under one opening of
    several words ("and also with") four do again.
    """
    cut = _DIVIDER.split(text)
    if len(cut) < FEWEST_TERMS:
        return False
    chunks = [chunk for chunk in map(words, cut) if chunk]
    content = sum(word not in FUNCTION_WORDS for word in words(text))
    if not content or len(chunks) < FEWEST_TERMS:
        return False
    if _in_rows(chunks, FEWEST_TERMS) >= _LEAST_SHARE_OF_TERMS * content:
        return True
    opened = [tuple(takewhile(_OPENING.__contains__, chunk)) for chunk in chunks]
    linked = [chunk[len(link) :] for link, chunk in zip(opened, chunks, strict=True)]
    listed = _in_rows(linked, _FEWEST_LINKED) if is_plain_term(linked[0]) else 0
    if listed >= _LEAST_SHARE_OF_TERMS * content:
        return True
    link, times = Counter(opened).most_common(1)[0]
    if len(link) < _LONG_OPENING or times < FEWEST_TERMS:
        return False
    same = (
        term if one == link else chunk
        for one, term, chunk in zip(opened, linked, chunks, strict=True)
    )
    return _in_rows(same, FEWEST_TERMS) >= _LEAST_SHARE_OF_TERMS * content


def _in_rows(chunks: Iterable[Sequence[str]], fewest: int) -> int:
    """Return how many words stand in rows of at least so many terms."""
    listed = 0
    for plain, row in groupby(chunks, key=is_plain_term):
        terms = list(row)
        if plain and len(terms) >= fewest:
            listed += sum(map(len, terms))
    return listed


def is_plain_term(chunk: Sequence[str]) -> bool:
    """Return whether ``chunk`` is at most three words without grammar, verb or number."""
    says = any(map(_VERB_ENDING.fullmatch, chunk[1:-1]))
    counts = any(map(str.isdecimal, chunk))  # "weights 3 and 4"
    grammar = says or counts or (FUNCTION_WORDS - {"more", "less"}).intersection(chunk)
    return 0 < len(chunk) <= LONGEST_TERM and not grammar


def _longest_run(text: str) -> int:
    """Return how many content words stand side by side at most; signs of a formula part them."""
    longest = run = 0
    for piece in _PIECE.findall(text):
        word = piece.lower().replace("’", "'")
        plain = word.replace("-", "").isalpha() and len(word) > 2
        counts = plain and word not in _PARTS_A_RUN
        run = run + 1 if counts else 0
        longest = max(longest, run)
    return longest


def _is_slip(word: str, following: str) -> bool:
    if word in _ARTICLES:
        return following in _NEVER_AFTER_ARTICLE and (word, following) != ("a", ")")
    if word in _LINKS and following in _NEVER_AFTER_LINK:
        return word not in _OFTEN_BEFORE_AND or following not in {"and", "or"}
    if word in _PREPOSITIONS:
        return following in _FINITE and word not in {"as", "about", "by", "than"}
    if word in _JOINS:
        return _is_slip_of_join(word, following)
    if word in _SUBJECTS:
        return following in _SUBJECTS or following in _ARTICLES or following == "."
    sure = word in _AUXILIARIES - _OFTEN_BEFORE_IS and word != following
    return sure and following in _NEVER_AFTER_AUXILIARY


def _is_slip_of_join(word: str, following: str) -> bool:
    if following == ".":
        return word in _NEVER_LAST
    allowed = word in _OFTEN_BEFORE_AND or (word, following) == ("and", "or")
    return following in {"and", "or", "but"} and not allowed
