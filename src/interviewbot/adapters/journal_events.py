"""What an event does to the journal's rows.

Owns the mapping from events to inserts and updates, and the guard that lets every event of a
sitting happen once: the sitting's row counts them, and who is behind cannot write. Refuses
to open, to commit and to read.
"""

from __future__ import annotations

from sqlalchemy import Connection, Update, delete, insert, update

from interviewbot.adapters import journal_schema as schema
from interviewbot.adapters.grade_documents import status_of, write_plan, write_result
from interviewbot.adapters.journal_records import once
from interviewbot.domain.follow_up import Probe
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.interview import (
    Answered,
    Asked,
    Closed,
    Ended,
    Event,
    Judged,
    Left,
    Passed,
)
from interviewbot.domain.sitting import Sitting


def count_events(sitting: Sitting) -> int:
    """Return how many events made ``sitting`` what it is."""
    turns = [turn for exchange in sitting.exchanges for turn in exchange.turns]
    told = len(turns) + sum((turn.ending is not None) + (turn.result is not None) for turn in turns)
    told += sum((exchange.closed is not None) + exchange.left for exchange in sitting.exchanges)
    return told + (sitting.ended is not None)


def keep_sitting(connection: Connection, sitting: Sitting) -> None:
    """Insert a sitting that has no exchanges yet."""
    connection.execute(
        insert(schema.sittings).values(
            id=sitting.id,
            mode=sitting.mode,
            began=sitting.began,
            minutes=sitting.minutes,
            plan=write_plan(sitting.plan),
            events=0,
        )
    )


def keep_event(connection: Connection, sitting: Sitting, event: Event) -> None:
    """Write ``event``, after which ``sitting`` stands.

    Raises:
        OutOfStep: if the journal does not stand right before it.
    """
    _advance(connection, sitting)
    match event:
        case Asked():
            _ask(connection, sitting, event)
        case Answered() | Passed():
            _end_turn(connection, sitting)
        case Judged():
            turn = len(sitting.exchanges[-1].turns) - 1
            _keep_result(connection, sitting, turn, event.result)
        case Closed():
            once(connection, _this_exchange(sitting, closed=None).values(closed=event.at))
            if event.result is not None:
                _keep_result(connection, sitting, schema.WHOLE, event.result)
        case Left():
            once(connection, _this_exchange(sitting, left=False).values(left=True))
        case Ended():
            own = schema.sittings.c
            ending = update(schema.sittings).where(own.id == sitting.id, own.ended.is_(None))
            once(connection, ending.values(ended=event.at))


def _advance(connection: Connection, sitting: Sitting) -> None:
    """Count one event more, if the journal stands where the window supposed."""
    own, told = schema.sittings.c, count_events(sitting)
    here = update(schema.sittings).where(own.id == sitting.id, own.events == told - 1)
    once(connection, here.values(events=told))


def _ask(connection: Connection, sitting: Sitting, event: Asked) -> None:
    number, probe = len(sitting.exchanges) - 1, event.probe
    if probe is None:
        connection.execute(
            insert(schema.exchanges).values(
                sitting=sitting.id,
                exchange=number,
                place=event.place,
                retry=event.retry,
                question_id=sitting.plan[event.place].question_id,
                left=False,
            )
        )
    connection.execute(
        insert(schema.turns).values(
            sitting=sitting.id,
            exchange=number,
            turn=len(sitting.exchanges[-1].turns) - 1,
            asked=event.at,
            answer="",
            seconds=0.0,
            **_probe_columns(probe),
        )
    )


def _probe_columns(probe: Probe | None) -> dict[str, str]:
    if probe is None:
        return {}
    return {
        "probe_point": probe.point_id,
        "probe_prompt": probe.prompt,
        "probe_verdict": probe.verdict,
    }


def _end_turn(connection: Connection, sitting: Sitting) -> None:
    number = len(sitting.exchanges) - 1
    last = len(sitting.exchanges[-1].turns) - 1
    turn, own, typed = sitting.exchanges[-1].turns[-1], schema.turns.c, schema.drafts.c
    here = update(schema.turns).where(
        own.sitting == sitting.id,
        own.exchange == number,
        own.turn == last,
        own.ending.is_(None),
    )
    once(connection, here.values(ending=turn.ending, answer=turn.answer, seconds=turn.seconds))
    connection.execute(
        delete(schema.drafts).where(
            typed.sitting == sitting.id, typed.exchange == number, typed.turn == last
        )
    )


def _keep_result(
    connection: Connection, sitting: Sitting, turn: int, result: Grade | Ungraded
) -> None:
    connection.execute(
        insert(schema.grades).values(
            sitting=sitting.id,
            exchange=len(sitting.exchanges) - 1,
            turn=turn,
            status=status_of(result),
            score=result.score if isinstance(result, Grade) else None,
            judge=result.judge,
            document=write_result(result),
        )
    )


def _this_exchange(sitting: Sitting, **still: bool | None) -> Update:
    """Return an update of the latest exchange, if its columns are ``still`` so."""
    own = schema.exchanges.c
    return update(schema.exchanges).where(
        own.sitting == sitting.id,
        own.exchange == len(sitting.exchanges) - 1,
        *(own[name].is_(value) for name, value in still.items()),
    )
