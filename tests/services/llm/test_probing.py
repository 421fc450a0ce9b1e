"""What a language model can do, by the way in which it is asked for a judgement."""

from __future__ import annotations

import json
import random

import pytest
from tests.fakes.false_clock import FalseClock
from tests.fakes.scripted_model import Played, ScriptedModel

from interviewbot.domain.chat import ChatFailed, ChatFault, Rung
from interviewbot.services.llm.asking import Asking
from interviewbot.services.llm.pacing import Pace
from interviewbot.services.llm.probing import Probe, probe

FINE = json.dumps({"verdict": "covered", "number": 7})
OTHER = json.dumps({"verdict": "missing", "number": 8})
BUSY = ChatFailed(ChatFault.RATE, "too many requests", retry_after=1.0)
UNSUPPORTED = ChatFailed(ChatFault.REQUEST, "the server does not know this")


def probed(*script: Played) -> Probe:
    """Probe a model that plays ``script``."""
    clock = FalseClock()
    asking = Asking(
        model=ScriptedModel(script),
        pace=Pace(clock=clock, sleep=clock.sleep),
        repair="; ".join,
        spend=lambda _: None,
        dice=random.Random(0),
    )
    return probe(asking, clock)


def test_a_model_that_keeps_to_a_schema() -> None:
    """Twice the same reply is a model that repeats itself."""
    assert probed(FINE, FINE) == Probe(rung=Rung.SCHEMA, repairs=0, repeats=True, seconds=0.0)
    assert not probed(FINE, OTHER).repeats


def test_a_lower_rung_is_found() -> None:
    """By a refusal, or because the schema is not heeded."""
    assert probed(UNSUPPORTED, UNSUPPORTED, FINE, FINE).rung is Rung.JSON
    found = probed("Sure, I think it is covered.", FINE, FINE)
    assert (found.rung, found.repairs) == (Rung.TEXT, 1)


def test_a_busy_moment_is_no_verdict() -> None:
    """The judge would wait as well."""
    assert probed(BUSY, FINE, FINE).seconds >= 1.0


@pytest.mark.parametrize(
    "bad", ["{}", "no", '{"verdict": "perhaps", "number": 1}', '{"verdict": "covered"}']
)
def test_a_model_that_cannot_be_used(bad: str) -> None:
    """As in grading: it had its repairs."""
    with pytest.raises(ChatFailed) as caught:
        probed(bad, bad, bad)
    assert caught.value.fault is ChatFault.GARBLED
