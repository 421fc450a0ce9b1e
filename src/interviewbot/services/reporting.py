"""What a sitting came to.

Owns the sums of a report. Refuses to judge, and to lay anything out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from statistics import fmean

from interviewbot.domain.grade import Grade, PointGrade, Ungraded, Verdict, band_of
from interviewbot.domain.memory import Memory, OwnVerdict, PointKey
from interviewbot.domain.question import Question
from interviewbot.domain.report import (
    ExchangeReport,
    FollowUpReport,
    PointReport,
    Report,
    TopicReport,
)
from interviewbot.domain.sitting import Ending, Exchange, Sitting
from interviewbot.services.crediting import graded_by

_SHOWN = 5  # strongest and weakest points


def report_of(
    sitting: Sitting,
    *,
    question: Callable[[str], Question | None],
    memories: Mapping[PointKey, Memory],
    own: Sequence[OwnVerdict],
) -> Report:
    """Return the report of ``sitting``.

    ``question`` gives None for an id that the corpus no longer has; ``own`` are the
    candidate's verdicts of this sitting.
    """
    exchanges = tuple(
        _exchange(
            sitting,
            exchange,
            question(sitting.choice(exchange).question_id),
            memories,
            {verdict.point_id: verdict for verdict in own if verdict.exchange == number},
        )
        for number, exchange in enumerate(sitting.exchanges)
    )
    first = [exchange for exchange in exchanges if not exchange.retry]
    score = score_of(sitting)
    points = [point for exchange in first for point in exchange.points]
    endings = [exchange.ending for exchange in first]
    return Report(
        sitting=sitting.id,
        mode=sitting.mode,
        began=sitting.began,
        ended=sitting.ended,
        minutes=sitting.minutes,
        seconds=sitting.seconds,
        score=score,
        band=None if score is None else band_of(score),
        graded=sum(exchange.score is not None for exchange in first),
        skipped=endings.count(Ending.SKIPPED),
        timed_out=endings.count(Ending.TIMED_OUT),
        ungraded=sum(bool(exchange.ungraded) for exchange in first),
        unasked=len(sitting.unasked),
        topics=_topics(first),
        exchanges=exchanges,
        strongest=_strongest(points),
        weakest=_weakest(points),
        returns=tuple(
            sorted(
                (point for point in points if point.due is not None),
                key=lambda point: (point.due or sitting.began, point.question_id),
            )
        ),
        graded_by=graded_by(sitting),
    )


def score_of(sitting: Sitting) -> float | None:
    """Return the mean score (0..100) over graded questions, None where none was graded.

    Trying a question again right after its feedback does not count.
    """
    results = [exchange.result for exchange in sitting.exchanges if not exchange.retry]
    scores = [result.score for result in results if isinstance(result, Grade)]
    return round(fmean(scores), 1) if scores else None


def _exchange(
    sitting: Sitting,
    exchange: Exchange,
    question: Question | None,
    memories: Mapping[PointKey, Memory],
    own: Mapping[str, OwnVerdict],
) -> ExchangeReport:
    name = sitting.choice(exchange).question_id
    asked = question or Question(id=name, prompt="", points=())
    grade = exchange.result if isinstance(exchange.result, Grade) else None
    return ExchangeReport(
        number=exchange.place + 1,
        retry=exchange.retry,
        question_id=name,
        title=asked.title or name,
        prompt=asked.prompt,
        topic=asked.topic,
        model_answer=asked.model_answer,
        why=sitting.choice(exchange).why,
        ending=exchange.ending,
        answer=exchange.turns[0].answer,
        follow_ups=tuple(
            FollowUpReport(prompt=turn.probe.prompt, answer=turn.answer, ending=turn.ending)
            for turn in exchange.turns[1:]
            if turn.probe is not None
        ),
        seconds=sum(turn.seconds for turn in exchange.turns),
        score=grade.score if grade else None,
        score_range=grade.score_range if grade else None,
        band=grade.band if grade else None,
        ungraded=_why_ungraded(exchange),
        points=tuple(
            _point(asked, point, own.get(point.id), memories.get((name, point.id)))
            for point in (grade.points if grade else ())
        ),
    )


def _why_ungraded(exchange: Exchange) -> str:
    if exchange.ending is not Ending.ANSWERED or isinstance(exchange.result, Grade):
        return ""
    return exchange.result.reason if isinstance(exchange.result, Ungraded) else "not graded yet"


def _point(
    question: Question, point: PointGrade, own: OwnVerdict | None, memory: Memory | None
) -> PointReport:
    return PointReport(
        question_id=question.id,
        question=question.title or question.id,
        id=point.id,
        text=point.text,
        weight=point.weight,
        verdict=point.verdict,
        credit=point.credit,
        confidence=point.confidence,
        quote=point.evidence.quote if point.evidence else "",
        after_follow_up=point.turn > 0,
        own=own.own if own else None,
        own_reason=own.reason if own else "",
        due=memory.due if memory else None,
        unsure=point.unsure,
    )


def _topics(exchanges: Sequence[ExchangeReport]) -> tuple[TopicReport, ...]:
    scores: dict[str, list[float]] = {}
    for exchange in exchanges:
        if exchange.score is not None:
            scores.setdefault(exchange.topic, []).append(exchange.score)
    return tuple(
        TopicReport(topic=topic, questions=len(its), score=round(fmean(its), 1))
        for topic, its in sorted(scores.items())
    )


def _strongest(points: Sequence[PointReport]) -> tuple[PointReport, ...]:
    covered = [point for point in points if _counted(point) is Verdict.COVERED]
    covered.sort(key=lambda point: (point.after_follow_up, -point.weight * point.credit))
    return tuple(covered[:_SHOWN])


def _weakest(points: Sequence[PointReport]) -> tuple[PointReport, ...]:
    wanting = [point for point in points if _counted(point) is not Verdict.COVERED]
    wanting.sort(
        key=lambda point: (
            _counted(point) is not Verdict.CONTRADICTED,
            -point.weight * (1 - point.credit),
        )
    )
    return tuple(wanting[:_SHOWN])


def _counted(point: PointReport) -> Verdict:
    """Return the verdict that counts: the candidate's own where there is one."""
    return point.own or point.verdict
