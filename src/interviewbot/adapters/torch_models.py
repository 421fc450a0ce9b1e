"""Any sentence-transformers model as an encoder; needs the extra ``torch``.

Owns loading such a model and reading its token vectors. Refuses pickled weights and code
from a model's repository. Importing the library takes seconds: nothing here is on the
default path.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from interviewbot.domain.errors import BadInput, ModelUnavailable
from interviewbot.vectors import EncodedText, quantise


class TorchEncoder:
    """Token vectors and pooled vectors by a sentence-transformers model, on the CPU.

    Every text is run alone: padding beside a longer one changes the last bits. On a CPU that
    takes no longer.
    """

    def __init__(self, model: Any, name: str) -> None:
        """Use ``model``; ``load`` makes one from a name or a folder."""
        self._model = model
        self.id: str = f"st-{Path(name).name}@{_digest(model)}"
        self.dimension: int = int(model.get_embedding_dimension())

    @classmethod
    def load(cls, name: str, *, offline: bool = False) -> TorchEncoder:
        """Load the model ``name``: a folder, or a name on the Hugging Face hub.

        A name that is not in the local cache is downloaded, unless ``offline``.

        Raises:
            ModelUnavailable: if the library is not installed, or the model cannot be loaded.
            BadInput: if the name is empty, or the model gives no token vectors.
        """
        if not name:
            raise BadInput("the encoder st: needs a name or a folder", "for example st:./my-model")
        try:
            from safetensors import SafetensorError
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise ModelUnavailable(
                "sentence-transformers is not installed",
                "install interviewbot[torch], or leave --encoder out for the bundled one",
            ) from error
        if offline:
            os.environ["HF_HUB_OFFLINE"] = "1"
        try:
            model = SentenceTransformer(
                name,
                device="cpu",
                trust_remote_code=False,
                local_files_only=offline,
                model_kwargs={"use_safetensors": True},
            )
        except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
            reason = str(error).strip().split("\n")[0]
            raise ModelUnavailable(
                f"the model “{name}” cannot be loaded: {reason}",
                "name a folder or a hub model with safetensors weights",
            ) from error
        if model.tokenizer is None or not getattr(model.tokenizer, "is_fast", False):
            raise BadInput(f"the model “{name}” has no fast tokenizer", "use another model")
        return cls(model, name)

    def encode(self, texts: Sequence[str]) -> list[EncodedText]:
        """Encode ``texts``, in order."""
        return [self._encode(text) for text in texts]

    def _encode(self, text: str) -> EncodedText:
        pieces = self._model.tokenizer(
            text,
            truncation=True,
            max_length=self._model.max_seq_length,
            return_offsets_mapping=True,
            return_special_tokens_mask=True,
        )
        # Without the empty prompt a model's default one would stand before the text.
        (output,) = self._model.encode(
            [text], prompt="", output_value=None, convert_to_numpy=False, show_progress_bar=False
        )
        return _encoded(
            output, pieces["input_ids"], pieces["offset_mapping"], pieces["special_tokens_mask"]
        )


def _encoded(
    output: dict[str, Any], ids: list[int], offsets: list[tuple[int, int]], special: list[int]
) -> EncodedText:
    kept = [index for index, mark in enumerate(special) if not mark]
    hidden = output["token_embeddings"].float().cpu().numpy()[kept]
    norms = np.linalg.norm(hidden, axis=1, keepdims=True)
    codes, scales = quantise((hidden / np.maximum(norms, 1e-12)).astype(np.float32))
    pooled = output["sentence_embedding"].float().cpu().numpy()
    return EncodedText(
        token_ids=np.array([ids[index] for index in kept], dtype=np.int32),
        spans=np.array([offsets[index] for index in kept], dtype=np.int32).reshape(-1, 2),
        codes=codes,
        scales=scales,
        pooled=(pooled / max(float(np.linalg.norm(pooled)), 1e-12)).astype(np.float32),
    )


def _digest(model: Any) -> str:
    """Return a hash of the weights, so that a changed model gets an index of its own."""
    found = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        found.update(name.encode())
        found.update(tensor.cpu().contiguous().float().numpy().tobytes())
    return found.hexdigest()[:12]
