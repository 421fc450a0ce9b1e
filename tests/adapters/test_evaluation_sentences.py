"""What the figures of a set say, in sentences."""

from __future__ import annotations

from typing import Any

import pytest
from tests.adapters.made_evaluation import agreement

from interviewbot.adapters.evaluation_sentences import against_rules, conclusion, is_empty


def _figures(r: float | None, qwk: float | None, mae: float | None) -> dict[str, Any]:
    return {"pearson": r, "qwk": qwk, "mae": mae}


def _found(own: dict[str, Any], **rules: dict[str, Any]) -> dict[str, Any]:
    return {"compared": 9, "points": {"n": 0}, **own, "baselines": rules}


@pytest.mark.parametrize(
    ("own", "sentence"),
    [
        ((0.9, 0.9, 0.1), "better than length, keywords and cosine by r, QWK and MAE"),
        (
            (0.9, 0.35, 0.4),
            (
                "better than length, keywords and cosine by r; better than length and cosine, worse"
                " than keywords by QWK; worse than all of them by MAE"
            ),
        ),
        (
            (0.3004, None, None),
            "better than length, level with keywords, worse than cosine by r",
        ),
        ((None, None, None), ""),
    ],
)
def test_what_the_grader_beats(own: tuple[float | None, ...], sentence: str) -> None:
    """Errors are better when smaller, and what is shown as equal is level."""
    found = _found(
        _figures(*own),
        length=_figures(0.1, 0.2, 0.3),
        keywords=_figures(0.3, 0.4, 0.2),
        cosine=_figures(0.5, 0.3, 0.3),
    )
    assert against_rules(found) == sentence


def test_a_rule_alone() -> None:
    """Nothing is said of rules that were not tried."""
    found = _found(_figures(0.5, 0.1, 0.2), length=_figures(0.1, 0.2, 0.1))
    assert against_rules(found) == "better than length by r; worse than length by QWK and MAE"


def test_a_fitted_rule_is_one_of_them() -> None:
    """Where it could be fitted; where it could not, nothing is said of it."""
    own, rule = _figures(0.5, 0.5, 0.2), _figures(0.6, 0.1, 0.1)
    found = _found(own, length=_figures(0.1, 0.2, 0.3), surface=rule)
    assert against_rules(found) == (
        "better than length, worse than surface features by r and MAE;"
        " better than length and surface features by QWK"
    )
    found["baselines"]["surface"] = None
    assert against_rules(found) == "better than length by r, QWK and MAE"


@pytest.mark.parametrize(
    ("r", "words"),
    [(0.85, "agrees very well"), (0.45, "agrees fairly"), (0.1, "hardly"), (-0.5, "disagrees")],
)
def test_how_good_the_grader_is(r: float, words: str) -> None:
    """In words, with the figure, its interval, people in its place, and wrong claims found."""
    said = conclusion({**agreement("set"), "pearson": r})
    assert said.startswith(f"it {words}")
    assert f"(r {r:.2f}, 0.25 to 0.75), off by 17 of 100 points on average" in said
    assert "one person agrees with the others at r 0.51" in said
    assert "it finds 71 % of the wrong claims" in said


def test_a_set_without_labels() -> None:
    """That is the whole sentence."""
    found = {"compared": 0, "points": {"n": 0}, "auc": None}
    assert is_empty(found)
    assert conclusion(found) == "there is nothing to compare"
    assert not is_empty({**found, "auc": 0.5})
