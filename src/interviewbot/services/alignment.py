"""Late interaction: how much of a claim do the tokens of an answer say?

MaxSim as in ColBERT (Khattab and Zaharia 2020), normalised as BERTScore's recall (Zhang
et al. 2020): every content token of a claim finds its nearest token in the answer, and
their similarities are averaged by weight. The square root of the cosine is averaged
rather than the cosine: half-said counts for more than half, as examiners mark. Owns that
arithmetic. Refuses to turn it into credit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from interviewbot.domain.frames import Stance
from interviewbot.domain.terms import FUNCTION_WORDS
from interviewbot.domain.text import Span
from interviewbot.vectors import EncodedText, Matrix, Vector

_LEAST_FUNCTION_WORDS = 3
PROMPT_SHARE = 0.2  # what a token of the question still counts: the asker said it already
_LONGEST = max(map(len, FUNCTION_WORDS))


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenWeights:
    """How much each word piece counts, by its text."""

    idf: Mapping[str, float]
    unknown: float

    def of(self, text: str, encoded: EncodedText, prompt: frozenset[int]) -> Vector:
        """Return weights float32 ``[t]`` for the tokens of ``text``.

        Function words and punctuation count nothing, tokens of the prompt
        ``PROMPT_SHARE``. A text of at least three function words and nothing else ("it is
        the same") counts each of them; one of less counts nothing at all.
        """
        weights = np.zeros(len(encoded.token_ids), dtype=np.float32)
        functions: list[int] = []
        for index, (start, end) in enumerate(encoded.spans.tolist()):
            piece = text[start:end].lower()  # a lowered text may be longer than the text
            if not any(map(str.isalnum, piece)):
                continue
            if _word_around(text, start, end) in FUNCTION_WORDS:
                functions.append(index)
                continue
            weight = self.idf.get(piece, self.unknown)
            shared = int(encoded.token_ids[index]) in prompt
            weights[index] = weight * PROMPT_SHARE if shared else weight
        if not weights.any() and len(functions) >= _LEAST_FUNCTION_WORDS:
            weights[functions] = 1.0
        total = float(weights.sum())
        return weights / np.float32(total) if total > 0 else weights


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Claim:
    """A claim ready for comparing: ``weights`` float32 ``[t]``, of sum 1 or all 0.

    A sentence whose stance is one of ``deaf_to`` does not count for it: a denial says nothing
    for a claim unless that denies something too.
    """

    text: str
    encoded: EncodedText
    weights: Vector
    deaf_to: frozenset[Stance] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Passages:
    """The sentences of an answer, their tokens end to end.

    ``tokens`` float32 ``[t, d]``; sentence ``i`` owns rows ``bounds[i]:bounds[i + 1]``. The
    texts may be without typography that ``spans``, into the answer, still have.
    """

    texts: tuple[str, ...]
    spans: tuple[Span, ...]
    encoded: tuple[EncodedText, ...]
    stances: tuple[Stance, ...]
    tokens: Matrix
    bounds: tuple[int, ...]

    @classmethod
    def of(
        cls,
        texts: Sequence[str],
        spans: Sequence[Span],
        encoded: Sequence[EncodedText],
        stances: Sequence[Stance] | None = None,
    ) -> Passages:
        """Lay the tokens of ``encoded`` end to end; texts without a token are left out.

        Without ``stances`` everything is said.
        """
        stances = [Stance.SAID] * len(texts) if stances is None else stances
        every = zip(texts, spans, encoded, stances, strict=True)
        kept = [item for item in every if len(item[2].token_ids)]
        bounds = np.cumsum([0, *(len(item[2].token_ids) for item in kept)])
        tokens = (
            np.concatenate([item[2].tokens for item in kept]) if kept else np.zeros((0, 1), "f4")
        )
        return cls(
            texts=tuple(item[0] for item in kept),
            spans=tuple(item[1] for item in kept),
            encoded=tuple(item[2] for item in kept),
            stances=tuple(item[3] for item in kept),
            tokens=tokens.astype(np.float32),
            bounds=tuple(int(bound) for bound in bounds),
        )

    def without(self, sentences: Sequence[int]) -> Passages:
        """Return the passages less those ``sentences``."""
        kept = [number for number in range(len(self.texts)) if number not in sentences]
        return Passages.of(
            [self.texts[number] for number in kept],
            [self.spans[number] for number in kept],
            [self.encoded[number] for number in kept],
            [self.stances[number] for number in kept],
        )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alignment:
    """How near a claim's tokens are to those of an answer, square roots of cosines.

    ``whole`` is the likeness to all sentences together, ``by_sentence`` float32 ``[s]`` to
    each alone, ``by_token`` float32 ``[t]`` each token's best over the whole answer, 0 for a
    token that weighs nothing.
    """

    claim: Claim
    whole: float
    by_sentence: Vector
    by_token: Vector


def align(claims: Sequence[Claim], passages: Passages) -> list[Alignment]:
    """Align every claim with ``passages``, which must hold a sentence."""
    if not claims:
        return []
    weights = np.concatenate([claim.weights for claim in claims])
    counting = np.flatnonzero(weights)  # function words are half of the tokens
    codes = np.concatenate([claim.encoded.codes for claim in claims])[counting]
    scales = np.concatenate([claim.encoded.scales for claim in claims])[counting]
    cosines = (codes.astype(np.float32) * scales[:, None]) @ passages.tokens.T
    best = np.maximum.reduceat(cosines, passages.bounds[:-1], axis=1)
    likeness = np.zeros((len(weights), best.shape[1]), dtype=np.float32)
    likeness[counting] = np.sqrt(np.clip(best, 0.0, 1.0))
    if any(stance is not Stance.SAID for stance in passages.stances):
        likeness *= _heard(claims, passages)
    by_token = likeness.max(axis=1)
    ends = np.cumsum([len(claim.weights) for claim in claims])
    starts = ends - [len(claim.weights) for claim in claims]
    by_sentence = np.add.reduceat(weights[:, None] * likeness, starts, axis=0)
    whole = np.add.reduceat(weights * by_token, starts).tolist()
    return [
        Alignment(
            claim=claim,
            whole=whole[number],
            by_sentence=by_sentence[number],
            by_token=by_token[starts[number] : ends[number]],
        )
        for number, claim in enumerate(claims)
    ]


def _heard(claims: Sequence[Claim], passages: Passages) -> Matrix:
    """Return 1 where a claim's token may be found in a sentence, else 0: float32 ``[t, s]``."""
    rows = [[float(stance not in claim.deaf_to) for stance in passages.stances] for claim in claims]
    lengths = [len(claim.weights) for claim in claims]
    return np.repeat(np.array(rows, dtype=np.float32), lengths, axis=0)


def nearness(left: EncodedText, right: EncodedText, a: Span, b: Span) -> float:
    """Return the best cosine between the tokens of ``left`` in ``a`` and of ``right`` in ``b``."""
    first, second = _inside(left, a), _inside(right, b)
    if not first.any() or not second.any():
        return 0.0
    return float((_tokens(left, first) @ _tokens(right, second).T).max())


def _tokens(encoded: EncodedText, chosen: np.typing.NDArray[np.bool_]) -> Matrix:
    return encoded.codes[chosen].astype(np.float32) * encoded.scales[chosen, None]


def _inside(encoded: EncodedText, span: Span) -> np.typing.NDArray[np.bool_]:
    return (encoded.spans[:, 0] >= span.start) & (encoded.spans[:, 1] <= span.end)


def _word_around(text: str, start: int, end: int) -> str:
    """Return the word that holds ``text[start:end]``, lower case; of a long one only a part.

    It is looked up among function words: one piece of a text without spaces must not cost
    a walk over all of it.
    """
    first, last = max(0, start - _LONGEST), min(len(text), end + _LONGEST)
    while start > first and (text[start - 1].isalnum() or text[start - 1] in "'’"):
        start -= 1
    while end < last and (text[end].isalnum() or text[end] in "'’"):
        end += 1
    return text[start:end].lower().replace("’", "'")
