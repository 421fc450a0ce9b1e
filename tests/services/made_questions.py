"""Two small questions without a content word in common."""

from __future__ import annotations

from interviewbot.domain.question import Point, Question

DROPOUT = Question(
    id="AA0001",
    title="Dropout",
    prompt="What does dropout do?",
    points=(
        Point(
            id="silence",
            text="Dropout silences random units during training.",
            weight=2.0,
            accept=("Neurons get switched off by chance.",),
            misconceptions=("Dropout deletes rows from the dataset.",),
            follow_up="What happens to a hidden unit in one step?",
        ),
        Point(
            id="scale",
            text="Surviving activations grow by the inverse keep probability.",
            misconceptions=("Surviving activations shrink.",),
        ),
    ),
)
KERNELS = Question(
    id="AA0002",
    title="Kernels",
    prompt="How is a support vector machine kernelised?",
    points=(
        Point(
            id="products",
            text="Inner products become kernel evaluations.",
            accept=("Every scalar product turns into a similarity function.",),
            follow_up="Which operation changes?",
        ),
        Point(id="dual", text="The dual problem touches examples pairwise."),
    ),
)
BOTH = (DROPOUT, KERNELS)
