"""Examples of what says, half-says or denies a point, and how near an answer comes to them.

A point is known by its wordings and misconceptions and, for the shipped questions, by passages
that were written to teach the judge. Owns the likeness of sentences to those of all points of a
question, and the figures that a verdict is made of. Refuses to make the verdict.

Nearest neighbours by class, as in prototypical networks (Snell et al. 2017), but with the nearest
few in place of a mean: people say one thing in very different words. Beside them, for each class
of each point, the direction in which its examples differ from all others of the question (ridge
regression; Hoerl and Kennard 1970): neighbours see what is like an example, directions what makes
the difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from interviewbot.domain.calibration import CLASSES
from interviewbot.domain.frames import Stance
from interviewbot.domain.question import Point, Question
from interviewbot.services.alignment import Passages
from interviewbot.vectors import EncodedText, Matrix, TaughtVectors, Vector

_NEAREST = 3  # examples of a class that count; one is luck, and five did no better
_TEMPERATURE = 0.05  # of cosines, as in training
# A cosine below says no more than that a sentence is about something else; how far below is
# noise, which padding would gather.
_UNRELATED = 0.3
_SOMETHING_ELSE = 0.5  # how near a sentence is to what no example says
# Between a copy and what is merely like it lies little cosine and a great difference: "nearest by
# a copy" is the logarithm of the distance, which this keeps finite.
_NO_DISTANCE = 0.02
_COPIES_WEIGH = 4  # times that logarithm, where sentences are weighed
_RIDGE = 0.1  # what is added to the examples' squares: 0.03 and 0.3 did as well
_ALONG_TEMPERATURE = 0.07
# An example goes 1 far. Below this it is noise, of which padding would gather the most.
_NOT_FAR = 0.2
_ITSELF = 0.99  # cosine, on the grids of the file and of the cache
# A sentence that disowns what it says is no example of saying it; who reports a misconception
# may well know better.
_DEAF = frozenset({Stance.UNCLAIMED, Stance.DENIED})
_FIGURES = (
    "covered",
    "contradicted",
    "partial",
    "missing",
    "nearest",
    "own_text",
    "covered_over_contradicted",
    "covered_over_partial",
    "covered_over_missing",
    "covered_over_other_points",
    "contradicted_over_other_points",
    "share_covered",
    "share_contradicted",
    "share_partial",
    "share_covered_less_contradicted",
    "copy_covered",
    "copy_contradicted",
    "copy_covered_over_contradicted",
)
# The first of ``CLASSES``. How far sentences go in the direction of each: the furthest one,
# then the mean where anything is said of the point, then the furthest in all three together.
_DIRECTIONS = ("covered", "contradicted", "partial")
_ALONG = (
    *(f"along_{name}" for name in _DIRECTIONS),
    *(f"along_mean_{name}" for name in _DIRECTIONS),
    "along_any",
)
FIGURES = (*(f"{body}_{name}" for body in ("taught", "plain") for name in _FIGURES), *_ALONG)


TaughtOf = Callable[[Question, Point], TaughtVectors | None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class KnownExamples:
    """All examples of a question's points, the first of each point its own text.

    ``point`` int ``[n]`` numbers the points, ``label`` int8 ``[n]`` is into ``CLASSES``.
    ``passages`` says of each point whether any passage was written for it. ``directions`` float32
    ``[d, p, 3]`` are those of the taught vectors, 1 for an example of the class and else 0.
    """

    point: NDArray[np.intp]
    label: NDArray[np.int8]
    taught: Matrix
    plain: Matrix
    passages: tuple[bool, ...]
    directions: NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ExampleLikeness:
    """What the examples say of one point: ``figures`` float32 ``[len(FIGURES)]``.

    ``said`` and ``denied`` are the sentences that come nearest to covering and contradicting.
    """

    figures: NDArray[np.float32]
    said: int
    denied: int
    has_passages: bool

    def of(self, name: str) -> float:
        """Return one of the figures by its name."""
        return float(self.figures[FIGURES.index(name)])


def examples_of(
    question: Question,
    encoded: Mapping[str, EncodedText],
    taught: TaughtOf,
    elsewhere: Matrix | None = None,
) -> KnownExamples | None:
    """Return the examples of ``question``; None where its encoder was taught nothing.

    ``elsewhere`` ``[n, d]`` are taught vectors of texts about other questions.
    """
    point: list[int] = []
    label: list[int] = []
    vectors: list[Matrix] = []
    plain: list[Matrix] = []
    passages: list[bool] = []
    for number, one in enumerate(question.points):
        texts = (*one.claims, *one.misconceptions)
        if any(not len(encoded[text].taught) for text in texts):
            return None
        known = taught(question, one)
        passages.append(known is not None)
        labels = [0] * len(one.claims) + [1] * len(one.misconceptions)
        vectors.append(np.stack([encoded[text].taught for text in texts]))
        plain.append(np.stack([encoded[text].pooled for text in texts]))
        if known is not None:
            labels += known.labels.tolist()
            vectors.append(known.taught)
            plain.append(known.plain)
        point += [number] * len(labels)
        label += labels
    points, classes = np.array(point, dtype=np.intp), np.array(label, dtype=np.int8)
    own = np.concatenate(vectors)
    return KnownExamples(
        point=points,
        label=classes,
        taught=own,
        plain=np.concatenate(plain),
        passages=tuple(passages),
        directions=_directions(own, points, classes, len(passages), elsewhere),
    )


def _directions(
    vectors: Matrix,
    point: NDArray[np.intp],
    label: NDArray[np.int8],
    points: int,
    elsewhere: Matrix | None,
) -> NDArray[np.float32]:
    """Return the ridge regression of each class of each point: ``[d, p, 3]``.

    What was said elsewhere belongs to none, but where it is one of the examples itself.
    """
    if elsewhere is not None:
        others = elsewhere[(elsewhere @ vectors.T).max(axis=1) < _ITSELF]
        vectors = np.concatenate([vectors, others])
    target = np.zeros((len(vectors), points, len(_DIRECTIONS)))
    at = np.flatnonzero(label < len(_DIRECTIONS))
    target[at, point[at], label[at]] = 1
    own = vectors.astype(np.float64)
    squares = own @ own.T + _RIDGE * np.eye(len(own))
    found = own.T @ np.linalg.solve(squares, target.reshape(len(own), -1))
    return found.reshape(-1, points, len(_DIRECTIONS)).astype(np.float32)


def compare(examples: KnownExamples, passages: Passages) -> list[ExampleLikeness] | None:
    """Return how near ``passages`` come to each point; None where nothing in them is said."""
    heard = [n for n, stance in enumerate(passages.stances) if stance not in _DEAF]
    if not heard or not all(len(passages.encoded[n].taught) for n in heard):
        return None
    reported = [passages.stances[n] is Stance.REPORTED for n in heard]
    taught = _cosines([passages.encoded[n].taught for n in heard], examples.taught)
    plain = _cosines([passages.encoded[n].pooled for n in heard], examples.plain)
    both = [(_nearness(cosines, examples, reported), cosines) for cosines in (taught, plain)]
    figures = np.concatenate(
        [
            *(_figures(near, cosines, examples) for near, cosines in both),
            _along(np.stack([passages.encoded[n].taught for n in heard]), examples, reported),
        ],
        axis=1,
    )
    near = both[0][0]
    return [
        ExampleLikeness(
            figures=figures[number],
            said=heard[int(near[number, 0].argmax())],
            denied=heard[int(near[number, 1].argmax())],
            has_passages=examples.passages[number],
        )
        for number in range(len(near))
    ]


def _along(
    vectors: Matrix, examples: KnownExamples, reported: Sequence[bool]
) -> NDArray[np.float32]:
    """Return how far sentences ``[s, d]`` go in each point's directions: ``[p, len(_ALONG)]``."""
    along = np.einsum("sd,dpc->psc", vectors, examples.directions)
    along[:, list(reported), 1] = 0.0
    along = np.maximum(along, np.float32(_NOT_FAR))
    either = along.sum(axis=2)
    rows = []
    for own, of_point in zip(along, either, strict=True):
        weight = _weights(of_point / _ALONG_TEMPERATURE)
        rows.append((*own.max(axis=0), *(weight @ own), of_point.max()))
    return np.array(rows, dtype=np.float32)


def _cosines(vectors: Sequence[Vector], examples: Matrix) -> Matrix:
    """Return the cosines of sentences and examples, ``[s, n]``, from ``_UNRELATED`` on."""
    found: Matrix = np.maximum(np.stack(vectors) @ examples.T, np.float32(_UNRELATED))
    return found


def _nearness(cosines: Matrix, examples: KnownExamples, reported: Sequence[bool]) -> Matrix:
    """Return the likeness of every sentence to every class of a point: ``[p, 4, s]``.

    It is the soft mean of the nearest few. What is reported is like no misconception.
    """

    def soft(own: Matrix) -> NDArray[np.float32]:
        count = min(_NEAREST, own.shape[1])
        nearest = np.partition(own, own.shape[1] - count, axis=1)[:, -count:]
        mean = np.exp((nearest - 1) / _TEMPERATURE).mean(axis=1)
        found: NDArray[np.float32] = 1 + _TEMPERATURE * np.log(mean)
        return found

    near = _by_class(cosines, examples, soft)
    near[:, 1, list(reported)] = _UNRELATED
    return near


def _by_class(
    cosines: Matrix, examples: KnownExamples, of: Callable[[Matrix], NDArray[np.float32]]
) -> Matrix:
    """Return ``of`` the cosines to each class of each point: ``[p, 4, s]``.

    To a class without examples everything is unrelated.
    """
    shape = len(examples.passages), len(CLASSES), len(cosines)
    found = np.full(shape, _UNRELATED, dtype=np.float32)
    for number in range(found.shape[0]):
        for label in range(found.shape[1]):
            own = cosines[:, (examples.point == number) & (examples.label == label)]
            if own.shape[1]:
                found[number, label] = of(own)
    return found


def _copies(cosines: Matrix, examples: KnownExamples) -> Matrix:
    """Return how near every sentence is to a copy of any example of a class: ``[p, 4, s]``."""
    nearest = _by_class(cosines, examples, lambda own: own.max(axis=1))
    copies: Matrix = -np.log(1 + _NO_DISTANCE - np.minimum(nearest, 1.0))
    return copies


def _own_text(cosines: Matrix, examples: KnownExamples) -> NDArray[np.float32]:
    """Return the best cosine of each point's own text: ``[p]``."""
    first = [int(np.flatnonzero(examples.point == n)[0]) for n in range(len(examples.passages))]
    own: NDArray[np.float32] = cosines[:, first].max(axis=0)
    return own


def _figures(near: Matrix, cosines: Matrix, examples: KnownExamples) -> NDArray[np.float32]:
    """Return the figures of every point, in the order of ``_FIGURES``: ``[p, f]``.

    One thing over another is the mean over sentences, those near the point weighing most, so that
    neither a sentence about something else nor saying it twice changes much.
    """
    points, _, _ = near.shape
    own_text, copies = _own_text(cosines, examples), _copies(cosines, examples)
    either = np.maximum(near[:, 0], near[:, 1])
    top = np.maximum(near.max(axis=(0, 1)), _SOMETHING_ELSE)
    shares = np.exp((near - top) / _TEMPERATURE)
    shares /= shares.sum(axis=(0, 1)) + np.exp((_SOMETHING_ELSE - top) / _TEMPERATURE)
    rows = []
    for number in range(points):
        covered, contradicted, partial, missing = near[number]
        others = np.delete(either, number, axis=0)
        other = others.max(axis=0) if points > 1 else np.full_like(covered, _UNRELATED)
        weight = _weights(either[number] / _TEMPERATURE)
        share, copy = shares[number], copies[number]
        rows.append(
            (
                covered.max(),
                contradicted.max(),
                partial.max(),
                missing.max(),
                either[number].max(),
                own_text[number],
                weight @ (covered - contradicted),
                weight @ (covered - partial),
                weight @ (covered - missing),
                weight @ (covered - other),
                weight @ (contradicted - other),
                share[0].max(),
                share[1].max(),
                share[2].max(),
                share[0].max() - share[1].max(),
                copy[0].max(),
                copy[1].max(),
                _weights(copy[:2].max(axis=0) * _COPIES_WEIGH) @ (copy[0] - copy[1]),
            )
        )
    return np.array(rows, dtype=np.float32)


def _weights(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return weights of sum 1."""
    odds = np.exp(logits - logits.max())
    found: NDArray[np.float32] = odds / odds.sum()
    return found
