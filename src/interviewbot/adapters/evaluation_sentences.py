"""What the figures of a set say, in sentences.

Owns the comparison with the rules that read nothing, and the words for how well a grader
agrees. Refuses to compute a figure and to know where a sentence is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_RULES = {
    "length": "length",
    "keywords": "keywords",
    "cosine": "cosine",
    "surface": "surface features",
}
_FIGURES = (("pearson", "r", 1), ("qwk", "QWK", 1), ("mae", "MAE", -1))  # 1: more is better
_STRENGTHS = (
    (0.8, "agrees very well"),
    (0.6, "agrees well"),
    (0.4, "agrees fairly"),
    (0.2, "agrees weakly"),
    (-0.2, "hardly agrees"),
)
_DIGITS = 3  # as many as are shown: nobody reads "better" beside two equal numbers

NOTHING = "no row has a score or labels, so there is nothing to compare"

Figures = Mapping[str, Any]
_Outcome = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]


def against_rules(found: Figures) -> str:
    """Return by which figures a grader is better and worse than which rules; empty for none.

    As in "better than length, keywords and cosine by r; worse than keywords by QWK".
    """
    figures: dict[_Outcome, list[str]] = {}
    for key, name, sign in _FIGURES:
        outcome = _outcome(found, key, sign)
        if any(outcome):
            figures.setdefault(outcome, []).append(name)
    tried = [rule for rule in _RULES if (found.get("baselines") or {}).get(rule)]
    return "; ".join(_clauses(figures, tried))


def _outcome(found: Figures, key: str, sign: int) -> _Outcome:
    """Return the rules that the grader is better than, level with and worse than."""
    rules, own = found.get("baselines") or {}, found.get(key)
    gaps = {
        _RULES[name]: sign * (round(own, _DIGITS) - round(other, _DIGITS))
        for name in _RULES
        if own is not None and (other := (rules.get(name) or {}).get(key)) is not None
    }
    return (
        tuple(name for name, gap in gaps.items() if gap > 0),
        tuple(name for name, gap in gaps.items() if gap == 0),
        tuple(name for name, gap in gaps.items() if gap < 0),
    )


def _clauses(figures: Mapping[_Outcome, Sequence[str]], tried: Sequence[str]) -> Iterator[str]:
    named = False
    for outcome, names in figures.items():
        parts = []
        for words, rules in zip(("better than", "level with", "worse than"), outcome, strict=True):
            if rules:
                every = len(rules) == len(tried) > 1
                parts.append(f"{words} {'all of them' if every and named else listed(rules)}")
                named = named or every
        yield f"{', '.join(parts)} by {listed(names)}"


def listed(names: Sequence[str]) -> str:
    """Return ``names`` as a list in a sentence: "a, b and c"."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def is_empty(found: Figures) -> bool:
    """Return whether nothing of a set could be compared with what people said."""
    points = found.get("points") or {}
    return not found.get("compared") and not points.get("n") and found.get("auc") is None


def conclusion(found: Figures) -> str:
    """Return how good the grader is on a set, in words with the figures behind them."""
    return "; ".join(part for part in _parts(found) if part)


def _parts(found: Figures) -> Iterator[str]:
    if is_empty(found):
        yield "there is nothing to compare"
        return
    r, mae = found.get("pearson"), found.get("mae")
    if r is not None:
        off = "" if mae is None else f", off by {100 * mae:.0f} of 100 points on average"
        yield f"it {_strength(r)} with people (r {r:.2f}{_ends(found)}){off}"
    yield against_rules(found)
    one = ((found.get("ceiling") or {}).get("mean") or {}).get("pearson")
    if one is not None:
        yield f"one person agrees with the others at r {one:.2f}"
    recall = (found.get("points") or {}).get("contradicted_recall")
    if recall is not None:
        yield f"it finds {100 * recall:.{1 if 0 < recall < 0.1 else 0}f} % of the wrong claims"


def _ends(found: Figures) -> str:
    ends = (found.get("ci95") or {}).get("pearson")
    return "" if ends is None else f", {ends[0]:.2f} to {ends[1]:.2f}"


def _strength(r: float) -> str:
    return next((words for least, words in _STRENGTHS if r >= least), "disagrees")
