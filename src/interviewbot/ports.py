"""Everything that the services need from the world, on one page.

Protocols are structural: an adapter does not import this file, mypy checks the
fit where ``wiring`` puts the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from interviewbot.domain.chat import ChatReply, ChatRequest, Json
from interviewbot.domain.grade import Grade, PointGrade, QuestionMatch, Ungraded
from interviewbot.domain.index import IndexRow, Neighbour
from interviewbot.domain.interview import Event
from interviewbot.domain.memory import Memory, OwnVerdict, PointKey, Review
from interviewbot.domain.prompt import RenderedPrompt
from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Draft, Exchange, Sitting
from interviewbot.domain.trial import Trial

if TYPE_CHECKING:  # numpy takes 70 ms, and who practises has not asked for a vector yet
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
        self, human: Sequence[int], machine: Sequence[int], levels: int
    ) -> float | None:
        """Return Cohen's kappa with quadratic weights of levels 0 to ``levels`` - 1."""

    def auc(self, positive: Sequence[bool], machine: Sequence[float]) -> float | None:
        """Return the area under the ROC curve."""

    def f1(self, truth: Sequence[str], machine: Sequence[str], label: str) -> float | None:
        """Return F1 of one label."""

    def macro_f1(
        self, truth: Sequence[str], machine: Sequence[str], labels: Sequence[str]
    ) -> float | None:
        """Return the mean F1 over the labels that occur."""

    def precision(self, truth: Sequence[str], machine: Sequence[str], label: str) -> float | None:
        """Return the share of what was called a label that is one."""

    def recall(self, truth: Sequence[str], machine: Sequence[str], label: str) -> float | None:
        """Return the share of a label that was found."""

    def confusion(
        self, truth: Sequence[str], machine: Sequence[str], labels: Sequence[str]
    ) -> tuple[tuple[int, ...], ...]:
        """Return how often each label (rows) was called each label (columns)."""

    def brier(self, confidence: Sequence[float], right: Sequence[bool]) -> float | None:
        """Return the mean squared gap between confidence and being right."""

    def boosted(
        self,
        features: Sequence[Sequence[float]],
        targets: Sequence[float],
        unseen: Sequence[Sequence[float]],
    ) -> list[float]:
        """Return what trees fitted to ``targets`` say of ``unseen``, the same every time."""

    def mcnemar(self, newly_wrong: int, newly_right: int) -> float:
        """Return p of McNemar's exact test, two-sided; 1 where nothing changed."""


class Grader(Protocol):
    """Grades whole answers, and grades anew where a reply changed a point."""

    def grade(
        self, question: Question, answer: str, match: QuestionMatch | None = None
    ) -> Grade | Ungraded:
        """Return the grade of ``answer``, or why there is none.

        ``match`` says how the question was found, where nobody named it.
        """

    def with_points(self, grade: Grade, points: Sequence[PointGrade]) -> Grade:
        """Return ``grade`` with other ``points``: score, range, band and feedback anew."""


class Scheduler(Protocol):
    """Predicts forgetting, one point at a time."""

    def after(self, memory: Memory | None, review: Review) -> Memory:
        """Return the memory of a point after ``review``; None before the first one."""

    def recall(self, memory: Memory, now: datetime) -> float:
        """Return the probability (0..1) that what ``memory`` holds is remembered at ``now``."""


class Journal(Protocol):
    """The candidate's data. Every call is one transaction, on disk when it returns."""

    def begin(self, sitting: Sitting) -> None:
        """Keep a new sitting, which has no exchanges yet."""

    def tell(
        self,
        sitting: Sitting,
        event: Event,
        learned: Sequence[tuple[Review, Memory]] = (),
    ) -> None:
        """Keep ``event``, after which ``sitting`` stands, and what was learned of memory.

        An event that another window has told already is refused with ``OutOfStep``, and
        nothing of it is kept: neither an answer nor a review can count twice.
        """

    def sitting(self, sitting_id: str) -> Sitting:
        """Return a sitting as the events told so far left it.

        Raises:
            BadInput: if there is none of that id.
        """

    def unfinished(self) -> list[Sitting]:
        """Return the sittings without an end, the latest first."""

    def finished(self, *, limit: int | None = None) -> list[Sitting]:
        """Return the sittings with an end, the latest first."""

    def hold(self, sitting_id: str) -> AbstractContextManager[None]:
        """Hold a sitting for this window alone until the end of the ``with`` block.

        Raises:
            SittingHeld: if another window holds it.
        """

    def save_draft(self, draft: Draft) -> None:
        """Keep ``draft`` in place of the one for the same turn.

        Raises:
            OutOfStep: if that turn is over; another window has handed it in.
        """

    def draft(self, sitting: Sitting) -> Draft | None:
        """Return the draft of the open turn of ``sitting``, if one was saved."""

    def memories(self) -> list[Memory]:
        """Return the memory of every point that was ever reviewed."""

    def reviews(self, key: PointKey | None = None) -> list[Review]:
        """Return the reviews of one point, or of all, the oldest first."""

    def exchanges(self, question_id: str) -> list[tuple[Sitting, Exchange]]:
        """Return every complete exchange about a question, the latest first."""

    def contest(
        self, own: OwnVerdict, review: Review | None = None, memory: Memory | None = None
    ) -> None:
        """Keep ``own`` in place of an earlier one, and with it the review it changes."""

    def own_verdicts(self) -> list[OwnVerdict]:
        """Return every verdict that a candidate set against the judge's, the oldest first."""


class KeptGrades(Protocol):
    """The grades of a run, as far as it has come."""

    def known(self, trial: Trial) -> Grade | Ungraded | None:
        """Return what came of ``trial`` earlier in this run; None where it is to be graded."""

    def keep(self, trial: Trial, result: Grade | Ungraded) -> None:
        """Keep ``result``: it outlives the process from here on."""


class ChatModel(Protocol):
    """A language model behind some provider. Calls may come from several threads."""

    @property
    def id(self) -> str:
        """Provider and model, as in ``openai:gpt-5``."""

    @property
    def endpoint(self) -> str:
        """The address that requests go to, without a key; empty where nothing leaves here."""

    def complete(self, request: ChatRequest, *, timeout: float) -> ChatReply:
        """Return the whole reply within ``timeout`` seconds, slow drips included.

        One attempt: whoever calls decides whether to try again.

        Raises:
            ChatFailed: if no whole reply came, or a model refused.
        """

    def stream(self, request: ChatRequest, *, timeout: float) -> Iterator[str]:
        """Yield the text of a reply in pieces as they come.

        Raises:
            ChatFailed: as in ``complete``; pieces may have come before.
        """


class ReplyCache(Protocol):
    """Replies that were verified, by the hash of all that they depend on."""

    def get(self, key: str) -> Mapping[str, Json] | None:
        """Return the document kept under ``key``, None where there is none that can be read."""

    def put(self, key: str, document: Mapping[str, Json]) -> None:
        """Keep ``document`` in place of an earlier one."""


class Prompts(Protocol):
    """The prompts: shipped ones, and the user's in their place."""

    def render(self, name: str, variables: Mapping[str, object]) -> RenderedPrompt:
        """Return the prompt ``name`` filled with exactly the variables that it names.

        Raises:
            BadInput: if there is none, it is not valid, or the variables are others.
        """
