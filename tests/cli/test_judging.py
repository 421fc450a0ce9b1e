"""Which judge the options choose."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click
import pytest

from interviewbot.cli.judging import judged_by, spent
from interviewbot.domain.chat import Usage
from interviewbot.domain.errors import BadInput
from interviewbot.domain.language_model import LanguageModel
from interviewbot.domain.spending import Budget, Prices
from interviewbot.wiring import Wiring

SET = LanguageModel(
    name="openai:set", timeout=30.0, prices=Prices(input=1, output=2, currency="EUR")
)


def wiring(judge: str = "local") -> Wiring:
    """Return the wiring of settings that say ``judge``."""
    return replace(Wiring(roots=[], home=Path("nowhere")), judge_name=judge, language_model=SET)


def test_without_options_the_settings_say_who_judges() -> None:
    """And how the model is asked."""
    assert judged_by(wiring(), None, None).judge_name == "local"
    found = judged_by(wiring("llm"), None, None)
    assert (found.judge_name, found.language_model) == ("llm", SET)


def test_an_option_beats_the_settings() -> None:
    """The judge, the model, the time and the money."""
    assert judged_by(wiring("llm"), "local", None).judge_name == "local"
    assert judged_by(wiring(), "llm", None).language_model == SET
    found = judged_by(
        wiring(), "llm", "ollama:other", no_fallback=True, timeout=5.0, budget="2 EUR"
    )
    assert found.language_model == replace(
        SET,
        name="ollama:other",
        timeout=5.0,
        fallback=False,
        budget=Budget(amount=2.0, currency="EUR"),
    )


def test_who_names_a_model_wants_it_to_judge() -> None:
    """``--model`` alone is enough."""
    assert judged_by(wiring(), None, "ollama:x").judge_name == "llm"


@pytest.mark.parametrize(("model", "budget"), [("ollama:x", None), (None, "500")])
def test_what_only_a_model_needs_is_refused_without_one(
    model: str | None, budget: str | None
) -> None:
    """An option that would do nothing is a mistake of the user's."""
    with pytest.raises(click.UsageError, match="goes with --judge llm"):
        judged_by(wiring(), "local", model, budget=budget)


def test_a_budget_that_cannot_be_used_is_refused() -> None:
    """Before anything is asked."""
    with pytest.raises(BadInput):
        judged_by(wiring(), "llm", None, budget="2 USD")


def test_what_was_spent_is_said_of_a_model_only() -> None:
    """The offline judge costs nothing."""
    found = judged_by(wiring(), "llm", None)
    found.language_models.spending.add(Usage(input_tokens=1_000))
    assert spent(found) == "1,000 tokens in, 0 out, 0.0010 EUR"
    assert spent(wiring()) == ""
