"""The judge's numbers: the shipped ones load, others are refused with a reason."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from interviewbot.adapters.judge_files import BUNDLED, read_calibration
from interviewbot.domain.errors import ModelUnavailable

SHIPPED = json.loads(BUNDLED.read_text(encoding="utf-8"))


def test_the_shipped_numbers_are_usable() -> None:
    """They give credit that rises with likeness, and word weights above zero."""
    found = read_calibration()
    assert found.partial_at <= found.covered_at
    assert found.credit(0.0, derived=False) < 0.05
    assert found.credit(1.0, derived=False) > 0.95
    assert min(found.idf.values()) > 0
    assert len(found.idf) > 1_000


def test_the_shipped_numbers_were_fitted_to_the_shipped_encoder() -> None:
    """Another encoder would need other numbers."""
    manifest = json.loads((BUNDLED.parent.parent / "encoder" / "manifest.json").read_text("utf-8"))
    assert SHIPPED["encoder"] == f"{manifest['id']}@{manifest['files']['model.onnx'][:12]}"


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    """Any change of the file is another judge."""
    content = BUNDLED.read_bytes()
    assert read_calibration().digest == hashlib.sha256(content).hexdigest()[:12]
    path = tmp_path / "judge.json"
    path.write_bytes(content + b"\n")
    assert read_calibration(path).digest != read_calibration().digest
    assert read_calibration(path).idf == read_calibration().idf


def changed(**numbers: object) -> bytes:
    """Return the shipped file with ``numbers`` changed; None takes one away."""
    mixed = {**SHIPPED["calibration"], **numbers}
    kept = {name: value for name, value in mixed.items() if value is not None}
    return json.dumps({**SHIPPED, "calibration": kept}).encode()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe{}",
        b"[]",
        b"null",
        b"{}",
        b'{"calibration": []}',
        b'{"calibration": null}',
        changed(slope=None),
        changed(slant=1.0),
        changed(digest="forged"),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes) -> None:
    """No JSON, another shape, a number too few or too many."""
    path = tmp_path / "judge.json"
    path.write_bytes(content)
    with pytest.raises(ModelUnavailable, match=r"judge\.json cannot be read") as caught:
        read_calibration(path)
    assert "install" in caught.value.hint


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    """A folder in its place too."""
    for path in (tmp_path / "none.json", tmp_path):
        with pytest.raises(ModelUnavailable, match="cannot be read"):
            read_calibration(path)
