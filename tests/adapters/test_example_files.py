"""The judge's examples: the shipped ones fit the corpus, damaged ones are refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.services.made_questions import DROPOUT

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.adapters.example_files import (
    BUNDLED,
    point_digest,
    read_elsewhere,
    read_examples,
)
from interviewbot.domain.calibration import CLASSES
from interviewbot.domain.errors import ModelUnavailable
from interviewbot.domain.grade import Verdict

ROOT = Path(__file__).resolve().parent.parent.parent
INDEX = json.loads((BUNDLED / "examples.json").read_text(encoding="utf-8"))
POINT = DROPOUT.points[0]


def written(folder: Path, labels: str = "02") -> Path:
    """Write two examples of ``POINT`` into ``folder``."""
    place = {"digest": point_digest(POINT), "from": 0, "labels": labels}
    index = {"encoder": "e@1", "examples": 2, "points": {f"{DROPOUT.id}/{POINT.id}": place}}
    (folder / "examples.json").write_text(json.dumps(index), encoding="utf-8")
    np.save(folder / "examples.npy", np.array([[[3, 4], [0, 9]], [[5, 0], [6, 8]]], dtype=np.int8))
    return folder


def test_examples_come_as_unit_vectors_with_their_labels(tmp_path: Path) -> None:
    """The length of a row of codes says nothing."""
    found = read_examples("e@1", written(tmp_path))(DROPOUT, POINT)
    assert found is not None
    labels = [CLASSES[label] for label in found.labels]
    assert labels == [Verdict.COVERED, Verdict.PARTIAL]
    assert np.allclose(found.taught, np.array([[0.6, 0.8], [1, 0]]))
    assert np.allclose(found.plain, np.array([[0, 1], [0.6, 0.8]]))


def test_examples_hold_for_the_text_they_were_written_for(tmp_path: Path) -> None:
    """A point that says something else now, another point, or another encoder has none."""
    of = read_examples("e@1", written(tmp_path))
    assert of(DROPOUT, replace(POINT, text="Dropout does something else.")) is None
    assert of(DROPOUT, DROPOUT.points[1]) is None
    assert of(replace(DROPOUT, id="ZZ0001"), POINT) is None
    assert read_examples("e@2", tmp_path)(DROPOUT, POINT) is None
    reworded = replace(POINT, accept=("Other words for it.",), weight=1.0)
    assert of(DROPOUT, reworded) is not None


def test_the_shipped_examples_fit_the_shipped_corpus_and_encoder() -> None:
    """Whoever changes a point's text has to teach the judge again; five are let pass."""
    manifest = json.loads((BUNDLED.parent / "encoder" / "manifest.json").read_text("utf-8"))
    encoder_id = f"{manifest['id']}@{manifest['files']['model.onnx'][:12]}"
    assert INDEX["encoder"] == encoder_id
    of = read_examples(encoder_id)
    questions = [entry.question for entry in read_corpus([ROOT / "corpus"]).questions]
    without = [
        f"{question.id}/{point.id}"
        for question in questions
        for point in question.points
        if of(question, point) is None
    ]
    assert len(without) <= 5, without


@pytest.mark.parametrize("name", ["examples.npy", "examples.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"nonsense"])
def test_what_is_no_such_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    """Nor one that holds fewer examples than the other says, nor none."""
    folder = written(tmp_path)
    (folder / name).write_bytes(content)
    with pytest.raises(ModelUnavailable, match="cannot be read") as caught:
        read_examples("e@1", folder)
    assert "install" in caught.value.hint
    (folder / name).unlink()
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        read_examples("e@1", folder)


def test_a_file_of_other_length_is_refused(tmp_path: Path) -> None:
    """The two belong together."""
    folder = written(tmp_path)
    np.save(folder / "examples.npy", np.zeros((1, 2, 2), dtype=np.int8))
    with pytest.raises(ModelUnavailable, match="1 examples, not 2"):
        read_examples("e@1", folder)


def test_some_of_all_examples_stand_for_what_is_said_elsewhere(tmp_path: Path) -> None:
    """One in thirty-two, by the taught layers, at unit length; another encoder has none."""
    folder = written(tmp_path)
    codes = np.zeros((64, 2, 2), dtype=np.int8)
    codes[:, 0, 0] = 7
    codes[48, 0] = (3, 4)
    np.save(folder / "examples.npy", codes)
    found = read_elsewhere("e@1", folder)
    assert found is not None
    assert np.allclose(found, np.array([[1, 0], [0.6, 0.8]]))
    assert read_elsewhere("e@2", folder) is None
    (folder / "examples.npy").write_bytes(b"nonsense")
    with pytest.raises(ModelUnavailable, match="cannot be read"):
        read_elsewhere("e@1", folder)
