"""The journal's rows as sittings, drafts, reviews and memories.

Owns the way back from rows to the domain's objects, in a fixed number of queries however
many sittings there are. Refuses to write, and to make anything up for what cannot be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, RowMapping, Select, Table, select

from interviewbot.adapters import journal_schema as schema
from interviewbot.adapters.grade_documents import read_plan, read_result
from interviewbot.domain.follow_up import Probe
from interviewbot.domain.grade import Grade, Ungraded, Verdict
from interviewbot.domain.memory import Memory, OwnVerdict, PointKey, Rating, Review
from interviewbot.domain.sitting import Draft, Ending, Exchange, Mode, Sitting, Turn

_Rows: TypeAlias = dict[tuple[Any, ...], list[RowMapping]]
_Results: TypeAlias = dict[tuple[str, int, int], Grade | Ungraded]


def load_sittings(connection: Connection, ids: Select[Any]) -> list[Sitting]:
    """Return the sittings whose ids the query ``ids`` gives, in no order.

    Raises:
        ValueError: if a row holds what no program of ours wrote.
    """
    exchanges = _grouped(connection, schema.exchanges, ids, "sitting")
    turns = _grouped(connection, schema.turns, ids, "sitting", "exchange")
    results = _load_results(connection, ids)
    return [
        Sitting(
            id=row["id"],
            mode=Mode(row["mode"]),
            began=row["began"],
            plan=read_plan(row["plan"]),
            minutes=row["minutes"],
            exchanges=tuple(
                _exchange(asked, turns[row["id"], asked["exchange"]], results)
                for asked in exchanges[row["id"],]
            ),
            ended=row["ended"],
        )
        for row in connection.execute(
            select(schema.sittings).where(schema.sittings.c.id.in_(ids))
        ).mappings()
    ]


def load_draft(connection: Connection, sitting: Sitting) -> Draft | None:
    """Return the draft of the latest turn of ``sitting``, which must have one."""
    own, exchange = schema.drafts.c, len(sitting.exchanges) - 1
    row = (
        connection.execute(
            select(schema.drafts).where(
                own.sitting == sitting.id,
                own.exchange == exchange,
                own.turn == len(sitting.exchanges[exchange].turns) - 1,
            )
        )
        .mappings()
        .first()
    )
    return None if row is None else Draft(**row)


def load_memories(connection: Connection) -> list[Memory]:
    """Return every memory, by question and point."""
    rows = connection.execute(select(schema.memories)).mappings()
    found = [Memory(**{**row, "rating": Rating(row["rating"])}) for row in rows]
    return sorted(found, key=lambda memory: memory.key)


def load_reviews(connection: Connection, key: PointKey | None) -> list[Review]:
    """Return the reviews of one point, or of all, the oldest first."""
    query, own = select(schema.reviews), schema.reviews.c
    if key is not None:
        query = query.where(own.question_id == key[0], own.point_id == key[1])
    rows = connection.execute(query).mappings()
    found = [Review(**{**row, "rating": Rating(row["rating"])}) for row in rows]
    return sorted(found, key=lambda one: (one.at, one.sitting, one.exchange, one.point_id))


def load_own_verdicts(connection: Connection) -> list[OwnVerdict]:
    """Return every verdict of the candidate, the oldest first."""
    rows = connection.execute(select(schema.own_verdicts)).mappings()
    found = [
        OwnVerdict(**{**row, "judged": Verdict(row["judged"]), "own": Verdict(row["own"])})
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.at, one.sitting, one.exchange, one.point_id))


def _grouped(connection: Connection, table: Table, ids: Select[Any], *by: str) -> _Rows:
    """Return the rows of those sittings, in the order of their keys, by the columns ``by``."""
    found: _Rows = defaultdict(list)
    query = select(table).where(table.c.sitting.in_(ids)).order_by(*table.primary_key.columns)
    for row in connection.execute(query).mappings():
        found[tuple(row[name] for name in by)].append(row)
    return found


def _load_results(connection: Connection, ids: Select[Any]) -> _Results:
    own = schema.grades.c
    query = select(own.sitting, own.exchange, own.turn, own.document).where(own.sitting.in_(ids))
    read: dict[str, Grade | Ungraded] = {}  # an exchange often comes to what its answer came to
    found: _Results = {}
    for sitting, exchange, turn, document in connection.execute(query):
        if document not in read:
            read[document] = read_result(document)
        found[sitting, exchange, turn] = read[document]
    return found


def _exchange(row: RowMapping, turns: Sequence[RowMapping], results: _Results) -> Exchange:
    return Exchange(
        place=row["place"],
        retry=row["retry"],
        turns=tuple(_turns(turns, results)),
        closed=row["closed"],
        result=results.get((row["sitting"], row["exchange"], schema.WHOLE)),
        left=row["left"],
    )


def _turns(rows: Iterable[RowMapping], results: _Results) -> Iterable[Turn]:
    for row in rows:
        yield Turn(
            probe=_probe(row),
            asked=row["asked"],
            ending=None if row["ending"] is None else Ending(row["ending"]),
            answer=row["answer"],
            seconds=row["seconds"],
            result=results.get((row["sitting"], row["exchange"], row["turn"])),
        )


def _probe(row: RowMapping) -> Probe | None:
    if row["probe_point"] is None:
        return None
    return Probe(
        point_id=row["probe_point"],
        prompt=row["probe_prompt"],
        verdict=Verdict(row["probe_verdict"]),
    )
