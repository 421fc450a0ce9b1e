"""The encoder's body in two halves: the lower layers as published, the upper ones trained.

Owns running the halves on texts. What the lower half makes of a text never changes, so that it
is made once; the shipped model runs it once for both encoders too.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch.nn.functional import normalize
from transformers import AutoModel, AutoTokenizer

FROZEN = 2  # layers, and the embeddings
LONGEST = 96  # word pieces of a training text; the longest of them has 90
_AT_ONCE = 64  # texts of like length that share a call


class Body:
    """The published weights; ``upper`` are the layers that are trained."""

    def __init__(self, folder: Path, *, frozen: int = FROZEN) -> None:
        """Load the model in ``folder`` and cut it after ``frozen`` layers."""
        self._tokenizer = AutoTokenizer.from_pretrained(folder)
        self.model = AutoModel.from_pretrained(folder, attn_implementation="sdpa")
        self.model.requires_grad_(requires_grad=False)
        self._lower = self.model.encoder.layer[:frozen]
        self.upper = self.model.encoder.layer[frozen:]
        self.upper.requires_grad_(requires_grad=True)

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def begin(self, texts: Sequence[str]) -> list[torch.Tensor]:
        """Return what the lower half makes of each text: ``[t, d]`` in half precision."""
        self.model.eval()
        ids = [
            self._tokenizer(text, truncation=True, max_length=LONGEST)["input_ids"]
            for text in texts
        ]
        made: list[torch.Tensor] = [torch.empty(0)] * len(ids)
        order = sorted(range(len(ids)), key=lambda n: len(ids[n]))
        for start in range(0, len(order), _AT_ONCE):
            chosen = order[start : start + _AT_ONCE]
            longest = max(len(ids[n]) for n in chosen)
            padded = torch.tensor([ids[n] + [0] * (longest - len(ids[n])) for n in chosen])
            mask = _mask([len(ids[n]) for n in chosen], longest)
            hidden = self.model.embeddings(input_ids=padded)
            for layer in self._lower:
                hidden = _run(layer, hidden, mask)
            for row, n in enumerate(chosen):
                made[n] = hidden[row, : len(ids[n])].half()
        return made

    def finish(self, begun: Sequence[torch.Tensor]) -> torch.Tensor:
        """Return the unit vectors ``[n, d]`` of texts from what the lower half made of them."""
        order = sorted(range(len(begun)), key=lambda n: len(begun[n]))
        found: list[torch.Tensor] = []
        for start in range(0, len(order), _AT_ONCE):
            chosen = order[start : start + _AT_ONCE]
            lengths = [len(begun[n]) for n in chosen]
            hidden = torch.nn.utils.rnn.pad_sequence(
                [begun[n].float() for n in chosen], batch_first=True
            )
            mask = _mask(lengths, hidden.shape[1])
            for layer in self.upper:
                hidden = _run(layer, hidden, mask)
            weight = (mask[:, 0, 0] == 0).unsqueeze(-1).to(hidden.dtype)
            found.append((hidden * weight).sum(1) / weight.sum(1))
        back = torch.empty(len(order), dtype=torch.long)
        back[torch.tensor(order)] = torch.arange(len(order))
        return normalize(torch.cat(found)[back], dim=-1)

    @torch.no_grad()  # type: ignore[untyped-decorator]
    def vectors(self, begun: Sequence[torch.Tensor]) -> torch.Tensor:
        """Return ``finish`` of texts without a trace for training, dropout off."""
        self.model.eval()
        step = 512
        return torch.cat([self.finish(begun[k : k + step]) for k in range(0, len(begun), step)])


def _mask(lengths: Sequence[int], longest: int) -> torch.Tensor:
    """Return what is added to attention: 0 for a token, the least number for padding."""
    inside = torch.arange(longest)[None] < torch.tensor(lengths)[:, None]
    least = torch.finfo(torch.float32).min
    return torch.where(inside, 0.0, least)[:, None, None]


def _run(layer: torch.nn.Module, hidden: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
    made = layer(hidden, mask)
    return made[0] if isinstance(made, tuple) else made
