"""How far a language model's word on an answer is believed, point by point.

Owns the checks of a quote, the dispute with the offline judge, and the rule that decides it.
Refuses to ask the model and to add anything up.

The rule, in order:

1. What the model calls covered, partial or contradicted must be quoted, and the quote must
   stand in the answer, outside of what speaks to the grader, and not be the question repeated.
   What earns something must not be quoted out of a denial ("It is not true that ...").
   Without such a quote the offline judge's verdict stands, and the point is disputed.
2. In an answer that speaks to the grader the model may have listened: the smaller credit of
   the two judges counts, and a point where that changes the verdict is disputed.
3. The same holds where the model finds ``MUCH`` of the score or more, and the offline judge less
   than ``NOTHING``: similarity may be near chance between true and false, but an answer in which
   it finds nothing at all is not about the question.
4. Else the model's verdict stands. Where its credit is ``DISPUTED_FROM`` or more away from the
   offline judge's, or one sentence is all there is for several points, the point is disputed,
   both verdicts are shown, and a person should look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from interviewbot.domain.addressing import Addressing, masked
from interviewbot.domain.denials import calls_untrue, frame_words_of
from interviewbot.domain.errors import CouldNotGrade
from interviewbot.domain.frames import Stance, framed
from interviewbot.domain.grade import Evidence, Opinion, PointGrade, Verdict, score_of
from interviewbot.domain.judgement import Claim, Judgement
from interviewbot.domain.question import Point, Question
from interviewbot.domain.quotes import find_quote, quotes_text
from interviewbot.domain.text import Span, sentences

DISPUTED_FROM = 0.9  # difference of credit; see docs/decisions/0012
MUCH, NOTHING = 60.0, 5.0  # points of score; one in 655 labelled answers has both
_UNSURE = 0.5  # confidence of what is disputed: below the bound for "look for yourself"
_ALIKE_FROM = 3  # points that rest on one sentence
_CREDIT = {
    Verdict.COVERED: 1.0,
    Verdict.PARTIAL: 0.5,
    Verdict.MISSING: 0.0,
    Verdict.CONTRADICTED: 0.0,
}
_HIDDEN = "\ue000"  # a private character: no quote holds it
_NOT_SHOWN = "The model says {}, and quotes words that are not in the answer."
_DENIED = "The model says {}, and quotes words that the answer denies."
_NOWHERE = "The model says {}, but the offline judge finds nothing in the whole answer."
_LISTENED = "The model says {}, but the answer speaks to the grader, so that alone earns nothing."


@dataclass(frozen=True, slots=True, kw_only=True)
class Trusted:
    """The points as they count, and how many quotes the model had to show and could not."""

    points: tuple[PointGrade, ...]
    quoted: int
    unverified: int

    @property
    def invented(self) -> bool:
        """Whether not one of the model's quotes stands in the answer."""
        return self.quoted > 0 and self.unverified == self.quoted


def trusted(
    question: Question,
    answer: str,
    judgement: Judgement,
    found: Sequence[Addressing],
    local: Sequence[PointGrade],
) -> Trusted:
    """Return what counts of ``judgement``; ``local`` is empty where the offline judge has none.

    Points come in the order of ``question``; ``judgement`` must have a claim for each.

    Raises:
        CouldNotGrade: if the model's word alone is not enough, and there is no other.
    """
    visible = masked(answer, found, _HIDDEN)
    claims = {claim.point_id: claim for claim in judgement.claims}
    spans = {
        name: _place(visible, claim, question.prompt)
        for name, claim in claims.items()
        if claim.verdict is not Verdict.MISSING
    }
    unverified = sum(span is None for span in spans.values())
    if not local and found:
        raise CouldNotGrade("the answer speaks to the grader, and the offline judge cannot read it")
    if not local and unverified:
        raise CouldNotGrade("the model quotes words that are not in the answer")
    shared = _shared(answer, spans)
    denied = {name for name, span in spans.items() if span and _denies(answer, span)}
    offline = {point.id: point for point in local}
    said = [
        _made(point, claims[point.id], spans.get(point.id), answer, offline.get(point.id))
        for point in question.points
    ]
    doubt = _doubt(found, said, local)
    points = []
    for made in said:
        own = offline.get(made.id)
        if made.verdict is not Verdict.MISSING and made.evidence is None:
            points.append(_overruled(made, own, _NOT_SHOWN.format(made.verdict)))
        elif made.id in denied and made.credit and own is not None:
            points.append(_overruled(made, own, _DENIED.format(made.verdict)))
        elif doubt and own is not None and own.credit < made.credit:
            points.append(_smaller(made, own, doubt.format(made.verdict)))
        else:
            points.append(_compared(made, own, crowded=made.id in shared))
    return Trusted(points=tuple(points), quoted=len(spans), unverified=unverified)


def unverified_quotes(
    question: Question, answer: str, judgement: Judgement, found: Sequence[Addressing]
) -> tuple[str, ...]:
    """Return a sentence for each claim whose quote does not hold, to be shown to the model."""
    visible = masked(answer, found, _HIDDEN)
    return tuple(
        f"the quote for the point “{claim.point_id}” is not in the answer word for word"
        for claim in judgement.claims
        if claim.verdict is not Verdict.MISSING and _place(visible, claim, question.prompt) is None
    )


def _place(visible: str, claim: Claim, prompt: str) -> Span | None:
    span = find_quote(visible, claim.quote)
    if span is None or _HIDDEN in span.of(visible) or quotes_text(span.of(visible), prompt):
        return None
    return span


def _doubt(
    found: Sequence[Addressing], said: Sequence[PointGrade], local: Sequence[PointGrade]
) -> str:
    """Return why the smaller credit counts in all of the answer; empty where it does not."""
    if found:
        return _LISTENED
    if local and score_of(said) >= MUCH and score_of(local) < NOTHING:
        return _NOWHERE
    return ""


def _shared(answer: str, spans: dict[str, Span | None]) -> set[str]:
    """Return the points whose only evidence is one sentence that serves many."""
    cut = sentences(answer)
    held: dict[str, tuple[int, ...]] = {}
    for name, span in spans.items():
        if span is not None:
            held[name] = tuple(
                number
                for number, sentence in enumerate(cut)
                if sentence.start < span.end and span.start < sentence.end
            )
    served = Counter(held.values())
    return {name for name, numbers in held.items() if served[numbers] >= _ALIKE_FROM}


def _denies(answer: str, span: Span) -> bool:
    """Return whether words right before ``span``, in its sentence, call it untrue."""
    for sentence in sentences(answer):
        if sentence.start <= span.start < sentence.end:
            said = sentence.of(answer)
            frame = framed(said)
            inside = sentence.start + frame.start <= span.start < sentence.start + frame.end
            before = frame_words_of(said[: frame.start], 0)
            return frame.stance is Stance.DENIED and inside and calls_untrue(before)
    return False


def _made(
    point: Point, claim: Claim, span: Span | None, answer: str, own: PointGrade | None
) -> PointGrade:
    """Return the model's word as a grade."""
    credit = _CREDIT[claim.verdict]
    return PointGrade(
        id=point.id,
        text=point.text,
        weight=point.weight,
        verdict=claim.verdict,
        credit=credit,
        confidence=round(claim.confidence, 4),
        evidence=None if span is None else Evidence.of(answer, span),
        reason=claim.reason,
        follow_up=point.follow_up,
        model=Opinion(verdict=claim.verdict, credit=credit),
        local=None if own is None else Opinion(verdict=own.verdict, credit=own.credit),
    )


def _smaller(made: PointGrade, own: PointGrade, why: str) -> PointGrade:
    """Return the grade of a point for which the smaller credit counts, the offline judge's."""
    if own.verdict is made.verdict:  # its credit is seldom all of 1
        return replace(made, credit=own.credit)
    return _overruled(made, own, why)


def _overruled(made: PointGrade, own: PointGrade | None, why: str) -> PointGrade:
    """Return the offline judge's grade of a point for which the model's word does not count."""
    assert own is not None  # noqa: S101 - checked for the whole answer
    return _disputed(replace(own, model=made.model, local=made.local), why)


def _compared(made: PointGrade, own: PointGrade | None, *, crowded: bool) -> PointGrade:
    """Return the model's grade of a point, disputed where a person should look."""
    if crowded and (own is None or own.verdict is not Verdict.COVERED):
        return _disputed(made, "One sentence is all that the model quotes for several points.")
    if own is not None and abs(made.credit - own.credit) >= DISPUTED_FROM:
        why = f"The model says {made.verdict}, the offline judge says {own.verdict}."
        return _disputed(made, why)
    return made


def _disputed(point: PointGrade, why: str) -> PointGrade:
    confidence = min(point.confidence, _UNSURE)
    return replace(point, disputed=True, dispute=why, confidence=confidence)
