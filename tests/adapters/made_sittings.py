"""Strategies for whole sittings: legal events in any order, with any words and numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import count

from hypothesis import strategies as st
from tests.domain.made_interviews import NOON

from interviewbot.domain.errors import OutOfStep
from interviewbot.domain.follow_up import Probe
from interviewbot.domain.grade import (
    Band,
    Evidence,
    Feedback,
    Grade,
    PointGrade,
    QuestionMatch,
    Receipt,
    Ungraded,
    Verdict,
)
from interviewbot.domain.interview import (
    Answered,
    Asked,
    Closed,
    Ended,
    Event,
    Judged,
    Left,
    Passed,
    step,
)
from interviewbot.domain.sitting import Choice, Ending, Mode, Sitting

_NUMBER = count()

TEXTS = st.text(st.characters(), max_size=20)  # surrogates and NUL as well
FLOATS = st.floats(allow_nan=False, allow_infinity=False)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=70_000)).map(lambda after: NOON + after)
_TUPLES = st.lists(TEXTS, max_size=3).map(tuple)
_MATCHES = st.none() | st.builds(
    QuestionMatch, confidence=FLOATS, runners_up=st.lists(TEXTS, max_size=2).map(tuple)
)
_POINTS = st.builds(
    PointGrade,
    id=TEXTS,
    text=TEXTS,
    weight=FLOATS | st.integers(1, 5),
    verdict=st.sampled_from(Verdict),
    credit=FLOATS,
    confidence=FLOATS,
    evidence=st.none() | st.builds(Evidence, start=st.integers(0), end=st.integers(0), quote=TEXTS),
    reason=TEXTS,
    disputed=st.booleans(),
    follow_up=TEXTS,
    turn=st.integers(0, 3),
)
GRADES = st.builds(
    Grade,
    question_id=TEXTS,
    question_match=_MATCHES,
    score=FLOATS,
    score_range=st.tuples(FLOATS, FLOATS),
    band=st.sampled_from(Band),
    judge=TEXTS,
    degraded=st.none() | TEXTS,
    points=st.lists(_POINTS, max_size=3).map(tuple),
    feedback=st.builds(
        Feedback, strengths=_TUPLES, missing=_TUPLES, misconceptions=_TUPLES, follow_up=TEXTS
    ),
    receipt=st.builds(Receipt, rubric=TEXTS, judge=TEXTS, thresholds=TEXTS, version=TEXTS),
)
UNGRADED = st.builds(
    Ungraded,
    reason=TEXTS,
    question_id=st.none() | TEXTS,
    question_match=_MATCHES,
    judge=TEXTS,
)
RESULTS = UNGRADED | GRADES
PROBE = Probe(point_id="p2", prompt="And what of 2?", verdict=Verdict.MISSING)
_PROBES = st.builds(Probe, point_id=TEXTS, prompt=TEXTS, verdict=st.sampled_from(Verdict))
_SECONDS = st.floats(0, 40)
PASSES = st.sampled_from([Ending.SKIPPED, Ending.SKIPPED, Ending.TIMED_OUT])


@st.composite
def new_sittings(draw: st.DrawFn) -> Sitting:
    """Draw a sitting that nobody has begun, with an id of its own."""
    return Sitting(
        id=f"sitting-{next(_NUMBER)}",
        mode=draw(st.sampled_from(Mode)),
        began=draw(MOMENTS),
        plan=tuple(
            draw(st.lists(st.builds(Choice, question_id=TEXTS, why=TEXTS), min_size=1, max_size=3))
        ),
        minutes=draw(st.none() | st.floats(1, 10)),
    )


def _attempts(sitting: Sitting) -> list[tuple[Event, st.SearchStrategy[Event]]]:
    """Return every kind of event: a plain one, and any one of that kind."""
    place = sitting.exchanges[-1].place if sitting.exchanges else -1
    asks = [
        Asked(at=NOON, place=place + 1),
        Asked(at=NOON, place=place, retry=True),
        Asked(at=NOON, place=place, probe=PROBE),
    ]
    passed = Passed(at=NOON, ending=Ending.SKIPPED)
    return [
        *((ask, st.builds(replace, st.just(ask), at=MOMENTS)) for ask in asks[:2]),
        (asks[2], st.builds(replace, st.just(asks[2]), at=MOMENTS, probe=_PROBES)),
        (
            Answered(at=NOON, text="", seconds=0.0),
            st.builds(Answered, at=MOMENTS, text=TEXTS, seconds=_SECONDS),
        ),
        (passed, st.builds(Passed, at=MOMENTS, ending=PASSES, text=TEXTS, seconds=_SECONDS)),
        (Judged(result=Ungraded(reason="")), st.builds(Judged, result=RESULTS)),
        (
            Closed(at=NOON, result=None),
            st.builds(Closed, at=MOMENTS, result=st.none() | RESULTS),
        ),
        (Left(), st.just(Left())),
        (Ended(at=NOON), st.builds(Ended, at=MOMENTS)),
    ]


def _is_legal(sitting: Sitting, event: Event) -> bool:
    try:
        step(sitting, event)
    except OutOfStep:
        return False
    return True


@st.composite
def walks(draw: st.DrawFn) -> tuple[Sitting, list[Event]]:
    """Draw a new sitting and events that may happen to it, one after the other."""
    start = sitting = draw(new_sittings())
    events: list[Event] = []
    for _ in range(draw(st.integers(0, 16))):
        legal = [any_one for plain, any_one in _attempts(sitting) if _is_legal(sitting, plain)]
        if not legal:
            break
        events.append(draw(st.one_of(legal)))
        sitting = step(sitting, events[-1])
    return start, events
