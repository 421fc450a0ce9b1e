"""Which questions to ask, in which order, and why.

Owns the candidate's wish and the choice: what is due comes first, then what a weak topic
asks and what is new, by turns, and neighbours are of different topics where that can be. Refuses
to know a journal, a clock or dice: equal input gives an equal choice.
"""

from __future__ import annotations

import difflib
import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from interviewbot.domain.errors import BadInput, NothingToAsk
from interviewbot.domain.memory import Memory, PointKey
from interviewbot.domain.question import Level, Question
from interviewbot.domain.sitting import Choice, Mode

WEAK_BELOW = 0.6  # of what was asked of a topic, so much is known; under it the topic is weak


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What the candidate asked for.

    Empty ``topics`` or ``levels`` mean all. ``count`` None and ``minutes`` None leave it to
    the preferences. ``job``
    is the text of a job description. ``question_ids`` are asked exactly, in their order,
    whatever the rest says.
    """

    mode: Mode = Mode.PRACTICE
    topics: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    count: int | None = None
    minutes: float | None = None
    job: str = ""
    question_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the candidate knows ``now``: memories, and the mastery (0..1) of each of them."""

    memories: Mapping[PointKey, Memory]
    mastery: Mapping[PointKey, float]
    now: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    """A question that could be asked; ``rank`` orders those of one urgency."""

    question: Question
    urgency: int
    rank: tuple[float, ...]
    why: str


def parse_level(name: str) -> Level:
    """Return the level called ``name``, in any case.

    Raises:
        BadInput: if there is none; the hint names the nearest.
    """
    try:
        return Level(name.strip().lower())
    except ValueError:
        raise _unknown("level", name, list(Level)) from None


def fitting(questions: Iterable[Question], wish: Wish) -> list[Question]:
    """Return those of ``questions`` that are of the topics and levels of ``wish``.

    A draft is none of them: it is asked only where ``wish`` names it.

    Raises:
        BadInput: if there is no such topic; the hint names the nearest.
        NothingToAsk: if no question fits.
    """
    every = [question for question in questions if not question.draft]
    known = {_plain(question.topic): question.topic for question in every}
    topics: set[str] = set()
    for topic in wish.topics:
        if every and _plain(topic) not in known:
            raise _unknown("topic", topic, sorted(known.values()))
        topics.update(known[_plain(topic)] for _ in every[:1])
    found = [
        question
        for question in every
        if (not topics or question.topic in topics)
        and (not wish.levels or question.level in wish.levels)
    ]
    if not found:
        raise NothingToAsk(
            "no question fits these topics and levels"
            if every
            else "the corpus has no question, or only drafts",
            "leave a filter out; 'interviewbot corpus list' shows what there is",
        )
    return found


def choose(
    questions: Iterable[Question], wish: Wish, known: Known, seed: str
) -> tuple[Choice, ...]:
    """Return at most ``wish.count`` questions in the order to ask them; all if there are fewer.

    ``seed`` settles what nothing else does, so that two sittings differ.

    Raises:
        BadInput: if there is no such topic, or the count is below 1.
        NothingToAsk: if no question fits.
    """
    check(wish)
    candidates = _candidates(fitting(questions, wish), known)
    ranked = sorted(candidates, key=lambda one: (one.urgency, one.rank, _shuffle(seed, one)))
    chosen = list(_in_turn(ranked))[: wish.count]
    whys = {one.question.id: one.why for one in chosen}
    mixed = mix([one.question for one in chosen])
    return tuple(Choice(question_id=one.id, why=whys[one.id]) for one in mixed)


def check(wish: Wish) -> None:
    """Refuse a ``wish`` whose numbers make no sense.

    Raises:
        BadInput: with what is wrong.
    """
    if wish.count is not None and wish.count < 1:
        raise BadInput("an interview has at least one question", "ask for 1 or more")
    if wish.minutes is not None and not wish.minutes > 0:
        raise BadInput("an interview takes some time", "allow more than 0 minutes")


def mix(questions: Sequence[Question]) -> list[Question]:
    """Return ``questions`` with as few neighbours of one topic as can be.

    The order is kept where it can be.
    """
    rest = list(questions)
    mixed: list[Question] = []
    while rest:
        last = mixed[-1].topic if mixed else None
        counts = Counter(question.topic for question in rest)
        others = [question for question in rest if question.topic != last] or rest
        chosen = next(
            (one for one in others if _leaves_a_way(one.topic, counts)),
            max(others, key=lambda one: counts[one.topic]),
        )
        rest.remove(chosen)
        mixed.append(chosen)
    return mixed


def _leaves_a_way(topic: str, counts: Mapping[str, int]) -> bool:
    """Return whether after ``topic`` all the rest can be ordered without equal neighbours."""
    rest = sum(counts.values()) - 1
    return all(
        2 * count <= rest + 1 if other != topic else 2 * (count - 1) <= rest
        for other, count in counts.items()
    )


def _candidates(questions: Sequence[Question], known: Known) -> Iterator[_Candidate]:
    """Yield every question with its urgency: 0 due, 1 of a weak topic, 2 new, 3 the rest."""
    topics = _known_of_topics(questions, known)
    rank: tuple[float, ...]
    for question in questions:
        keys = [(question.id, point.id) for point in question.points]
        seen = [known.memories[key] for key in keys if key in known.memories]
        due = sorted(memory.due for memory in seen if memory.due <= known.now)
        share = topics.get(question.topic)
        mean = sum(known.mastery.get(memory.key, 0.0) for memory in seen) / max(1, len(seen))
        level = list(Level).index(question.level) if question.level else 0
        if due:
            urgency, rank = 0, (due[0].timestamp(), -float(len(due)))
            why = _due(len(due), (known.now - due[0]).days)
        elif share is not None and share < WEAK_BELOW and (not seen or mean < WEAK_BELOW):
            # What is seen and not due was looked at lately: something new of the topic first.
            urgency, rank = 1, (float(bool(seen)), share, mean, float(level))
            why = f"weak topic {question.topic}: {share:.0%} known".replace("%", " %")
        elif not seen:
            urgency, rank = 2, (float(level),)
            why = f"new: level {question.level}" if question.level else "new to you"
        else:
            last = max(memory.reviewed for memory in seen)
            urgency, rank = 3, (mean, last.timestamp())
            why = f"nothing more urgent; {mean:.0%} known".replace("%", " %")
        yield _Candidate(question=question, urgency=urgency, rank=rank, why=why)


def _known_of_topics(questions: Sequence[Question], known: Known) -> dict[str, float]:
    """Return, for topics that were asked about, how much of that is known (0..1), weighted."""
    found: dict[str, tuple[float, float]] = {}
    for question in questions:
        for point in question.points:
            key = (question.id, point.id)
            if key in known.memories:
                total, sure = found.get(question.topic, (0.0, 0.0))
                sure += point.weight * known.mastery.get(key, 0.0)
                found[question.topic] = (total + point.weight, sure)
    return {topic: sure / total for topic, (total, sure) in found.items() if total}


def _in_turn(ranked: Sequence[_Candidate]) -> Iterator[_Candidate]:
    """Yield due ones, then weak and new ones by turns, so that neither starves, then the rest."""
    due, weak, new, rest = (
        [one for one in ranked if one.urgency == urgency] for urgency in range(4)
    )
    yield from due
    for pair in zip_longest(_spread(weak), _spread(new)):
        yield from (one for one in pair if one is not None)
    yield from _spread(rest)


def _spread(ranked: Sequence[_Candidate]) -> list[_Candidate]:
    """Return ``ranked`` with the first of every topic first, then the second, and so on."""
    seen: Counter[str] = Counter()
    turns: list[int] = []
    for one in ranked:
        turns.append(seen[one.question.topic])
        seen[one.question.topic] += 1
    return [ranked[at] for at in sorted(range(len(ranked)), key=lambda at: (turns[at], at))]


def _shuffle(seed: str, candidate: _Candidate) -> str:
    return hashlib.sha256(f"{seed}\x1f{candidate.question.id}".encode()).hexdigest()


def _due(count: int, days: int) -> str:
    points = "1 point due" if count == 1 else f"{count} points due"
    if not days:
        return f"{points} today"
    since = "since yesterday" if days == 1 else f"for {days} days"
    return f"{points} {since}" if count == 1 else f"{points}, the oldest {since}"


def _plain(name: str) -> str:
    return "-".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _unknown(kind: str, name: str, known: Sequence[str]) -> BadInput:
    near = difflib.get_close_matches(_plain(name), known, n=1, cutoff=0.4)
    hint = f"the nearest is {near[0]}; " if near else ""
    return BadInput(f"there is no {kind} “{name}”", f"{hint}there are {', '.join(known)}")
