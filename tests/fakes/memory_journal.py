"""A journal in dictionaries. Refuses to outlive the test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from interviewbot.domain.errors import BadInput, OutOfStep, SittingHeld
from interviewbot.domain.interview import Event, step
from interviewbot.domain.memory import Memory, OwnVerdict, PointKey, Review
from interviewbot.domain.sitting import Draft, Exchange, Sitting

_ReviewKey = tuple[str, int, str]  # sitting, exchange, point


class MemoryJournal:
    """Keeps everything as objects, and refuses what a journal on disk would refuse."""

    def __init__(self) -> None:
        """Begin empty."""
        self._sittings: dict[str, Sitting] = {}
        self._drafts: dict[tuple[str, int, int], Draft] = {}
        self._memories: dict[PointKey, Memory] = {}
        self._reviews: dict[_ReviewKey, Review] = {}
        self._own: dict[_ReviewKey, OwnVerdict] = {}
        self._held: set[str] = set()

    def begin(self, sitting: Sitting) -> None:
        """Keep a new sitting."""
        if sitting.id in self._sittings or sitting.exchanges or sitting.ended:
            raise OutOfStep("this interview has begun already")
        self._sittings[sitting.id] = sitting

    def tell(
        self, sitting: Sitting, event: Event, learned: Sequence[tuple[Review, Memory]] = ()
    ) -> None:
        """Keep ``event``, if ``sitting`` is what it makes of the sitting kept so far."""
        before = self._sittings.get(sitting.id)
        if before is None or step(before, event) != sitting:
            raise OutOfStep("this interview has moved on in another window")
        reviews = {_key(review): review for review, _ in learned}
        if len(reviews) < len(learned) or reviews.keys() & self._reviews.keys():
            raise OutOfStep("this review is there already")
        self._sittings[sitting.id] = sitting
        self._reviews.update(reviews)
        self._memories.update({memory.key: memory for _, memory in learned})
        self._drafts = {key: draft for key, draft in self._drafts.items() if self._is_open(draft)}

    def sitting(self, sitting_id: str) -> Sitting:
        """Return a sitting as it was told last."""
        if sitting_id not in self._sittings:
            raise BadInput("the journal has no such interview", "")
        return self._sittings[sitting_id]

    def unfinished(self) -> list[Sitting]:
        """Return the sittings without an end, the latest begun first."""
        found = [sitting for sitting in self._sittings.values() if sitting.ended is None]
        return sorted(found, key=lambda one: (one.began, one.id), reverse=True)

    def finished(self, *, limit: int | None = None) -> list[Sitting]:
        """Return the sittings with an end, the latest ended first."""
        found = [(one.ended, one.id, one) for one in self._sittings.values() if one.ended]
        found.sort(key=lambda one: one[:2], reverse=True)
        return [sitting for _, _, sitting in found][:limit]

    @contextmanager
    def hold(self, sitting_id: str) -> Iterator[None]:
        """Hold a sitting until the end of the ``with`` block."""
        if sitting_id in self._held:
            raise SittingHeld("this interview is open in another window", "")
        self._held.add(sitting_id)
        try:
            yield
        finally:
            self._held.remove(sitting_id)

    def save_draft(self, draft: Draft) -> None:
        """Keep ``draft``, if its turn is open."""
        if not self._is_open(draft):
            raise OutOfStep("this interview has moved on in another window")
        self._drafts[draft.sitting, draft.exchange, draft.turn] = draft

    def draft(self, sitting: Sitting) -> Draft | None:
        """Return the draft of the open turn."""
        if sitting.turn is None or sitting.turn.ending is not None:
            return None
        exchange = len(sitting.exchanges) - 1
        return self._drafts.get((sitting.id, exchange, len(sitting.exchanges[exchange].turns) - 1))

    def memories(self) -> list[Memory]:
        """Return every memory, by question and point."""
        return [self._memories[key] for key in sorted(self._memories)]

    def reviews(self, key: PointKey | None = None) -> list[Review]:
        """Return the reviews of one point, or of all, the oldest first."""
        found = [review for review in self._reviews.values() if key in (None, review.key)]
        return sorted(found, key=lambda one: (one.at, *_key(one)))

    def exchanges(self, question_id: str) -> list[tuple[Sitting, Exchange]]:
        """Return every complete exchange about a question, the latest closed first."""
        found = [
            (exchange.closed, sitting.id, sitting, exchange)
            for sitting in self._sittings.values()
            for exchange in sitting.exchanges
            if exchange.closed and sitting.choice(exchange).question_id == question_id
        ]
        found.sort(key=lambda one: one[:2], reverse=True)
        return [(sitting, exchange) for _, _, sitting, exchange in found]

    def contest(
        self, own: OwnVerdict, review: Review | None = None, memory: Memory | None = None
    ) -> None:
        """Keep ``own``, and with it the review it changes."""
        sitting = self._sittings.get(own.sitting)
        if sitting is None or not 0 <= own.exchange < len(sitting.exchanges):
            raise OutOfStep("there is no such exchange")
        if review is not None and _key(review) not in self._reviews:
            raise OutOfStep("there is no such review")
        self._own[_key(own)] = own
        if review is not None:
            self._reviews[_key(review)] = review
        if memory is not None:
            self._memories[memory.key] = memory

    def own_verdicts(self) -> list[OwnVerdict]:
        """Return every verdict of the candidate, the oldest first."""
        return sorted(self._own.values(), key=lambda one: (one.at, *_key(one)))

    def _is_open(self, draft: Draft) -> bool:
        sitting = self._sittings.get(draft.sitting)
        exchanges = sitting.exchanges if sitting else ()
        turns = exchanges[draft.exchange].turns if draft.exchange < len(exchanges) else ()
        return draft.turn < len(turns) and turns[draft.turn].ending is None


def _key(record: Review | OwnVerdict) -> _ReviewKey:
    return (record.sitting, record.exchange, record.point_id)
