"""A report whose every text is hostile, or whatever a test puts in."""

from __future__ import annotations

from datetime import UTC, datetime

from interviewbot.domain.grade import Band, Verdict
from interviewbot.domain.report import (
    ExchangeReport,
    FollowUpReport,
    PointReport,
    Report,
    TopicReport,
)
from interviewbot.domain.sitting import Ending, Mode

BEGAN = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)


def made_point(
    text: str, verdict: Verdict = Verdict.COVERED, *, later: bool = False
) -> PointReport:
    """Return a point in which every text is ``text``."""
    return PointReport(
        question_id="AA0001",
        question=text,
        id="p1",
        text=text,
        weight=1.0,
        verdict=verdict,
        credit=0.5,
        confidence=0.8,
        quote=text,
        after_follow_up=later,
        own=Verdict.PARTIAL if later else None,
        own_reason=text if later else "",
        due=datetime(2026, 3, 12, 23, 30, tzinfo=UTC),
    )


def made_report(text: str = "plain words", *, graded: bool = True) -> Report:
    """Return a report in which every foreign text is ``text``."""
    points = (made_point(text), made_point(text, Verdict.CONTRADICTED, later=True))
    exchange = ExchangeReport(
        number=1,
        retry=False,
        question_id="AA0001",
        title=text,
        prompt=text,
        topic=text,
        model_answer=text,
        why=text,
        ending=Ending.ANSWERED if graded else Ending.SKIPPED,
        answer=text,
        follow_ups=(
            FollowUpReport(prompt=text, answer=text, ending=Ending.ANSWERED),
            FollowUpReport(prompt=text, answer="", ending=Ending.SKIPPED),
        ),
        seconds=95.0,
        score=72.4 if graded else None,
        score_range=(60.2, 81.0) if graded else None,
        band=Band.SOLID if graded else None,
        ungraded="",
        points=points if graded else (),
    )
    return Report(
        sitting="s",
        mode=Mode.MOCK,
        began=BEGAN,
        ended=None,
        minutes=12.0,
        seconds=95.0,
        score=72.4 if graded else None,
        band=Band.SOLID if graded else None,
        graded=int(graded),
        skipped=int(not graded),
        timed_out=0,
        ungraded=0,
        unasked=2,
        topics=(TopicReport(topic=text, questions=1, score=72.4),) if graded else (),
        exchanges=(exchange,),
        strongest=points[:1] if graded else (),
        weakest=points[1:] if graded else (),
        returns=points if graded else (),
    )
