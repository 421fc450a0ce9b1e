"""The bundled encoder: a text's vectors are its own, and a damaged file is refused."""

from __future__ import annotations

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tests.adapters.made_texts import assert_same

from interviewbot.adapters.onnx_models import BUNDLED, OnnxEncoder
from interviewbot.domain.errors import ModelUnavailable
from interviewbot.ports import Encoder

TEXTS = [
    "Dropout silences random units during training.",
    "no",
    "",
    "Backpropagation isn't magic: it's the chain rule, applied layer by layer.",
    "Überanpassung, naïve café, İstanbul — ﬁne, x² ≤ ∑ᵢ wᵢxᵢ",
    "👍 👩‍👩‍👧 漢字かな",
    "word " * 400,
    "a",
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    """Load the encoder that ships with the package."""
    return OnnxEncoder.load()


def damaged(folder: Path, **files: bytes | None) -> Path:
    """Return ``folder`` with the bundled files, and ``files`` (by stem) changed or missing."""
    for source in BUNDLED.iterdir():
        content = files.get(source.stem, b"")
        if content:
            (folder / source.name).write_bytes(content)
        elif content is not None:
            (folder / source.name).symlink_to(source)
    return folder


def test_neighbours_in_a_call_change_nothing(encoder: Encoder) -> None:
    """Bit for bit: alone, among others, in another order, beside itself."""
    alone = [encoder.encode([text])[0] for text in TEXTS]
    for together in (encoder.encode(TEXTS), encoder.encode(TEXTS[::-1])[::-1]):
        for one, other in zip(alone, together, strict=True):
            assert_same(one, other)
    for twin in encoder.encode([TEXTS[0]] * 5):
        assert_same(twin, alone[0])


def test_threads_may_share_an_encoder(encoder: Encoder) -> None:
    """Calls at the same time do not mix."""
    alone = [encoder.encode([text])[0] for text in TEXTS]
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(encoder.encode, [TEXTS] * 8):
            for one, other in zip(alone, found, strict=True):
                assert_same(one, other)


def test_vectors_have_unit_length(encoder: Encoder) -> None:
    """One for every token, and one for the text; also where it is empty."""
    for text, encoded in zip(TEXTS, encoder.encode(TEXTS), strict=True):
        count = len(encoded.token_ids)
        assert (count == 0) == (text == "")
        assert encoded.spans.shape == (count, 2)
        assert encoded.tokens.shape == (count, encoder.dimension) == encoded.codes.shape
        assert encoded.pooled.shape == (encoder.dimension,)
        assert encoded.pooled.dtype == encoded.tokens.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(encoded.tokens, axis=1), 1, atol=5e-3)
        assert float(np.linalg.norm(encoded.pooled)) == pytest.approx(1, abs=1e-4)


def test_spans_point_at_the_text(encoder: Encoder) -> None:
    """In order and without a hole: what lies between them is white space."""
    for text, encoded in zip(TEXTS, encoder.encode(TEXTS), strict=True):
        end = 0
        for start, after in encoded.spans.tolist():
            assert end <= start < after <= len(text)
            assert not text[end:start].strip()
            end = after


def test_pieces_are_those_of_the_words(encoder: Encoder) -> None:
    """Whatever accents and ligatures become inside, offsets are those of the text as given."""
    text = "The naïve ﬁt isn't İdeal 👍 at 3.5×"
    (encoded,) = encoder.encode([text])
    pieces = [text[start:end] for start, end in encoded.spans.tolist()]
    assert "".join(pieces) == text.replace(" ", "")
    assert pieces[:2] == ["The", "naïve"]
    assert {"isn", "'", "t", "👍", "3", ".", "5"} <= set(pieces)


def test_a_long_text_is_cut(encoder: Encoder) -> None:
    """At 256 word pieces, two of them the model's own; what comes after does not count."""
    (long,) = encoder.encode(["word " * 400])
    assert len(long.token_ids) == 254
    (longer,) = encoder.encode(["word " * 500 + "other"])
    assert_same(long, longer)


def test_a_paraphrase_is_nearer_than_another_subject(encoder: Encoder) -> None:
    """Even without a content word in common."""
    texts = [
        "Dropout switches off neurons by chance.",
        "Hidden units are randomly deactivated.",
        "The harbour is closed on Sunday mornings.",
    ]
    first, near, far = (encoded.pooled for encoded in encoder.encode(texts))
    assert float(first @ near) > float(first @ far) + 0.2


def test_nothing_to_encode() -> None:
    """No text gives no vector, in the right shape."""
    encoder = OnnxEncoder.load()
    assert encoder.encode([]) == []
    assert encoder.pooled([]).shape == (0, encoder.dimension)
    (expected,) = encoder.encode(["a"])
    np.testing.assert_array_equal(encoder.pooled(["a"]), expected.pooled[None])


def test_the_id_names_the_weights(encoder: Encoder) -> None:
    """By the hash of the file, so that other weights get an index of their own."""
    digest = hashlib.sha256((BUNDLED / "model.onnx").read_bytes()).hexdigest()
    name, _, short = encoder.id.partition("@")
    assert name
    assert digest.startswith(short)
    assert len(short) == 12


@pytest.mark.parametrize("stem", ["model", "tokenizer"])
def test_a_damaged_file_is_refused(tmp_path: Path, stem: str) -> None:
    """Cut short or changed, by its hash, before any library reads it."""
    with pytest.raises(ModelUnavailable, match="damaged") as caught:
        OnnxEncoder.load(damaged(tmp_path, **{stem: b"{}"}))
    assert stem in caught.value.message
    assert "install" in caught.value.hint


@pytest.mark.parametrize("stem", ["model", "tokenizer", "manifest"])
def test_a_missing_file_is_named(tmp_path: Path, stem: str) -> None:
    """With what the system says."""
    with pytest.raises(ModelUnavailable, match="No such file") as caught:
        OnnxEncoder.load(damaged(tmp_path, **{stem: None}))
    assert f"{stem}." in caught.value.message


@pytest.mark.parametrize(
    "content",
    [b"{", b"\xff\xfe", b"[]", b"null", b'{"files": {}}', json.dumps({"id": "x"}).encode()],
)
def test_a_damaged_manifest_is_refused(tmp_path: Path, content: bytes) -> None:
    """No JSON, no object, or without what is needed."""
    with pytest.raises(ModelUnavailable, match=r"manifest\.json is damaged"):
        OnnxEncoder.load(damaged(tmp_path, manifest=content))
