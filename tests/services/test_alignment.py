"""MaxSim: worked cases, and a slow loop to compare with."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from tests.services.made_encodings import encode, exact

from interviewbot.domain.text import Span
from interviewbot.services.alignment import (
    Alignment,
    Claim,
    Passages,
    TokenWeights,
    align,
    nearness,
)
from interviewbot.vectors import EncodedText, Matrix, quantise

WEIGHTS = TokenWeights(idf={}, unknown=1.0)


def passages(*encoded: EncodedText) -> Passages:
    """Return the sentences ``encoded`` with made-up texts."""
    texts = [f"sentence {number}" for number in range(len(encoded))]
    return Passages.of(texts, [Span(n, n + 1) for n in range(len(encoded))], encoded)


def test_sentences_lie_end_to_end() -> None:
    """Each owns the rows between its bounds; one without a token is left out."""
    one, none, two = exact([[1, 0]], 1.0), exact([], 1.0), exact([[0, 1], [1, 0]], 1.0)
    found = Passages.of(
        ["one", "none", "two"], [Span(0, 3), Span(4, 8), Span(9, 12)], [one, none, two]
    )
    assert found.texts == ("one", "two")
    assert found.spans == (Span(0, 3), Span(9, 12))
    assert found.encoded == (one, two)
    assert found.bounds == (0, 1, 3)
    assert found.tokens.tolist() == [[1, 0], [0, 1], [1, 0]]
    assert found.tokens.dtype == np.float32


def test_no_sentence_at_all() -> None:
    """Passages may be empty."""
    assert Passages.of([], [], []).bounds == (0,)
    assert Passages.of([""], [Span(0, 0)], [exact([], 1.0)]).texts == ()


def test_align_by_hand() -> None:
    """Two tokens against two sentences, square roots of cosines, weighted 3 to 1."""
    claim = Claim(
        text="claim", encoded=exact([[1, 0], [0, 1]], 1.0), weights=np.array([0.75, 0.25], "f4")
    )
    (found,) = align([claim], passages(exact([[3, 4]], 0.2), exact([[5, 0], [-5, 0]], 0.2)))
    assert found.by_token.tolist() == pytest.approx([1, math.sqrt(0.8)])
    first = 0.75 * math.sqrt(0.6) + 0.25 * math.sqrt(0.8)
    assert found.by_sentence.tolist() == pytest.approx([first, 0.75])  # below 0 is 0
    assert found.whole == pytest.approx(0.75 + 0.25 * math.sqrt(0.8))
    assert found.claim is claim


def test_the_same_words_align_fully() -> None:
    """A claim that is said in other sentences' order is found whole, but not in one of them."""
    claim = _claim("dropout silences units")
    texts = ["units rest", "silences here", "dropout"]
    spans = [Span(0, 1)] * 3
    (found,) = align([claim], Passages.of(texts, spans, [encode(text) for text in texts]))
    assert found.whole == pytest.approx(1, abs=1e-3)
    assert float(found.by_sentence.max()) < 0.8


def test_nothing_to_align() -> None:
    """No claim gives no alignment."""
    assert align([], passages(exact([[1, 0]], 1.0))) == []


def _claim(text: str) -> Claim:
    encoded = encode(text)
    return Claim(text=text, encoded=encoded, weights=WEIGHTS.of(text, encoded, frozenset()))


def _random(dice: np.random.Generator, tokens: int) -> EncodedText:
    vectors = dice.normal(size=(tokens, 8)).astype(np.float32)
    unit: Matrix = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    codes, scales = quantise(unit)
    return EncodedText(
        token_ids=np.arange(tokens, dtype=np.int32),
        spans=np.zeros((tokens, 2), dtype=np.int32),
        codes=codes,
        scales=scales,
        pooled=unit[0],
    )


def _random_claim(dice: np.random.Generator) -> Claim:
    encoded = _random(dice, int(dice.integers(1, 6)))
    weights = dice.random(len(encoded.token_ids)).astype(np.float32)
    return Claim(text="claim", encoded=encoded, weights=weights / weights.sum())


def _slowly(claim: Claim, sentences: Sequence[EncodedText]) -> tuple[float, list[float]]:
    """Return ``whole`` and ``by_sentence`` token by token."""
    whole, by_sentence = 0.0, [0.0] * len(sentences)
    for weight, ours in zip(claim.weights.tolist(), claim.encoded.tokens, strict=True):
        best = []
        for number, sentence in enumerate(sentences):
            cosine = max(float(np.dot(ours, theirs)) for theirs in sentence.tokens)
            best.append(math.sqrt(min(1.0, max(0.0, cosine))))
            by_sentence[number] += weight * best[-1]
        whole += weight * max(best)
    return whole, by_sentence


@pytest.mark.parametrize("seed", range(20))
def test_align_agrees_with_a_slow_loop(seed: int) -> None:
    """For random claims and sentences of all lengths."""
    dice = np.random.default_rng(seed)
    claims = [_random_claim(dice) for _ in range(5)]
    sentences = [_random(dice, int(dice.integers(1, 7))) for _ in range(int(dice.integers(1, 6)))]
    for claim, found in zip(claims, align(claims, passages(*sentences)), strict=True):
        whole, by_sentence = _slowly(claim, sentences)
        assert found.whole == pytest.approx(whole, abs=1e-5)
        assert found.by_sentence.tolist() == pytest.approx(by_sentence, abs=1e-5)


def _numbers(found: Alignment) -> list[float]:
    return [found.whole, *found.by_sentence.tolist(), *found.by_token.tolist()]


def test_several_claims_at_once_are_as_one_by_one() -> None:
    """Claims do not see each other."""
    dice = np.random.default_rng(7)
    claims = [_random_claim(dice) for _ in range(9)]
    sentences = passages(*(_random(dice, 4) for _ in range(3)))
    for claim, together in zip(claims, align(claims, sentences), strict=True):
        (alone,) = align([claim], sentences)
        assert together.claim is claim
        assert _numbers(together) == pytest.approx(_numbers(alone), abs=1e-6)


def test_nearness_is_the_best_cosine_inside_the_spans() -> None:
    """Only tokens that lie wholly inside count."""
    ours = exact([[5, 0], [3, 4], [0, 5]], 0.2)  # spans 0-1, 2-3, 4-5
    theirs = exact([[5, 0], [0, 5]], 0.2)
    assert nearness(ours, theirs, Span(0, 1), Span(2, 3)) == pytest.approx(0)
    assert nearness(ours, theirs, Span(0, 3), Span(2, 3)) == pytest.approx(0.8)
    assert nearness(ours, theirs, Span(0, 5), Span(0, 3)) == pytest.approx(1)


@pytest.mark.parametrize("span", [Span(1, 2), Span(5, 9), Span(0, 0)])
def test_nearness_of_no_token_is_zero(span: Span) -> None:
    """A span between tokens, or behind the last, is near to nothing."""
    text = exact([[5, 0], [0, 5]], 0.2)
    assert nearness(text, text, span, Span(0, 3)) == 0
    assert nearness(text, text, Span(0, 3), span) == 0
