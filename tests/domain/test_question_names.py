"""Ids and names of new questions: safe whatever they are made of, and free."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewbot.domain.errors import BadInput
from interviewbot.domain.question import Question
from interviewbot.domain.question_names import LONGEST_SLUG, next_id, slug, slugs


def _questions(**topics: Sequence[str]) -> list[Question]:
    return [
        Question(id=name, prompt="?", points=(), topic=topic.replace("_", "-"))
        for topic, names in topics.items()
        for name in names
    ]


SHIPPED = _questions(data=["DA0001"], deep_learning=["DL0001", "DL0014"], vision=["CV0003"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Zero padding", "zero-padding"),
        ("../../etc/passwd", "etc-passwd"),
        ("  Élan -- vital! ", "elan-vital"),
        ("注意力", ""),
        ("---", ""),
        ("word " * 40, "-".join(["word"] * 12)),
        ("x" * 100, "x" * 60),
    ],
)
def test_slug(text: str, expected: str) -> None:
    """Letters, digits and single hyphens, cut between words where there is a place to cut."""
    assert slug(text) == expected


@given(st.text())
def test_a_slug_is_always_safe(text: str) -> None:
    """Whatever the text, nothing of a path and no control character is left."""
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(text))
    assert len(slug(text)) <= LONGEST_SLUG


@given(st.lists(st.sampled_from(["a", "A", "a-2", "a 3", "注", "point", ""]), max_size=12))
def test_no_two_slugs_are_the_same(names: list[str]) -> None:
    """There are as many as there are names, and each is one."""
    found = slugs(names, "point")
    assert len(found) == len(set(found)) == len(names)
    assert all(found)


def test_the_next_id_is_above_the_highest() -> None:
    """Gaps are left: a number that was once used may be remembered somewhere."""
    assert next_id("deep-learning", SHIPPED, {"DL0001", "DL0014"}) == "DL0015"


def test_ids_that_only_a_file_has_are_taken_too() -> None:
    """A file that is not in use may be some day."""
    assert next_id("deep-learning", SHIPPED, {"DL0014", "DL0020", "DA0099"}) == "DL0021"


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("graph-theory", "GT0001"),
        ("databases", "DT0001"),  # DA is that of data
        ("distributed-logs", "DI0001"),  # DL is that of deep learning
        ("2024", "QA0001"),
        ("x", "XA0001"),
    ],
)
def test_a_new_topic_gets_letters_of_its_own(topic: str, expected: str) -> None:
    """No other topic begins its ids so."""
    assert next_id(topic, SHIPPED, ()) == expected


def test_after_the_highest_number_a_gap_is_used() -> None:
    """Where all are taken, that is said."""
    taken = {f"DL{number:04}" for number in range(1, 10_000)}
    assert next_id("deep-learning", SHIPPED, taken - {"DL0007"}) == "DL0007"
    with pytest.raises(BadInput, match="all numbers of DL"):
        next_id("deep-learning", SHIPPED, taken)
