"""Replies kept from earlier: what is damaged is asked for anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.fakes.memory_replies import MemoryReplies
from tests.services.llm.made_grader import MadeGrader
from tests.services.llm.made_judgements import reply

from interviewbot.domain.chat import Json

KEPT: dict[str, Json] = {
    "reply": reply(),
    "rung": "json_schema",
    "repairs": 0,
    "input_tokens": 100,
    "output_tokens": 10,
    "tokens_told": True,
}
LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text())
ANY: st.SearchStrategy[Any] = st.recursive(
    LEAVES, lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner))
)
DOCUMENTS = st.one_of(
    st.dictionaries(st.text(), ANY),
    st.fixed_dictionaries(
        {}, optional={name: st.one_of(ANY, st.just(KEPT[name])) for name in KEPT}
    ),
)


class Anything(MemoryReplies):
    """Has the same document for every key."""

    def __init__(self, document: Mapping[str, Json]) -> None:
        """Keep it."""
        super().__init__()
        self.document = document

    def get(self, key: str) -> Mapping[str, Json] | None:
        """Return it."""
        self.asked.append(key)
        return self.document


def is_asked(document: Mapping[str, Json]) -> bool:
    """Return whether the model is asked although ``document`` is kept."""
    made = MadeGrader(reply(), cache=Anything(document))
    found = made.graded()
    assert found.score == 100.0
    assert found.receipt.call is not None
    assert found.receipt.call.cached is not bool(made.model.requests)
    assert found.receipt.call.input_tokens >= 0
    assert type(found.receipt.call.repairs) is int
    return bool(made.model.requests)


def test_a_whole_document_is_a_hit() -> None:
    """So that the tests below test something; what is beside it does not matter."""
    assert not is_asked(KEPT)
    assert not is_asked({**KEPT, "more": [1]})


@pytest.mark.parametrize("name", sorted(set(KEPT) - {"tokens_told"}))
def test_a_field_that_is_not_there_is_a_miss(name: str) -> None:
    """Any of those that the receipt needs."""
    assert is_asked({key: value for key, value in KEPT.items() if key != name})


@pytest.mark.parametrize(
    "changed",
    [
        {"reply": "{}"},
        {"reply": reply()[:-5]},
        {"reply": reply({"variance": "splendid"})},
        {"rung": "by shouting"},
        {"rung": ["text"]},
        {"repairs": True},
        {"repairs": 1.0},
        {"repairs": -1},
        {"input_tokens": -5},
        {"output_tokens": "10"},
    ],
    ids=str,
)
def test_a_field_of_another_kind_is_a_miss(changed: dict[str, Json]) -> None:
    """It is never guessed what was meant."""
    assert is_asked({**KEPT, **changed})


def test_a_kept_reply_whose_quotes_do_not_hold_is_a_miss() -> None:
    """Whoever wrote it there: what is kept is believed no more than what comes."""
    assert is_asked({**KEPT, "reply": reply(quotes={"variance": "words that nobody said"})})


def test_an_estimate_stays_one() -> None:
    """Tokens that were guessed the first time are not told the second."""
    made = MadeGrader(cache=Anything({**KEPT, "tokens_told": False}))
    call = made.graded().receipt.call
    assert call is not None
    assert not call.tokens_told


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_no_document_breaks_anything(document: dict[str, Json]) -> None:
    """Any JSON is a hit or a miss, and the grade is the same."""
    is_asked(document)
