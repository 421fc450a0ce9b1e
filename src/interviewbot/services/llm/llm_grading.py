"""One answer, graded by a language model and checked by code.

Owns the sequence: the offline grade first, then the model, then what of its word counts, and
what happens where the model gives nothing usable. Refuses to ask by itself (``asking``) and to
decide what is believed (``trusting``).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import count

from interviewbot.domain.addressing import masked
from interviewbot.domain.chat import ChatFailed, Rung, Usage
from interviewbot.domain.errors import CouldNotGrade
from interviewbot.domain.folding import is_blank
from interviewbot.domain.giving_away import gives_away
from interviewbot.domain.grade import (
    Aside,
    Feedback,
    Grade,
    ModelCall,
    PointGrade,
    QuestionMatch,
    Receipt,
    Ungraded,
    band_of,
    score_of,
)
from interviewbot.domain.judgement import Judgement
from interviewbot.domain.question import Question, rubric_digest
from interviewbot.domain.replies import read_judgement
from interviewbot.domain.wording import plain_question, question_in
from interviewbot.ports import ReplyCache
from interviewbot.services.feedback import feedback_on
from interviewbot.services.grading import Grading
from interviewbot.services.llm.asking import Asking
from interviewbot.services.llm.judged_replies import JudgedReply, kept_as, kept_reply
from interviewbot.services.llm.requesting import JudgeRequest, Requesting, unasked
from interviewbot.services.llm.spending import Spending
from interviewbot.services.llm.trusting import Trusted, trusted, unverified_quotes

_LONGEST_QUESTION = 300  # characters


@dataclass(frozen=True, kw_only=True)
class LlmGrading:
    """Grades with a language model; ``local`` grades beside it and in its place.

    Without ``fallback`` an answer for which the model gives nothing usable stays ungraded;
    with it the offline grade counts, marked as ``degraded`` with the reason. May be called
    from several threads: the offline judge works in one of its own, while the model is asked.
    """

    local: Grading
    asking: Asking
    requesting: Requesting
    cache: ReplyCache
    spending: Spending
    fallback: bool = True
    _offline: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="offline"),
        init=False,
        repr=False,
        compare=False,
    )

    def grade(
        self, question: Question, answer: str, match: QuestionMatch | None = None
    ) -> Grade | Ungraded:
        """Return the grade of ``answer``, or why there is none."""
        if is_blank(answer) or not question.points:
            return replace(self.local.grade(question, answer, match), judge="llm")
        request = self.requesting.about(question, answer)
        if reason := unasked(question, answer, request):
            return self._without(self.local.grade(question, answer, match), reason)
        said = masked(answer, request.addressed, "\n")
        offline = self._offline.submit(self.local.grade, question, said, match)
        kept = kept_reply(self.cache, question, answer, request)
        try:
            reply = kept or self._asked(question, answer, request)
        except ChatFailed as error:
            reason = f"{error.message}; {error.hint}" if error.hint else error.message
            call = self._call(request, error.usage, self.asking.rung, error.repairs)
            return self._without(offline.result(), reason, call if error.usage.total else None)
        call = self._call(request, reply.usage, reply.rung, reply.repairs, cached=reply.cached)
        try:
            counted = _counted(question, answer, reply, request, offline.result())
        except CouldNotGrade as error:
            return self._without(offline.result(), error.message, call)
        return Grade(
            question_id=question.id,
            question_match=match,
            score=score_of(counted.points),
            score_range=_range(counted.points),
            band=band_of(score_of(counted.points)),
            judge="llm",
            degraded=None,
            points=counted.points,
            feedback=_feedback(question, answer, reply.judgement, request, counted.points),
            aside=(Aside.REQUEST,) * len(request.addressed),
            receipt=Receipt(
                rubric=rubric_digest(question),
                judge=f"llm:{self.asking.model.id}",
                thresholds=self.local.calibration.digest,
                version=self.local.version,
                call=call,
            ),
        )

    def with_points(self, grade: Grade, points: Sequence[PointGrade]) -> Grade:
        """Return ``grade`` with other ``points``: score, range, band and feedback anew."""
        if grade.judge != "llm":
            return self.local.with_points(grade, points)
        score, made = score_of(points), feedback_on(points)
        return replace(
            grade,
            points=tuple(points),
            score=score,
            score_range=_range(points),
            band=band_of(score),
            feedback=replace(made, advice=grade.feedback.advice),
        )

    def _asked(self, question: Question, answer: str, request: JudgeRequest) -> JudgedReply:
        """Ask; a reply with quotes that do not hold is sent back as often as any other."""
        ids = [point.id for point in question.points]
        best: list[tuple[int, Judgement]] = []  # with the number of the reply
        replies = count()

        def read(text: str) -> Judgement | tuple[str, ...]:
            number, found = next(replies), read_judgement(text, ids)
            if isinstance(found, tuple):
                return found
            best.append((number, found))
            return unverified_quotes(question, answer, found, request.addressed) or found

        try:
            answered = self.asking.ask(request.request, read)
        except ChatFailed as error:
            if not best:
                raise
            # Well formed at least: what holds of it counts, the rest is disputed.
            repairs, judgement = best[-1]
            return JudgedReply(
                judgement=judgement,
                rung=self.asking.rung,
                repairs=repairs,
                usage=error.usage,
                cached=False,
            )
        self.cache.put(request.key, kept_as(answered))
        return JudgedReply(
            judgement=answered.value,
            rung=answered.rung,
            repairs=answered.repairs,
            usage=answered.usage,
            cached=False,
        )

    def _call(
        self, request: JudgeRequest, usage: Usage, rung: Rung, repairs: int, *, cached: bool = False
    ) -> ModelCall:
        return ModelCall(
            model=self.asking.model.id,
            endpoint=self.asking.model.endpoint,
            prompt=str(request.prompt),
            rung=rung.value,
            seed=request.seed,
            repairs=repairs,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            tokens_told=usage.told,
            cost=self.spending.cost_of(Usage() if cached else usage),
            currency=self.spending.currency,
            cached=cached,
        )

    def _without(
        self, local: Grade | Ungraded, reason: str, call: ModelCall | None = None
    ) -> Grade | Ungraded:
        """Return what there is where the model gave nothing usable; ``call`` is what it took."""
        if not self.fallback:
            return Ungraded(
                reason=reason,
                question_id=local.question_id,
                question_match=local.question_match,
                judge="llm",
            )
        if isinstance(local, Ungraded):
            return replace(local, reason=f"{reason}; offline: {local.reason}", judge="llm")
        return replace(local, degraded=reason, receipt=replace(local.receipt, call=call))


def _counted(
    question: Question,
    answer: str,
    reply: JudgedReply,
    request: JudgeRequest,
    offline: Grade | Ungraded,
) -> Trusted:
    """Return what counts of ``reply``.

    Raises:
        CouldNotGrade: if nothing does.
    """
    local = offline.points if isinstance(offline, Grade) else ()
    counted = trusted(question, answer, reply.judgement, request.addressed, local)
    if counted.invented:
        raise CouldNotGrade("the model quotes words that are not in the answer")
    return counted


def _range(points: Sequence[PointGrade]) -> tuple[float, float]:
    """Return the lowest and highest score, 0..100, that a look at the unsure points can give.

    A disputed point may turn out as either judge has it, another unsure one half a point
    either way.
    """
    low, high = [], []
    for point in points:
        others = [opinion.credit for opinion in (point.model, point.local) if opinion is not None]
        if point.disputed and point.local is not None:
            around = [point.credit, *others]
        elif point.unsure:
            around = [max(0.0, point.credit - 0.5), min(1.0, point.credit + 0.5)]
        else:
            around = [point.credit]
        low.append(replace(point, credit=min(around)))
        high.append(replace(point, credit=max(around)))
    return score_of(low), score_of(high)


def _feedback(
    question: Question,
    answer: str,
    judgement: Judgement,
    request: JudgeRequest,
    points: Sequence[PointGrade],
) -> Feedback:
    """Return the feedback that follows from the points, and the model's sentences beside it.

    Where the answer speaks to the grader, the model's sentences may be the answer's.
    """
    made = feedback_on(points)
    if request.addressed:
        return made
    advice = tuple(text for text in (judgement.strength, judgement.improvement) if text)
    asked = question_in(plain_question(judgement.follow_up), over=True) or ""
    ids = [point.id for point in question.points]
    usable = 0 < len(asked) <= _LONGEST_QUESTION and not gives_away(asked, question, ids, answer)
    return replace(made, advice=advice, follow_up=asked if usable else made.follow_up)
