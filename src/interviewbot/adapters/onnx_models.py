"""The bundled encoder, run by onnxruntime.

Owns loading a model folder (checked by sha256) and the forward passes. Refuses any other
file format. Every text is run alone, on one thread, and as many texts at a time as there
are cores: the int8 model takes its activation scales from what is in a call, so a text
that shared a call with others would get other vectors. It costs nothing: no padding.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from interviewbot.domain.errors import ModelUnavailable
from interviewbot.vectors import EncodedText, Matrix, quantise

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BUNDLED = Path(__file__).resolve().parent.parent / "models" / "encoder"


class OnnxEncoder:
    """Token vectors and pooled vectors of texts, from a folder written by the export tool."""

    def __init__(self, session: Any, tokenizer: Tokenizer, manifest: dict[str, Any]) -> None:
        """Use an onnxruntime ``session``; ``load`` makes one from a folder."""
        self._session = session
        self._tokenizer = tokenizer
        self.id: str = f"{manifest['id']}@{manifest['files']['model.onnx'][:12]}"
        self.dimension: int = manifest["dimension"]

    @classmethod
    def load(cls, folder: Path = BUNDLED) -> OnnxEncoder:
        """Load the model in ``folder``.

        Raises:
            ModelUnavailable: if a file is missing or is not the one the manifest names.
        """
        manifest = _manifest(folder)
        content = {name: _read(folder, name) for name in manifest["files"]}
        for name, expected in manifest["files"].items():
            if hashlib.sha256(content[name]).hexdigest() != expected:
                raise ModelUnavailable(
                    f"{folder / name} is damaged: its sha256 is not the one that was shipped",
                    "install interviewbot again",
                )
        # Some builds of onnxruntime report to their maker, from the import on, unless told not
        # to before it.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        session = onnxruntime.InferenceSession(
            content["model.onnx"], options, providers=["CPUExecutionProvider"]
        )
        tokenizer = Tokenizer.from_buffer(content["tokenizer.json"])
        tokenizer.no_padding()
        tokenizer.enable_truncation(manifest["max_tokens"])
        return cls(session, tokenizer, manifest)

    @cached_property
    def _pool(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(max_workers=os.cpu_count() or 1, thread_name_prefix="encoder")

    def encode(self, texts: Sequence[str]) -> list[EncodedText]:
        """Encode ``texts``, in order; each is cut at the model's 256 word pieces."""
        if len(texts) < 2:
            return [self._encode(text) for text in texts]
        # The longest first: else one core may wait for the other's last, long sentence.
        order = sorted(range(len(texts)), key=lambda number: -len(texts[number]))
        made = self._pool.map(self._encode, [texts[number] for number in order])
        found = dict(zip(order, made, strict=True))
        return [found[number] for number in range(len(texts))]

    def pooled(self, texts: Sequence[str]) -> Matrix:
        """Return only the pooled vectors, float32 ``[n, d]``."""
        found = [encoded.pooled for encoded in self.encode(texts)]
        return np.array(found, dtype=np.float32).reshape(-1, self.dimension)

    def _encode(self, text: str) -> EncodedText:
        encoding = self._tokenizer.encode(text)
        ids = np.array([encoding.ids], dtype=np.int64)
        tokens, pooled, taught = self._session.run(
            None, {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        )
        codes, scales = quantise(tokens[0, 1:-1])  # without [CLS] and [SEP]
        return EncodedText(
            token_ids=ids[0, 1:-1].astype(np.int32),
            spans=np.array(encoding.offsets[1:-1], dtype=np.int32).reshape(-1, 2),
            codes=codes,
            scales=scales,
            pooled=pooled[0],
            taught=taught[0],
        )


def _manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of ``folder`` with its four entries."""
    content = _read(folder, "manifest.json")
    try:
        found = json.loads(content)
        return {name: found[name] for name in ("id", "dimension", "max_tokens", "files")}
    except (ValueError, KeyError, TypeError) as error:
        raise ModelUnavailable(
            f"{folder / 'manifest.json'} is damaged: {error}", "install interviewbot again"
        ) from error


def _read(folder: Path, name: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise ModelUnavailable(
            f"the model file {folder / name} cannot be read: {error.strerror}",
            "install interviewbot again",
        ) from error
