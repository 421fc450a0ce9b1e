"""The one place where services meet adapters.

Every adapter is imported inside the factory that needs it, so that nobody pays for what
they do not use. Owns which implementation stands behind which port. Refuses to decide
anything else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from interviewbot import __version__
from interviewbot.domain.corpus import Corpus, CorpusEntry
from interviewbot.domain.errors import BadInput, StorageFailed, UnknownQuestion
from interviewbot.domain.language_model import LanguageModel
from interviewbot.domain.question import Question
from interviewbot.ports import (
    EmbeddingCache,
    Encoder,
    Grader,
    Journal,
    QuestionIndex,
    Scheduler,
    Statistics,
)

if TYPE_CHECKING:
    from interviewbot.domain.calibration import Calibration
    from interviewbot.domain.sitting import Choice
    from interviewbot.services.alignment import Passages
    from interviewbot.services.batch import BatchGrading
    from interviewbot.services.conversing import Conversation
    from interviewbot.services.embedding import Embeddings
    from interviewbot.services.grading import Grading
    from interviewbot.services.indexing import Indexing
    from interviewbot.services.job_matching import JobMatching
    from interviewbot.services.known_examples import TaughtOf
    from interviewbot.services.local_judge import LocalJudge
    from interviewbot.services.matching import Matching
    from interviewbot.services.practising import Practice
    from interviewbot.services.searching import Hit
    from interviewbot.vectors import Matrix
    from interviewbot.wiring.language_models import LanguageModels

_SENTENCE_TRANSFORMERS = "st:"


def _silent(_: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, kw_only=True)
class Wiring:
    """Everything a command can ask for, made on first use.

    ``roots`` are the corpus folders, ``home`` the user's data folder, ``notice`` is told of
    repairs in one line each, ``progress`` of long encodings as (done, all). Whole answers of an
    interview are graded by ``judge_name``: ``local`` or ``llm``, the ``language_model``. Without
    ``from_disk`` every text to read is encoded anew, though the cache has it.
    """

    roots: Sequence[Path]
    home: Path
    encoder_name: str = "bundled"
    chroma_url: str = ""
    journal_url: str = field(default="", repr=False)  # it may hold a password
    questions: int = 5
    mock_minutes: float = 6.0
    offline: bool = False
    judge_name: str = "local"
    language_model: LanguageModel = field(default_factory=LanguageModel)
    notice: Callable[[str], None] = _silent
    progress: Callable[[int, int], None] | None = None
    from_disk: bool = True
    _entries: dict[str, CorpusEntry] = field(default_factory=dict, init=False)
    _loading: RLock = field(default_factory=RLock, init=False, repr=False, compare=False)

    @cached_property
    def encoder(self) -> Encoder:
        """The encoder that was asked for."""
        if self.encoder_name.startswith(_SENTENCE_TRANSFORMERS):
            from interviewbot.adapters.torch_models import TorchEncoder

            name = self.encoder_name.removeprefix(_SENTENCE_TRANSFORMERS)
            return TorchEncoder.load(name, offline=self.offline)
        if self.encoder_name != "bundled":
            raise BadInput(
                f"there is no encoder “{self.encoder_name}”",
                "use 'bundled', or 'st:NAME_OR_PATH' for a sentence-transformers model",
            )
        from interviewbot.adapters.blas_threads import use_one_thread
        from interviewbot.adapters.onnx_models import OnnxEncoder

        use_one_thread()
        return OnnxEncoder.load()

    @cached_property
    def calibration(self) -> Calibration:
        """The local judge's numbers."""
        from interviewbot.adapters.judge_files import read_calibration

        return read_calibration()

    @cached_property
    def cache(self) -> EmbeddingCache:
        """The encoded texts on disk."""
        from interviewbot.adapters.embedding_cache import SqliteEmbeddingCache

        path = self._index_home / "embeddings.sqlite"
        return SqliteEmbeddingCache(path, self.encoder.id, self.notice)

    @cached_property
    def embeddings(self) -> Embeddings:
        """Encoded texts: from memory, from disk if allowed, or made."""
        from interviewbot.services.embedding import Embeddings

        return Embeddings(self.encoder, self.cache if self.from_disk else None)

    @cached_property
    def index(self) -> QuestionIndex:
        """The Chroma index of this corpus under this encoder."""
        if self.chroma_url:
            from interviewbot.adapters.chroma_server import ChromaServerIndex

            if self.offline:
                raise BadInput(
                    "--offline allows no Chroma server", "leave --offline or --chroma-url out"
                )
            return ChromaServerIndex(
                self.chroma_url,
                encoder_id=self.encoder.id,
                dimension=self.encoder.dimension,
                notice=self.notice,
            )
        from interviewbot.adapters.chroma_index import ChromaIndex

        return ChromaIndex(
            self._index_folder,
            encoder_id=self.encoder.id,
            dimension=self.encoder.dimension,
            notice=self.notice,
        )

    def other_indexes(self) -> list[Path]:
        """Return the folders of embedded indexes that are not this corpus's and encoder's."""
        found = (self.home / "index").glob("*/chroma-*")
        return [path for path in found if path.is_dir() and path != self._index_folder]

    @cached_property
    def indexing(self) -> Indexing:
        """What keeps the index in step with the corpus."""
        from interviewbot.services.embedding import Embeddings
        from interviewbot.services.indexing import Indexing

        return Indexing(
            index=self.index,
            embeddings=Embeddings(self.encoder, self.cache, progress=self.progress),
            digest=self.corpus_digest,
            load=lambda: (entry.question for entry in self.corpus.questions),
            notice=self.notice,
        )

    def judge(self, timeout: float | None = None) -> LocalJudge:
        """Return the offline judge, which gives an answer up after ``timeout`` seconds."""
        from time import monotonic

        from interviewbot.services.local_judge import LocalJudge

        return LocalJudge(
            encoder_id=self.encoder.id,
            vectors=self.embeddings.kept,
            calibration=self.calibration,
            clock=monotonic,
            timeout=timeout,
            fresh=self.embeddings.fresh,
            taught=self._taught,
            elsewhere=self._elsewhere,
        )

    @cached_property
    def _taught(self) -> TaughtOf:
        from interviewbot.adapters.example_files import read_examples

        return read_examples(self.encoder.id)

    @cached_property
    def _elsewhere(self) -> Matrix | None:
        from interviewbot.adapters.example_files import read_elsewhere

        return read_elsewhere(self.encoder.id)

    def grading(self, timeout: float | None = None) -> Grading:
        """Return the offline grader."""
        from interviewbot.services.grading import Grading

        return Grading(judge=self.judge(timeout), calibration=self.calibration, version=__version__)

    def grader_within(self, timeout: float | None = None) -> Grader:
        """Return what grades whole answers, by the judge that was asked for.

        ``timeout`` is that of the offline judge; a language model's is its own.
        """
        if self.judge_name == "llm":
            return self.language_models.grading(self.grading(timeout))
        return self.grading(timeout)

    @property
    def judge_id(self) -> str:
        """Everything that a verdict depends on but question and answer."""
        local = self.judge().id
        return f"{self.language_models.judge_id} {local}" if self.judge_name == "llm" else local

    def batch(self, timeout: float | None = None) -> BatchGrading:
        """Return the grader of many rows."""
        from interviewbot.services.batch import BatchGrading

        grader = self.grader_within(timeout)
        if self.judge_name != "llm":
            return BatchGrading(grader=grader, question=self.question, encode=self.embeddings)
        return BatchGrading(
            grader=grader,
            question=self.question,
            encode=self.embeddings,
            workers=self.language_model.workers,
            enough=self.language_models.spending.enough,
        )

    @cached_property
    def matching(self) -> Matching:
        """What finds the question of an answer."""
        from interviewbot.services.alignment import TokenWeights
        from interviewbot.services.matching import Matching

        return Matching(
            indexing=self.indexing,
            vectors=self.embeddings,
            weights=TokenWeights(idf=self.calibration.idf, unknown=self.calibration.idf_unknown),
            question=self.question,
        )

    @cached_property
    def journal(self) -> Journal:
        """The candidate's data."""
        from interviewbot.adapters.journal import SqlJournal

        return SqlJournal(self.home, url=self.journal_url, notice=self.notice)

    @cached_property
    def scheduler(self) -> Scheduler:
        """What predicts forgetting."""
        from interviewbot.adapters.fsrs_scheduler import FsrsScheduler

        return FsrsScheduler()

    @cached_property
    def language_models(self) -> LanguageModels:
        """What needs a language model; nothing of it is imported before."""
        from interviewbot.wiring.language_models import LanguageModels

        return LanguageModels(
            chosen=self.language_model, home=self.home, offline=self.offline, notice=self.notice
        )

    @cached_property
    def grader(self) -> Grader:
        """What grades whole answers, by the judge that was asked for."""
        return self.grader_within()

    @cached_property
    def job_matching(self) -> JobMatching:
        """What picks questions for a job text."""
        from interviewbot.services.job_matching import JobMatching

        return JobMatching(indexing=self.indexing, vectors=self.embeddings)

    @cached_property
    def practice(self) -> Practice:
        """What a candidate can do; nothing heavy is loaded before it is needed."""
        import uuid
        from datetime import UTC, datetime

        from interviewbot.adapters.report_files import write_report
        from interviewbot.services.practising import Practice

        return Practice(
            journal=self.journal,
            scheduler=self.scheduler,
            grader=self._load_grader,
            load=lambda: [entry.question for entry in self.corpus.questions],
            one=self.question,
            find=self._find,
            match=self._match,
            render=write_report,
            clock=lambda: datetime.now(UTC),
            new_id=lambda: uuid.uuid4().hex,
            day=lambda moment: moment.astimezone().date(),
            count=self.questions,
            mock_minutes=self.mock_minutes,
            conversation=self._load_conversation if self.judge_name == "llm" else None,
            judged_by=self.language_models.check().id if self.judge_name == "llm" else "",
        )

    @cached_property
    def statistics(self) -> Statistics:
        """The metrics of agreement."""
        from interviewbot.adapters import statistics

        return statistics

    def cosines(self, question: Question, passages: Passages) -> dict[str, float]:
        """Return how near each point's indexed wordings are to a sentence, pooled."""
        from interviewbot.services.explaining import pooled_cosines

        return pooled_cosines(self.indexing, question, passages)

    @cached_property
    def corpus(self) -> Corpus:
        """The whole corpus, checked."""
        from interviewbot.adapters.corpus_files import read_corpus

        return read_corpus(self.roots)

    @cached_property
    def corpus_digest(self) -> str:
        """The digest of the corpus files as they are now."""
        from interviewbot.adapters.corpus_files import corpus_digest

        return corpus_digest(self.roots)

    def question(self, question_id: str) -> Question:
        """Return the question of that id, reading only its file.

        Raises:
            UnknownQuestion: if there is none; the hint names the nearest ids.
        """
        return self.entry(question_id).question

    def entry(self, question_id: str) -> CorpusEntry:
        """Return the question of that id with its place in the corpus."""
        from interviewbot.adapters.corpus_files import find_question, question_ids

        if question_id not in self._entries:
            found = find_question(self.roots, question_id) or find_question(
                self.roots, question_id.upper()
            )
            if found is None:
                raise _unknown(question_id, question_ids(self.roots))
            self._entries[question_id] = found
        return self._entries[question_id]

    # The screens ask from several threads at once; a model is loaded by one of them.

    def _load_grader(self) -> Grader:
        with self._loading:
            return self.grader

    def _load_conversation(self) -> Conversation:
        with self._loading:
            return self.language_models.conversation

    def _find(self, query: str, count: int) -> list[Hit]:
        with self._loading:
            indexing, embeddings = self.indexing, self.embeddings
        from interviewbot.services.searching import search

        return search(indexing, embeddings.fresh([query]), query, count)

    def _match(self, job: str, questions: Sequence[Question], count: int) -> tuple[Choice, ...]:
        with self._loading:
            matching = self.job_matching
        return matching.choose(job, questions, count)

    @property
    def _index_folder(self) -> Path:
        """The folder of the embedded index: one for each list of corpus folders."""
        roots = "\n".join(str(root.resolve()) for root in self.roots)
        name = hashlib.sha256(roots.encode()).hexdigest()[:12]
        return self._index_home / f"chroma-{name}"

    @cached_property
    def _index_home(self) -> Path:
        """The folder of everything derived from this encoder's vectors; made on first use."""
        kept = (c if c.isalnum() or c in "-_." else "-" for c in self.encoder.id)
        folder = self.home / "index" / "".join(kept)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageFailed(
                f"the data folder {self.home} cannot be written: {error.strerror}",
                "set INTERVIEWBOT_HOME to a folder of yours",
            ) from error
        return folder


def _unknown(question_id: str, known: Sequence[str]) -> UnknownQuestion:
    import difflib

    near = difflib.get_close_matches(question_id.upper(), known, n=3, cutoff=0.5)
    hint = f"the nearest ids are {', '.join(near)}" if near else "see 'interviewbot corpus list'"
    return UnknownQuestion(f"there is no question “{question_id}”", hint)
