"""The offline judge: evidence by late interaction, credit by a calibrated curve.

Owns the verdict of one point, from its signals. Refuses to add points up, to find the
question, or to fetch vectors itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from interviewbot.domain.calibration import Calibration
from interviewbot.domain.errors import CouldNotGrade
from interviewbot.domain.folding import folded
from interviewbot.domain.grade import Evidence, PointGrade, Verdict, verdict_of
from interviewbot.domain.language import is_foreign
from interviewbot.domain.passages import read
from interviewbot.domain.question import Point, Question
from interviewbot.domain.text import one_line
from interviewbot.services.alignment import Passages, TokenWeights
from interviewbot.services.claims import PointAlignments, PointClaims, align_points, claims_of
from interviewbot.services.combining import Combiner, is_known_example
from interviewbot.services.denying import without_denied
from interviewbot.services.known_examples import (
    ExampleLikeness,
    KnownExamples,
    TaughtOf,
    compare,
    examples_of,
)
from interviewbot.services.order import out_of_order
from interviewbot.services.signals import PointSignals, signals_of
from interviewbot.vectors import EncodedText, Matrix

_SENTENCES_AT_ONCE = 64
_MOST_SENTENCES = 5_000  # a book's chapter; more would take minutes and gigabytes
_QUESTIONS_READY = 64  # each holds on to half a megabyte of encoded texts

TextVectors = Callable[[Sequence[str]], Mapping[str, EncodedText]]


@dataclass(frozen=True, kw_only=True)
class LocalJudge:
    """Judges with one pass of the encoder over the answer.

    ``vectors`` gives a question's texts, encoded, and may keep them. ``fresh`` gives those of
    an answer, or of a reference that comes with it, which are not kept anywhere.
    ``taught`` finds the passages about a point, ``elsewhere`` are vectors of some about others.
    An answer that takes longer than ``timeout`` seconds by ``clock`` is given up.
    """

    encoder_id: str
    vectors: TextVectors
    calibration: Calibration
    clock: Callable[[], float]
    timeout: float | None = None
    fresh: TextVectors | None = None
    taught: TaughtOf | None = None
    elsewhere: Matrix | None = None
    _ready: dict[Question, tuple[dict[str, PointClaims], KnownExamples | None]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def id(self) -> str:
        """Name, encoder and the digest of the numbers."""
        return f"local:{self.encoder_id}:{self.calibration.digest}"

    def judge(self, question: Question, answer: str) -> tuple[PointGrade, ...]:
        """Judge ``answer`` against the points of ``question``, in their order.

        Raises:
            CouldNotGrade: if it takes longer than the timeout, a point has no words, or the
                answer is not in English and the points are.
        """
        if self._cannot_read(question, answer):
            raise CouldNotGrade(
                "the answer is not in English, which is all the offline judge reads"
            )
        signals = self.signals(question, answer)
        if signals is None:
            return tuple(_nothing_said(point) for point in question.points)
        passages, found = signals
        return tuple(
            self._verdict(point, passages, found[point.id], answer, derived=question.derived)
            for point in question.points
        )

    @staticmethod
    def _cannot_read(question: Question, answer: str) -> bool:
        if question.derived or not is_foreign(folded(answer).text):
            return False
        return not is_foreign(" ".join(point.text for point in question.points))

    def signals(
        self, question: Question, answer: str
    ) -> tuple[Passages, dict[str, PointSignals]] | None:
        """Return the answer's sentences and every point's signals; None without a claim."""
        passages = self.passages(question, answer)
        if not passages.texts:
            return None
        found, passages = self._aligned(question, passages)
        if not passages.texts:
            return None
        for name, point in found.items():
            if not point.right:
                raise CouldNotGrade(f"the point {name} holds no word to compare with")
        # What a sentence says for any point: the wording of one point may well be close to
        # a misconception about its sister ("L2 adds the squares" to "L1 adds the squares").
        explained = np.max(
            [item.by_sentence for point in found.values() for item in point.right], axis=0
        )
        measured = {
            name: signals_of(point.right, point.wrong, explained, passages)
            for name, point in found.items()
        }
        return passages, self._with_chances(question, measured, passages)

    def _with_chances(
        self, question: Question, measured: dict[str, PointSignals], passages: Passages
    ) -> dict[str, PointSignals]:
        """Add what the examples of the points say, where there are any and a fit for them."""
        _, examples = self._prepared(question)
        near = compare(examples, passages) if examples else None
        if near is None:
            return measured
        return {
            name: replace(signals, likeness=likeness, chances=self._chances(signals, likeness))
            for (name, signals), likeness in zip(measured.items(), near, strict=True)
        }

    def _chances(
        self, signals: PointSignals, likeness: ExampleLikeness
    ) -> Mapping[Verdict, float] | None:
        combiner = self._combiner(likeness)
        return combiner.chances(signals, likeness) if combiner else None

    def _combiner(self, likeness: ExampleLikeness) -> Combiner | None:
        return self._combiners[likeness.has_passages] if self._combiners else None

    @cached_property  # the one for points that nobody taught, and the one for the others
    def _combiners(self) -> tuple[Combiner, Combiner] | None:
        taught, new = self.calibration.taught, self.calibration.new
        return (Combiner(new), Combiner(taught)) if taught and new else None

    def _aligned(
        self, question: Question, passages: Passages
    ) -> tuple[dict[str, PointAlignments], Passages]:
        """Align, and again without what is a claim's words mixed up, or a sister point denied."""
        claims, _ = self._prepared(question)
        found = align_points(claims, passages)
        if question.derived:
            return found, passages
        # Not of misconceptions: the truth may be one with its words in another order.
        right = (item for point in found.values() for item in point.right)
        mixed = out_of_order(right, passages)
        if mixed:
            passages = passages.without(mixed)
            if not passages.texts:
                return found, passages
            found = align_points(claims, passages)
        return without_denied(claims, found, passages), passages

    def _prepared(self, question: Question) -> tuple[dict[str, PointClaims], KnownExamples | None]:
        """Return claims and examples of ``question``, made ready once for many answers."""
        if question not in self._ready:
            if len(self._ready) >= _QUESTIONS_READY:
                self._ready.clear()
            weights = TokenWeights(idf=self.calibration.idf, unknown=self.calibration.idf_unknown)
            encode = self.fresh if self.fresh and question.derived else self.vectors
            encoded = encode(question.texts)
            examples = None
            if self.taught is not None and not question.derived:
                examples = examples_of(question, encoded, self.taught, self.elsewhere)
            self._ready[question] = claims_of(question, encoded, weights), examples
        return self._ready[question]

    def passages(self, question: Question, answer: str) -> Passages:
        """Return those sentences of ``answer`` that claim something, encoded."""
        begun = self.clock()
        said = read(question, answer).statements
        if len(said) > _MOST_SENTENCES:
            raise CouldNotGrade(
                f"the answer holds {len(said)} different sentences;"
                f" at most {_MOST_SENTENCES} can be graded"
            )
        texts = [statement.text for statement in said]
        encoded: dict[str, EncodedText] = {}
        encode = self.fresh or self.vectors
        for start in range(0, len(texts), _SENTENCES_AT_ONCE):
            encoded.update(encode(texts[start : start + _SENTENCES_AT_ONCE]))
            if self.timeout is not None and self.clock() - begun > self.timeout:
                raise CouldNotGrade(f"grading took longer than {self.timeout:g} s")
        return Passages.of(
            texts,
            [statement.span for statement in said],
            [encoded[text] for text in texts],
            [statement.stance for statement in said],
        )

    def _verdict(
        self, point: Point, passages: Passages, signals: PointSignals, answer: str, *, derived: bool
    ) -> PointGrade:
        verdict, credit, confidence = self._decided(signals, derived=derived)
        evidence = None
        if verdict is not Verdict.MISSING:
            evidence = Evidence.of(answer, passages.spans[self._quoted(signals, verdict)])
        return PointGrade(
            id=point.id,
            text=point.text,
            weight=point.weight,
            verdict=verdict,
            credit=round(credit, 4),
            confidence=round(confidence, 4),
            evidence=evidence,
            reason=self._reason(verdict, signals),
            follow_up=point.follow_up,
        )

    def _decided(self, signals: PointSignals, *, derived: bool) -> tuple[Verdict, float, float]:
        """Return verdict, credit and confidence."""
        combiner = self._combiner(signals.likeness) if signals.likeness else None
        if combiner and signals.chances:
            verdict, credit = combiner.decided(signals.chances)
            confidence = signals.chances[verdict]
        else:
            credit = self.calibration.credit(signals.raw, derived=derived)
            verdict = verdict_of(credit)
            confidence = self.calibration.confidence(signals.raw, verdict, derived=derived)
        if verdict is not Verdict.CONTRADICTED and self.contradicts(signals):
            verdict, credit = Verdict.CONTRADICTED, 0.0
            confidence = self.calibration.contradiction_confidence
        return verdict, credit, confidence

    def contradicts(self, signals: PointSignals) -> bool:
        """Return whether ``signals`` are those of a point that the answer contradicts."""
        calibration, likeness = self.calibration, signals.sentence_likeness
        if self._says_a_misconception(signals):
            return True
        if _is_right(signals, signals.denying_sentence):
            return False
        return (
            (bool(signals.opposed) and likeness >= calibration.opposition_at)
            or (signals.negated and likeness >= calibration.negation_at)
            or signals.denied
        )

    def _says_a_misconception(self, signals: PointSignals) -> bool:
        if signals.misconception_denied or _is_right(signals, signals.wrong_sentence):
            return False
        return self.calibration.is_misconception(
            signals.misconception_likeness, signals.misconception_margin
        )

    def _reason(self, verdict: Verdict, signals: PointSignals) -> str:
        if verdict is Verdict.CONTRADICTED and not self.contradicts(signals):
            return "Reads more like what gets this wrong than like what says it."
        return _reason(verdict, signals)

    def _quoted(self, signals: PointSignals, verdict: Verdict) -> int:
        """Return the sentence that the verdict rests on."""
        if verdict is not Verdict.CONTRADICTED:
            return signals.likeness.said if signals.likeness else signals.sentence
        if signals.wrong_sentence is not None and self._says_a_misconception(signals):
            return signals.wrong_sentence
        if signals.likeness and not self.contradicts(signals):
            return signals.likeness.denied
        return signals.denying_sentence


def _is_right(signals: PointSignals, sentence: int | None) -> bool:
    return signals.likeness is not None and is_known_example(signals.likeness, sentence)


def _nothing_said(point: Point) -> PointGrade:
    return PointGrade(
        id=point.id,
        text=point.text,
        weight=point.weight,
        verdict=Verdict.MISSING,
        credit=0.0,
        confidence=0.99,
        evidence=None,
        reason="The answer makes no statement that could be compared with this point.",
        follow_up=point.follow_up,
    )


def _reason(verdict: Verdict, signals: PointSignals) -> str:
    lost = ", ".join(one_line(word) for word in signals.unmatched)
    if verdict is Verdict.CONTRADICTED:
        if signals.opposed:
            pair = signals.opposed[0]
            return f"Says “{pair.said}” where the point needs “{pair.claimed}”."
        if signals.negated:
            return "Says the opposite: a negation turns the sentence round."
        return f"Comes near a known misconception: “{one_line(signals.misconception)}”"
    if verdict is Verdict.COVERED:
        return f"Says the same as: “{one_line(signals.best_wording)}”"
    if verdict is Verdict.PARTIAL:
        return f"Touches on it; not found: {lost}." if lost else "Touches on it, but not fully."
    return f"Not found in the answer: {lost}." if lost else "Nothing in the answer says this."
