"""Everything that the services need from the world, on one page.

Protocols are structural: an adapter does not import this file, mypy checks the
fit where ``wiring`` puts the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from interviewbot.domain.grade import PointGrade
from interviewbot.domain.index import IndexRow, Neighbour
from interviewbot.domain.question import Question
from interviewbot.vectors import EncodedText, Matrix, Vector


class Encoder(Protocol):
    """Turns texts into token vectors and one pooled vector each.

    A text's vectors depend on that text alone, never on its neighbours in a call.
    """

    @property
    def id(self) -> str:
        """Name and content hash of the model: two encoders with one id are the same."""

    @property
    def dimension(self) -> int:
        """The length of every vector."""

    def encode(self, texts: Sequence[str]) -> list[EncodedText]:
        """Encode ``texts``, in order."""


class EmbeddingCache(Protocol):
    """Keeps what an encoder made of a text, by the text's content."""

    def get(self, texts: Sequence[str]) -> dict[str, EncodedText]:
        """Return those of ``texts`` that are kept."""

    def put(self, encoded: Mapping[str, EncodedText]) -> None:
        """Keep ``encoded``; what is there already stays."""


class IndexWriter(Protocol):
    """One update of the index, seen by nobody until it is done."""

    def present(self) -> dict[str, str]:
        """Return row id to row digest of what the index holds."""

    def apply(
        self,
        *,
        add: Iterable[tuple[IndexRow, Vector]],
        remove: Sequence[str],
    ) -> None:
        """Remove the row ids in ``remove``, then add rows with their vectors."""


class QuestionIndex(Protocol):
    """Questions and points as pooled vectors, for nearest-neighbour queries."""

    def digest(self) -> str | None:
        """Return the digest of the corpus that is indexed; None where nothing is."""

    def update(self, digest: str) -> AbstractContextManager[IndexWriter]:
        """Open an update that, once done, stands for the corpus with that ``digest``."""

    def vectors(self, row_ids: Sequence[str]) -> dict[str, Vector]:
        """Return the stored vectors of those of ``row_ids`` that are there."""

    def nearest(self, vectors: Matrix, *, kind: str, count: int) -> list[list[Neighbour]]:
        """Return for every row of ``vectors`` ``[n, dimension]`` its ``count`` nearest rows.

        Only rows of ``kind`` count; the nearest come first.
        """


class Judge(Protocol):
    """Gives a verdict for every point of a question."""

    @property
    def id(self) -> str:
        """What goes into the receipt: name, models and their hashes."""

    def judge(self, question: Question, answer: str) -> tuple[PointGrade, ...]:
        """Judge ``answer``, one grade a point, in the order of the points."""


class Statistics(Protocol):
    """The metrics of agreement; a figure that does not exist is None. Scores are on 0..1."""

    def pearson(self, human: Sequence[float], machine: Sequence[float]) -> float | None:
        """Return Pearson's r."""

    def spearman(self, human: Sequence[float], machine: Sequence[float]) -> float | None:
        """Return Spearman's rank correlation."""

    def partial_correlation(
        self, human: Sequence[float], machine: Sequence[float], given: Sequence[float]
    ) -> float | None:
        """Return the correlation beyond what ``given`` explains linearly."""

    def within_groups(
        self, human: Sequence[float], machine: Sequence[float], groups: Sequence[str]
    ) -> float | None:
        """Return the mean over groups of Pearson's r."""

    def rmse(self, human: Sequence[float], machine: Sequence[float]) -> float:
        """Return the root of the mean squared error."""

    def mae(self, human: Sequence[float], machine: Sequence[float]) -> float:
        """Return the mean absolute error."""

    def quadratic_weighted_kappa(
        self, human: Sequence[float], machine: Sequence[float]
    ) -> float | None:
        """Return Cohen's kappa with quadratic weights over bands of score."""

    def auc(self, positive: Sequence[bool], machine: Sequence[float]) -> float | None:
        """Return the area under the ROC curve."""

    def f1(self, truth: Sequence[str], machine: Sequence[str], label: str) -> float | None:
        """Return F1 of one label."""

    def macro_f1(
        self, truth: Sequence[str], machine: Sequence[str], labels: Sequence[str]
    ) -> float | None:
        """Return the mean F1 over the labels that occur."""

    def recall(self, truth: Sequence[str], machine: Sequence[str], label: str) -> float | None:
        """Return the share of a label that was found."""

    def expected_calibration_error(
        self, confidence: Sequence[float], right: Sequence[bool]
    ) -> float | None:
        """Return the mean gap between confidence and accuracy."""

    def bootstrap_interval(
        self, figure: Callable[[Sequence[int]], float | None], groups: Sequence[str]
    ) -> tuple[float, float] | None:
        """Return the 95 % interval of a figure of row numbers, resampling whole groups."""
