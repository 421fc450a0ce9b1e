"""A journal in lists. Refuses what these tests do not need: another window's events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from interviewbot.domain.interview import Event
from interviewbot.domain.memory import Memory, OwnVerdict, PointKey, Review
from interviewbot.domain.sitting import Draft, Exchange, Sitting


class ListedJournal:
    """Fulfils ``ports.Journal``; everything it holds can be set from outside."""

    def __init__(self) -> None:
        """Begin empty."""
        self.sittings: dict[str, Sitting] = {}
        self.known: dict[PointKey, Memory] = {}
        self.seen: list[Review] = []
        self.own: list[OwnVerdict] = []
        self.drafts: list[Draft] = []
        self.held: set[str] = set()

    def begin(self, sitting: Sitting) -> None:
        """Keep a new sitting."""
        self.sittings[sitting.id] = sitting

    def tell(
        self,
        sitting: Sitting,
        event: Event,  # noqa: ARG002 - the port hands it in
        learned: Sequence[tuple[Review, Memory]] = (),
    ) -> None:
        """Keep the sitting and what was learned."""
        self.sittings[sitting.id] = sitting
        for review, memory in learned:
            self.seen.append(review)
            self.known[memory.key] = memory

    def sitting(self, sitting_id: str) -> Sitting:
        """Return a sitting."""
        return self.sittings[sitting_id]

    def unfinished(self) -> list[Sitting]:
        """Return the sittings without an end, the latest first."""
        return [one for one in reversed(self.sittings.values()) if one.ended is None]

    def finished(self, *, limit: int | None = None) -> list[Sitting]:
        """Return the sittings with an end, the latest first."""
        return [one for one in reversed(self.sittings.values()) if one.ended is not None][:limit]

    @contextmanager
    def hold(self, sitting_id: str) -> Iterator[None]:
        """Hold a sitting."""
        self.held.add(sitting_id)
        yield
        self.held.remove(sitting_id)

    def save_draft(self, draft: Draft) -> None:
        """Keep a draft."""
        self.drafts.append(draft)

    def draft(self, sitting: Sitting) -> Draft | None:
        """Return the latest draft."""
        return next((one for one in reversed(self.drafts) if one.sitting == sitting.id), None)

    def memories(self) -> list[Memory]:
        """Return every memory."""
        return list(self.known.values())

    def reviews(self, key: PointKey | None = None) -> list[Review]:
        """Return the reviews of one point, or of all."""
        return [review for review in self.seen if key in {None, review.key}]

    def exchanges(self, question_id: str) -> list[tuple[Sitting, Exchange]]:
        """Return every complete exchange about a question, the latest first."""
        return [
            (sitting, exchange)
            for sitting in reversed(self.sittings.values())
            for exchange in reversed(sitting.exchanges)
            if exchange.closed and sitting.choice(exchange).question_id == question_id
        ]

    def contest(
        self, own: OwnVerdict, review: Review | None = None, memory: Memory | None = None
    ) -> None:
        """Keep ``own``, and the memory that it changes."""
        self.own.append(own)
        if review is not None and memory is not None:
            self.known[memory.key] = memory

    def own_verdicts(self) -> list[OwnVerdict]:
        """Return every verdict of the candidate's."""
        return list(self.own)
