"""The offline judge: evidence by late interaction, credit by a calibrated curve.

Owns the verdict of one point: likeness to its wordings, likeness to its misconceptions,
and opposites. Refuses to add points up, to find the question, or to fetch vectors itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from interviewbot.domain.calibration import Calibration
from interviewbot.domain.errors import CouldNotGrade
from interviewbot.domain.grade import Evidence, PointGrade, Verdict, verdict_of
from interviewbot.domain.passages import FEWEST_TERMS, asks, echoes, is_list_of_terms, is_term
from interviewbot.domain.polarity import Opposition, negates, oppositions
from interviewbot.domain.question import Point, Question
from interviewbot.domain.text import Span, one_line, sentences
from interviewbot.services.alignment import (
    Alignment,
    Claim,
    Passages,
    TokenWeights,
    nearness,
)
from interviewbot.services.claims import PointClaims, align_points, claims_of
from interviewbot.vectors import EncodedText, Vector

_SENTENCES_AT_ONCE = 64
_MOST_SENTENCES = 5_000  # a book's chapter; more would take minutes and gigabytes
_COPY_LENGTH = 1.2  # times the tokens of the claim
_FRAME_LENGTH = 6  # tokens of "it is not true that" and the like
_QUESTIONS_READY = 64  # each holds on to half a megabyte of encoded texts

TextVectors = Callable[[Sequence[str]], Mapping[str, EncodedText]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSignals:
    """Everything the verdict of one point was made from.

    All likenesses are weighted means of square roots of cosines, 0..1. ``raw`` is what the
    curve turns into credit: a quarter the best wording's likeness to the whole answer, half
    the average wording's, a quarter the best wording's to a single sentence. The shares did
    best across questions on ``eval/gold/dev.jsonl`` (log loss 0.210 against 0.214 to 0.222).
    """

    raw: float
    best_wording: str
    best_likeness: float
    mean_likeness: float
    sentence: int
    wrong_sentence: int | None
    denying_sentence: int
    sentence_likeness: float
    misconception: str
    misconception_likeness: float
    misconception_margin: float
    misconception_denied: bool
    opposed: tuple[Opposition, ...]
    negated: bool
    unmatched: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalJudge:
    """Judges with one pass of the encoder over the answer.

    ``vectors`` gives encoded texts: a question's from what was indexed, an answer's fresh.
    ``fresh`` gives an answer's without a look at the disk, where they never are.
    An answer that takes longer than ``timeout`` seconds by ``clock`` is given up.
    """

    encoder_id: str
    vectors: TextVectors
    calibration: Calibration
    clock: Callable[[], float]
    timeout: float | None = None
    fresh: TextVectors | None = None
    _ready: dict[Question, dict[str, PointClaims]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @property
    def id(self) -> str:
        """Name, encoder and the digest of the numbers."""
        return f"local:{self.encoder_id}:{self.calibration.digest}"

    def judge(self, question: Question, answer: str) -> tuple[PointGrade, ...]:
        """Judge ``answer`` against the points of ``question``, in their order.

        Raises:
            CouldNotGrade: if it takes longer than the timeout, or a point has no words.
        """
        signals = self.signals(question, answer)
        if signals is None:
            return tuple(_nothing_said(point) for point in question.points)
        passages, found = signals
        return tuple(
            self._verdict(point, passages, found[point.id], answer, derived=question.derived)
            for point in question.points
        )

    def signals(
        self, question: Question, answer: str
    ) -> tuple[Passages, dict[str, PointSignals]] | None:
        """Return the answer's sentences and every point's signals; None without a claim."""
        passages = self.passages(question, answer)
        if not passages.texts:
            return None
        found = align_points(self._claims(question), passages)
        for name, point in found.items():
            if not point.right:
                raise CouldNotGrade(f"the point {name} holds no word to compare with")
        # What a sentence says for any point: the wording of one point may well be close to
        # a misconception about its sister ("L2 adds the squares" to "L1 adds the squares").
        explained = np.max(
            [item.by_sentence for point in found.values() for item in point.right], axis=0
        )
        return passages, {
            name: _signals(point.right, point.wrong, explained, passages)
            for name, point in found.items()
        }

    def _claims(self, question: Question) -> dict[str, PointClaims]:
        """Return the claims of ``question``, made ready once for one answer after another."""
        if question not in self._ready:
            if len(self._ready) >= _QUESTIONS_READY:
                self._ready.clear()
            weights = TokenWeights(idf=self.calibration.idf, unknown=self.calibration.idf_unknown)
            self._ready[question] = claims_of(question, self.vectors(question.texts), weights)
        return self._ready[question]

    def passages(self, question: Question, answer: str) -> Passages:
        """Return those sentences of ``answer`` that claim something, encoded."""
        begun = self.clock()
        spans = statements(question, answer)
        if len(spans) > _MOST_SENTENCES:
            raise CouldNotGrade(
                f"the answer holds {len(spans)} different sentences;"
                f" at most {_MOST_SENTENCES} can be graded"
            )
        texts = [span.of(answer) for span in spans]
        encoded: dict[str, EncodedText] = {}
        encode = self.fresh or self.vectors
        for start in range(0, len(texts), _SENTENCES_AT_ONCE):
            encoded.update(encode(texts[start : start + _SENTENCES_AT_ONCE]))
            if self.timeout is not None and self.clock() - begun > self.timeout:
                raise CouldNotGrade(f"grading took longer than {self.timeout:g} s")
        return Passages.of(texts, spans, [encoded[text] for text in texts])

    def _verdict(
        self, point: Point, passages: Passages, signals: PointSignals, answer: str, *, derived: bool
    ) -> PointGrade:
        credit = self.calibration.credit(signals.raw, derived=derived)
        verdict = verdict_of(credit)
        if self.contradicts(signals):
            verdict, credit = Verdict.CONTRADICTED, 0.0
        confidence = self.calibration.confidence(signals.raw, verdict, derived=derived)
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
            reason=_reason(verdict, signals),
            follow_up=point.follow_up,
        )

    def contradicts(self, signals: PointSignals) -> bool:
        """Return whether ``signals`` are those of a point that the answer contradicts."""
        calibration, likeness = self.calibration, signals.sentence_likeness
        return (
            self._says_a_misconception(signals)
            or (bool(signals.opposed) and likeness >= calibration.opposition_at)
            or (signals.negated and likeness >= calibration.negation_at)
        )

    def _says_a_misconception(self, signals: PointSignals) -> bool:
        return not signals.misconception_denied and self.calibration.is_misconception(
            signals.misconception_likeness, signals.misconception_margin
        )

    def _quoted(self, signals: PointSignals, verdict: Verdict) -> int:
        """Return the sentence that the verdict rests on."""
        if verdict is not Verdict.CONTRADICTED:
            return signals.sentence
        if signals.wrong_sentence is not None and self._says_a_misconception(signals):
            return signals.wrong_sentence
        return signals.denying_sentence


def statements(question: Question, answer: str) -> list[Span]:
    """Return the different sentences of ``answer`` that claim something, each once.

    No echo of the question, no list of terms, no question of the candidate's. Against a
    reference text a list counts: it may be just what was asked for ("name three").
    """
    first: dict[str, Span] = {}
    for span in sentences(answer):
        first.setdefault(span.of(answer), span)
    if not question.derived:
        first = {text: span for text, span in first.items() if not _claims_nothing(text)}
        terms = [text for text in first if is_term(text)]
        if len(terms) >= FEWEST_TERMS:  # a list with full stops, or one to a line
            first = {text: span for text, span in first.items() if text not in terms}
    return [span for text, span in first.items() if not echoes(text, question.prompt)]


def _claims_nothing(text: str) -> bool:
    return is_list_of_terms(text) or asks(text)


def _signals(
    aligned: Sequence[Alignment],
    misconceptions: Sequence[Alignment],
    explained: Vector,
    passages: Passages,
) -> PointSignals:
    best = max(aligned, key=lambda item: item.whole)
    said, sentence = _nearest(aligned)
    likeness = float(said.by_sentence[sentence])
    claim = said.claim
    wrong, wrong_at = _nearest(misconceptions) if misconceptions else (None, 0)
    wrong_likeness = float(wrong.by_sentence[wrong_at]) if wrong else 0.0
    mean = sum(item.whole for item in aligned) / len(aligned)
    return PointSignals(
        raw=best.whole / 4 + mean / 2 + likeness / 4,
        best_wording=best.claim.text,
        best_likeness=best.whole,
        mean_likeness=mean,
        sentence=_agreed(aligned),
        wrong_sentence=wrong_at if wrong else None,
        denying_sentence=sentence,
        sentence_likeness=likeness,
        misconception=wrong.claim.text if wrong else "",
        misconception_likeness=wrong_likeness,
        misconception_margin=wrong_likeness - float(explained[wrong_at]),
        misconception_denied=wrong is not None and _denies(wrong.claim, passages, wrong_at),
        opposed=_opposed(claim, passages, sentence),
        negated=_negates_a_copy(claim, passages, sentence),
        unmatched=_unmatched(aligned[0]),
    )


def _denies(claim: Claim, passages: Passages, sentence: int) -> bool:
    """Return whether a sentence that is like ``claim`` says the reverse of it."""
    said = passages.texts[sentence]
    return negates(claim.text, said) or bool(_opposed(claim, passages, sentence))


def _opposed(claim: Claim, passages: Passages, sentence: int) -> tuple[Opposition, ...]:
    said = passages.encoded[sentence]
    return tuple(
        oppositions(
            claim.text,
            passages.texts[sentence],
            lambda ours, theirs: nearness(claim.encoded, said, ours, theirs),
        )
    )


def _negates_a_copy(claim: Claim, passages: Passages, sentence: int) -> bool:
    """Return whether a sentence is no longer than a copy of ``claim``, but for a negation."""
    longest = _COPY_LENGTH * len(claim.weights) + _FRAME_LENGTH
    said = passages.texts[sentence]
    short = len(passages.encoded[sentence].token_ids) <= longest
    return short and negates(claim.text, said)


def _nearest(aligned: Sequence[Alignment]) -> tuple[Alignment, int]:
    """Return the alignment with the likest single sentence, and that sentence."""
    best = max(aligned, key=lambda item: float(item.by_sentence.max()))
    return best, int(best.by_sentence.argmax())


def _agreed(aligned: Sequence[Alignment]) -> int:
    """Return the sentence that the wordings together are likest to: the one to quote."""
    return int(np.sum([item.by_sentence for item in aligned], axis=0).argmax())


def _unmatched(alignment: Alignment, *, most: int = 3) -> tuple[str, ...]:
    """Return the words of the point that found the least in the answer, in their order."""
    claim = alignment.claim
    lost = claim.weights * (1 - alignment.by_token**2)
    worst = sorted(np.argsort(-lost, kind="stable")[:most].tolist())
    found: dict[str, None] = {}
    for index in worst:
        if alignment.by_token[index] ** 2 < 0.55 and claim.weights[index] > 0:
            start, end = claim.encoded.spans[index].tolist()
            found[_whole_word(claim.text, start, end)] = None
    return tuple(found)


def _whole_word(text: str, start: int, end: int) -> str:
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return text[start:end]


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
