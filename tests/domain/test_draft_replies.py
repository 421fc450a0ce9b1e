"""What is read from a model's draft: each field checked, each text safe and short."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.services.made_drafts import drafted, reply, reply_with_point

from interviewbot.domain.draft_replies import (
    LONGEST_TEXT,
    MOST_FAULTS,
    DraftReply,
    draft_schema,
    read_draft,
)
from interviewbot.domain.text import one_line


def _read(text: str) -> DraftReply:
    found = read_draft(text)
    assert isinstance(found, DraftReply), found
    return found


def _faults(text: str) -> str:
    found = read_draft(text)
    assert isinstance(found, tuple)
    assert 0 < len(found) <= MOST_FAULTS
    return "\n".join(found)


def test_a_good_reply_is_read() -> None:
    """Fences and chatter around it do no harm."""
    draft = _read(f"Here you are:\n```json\n{reply()}\n```\n")
    assert (draft.title, draft.topic, draft.tags) == (
        "Teacher forcing",
        "deep-learning",
        ("sequences", "training"),
    )
    assert [one.point.weight for one in draft.points] == [2, 1, 2, 1]
    assert draft.points[1].quote == "all positions of a sequence can be computed in parallel"


def test_the_schema_asks_for_all_that_is_read() -> None:
    """Every field of a good reply is in it, required, at both levels."""
    schema: Any = draft_schema()
    assert set(schema["required"]) == set(drafted())
    assert set(schema["properties"]["points"]["items"]["required"]) == set(drafted()["points"][0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("[]", "no JSON object"),
        ('{"points": null}', "has 0"),
        (reply(points=[]), "has 0"),
        (reply(points=[{}] * 10_000), "has 10,000"),
        (reply(points=["one", "two"]), "not an object"),
        (reply(points={"a": 1}), "has 0"),
        (reply(title=""), "the title is empty"),
        (reply(title=None), "the title is not a text"),
        (reply(title="\x1b[31m\u202e"), "the title is empty"),
        (reply(title="t" * 500_000), "500,000 characters"),
        (reply(topic="注意力"), "the topic is not lower-case words"),
        (reply(level="expert"), "foundation, intermediate, advanced"),
        (reply(tags="one, two"), "the tags are not a list"),
        (reply(tags=["t"] * 100_000), "100,000; at most 8"),
        (reply(tags=[["t"]]), "an entry of the tags is not a text"),
        (reply_with_point(0, weight="heavy"), "the weight of the point “true-inputs”"),
        (reply_with_point(0, weight=-1), "the weight"),
        (reply_with_point(0, weight=1e-9), "the weight"),
        (reply_with_point(0, weight=float("nan")), "the weight"),
        (reply_with_point(0, weight=True), "the weight"),
        (reply_with_point(0, accept=["---"]), "an entry of the accept of the point"),
        (reply_with_point(0, misconceptions=None), "misconceptions of the point"),
        (
            reply_with_point(0, follow_up=7),
            "the follow_up of the point “true-inputs” is not a text",
        ),
        (reply_with_point(0, text="It is $\frac{a}{b}$."), "lost a backslash"),
        (reply_with_point(0, text="It is $a \times b$."), "lost a backslash"),
        (reply_with_point(0, quote=""), "the quote of the point “true-inputs” is empty"),
    ],
    ids=lambda value: value[:60],
)
def test_what_is_not_as_asked_is_a_fault(text: str, said: str) -> None:
    """The model is told what to mend, in words that name the place."""
    assert said in _faults(text)


def test_texts_are_single_safe_lines() -> None:
    """Escape sequences, line breaks, hidden characters and lone surrogates do not get through."""
    draft = _read(
        reply_with_point(
            0,
            text="One\n---\ntwo \x1b]52;c;aGk=\x07\x1b[2Jthree\u202e \ud800four",
            accept=["&anchor *alias !!python/object", "[/bold] <script>", "a: b # c"],
        )
    )
    assert draft.points[0].point.text == "One --- two three ?four"
    assert draft.points[0].point.accept == (
        "&anchor *alias !!python/object",
        "[/bold] <script>",
        "a: b # c",
    )


def test_ids_are_slugs_and_differ() -> None:
    """A path is none, and two points that are called the same are told apart."""
    draft = drafted()
    for point, name in zip(draft["points"], ["../../x", "x", "X!", "注意"], strict=True):
        point["id"] = name
    found = _read(json.dumps(draft | {"topic": "../../Deep Learning"}))
    assert [one.point.id for one in found.points] == ["x", "x-2", "x-3", "point"]
    assert found.topic == "deep-learning"


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=12,
)


@given(st.sampled_from(sorted(drafted()["points"][0])), _JSON)
def test_no_value_of_a_field_gets_through_unchecked(key: str, value: object) -> None:
    """Anything at all in one field is a fault, or becomes safe text of bounded length."""
    found = read_draft(reply_with_point(0, **{key: value}))
    if isinstance(found, tuple):
        assert found
        assert all(one_line(fault) == fault and len(fault) < 300 for fault in found)
        return
    point = found.points[0].point
    for text in (*point.claims, *point.misconceptions, point.follow_up, found.points[0].quote):
        assert text == one_line(text) != ""
        assert len(text) <= LONGEST_TEXT
