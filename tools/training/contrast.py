"""Teach the upper layers that what says the same lies together, and its reverse apart.

Supervised contrastive learning (Khosla et al. 2020): the examples of a few questions are one
batch; those of one point with one label attract each other and are driven from everything else,
twice as hard from the same point's other labels.
"""

from __future__ import annotations

import math
import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from tools.training.body import Body
from tools.training.examples import Example

from interviewbot.domain.grade import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How to train. ``temperature`` divides cosines; ``hard`` weighs a point's other labels."""

    steps: int = 510
    questions: int = 2
    rate: float = 1.5e-4
    temperature: float = 0.05
    hard: float = 2.0
    related: float = 1.0
    head_rate: float = 1e-3
    warmup: float = 0.08
    decay: float = 0.01
    seed: int = 7


def train(
    body: Body,
    relation: Relation,
    examples: Sequence[Example],
    settings: Settings,
    told: Callable[[int, float], None] | None = None,
    begun: Sequence[torch.Tensor] | None = None,
) -> None:
    """Train ``body``'s upper layers on ``examples``; ``told`` hears step and loss."""
    random.seed(settings.seed)
    torch.manual_seed(settings.seed)
    begun = begun if begun is not None else body.begin([e.text for e in examples])
    of: dict[str, list[int]] = defaultdict(list)
    for number, example in enumerate(examples):
        of[example.question_id].append(number)
    parameters = [*body.upper.parameters(), *relation.parameters()]
    groups = [
        {"params": list(body.upper.parameters()), "lr": settings.rate},
        {"params": list(relation.parameters()), "lr": settings.head_rate},
    ]
    optimiser = torch.optim.AdamW(groups, weight_decay=settings.decay)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda n: _rate(n, settings))
    names: list[str] = []
    for step in range(settings.steps):
        if len(names) < settings.questions:
            fresh = sorted(of)
            random.shuffle(fresh)
            names += fresh
        chosen = [n for _ in range(settings.questions) for n in of[names.pop()]]
        body.model.train()
        vectors = body.finish([begun[n] for n in chosen])
        batch = [examples[n] for n in chosen]
        loss = contrast(batch, vectors, settings) + settings.related * related(
            relation, batch, vectors
        )
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimiser.step()
        schedule.step()
        if told is not None:
            told(step + 1, float(loss.detach()))


def contrast(
    examples: Sequence[Example], vectors: torch.Tensor, settings: Settings
) -> torch.Tensor:
    """Return the loss of unit ``vectors`` ``[n, d]``; what is missing attracts nothing."""
    points = {
        key: n for n, key in enumerate(dict.fromkeys((e.question_id, e.point_id) for e in examples))
    }
    point = torch.tensor([points[e.question_id, e.point_id] for e in examples])
    labels = list(Verdict)
    label = torch.tensor([labels.index(e.label) for e in examples])
    itself = torch.eye(len(examples), dtype=torch.bool)
    same_point = point[:, None] == point[None]
    same_label = label[:, None] == label[None]
    missing = label == labels.index(Verdict.MISSING)
    alike = same_point & same_label & ~itself & ~missing[:, None]
    logits = vectors @ vectors.T / settings.temperature
    logits = logits + math.log(settings.hard) * (same_point & ~same_label)
    logits = logits.masked_fill(itself, -torch.inf)
    # Two examples that do not say the point say nothing about one another.
    logits = logits.masked_fill(same_point & missing[:, None] & missing[None], -torch.inf)
    logs = logits - torch.logsumexp(logits, dim=1, keepdim=True)
    anchors = alike.any(1)
    per_anchor = logs.masked_fill(~alike, 0.0).sum(1)[anchors] / alike.sum(1)[anchors]
    return -per_anchor.mean()


class Relation(torch.nn.Module):  # type: ignore[misc]
    """Says of unit vectors of a text and of a claim how the text stands to the claim.

    Its classes are the verdicts, in their order.
    """

    def __init__(self, dimension: int = 384, width: int = 128) -> None:
        """Make the two layers; ``torch.manual_seed`` decides what they start from."""
        super().__init__()
        self.first = torch.nn.Linear(2 * dimension, width)
        self.second = torch.nn.Linear(width, len(Verdict))
        self.scale = dimension**0.5

    def forward(self, texts: torch.Tensor, claims: torch.Tensor) -> torch.Tensor:
        """Return logits ``[…, 4]`` for vectors ``[…, d]`` that can be broadcast."""
        both = torch.cat([texts * claims * self.scale, (texts - claims).abs()], dim=-1)
        return self.second(torch.nn.functional.gelu(self.first(both * self.scale**0.5)))


def related(relation: Relation, examples: Sequence[Example], vectors: torch.Tensor) -> torch.Tensor:
    """Return the loss of ``relation`` on every example beside every right claim of its question.

    An example of another point says nothing of the claim. The four verdicts weigh the same.
    """
    labels = list(Verdict)
    claims = [n for n, e in enumerate(examples) if e.label is Verdict.COVERED]
    texts, of, truth = [], [], []
    for n, e in enumerate(examples):
        for m in claims:
            claim = examples[m]
            if n == m or e.question_id != claim.question_id:
                continue
            same = e.point_id == claim.point_id
            texts.append(n)
            of.append(m)
            truth.append(labels.index(e.label if same else Verdict.MISSING))
    target = torch.tensor(truth)
    logits = relation(vectors[torch.tensor(texts)], vectors[torch.tensor(of)])
    counts = torch.bincount(target, minlength=len(labels)).clamp(min=1).float()
    weight = counts.rsqrt()
    return torch.nn.functional.cross_entropy(logits, target, weight=weight / weight.sum())


def _rate(step: int, settings: Settings) -> float:
    warm = settings.warmup * settings.steps
    if step < warm:
        return (step + 1) / warm
    return 0.02 + 0.98 * (1 + math.cos(math.pi * (step - warm) / (settings.steps - warm))) / 2
