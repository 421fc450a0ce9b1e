"""How far grades agree with labels, in tables that fit 80 columns.

Owns which figures stand beside which: the judge's, those of what it must beat, and those of
people in its place. Refuses to compute a figure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from interviewbot.adapters.evaluation_sentences import NOTHING, against_rules, is_empty
from interviewbot.cli import evaluate_words as words
from interviewbot.cli import output
from interviewbot.cli.evaluate_words import Document, figure, less, more
from interviewbot.domain.text import counted

_Row = tuple[str, ...]
_ORDERS = (
    ("rho", "spearman"),
    ("within question", "within_question_pearson"),
    ("beyond length", "beyond_length"),
    ("AUC of correct", "auc"),  # of the label, which few sets have
)


def agreement(sets: Document, notes: Sequence[str] = ()) -> None:
    """Print all figures of every set, then what they say and ``notes``, a line each."""
    _table(_scores_heads(), sets, _scores, title=_title)
    output.text("")
    words_of = any(found["auc"] is not None for found in sets.values())
    columns = _ORDERS if words_of else _ORDERS[:-1]
    heads = ("grader", *(more(head) for head, _ in columns))
    _table(heads, sets, lambda found: _orders(found, [key for _, key in columns]))
    output.text("")
    labelled = {name: found for name, found in sets.items() if found["points"]["n"]}
    if labelled:
        heads = (more("F1"), more("macro F1"), more("contradicted recall"), less("ECE"))
        _table(("points", "n", *heads), labelled, _points)
        output.text("")
    banded = {name: found for name, found in sets.items() if any(b["n"] for b in found["bands"])}
    if banded:
        _table(("human score", "n", "human", "bot", less("MAE"), "bias"), banded, _bands)
        output.text("")
    conclusions(sets, notes)


def in_short(sets: Document, notes: Sequence[str] = ()) -> None:
    """Print what decides about every set, on one screen with other parts."""
    words.grouped_table(
        _scores_heads(), [(_title(name, found), [*_scores(found)]) for name, found in sets.items()]
    )
    conclusions(sets, notes, points=True)


def conclusions(sets: Document, notes: Sequence[str], *, points: bool = False) -> None:
    """Print a sentence a set: what the grader beats; with its ``points``, what it finds."""
    for name, found in sets.items():
        said = [against_rules(found)]
        if points and found["points"]["n"]:
            macro, recall = (
                figure(found["points"][key]) for key in ("macro_f1", "contradicted_recall")
            )
            said.append(f"macro F1 {macro}, contradicted recall {recall}")
        line = "; ".join(part for part in said if part)
        for piece in output.wrapped(f"{name}: {line}", "  ", first="") if line else ():
            output.text(piece)
    for line in (*notes, words.legend()):
        for piece in output.wrapped(line, "  ", first=""):
            output.text(piece)


def _table(
    heads: _Row,
    sets: Mapping[str, Document],
    rows: Callable[[Document], Iterator[_Row]],
    *,
    title: Callable[[str, Document], str] = lambda name, _: name,
) -> None:
    words.grouped_table(heads, [(title(name, one), [*rows(one)]) for name, one in sets.items()])


def _title(name: str, found: Document) -> str:
    """Return the name of a set and what it holds."""
    ungraded = f", {found['ungraded']} ungraded" if found["ungraded"] else ""
    named = f"{words.set_name(name, found)}: {counted(found['n'], 'answer')}{ungraded}"
    if is_empty(found) and found["ungraded"] < found["n"]:
        return f"{named}; {'nothing to compare' if found['ungraded'] else NOTHING}"
    return named


def _scores_heads() -> _Row:
    errors = (less("RMSE"), less("MAE"), more("QWK"), more("covered AUC"))
    return ("grader", more("r"), "95 %", *errors)


def _graders(found: Document) -> Iterator[tuple[str, Document]]:
    """Yield the judge, what it must beat, and people in its place; nothing without labels."""
    ceiling = found["ceiling"]
    if is_empty(found) and ceiling is None:
        return
    yield "judge", found
    for key, label in words.BASELINES.items():
        if (rule := found["baselines"].get(key)) is not None:
            yield label, rule
    if ceiling is not None:
        yield "one grader", ceiling["mean"]


def _scores(found: Document) -> Iterator[_Row]:
    for label, one in _graders(found):
        yield (
            label,
            figure(one["pearson"]),
            words.interval((one.get("ci95") or {}).get("pearson")),
            *(figure(one[key]) for key in ("rmse", "mae", "qwk")),
            figure((one.get("points") or {}).get("covered_auc")),
        )


def _orders(found: Document, keys: Sequence[str]) -> Iterator[_Row]:
    for label, one in _graders(found):
        yield label, *(figure(one.get(key)) for key in keys)


def _points(found: Document) -> Iterator[_Row]:
    points = found["points"]
    keys = ("covered_f1", "macro_f1", "contradicted_recall", "ece")
    yield "judge", str(points["n"]), *(figure(points[key]) for key in keys)


def _bands(found: Document) -> Iterator[_Row]:
    for band in found["bands"]:
        if band["n"]:
            yield (
                f"{band['low']:.1f} to {band['high']:.1f}",
                str(band["n"]),
                *(figure(band[key]) for key in ("mean_human", "mean_machine", "mae")),
                f"{band['bias']:+.3f}",
            )
