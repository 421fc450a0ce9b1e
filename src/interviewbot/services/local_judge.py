"""The offline judge: evidence by late interaction, credit by a calibrated curve.

Owns the verdict of one point: likeness to its wordings, likeness to its misconceptions,
and opposites. Refuses to add points up, to find the question, or to fetch vectors itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from interviewbot.domain.calibration import Calibration
from interviewbot.domain.errors import CouldNotGrade
from interviewbot.domain.grade import Evidence, PointGrade, Verdict, verdict_of
from interviewbot.domain.passages import echoes, is_list_of_terms
from interviewbot.domain.polarity import Opposition, oppositions
from interviewbot.domain.question import Point, Question
from interviewbot.domain.text import Span, one_line, sentences
from interviewbot.services.alignment import (
    Alignment,
    Claim,
    Passages,
    TokenWeights,
    align,
    nearness,
)
from interviewbot.vectors import EncodedText

_SENTENCES_AT_ONCE = 64

TextVectors = Callable[[Sequence[str]], Mapping[str, EncodedText]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSignals:
    """Everything the verdict of one point was made from.

    All likenesses are weighted means of square roots of cosines, 0..1. ``raw`` is what the
    curve turns into credit: the mean of the best wording's likeness and the average one.
    """

    raw: float
    best_wording: str
    best_likeness: float
    mean_likeness: float
    sentence: int | None
    sentence_likeness: float
    misconception: str
    misconception_likeness: float
    misconception_margin: float
    opposed: tuple[Opposition, ...]
    unmatched: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalJudge:
    """Judges with one pass of the encoder over the answer.

    ``vectors`` gives encoded texts: a question's from what was indexed, an answer's fresh.
    An answer that takes longer than ``timeout`` seconds by ``clock`` is given up.
    """

    encoder_id: str
    vectors: TextVectors
    calibration: Calibration
    clock: Callable[[], float]
    timeout: float | None = None

    @property
    def id(self) -> str:
        """Name, encoder and the digest of the numbers."""
        return f"local:{self.encoder_id}:{self.calibration.digest}"

    def judge(self, question: Question, answer: str) -> tuple[PointGrade, ...]:
        """Judge ``answer`` against the points of ``question``, in their order.

        Raises:
            CouldNotGrade: if it takes longer than the timeout.
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
        passages = self.passages(question.prompt, answer)
        if not passages.texts:
            return None
        encoded = self.vectors(question.texts)
        prompt = frozenset(
            encoded[question.prompt].token_ids.tolist() if question.prompt else ()
        )
        weights = TokenWeights(idf=self.calibration.idf, unknown=self.calibration.idf_unknown)

        def claims(texts: Sequence[str]) -> list[Claim]:
            return [
                Claim(text=text, encoded=encoded[text], weights=weights.of(text, encoded[text], prompt))
                for text in texts
                if len(encoded[text].token_ids)
            ]

        return passages, {
            point.id: _signals(claims(point.claims), claims(point.misconceptions), passages)
            for point in question.points
        }

    def passages(self, prompt: str, answer: str) -> Passages:
        """Return those sentences of ``answer`` that claim something, encoded."""
        spans = statements(prompt, answer)
        texts = [span.of(answer) for span in spans]
        encoded: dict[str, EncodedText] = {}
        begun = self.clock()
        for start in range(0, len(texts), _SENTENCES_AT_ONCE):
            encoded.update(self.vectors(texts[start : start + _SENTENCES_AT_ONCE]))
            if self.timeout is not None and self.clock() - begun > self.timeout:
                raise CouldNotGrade(f"grading took longer than {self.timeout:g} s")
        return Passages.of(texts, spans, [encoded[text] for text in texts])

    def _verdict(
        self, point: Point, passages: Passages, signals: PointSignals, answer: str, *, derived: bool
    ) -> PointGrade:
        calibration = self.calibration
        credit = round(calibration.credit(signals.raw, derived=derived), 4)
        verdict = verdict_of(credit)
        if verdict is not Verdict.MISSING and self._contradicts(signals):
            verdict, credit = Verdict.CONTRADICTED, 0.0
        evidence = None
        if verdict is not Verdict.MISSING and signals.sentence is not None:
            evidence = Evidence.of(answer, passages.spans[signals.sentence])
        confidence = calibration.confidence(signals.raw, verdict, derived=derived)
        return PointGrade(
            id=point.id,
            text=point.text,
            weight=point.weight,
            verdict=verdict,
            credit=credit,
            confidence=round(confidence, 4),
            evidence=evidence,
            reason=_reason(verdict, signals),
            follow_up=point.follow_up,
        )

    def _contradicts(self, signals: PointSignals) -> bool:
        near_misconception = (
            signals.misconception_likeness >= self.calibration.contradiction_at
            and signals.misconception_margin >= self.calibration.contradiction_margin
        )
        opposed = bool(signals.opposed) and (
            signals.sentence_likeness >= self.calibration.opposition_at
        )
        return near_misconception or opposed


def statements(prompt: str, answer: str) -> list[Span]:
    """Return the sentences of ``answer`` that claim something: no echo, no list of terms."""
    return [
        span
        for span in sentences(answer)
        if not is_list_of_terms(span.of(answer)) and not echoes(span.of(answer), prompt)
    ]


def _signals(
    claims: Sequence[Claim], misconceptions: Sequence[Claim], passages: Passages
) -> PointSignals:
    aligned = align(claims, passages)
    best = max(aligned, key=lambda item: item.whole)
    by_sentence = np.stack([item.by_sentence for item in aligned])
    nearest_claim, sentence = np.unravel_index(by_sentence.argmax(), by_sentence.shape)
    claim, likeness = claims[int(nearest_claim)], float(by_sentence.max())
    wrong, wrong_at = _nearest(align(misconceptions, passages) if misconceptions else [])
    wrong_likeness = float(wrong.by_sentence[wrong_at]) if wrong else 0.0
    right_there = float(by_sentence[:, wrong_at].max())
    mean = sum(item.whole for item in aligned) / len(aligned)
    return PointSignals(
        raw=(best.whole + mean) / 2,
        best_wording=best.claim.text,
        best_likeness=best.whole,
        mean_likeness=mean,
        sentence=wrong_at if wrong and wrong_likeness > likeness else int(sentence),
        sentence_likeness=likeness,
        misconception=wrong.claim.text if wrong else "",
        misconception_likeness=wrong_likeness,
        misconception_margin=wrong_likeness - right_there,
        opposed=tuple(
            oppositions(
                claim.text,
                passages.texts[int(sentence)],
                lambda a, b: nearness(claim.encoded, passages.encoded[int(sentence)], a, b),
            )
        ),
        unmatched=_unmatched(aligned[0]),
    )


def _nearest(aligned: Sequence[Alignment]) -> tuple[Alignment | None, int]:
    """Return the alignment with the likest single sentence, and that sentence."""
    if not aligned:
        return None, 0
    best = max(aligned, key=lambda item: float(item.by_sentence.max()))
    return best, int(best.by_sentence.argmax())


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
        return f"Comes near a known misconception: “{one_line(signals.misconception)}”"
    if verdict is Verdict.COVERED:
        return f"Says the same as: “{one_line(signals.best_wording)}”"
    if verdict is Verdict.PARTIAL:
        return f"Touches on it; not found: {lost}." if lost else "Touches on it, but not fully."
    return f"Not found in the answer: {lost}." if lost else "Nothing in the answer says this."
