"""How much each token of a text counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.services.made_encodings import encode, exact

from interviewbot.services.alignment import PROMPT_SHARE, TokenWeights
from interviewbot.vectors import EncodedText

WEIGHTS = TokenWeights(idf={"dropout": 3.0, "units": 1.0}, unknown=2.0)
NO_PROMPT: frozenset[int] = frozenset()


def weigh(text: str, prompt: str = "") -> dict[str, float]:
    """Return the weight of every token of ``text``."""
    encoded = encode(text)
    ids = frozenset(encode(prompt).token_ids.tolist())
    found = WEIGHTS.of(text, encoded, ids)
    assert found.dtype == np.float32
    pieces = [text[start:end] for start, end in encoded.spans.tolist()]
    return dict(zip(pieces, found.tolist(), strict=True))


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
