"""Token weights and MaxSim: laws, worked cases, and a slow loop to compare with."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.hashed_encoder import HashedEncoder

from interviewbot.domain.text import Span
from interviewbot.services.alignment import (
    PROMPT_SHARE,
    Alignment,
    Claim,
    Passages,
    TokenWeights,
    align,
    nearness,
)
from interviewbot.vectors import EncodedText, Matrix, quantise

WEIGHTS = TokenWeights(idf={"dropout": 3.0, "units": 1.0}, unknown=2.0)
NO_PROMPT: frozenset[int] = frozenset()


def encode(text: str) -> EncodedText:
    """Return ``text`` as the stand-in encoder sees it."""
    return HashedEncoder().encode([text])[0]


def weigh(text: str, prompt: str = "") -> dict[str, float]:
    """Return the weight of every token of ``text``."""
    encoded = encode(text)
    ids = frozenset(encode(prompt).token_ids.tolist())
    found = WEIGHTS.of(text, encoded, ids)
    assert found.dtype == np.float32
    pieces = [text[start:end] for start, end in encoded.spans.tolist()]
    return dict(zip(pieces, found.tolist(), strict=True))


def exact(codes: Sequence[Sequence[int]], scale: float) -> EncodedText:
    """Return a text of two-dimensional tokens ``codes * scale`` that stand beside each other."""
    count = len(codes)
    return EncodedText(
        token_ids=np.arange(count, dtype=np.int32),
        spans=np.array([(2 * i, 2 * i + 1) for i in range(count)], dtype=np.int32).reshape(-1, 2),
        codes=np.array(codes, dtype=np.int8).reshape(count, 2),
        scales=np.full(count, scale, dtype=np.float32),
        pooled=np.array([1, 0], dtype=np.float32),
    )


def passages(*encoded: EncodedText) -> Passages:
    """Return the sentences ``encoded`` with made-up texts."""
    texts = [f"sentence {number}" for number in range(len(encoded))]
    return Passages.of(texts, [Span(n, n + 1) for n in range(len(encoded))], encoded)


@given(text=st.text(max_size=60), prompt=st.text(max_size=20))
@settings(deadline=None)
def test_weights_sum_to_one(text: str, prompt: str) -> None:
    """Unless no token weighs anything; none is negative."""
    encoded = encode(text)
    found = WEIGHTS.of(text, encoded, frozenset(encode(prompt).token_ids.tolist()))
    assert found.shape == encoded.token_ids.shape
    assert float(found.min(initial=0)) >= 0
    assert float(found.sum()) == pytest.approx(1 if found.any() else 0, abs=1e-5)


def test_rare_words_weigh_more() -> None:
    """As much as their inverse document frequency, whatever their case; unknown ones too."""
    found = weigh("Dropout silences UNITS")
    assert found == pytest.approx({"Dropout": 3 / 6, "silences": 2 / 6, "UNITS": 1 / 6})


@pytest.mark.parametrize(
    "text", ["It doesn't, dropout!", "It doesn’t: dropout.", "what is THE dropout?"]
)
def test_function_words_and_marks_weigh_nothing(text: str) -> None:
    """Neither do the pieces of a contraction."""
    found = weigh(text)
    assert found.pop("dropout") == 1
    assert set(found.values()) == {0}


def test_a_piece_of_a_longer_word_is_no_function_word() -> None:
    """What counts is the whole word around a piece."""
    text = "is island"
    spans = np.array([(0, 2), (3, 5), (5, 9)], dtype=np.int32)
    pieces = EncodedText(
        token_ids=np.arange(3, dtype=np.int32),
        spans=spans,
        codes=np.ones((3, 2), dtype=np.int8),
        scales=np.ones(3, dtype=np.float32),
        pooled=np.ones(2, dtype=np.float32),
    )
    assert WEIGHTS.of(text, pieces, NO_PROMPT).tolist() == [0, 0.5, 0.5]


def test_tokens_of_the_prompt_weigh_a_fifth() -> None:
    """The asker said them already."""
    assert PROMPT_SHARE == 0.2
    found = weigh("dropout silences", prompt="What does dropout do?")
    assert found == pytest.approx({"dropout": 0.6 / 2.6, "silences": 2 / 2.6})


def test_a_text_of_function_words_alone_counts_them() -> None:
    """Three of them say something ("it is the same"), marks still nothing."""
    assert weigh("It is the same.") == pytest.approx(
        {"It": 0.25, "is": 0.25, "the": 0.25, "same": 0.25, ".": 0}
    )


@pytest.mark.parametrize("text", ["the", "it is.", "...", " "])
def test_a_text_without_content_weighs_nothing(text: str) -> None:
    """As many zeros as it has tokens."""
    encoded = encode(text)
    found = WEIGHTS.of(text, encoded, NO_PROMPT)
    assert found.tolist() == [0] * len(encoded.token_ids)


def test_offsets_hold_behind_a_letter_that_grows_in_lower_case() -> None:
    """In lower case "İ" is two characters."""
    assert weigh("İİİ is it dropout")["dropout"] == pytest.approx(3 / 5)


@pytest.mark.timeout(30)
def test_a_text_without_spaces_takes_bounded_time() -> None:
    """Time does not grow with the length of a word times the number of its pieces."""
    text = "漢" * 200_000
    many = exact([[1, 0]] * 5_000, 1.0)
    found = WEIGHTS.of(text, many, NO_PROMPT)
    np.testing.assert_allclose(found, 1 / 5_000, rtol=1e-3)


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
    return Claim(text=text, encoded=encoded, weights=WEIGHTS.of(text, encoded, NO_PROMPT))


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
