"""A page with a question and its answer, and a good draft of it as a model would send it."""

from __future__ import annotations

import copy
import json
from typing import Any

ANSWER = """\
Teacher forcing feeds the true previous token to the decoder during training, in place of its own \
guess.

- Training is stable and fast, because one early mistake does not spoil the rest of the sequence.
- With a transformer, all positions of a sequence can be computed in parallel, since every input \
is known beforehand.
- At inference the truth is not known, so the model reads its own output. It then meets states \
that it never saw in training; this gap is called exposure bias, and errors add up along the \
sequence.

Scheduled sampling reduces the gap: with a probability that grows during training, a decoder is \
fed its own prediction. It makes training slower, and a curriculum has to be chosen. Other \
remedies train on whole sequences, for instance with a reward for the finished text, so that the \
model learns to live with what it wrote before. In practice large models are trained with plain \
teacher forcing, and data in great amounts hide most of the harm.

$$ \\hat{y}_t = f(y_{<t}, x) $$

So the method trades realism for speed."""

PAGE = f"""\
Author: admin

  • DL0815 Teacher Forcing

    What is teacher forcing, and what does it cost?

    Answer

{chr(10).join(f"    {line}".rstrip() for line in ANSWER.splitlines())}

    Login to view more content
"""

_POINTS: list[dict[str, Any]] = [
    {
        "quote": "feeds the true previous token to the decoder during training",
        "id": "true-inputs",
        "text": "While training, the decoder gets the true previous token as its input.",
        "weight": 2,
        "accept": [
            "Ground truth conditions each step, whatever was predicted.",
            "You just hand it the right word and carry on, even if it got it wrong.",
            "If it says dog where the target has cat, cat goes in next.",
        ],
        "misconceptions": [
            "A larger network supplies soft labels for the smaller one.",
            "The correct symbol is fed in only after a wrong guess.",
        ],
        "follow_up": "What does each step see when the weights are learned?",
    },
    {
        "quote": "all positions of a sequence can be computed in parallel",
        "id": "parallel",
        "text": "A transformer can compute all positions of a sequence in parallel.",
        "weight": 1,
        "accept": [
            "One masked pass handles every time step simultaneously.",
            "You don't have to wait for word three before doing word four.",
            "A hundred tokens need a single forward run instead of a hundred.",
        ],
        "misconceptions": [
            "Recurrent networks gain just as much speed from it, step for step.",
            "Generation becomes concurrent as well, without waiting for earlier words.",
        ],
        "follow_up": "Why does it suit modern hardware?",
    },
    {
        "quote": "this gap is called exposure bias, and errors add up along the sequence",
        "id": "exposure-bias",
        "text": "At inference the model reads its own output, a gap called exposure bias.",
        "weight": 2,
        "accept": [
            "Deployment conditions on samples, unlike fitting, hence a distribution shift.",
            "Later on it has to live with whatever it wrote, which it never practised.",
            "After one wrong word the remaining twenty drift off.",
        ],
        "misconceptions": [
            "The mismatch vanishes as soon as the training loss is low.",
            "Beam search removes the mismatch between both phases.",
        ],
        "follow_up": "What is different once nobody provides the truth?",
    },
    {
        "quote": "with a probability that grows during training, a decoder is fed its own",
        "id": "scheduled-sampling",
        "text": "Scheduled sampling feeds predictions with a growing probability.",
        "weight": 1,
        "accept": [
            "A curriculum mixes model samples into the history more and more often.",
            "Bit by bit you let it use what it came up with itself.",
            "Ten percent of the inputs at first are guesses, half of them in the end.",
        ],
        "misconceptions": [
            "The share of guessed tokens shrinks as epochs go by.",
            "The training examples are sorted from short to long.",
        ],
        "follow_up": "How could one soften the change between the two phases?",
    },
]
_DRAFT: dict[str, Any] = {
    "answer_start": "Teacher forcing feeds the true previous token",
    "answer_end": "So the method trades realism for speed",
    "title": "Teacher forcing",
    "prompt": "What is teacher forcing, and what does it cost?",
    "topic": "deep-learning",
    "level": "intermediate",
    "tags": ["sequences", "training"],
    "points": _POINTS,
}


def drafted() -> dict[str, Any]:
    """Return a good draft, to be changed at will."""
    return copy.deepcopy(_DRAFT)


def reply(**changed: Any) -> str:
    """Return a good draft as a model sends it, with some fields ``changed``."""
    return json.dumps(drafted() | changed, ensure_ascii=False)


def reply_with_point(number: int, **changed: Any) -> str:
    """Return a good draft with some fields of the point ``number`` (from 0) changed."""
    draft = drafted()
    draft["points"][number].update(changed)
    return json.dumps(draft, ensure_ascii=False)
