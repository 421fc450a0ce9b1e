"""Choosing: due, then weak, then new; mixed, and settled by the seed alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewbot.domain.choosing import Known, Wish, choose, fitting, mix, parse_level
from interviewbot.domain.errors import BadInput, NothingToAsk
from interviewbot.domain.memory import Memory, Rating
from interviewbot.domain.question import Level, Point, Question
from interviewbot.domain.sitting import Choice

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def question(name: str, topic: str = "a", level: Level | None = None, points: int = 2) -> Question:
    """Return a question with points p1, p2, ..."""
    made = tuple(Point(id=f"p{number}", text="It is so.") for number in range(1, points + 1))
    return Question(id=name, prompt="?", points=made, topic=topic, level=level)


def memory(name: str, point: str, due_in: float) -> Memory:
    """Return the memory of a point that is due in so many days."""
    return Memory(
        question_id=name,
        point_id=point,
        due=NOW + timedelta(days=due_in),
        reviewed=NOW - timedelta(days=9),
        rating=Rating.GOOD,
        stability=1.0,
        difficulty=5.0,
        reviews=1,
    )


def known(*remembered: tuple[Memory, float]) -> Known:
    """Return what is known: memories, each with its mastery."""
    return Known(
        memories={one.key: one for one, _ in remembered},
        mastery={one.key: share for one, share in remembered},
        now=NOW,
    )


def chosen(
    questions: Sequence[Question], knowledge: Known | None = None, seed: str = "s", **wish: object
) -> list[Choice]:
    """Return the choice among ``questions``."""
    return list(choose(questions, Wish(**wish), knowledge or known(), seed))  # type: ignore[arg-type]


def ids(choices: Sequence[Choice]) -> list[str]:
    """Return the ids alone."""
    return [choice.question_id for choice in choices]


def test_due_comes_before_weak_before_new() -> None:
    """And each says why in words."""
    knowledge = known(
        (memory("D", "p1", -3.5), 0.5),
        (memory("D", "p2", -1), 0.9),
        (memory("S", "p1", 4), 0.31),
    )
    pool = [
        question("N", "fresh"),
        question("W", "statistics"),
        question("S", "statistics"),
        question("D", "deep"),
    ]
    first = chosen(pool, knowledge, count=1)
    assert first == [Choice(question_id="D", why="2 points due, the oldest for 3 days")]
    assert [(choice.question_id, choice.why) for choice in chosen(pool, knowledge, count=3)] == [
        ("D", "2 points due, the oldest for 3 days"),
        ("W", "weak topic statistics: 31 % known"),
        ("N", "new to you"),
    ]
    assert ids(chosen(pool, knowledge, count=2)) == ["D", "W"]


def test_weak_and_new_take_turns() -> None:
    """A weak topic with many questions leaves room for what is new."""
    knowledge = known((memory("W0", "p1", 4), 0.1))
    pool = [question(f"W{n}", "weak") for n in range(6)] + [question("N", "new")]
    assert set(ids(chosen(pool, knowledge, count=3))) >= {"N"}


def test_the_longest_overdue_comes_first() -> None:
    """Whatever the seed."""
    knowledge = known((memory("A", "p1", -1), 0.5), (memory("B", "p1", -8), 0.5))
    for seed in "xyz":
        pool = [question("A"), question("B")]
        assert chosen(pool, knowledge, seed, count=1)[0].why == "1 point due for 8 days"


@pytest.mark.parametrize(
    ("days", "why"), [(-0.2, "1 point due today"), (-1.5, "1 point due since yesterday")]
)
def test_one_due_point_in_words(days: float, why: str) -> None:
    """There is no plural and no count of hours."""
    assert chosen([question("A")], known((memory("A", "p1", days), 0.5)))[0].why == why


def test_something_new_of_a_weak_topic_before_what_was_seen_lately() -> None:
    """A point that is not due was looked at not long ago."""
    knowledge = known((memory("A", "p1", 3), 0.2))
    pool = [question("A", "weak"), question("B", "weak")]
    assert ids(chosen(pool, knowledge, count=1)) == ["B"]


def test_what_is_known_well_comes_last_and_says_so() -> None:
    """Nothing more urgent is left then."""
    knowledge = known((memory("A", "p1", 30), 0.9), (memory("A", "p2", 30), 0.9))
    found = chosen([question("A"), question("B", "b")], knowledge, count=2)
    whys = {choice.question_id: choice.why for choice in found}
    assert whys == {"A": "nothing more urgent; 90 % known", "B": "new to you"}
    assert ids(chosen([question("A"), question("B", "b")], knowledge, count=1)) == ["B"]


def test_new_questions_begin_with_the_foundations() -> None:
    """An advanced question of a topic comes after an easy one."""
    pool = [question("A", level=Level.ADVANCED), question("B", level=Level.FOUNDATION)]
    for seed in "xyz":
        (first,) = chosen(pool, seed=seed, count=1)
        assert (first.question_id, first.why) == ("B", "new: level foundation")


def test_new_questions_come_from_all_topics() -> None:
    """Five out of forty are not all of one topic."""
    pool = [question(f"{topic}{n}", topic) for topic in "abcde" for n in range(8)]
    assert {name[0] for name in ids(chosen(pool, count=5))} == set("abcde")


def test_equal_seeds_choose_alike_and_others_differ() -> None:
    """There are no dice inside, and the order of the corpus does not matter."""
    pool = [question(f"Q{n}", f"t{n % 4}") for n in range(40)]
    assert chosen(pool, seed="one") == chosen(pool[::-1], seed="one")
    assert len({tuple(ids(chosen(pool, seed=str(seed)))) for seed in range(10)}) > 5


def test_as_many_as_there_are() -> None:
    """Fewer questions than asked for are no error."""
    assert sorted(ids(chosen([question("A"), question("B")], count=9))) == ["A", "B"]


def test_filters_hold() -> None:
    """Topic and level, in any spelling of the topic."""
    pool = [
        question("A", "machine-learning", Level.FOUNDATION),
        question("B", "machine-learning", Level.ADVANCED),
        question("C", "vision", Level.FOUNDATION),
    ]
    wish = {"topics": ("Machine Learning",), "levels": (Level.FOUNDATION,)}
    assert ids(chosen(pool, **wish)) == ["A"]  # type: ignore[arg-type]


def test_an_unknown_topic_names_the_nearest() -> None:
    """A slip of the finger is met with help."""
    with pytest.raises(BadInput, match="there is no topic “statistiks”") as caught:
        fitting(
            [question("A", "statistics"), question("B", "vision")], Wish(topics=("statistiks",))
        )
    assert caught.value.hint.startswith("the nearest is statistics;")


def test_an_unknown_level_names_the_nearest() -> None:
    """Likewise; known ones are read in any case."""
    assert parse_level(" Advanced ") is Level.ADVANCED
    with pytest.raises(BadInput, match="there is no level") as caught:
        parse_level("intermedeate")
    assert "the nearest is intermediate" in caught.value.hint


def test_nothing_that_fits_is_said() -> None:
    """An empty corpus and a filter without questions are told apart."""
    with pytest.raises(NothingToAsk, match="topics and levels"):
        fitting([question("A", level=Level.ADVANCED)], Wish(levels=(Level.FOUNDATION,)))
    with pytest.raises(NothingToAsk, match="the corpus has no question"):
        fitting([], Wish(topics=("any",)))


@pytest.mark.parametrize(
    "wish", [Wish(count=0), Wish(minutes=0.0), Wish(minutes=float("nan")), Wish(minutes=-1.0)]
)
def test_numbers_without_sense_are_refused(wish: Wish) -> None:
    """No questions, or no time."""
    with pytest.raises(BadInput):
        choose([question("A")], wish, known(), "s")


def equal_neighbours(topics: Sequence[str]) -> int:
    """Count neighbours of one topic."""
    return sum(one == other for one, other in pairwise(topics))


@given(st.lists(st.sampled_from("abc"), max_size=7))
def test_neighbours_share_a_topic_only_where_that_cannot_be_avoided(topics: list[str]) -> None:
    """No order has fewer, and nothing is lost."""
    pool = [question(f"Q{number}", topic) for number, topic in enumerate(topics)]
    mixed = mix(pool)
    assert sorted(one.id for one in mixed) == [one.id for one in pool]
    best = min(equal_neighbours(order) for order in permutations(topics))
    assert equal_neighbours([one.topic for one in mixed]) == best


def test_an_order_that_is_mixed_already_stays() -> None:
    """What is most urgent keeps its place."""
    pool = [question(name, topic) for name, topic in zip("ABCDE", "xyxzy", strict=True)]
    assert mix(pool) == pool


def test_a_draft_is_asked_only_where_it_is_named() -> None:
    """Neither a topic nor a count brings it up, and alone it is nothing to ask."""
    draft = replace(question("B"), draft=True)
    assert fitting([question("A"), draft], Wish()) == [question("A")]
    chosen = choose([question("A"), draft], Wish(count=5), known(), "seed")
    assert [choice.question_id for choice in chosen] == ["A"]
    with pytest.raises(NothingToAsk):
        fitting([draft], Wish())
