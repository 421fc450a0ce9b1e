"""Write how good the grader is into README.md and docs/accuracy.md, from runs of the harness.

    python tools/accuracy.py                  # the shipped sets, attacks, invariance, rubrics
    python tools/accuracy.py --asag FOLDER    # and the public human-graded sets in FOLDER

Owns those tables and the baseline that CI compares with. Refuses to compute a figure: it prints
what `interviewbot eval` says. Tables of sets that are not measured stay as they are.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # so that the file's path can be run as well
    sys.path.insert(0, str(ROOT))

from tools.pages import filled, markdown_table  # noqa: E402

from interviewbot.adapters.past_runs import read_past, write_baseline  # noqa: E402
from interviewbot.paths import home_folder  # noqa: E402

PAGES = (ROOT / "README.md", ROOT / "docs" / "accuracy.md")
BASELINE = ROOT / "eval" / "baselines" / "local.json"
OURS = {
    "test_new": "new questions, never fitted on",
    "test_seen": "questions of the corpus",
    "dev": "dev (fitted on)",
}
PUBLIC = (
    ("mohler_assignments", None, "data structures, short references (Mohler 2011)"),
    ("saf", None, "communication networks, long references (SAF 2021)"),
    ("stita", None, "statistics, translated from Italian (STITA)"),
    ("scientsbank", "dev", "school science, dev part (SciEntsBank 2013)"),
)
RULES = {
    "length": "length alone",
    "keywords": "keywords",
    "cosine": "cosine of whole texts",
    "surface": "surface features (fitted)",
}

Document = Mapping[str, Any]


def main() -> None:
    """Measure, then write every page and the baseline."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--asag", type=Path, help="the folder of the public sets")
    options = parser.parse_args()
    blocks = shipped(evaluated())
    if options.asag is not None:
        blocks |= public(options.asag)
    for page in PAGES:
        page.write_text(filled(page.read_text(encoding="utf-8"), blocks), encoding="utf-8")
    sys.stderr.write(f"wrote {', '.join(str(page.relative_to(ROOT)) for page in PAGES)}\n")


def evaluated(*arguments: str) -> Document:
    """Return the document that ``interviewbot eval`` prints for ``arguments``."""
    command = [sys.executable, "-m", "interviewbot", "eval", *arguments, "--json"]
    found: Document = json.loads(subprocess.run(command, check=True, stdout=-1).stdout)
    return found


def shipped(document: Document) -> dict[str, str]:
    """Return the tables of the shipped sets, and write the baseline of their run."""
    run = read_past(document["run"], home_folder() / "runs")
    configuration = document["configuration"]
    write_baseline(run, BASELINE, {key: configuration[key] for key in ("judge", "gold")})
    sets = {name: document["sets"][name] for name in OURS if name in document["sets"]}
    return {
        "ours in short": markdown_table(
            (
                "answers to",
                "answers",
                "points",
                "r (95 %)",
                "AUC of points",
                "contradictions found",
            ),
            (
                (
                    label,
                    f"{found['n']:,}",
                    f"{found['points']['n']:,}",
                    _with_interval(found, "pearson"),
                    _figure(found["points"]["covered_auc"]),
                    _percent(found["points"]["contradicted_recall"]),
                )
                for name, label in OURS.items()
                if name != "dev" and (found := sets.get(name)) is not None
            ),
        ),
        "ours": _answers(sets, OURS),
        "points": _points(sets, OURS),
        "bands": _bands(sets, OURS),
        "attacks": _attacks(document["attacks"]),
        "invariance": _invariance(document["invariance"]),
        "rubrics": _rubrics(document["rubrics"]),
    }


def public(folder: Path) -> dict[str, str]:
    """Return the tables of the public sets in ``folder``."""
    sets: dict[str, Document] = {}
    names: dict[str, str] = {}
    for name, split, label in PUBLIC:
        arguments = [
            "--gold",
            str(folder / f"{name}.jsonl"),
            *(["--split", split] if split else []),
        ]
        sets[name] = evaluated("agreement", *arguments)["sets"][name]
        names[name] = label
    short = markdown_table(
        ("human-graded set", "answers", "r (95 %)", "beyond length", "length alone", "one grader"),
        (
            (
                label,
                f"{sets[name]['n']:,}",
                _with_interval(sets[name], "pearson"),
                _figure(sets[name]["beyond_length"]),
                _figure(sets[name]["baselines"]["length"]["pearson"]),
                _figure((sets[name]["ceiling"] or {"mean": {"pearson": None}})["mean"]["pearson"]),
            )
            for name, label in names.items()
        ),
    )
    return {
        "public in short": short,
        "public": _answers(sets, names),
        "public bands": _bands(sets, names),
    }


def _answers(sets: Mapping[str, Document], names: Mapping[str, str]) -> str:
    heads = ("set", "grader", "answers", "r (95 %)", "rho", "within question", "beyond length")
    return markdown_table(
        (*heads, "RMSE", "MAE", "QWK", "AUC"),
        (
            (
                label if grader == "judge" else "",
                grader,
                f"{found['n']:,}" if grader == "judge" else "",
                _with_interval(one, "pearson"),
                *(
                    _figure(one.get(key))
                    for key in (
                        "spearman",
                        "within_question_pearson",
                        "beyond_length",
                        "rmse",
                        "mae",
                        "qwk",
                        "auc",
                    )
                ),
            )
            for name, label in names.items()
            if (found := sets.get(name)) is not None
            for grader, one in _graders(found)
        ),
    )


def _graders(found: Document) -> Iterable[tuple[str, Document]]:
    """Yield the judge, what it must beat, and one person in its place."""
    yield "judge", found
    for key, label in RULES.items():
        if (rule := found["baselines"].get(key)) is not None:
            yield label, rule
    if found["ceiling"] is not None:
        yield "one grader", found["ceiling"]["mean"]


def _points(sets: Mapping[str, Document], names: Mapping[str, str]) -> str:
    keys = (
        "covered_auc",
        "covered_auc_without_contradicted",
        "covered_against_contradicted_auc",
        "macro_f1",
        "contradicted_recall",
        "ece",
        "brier",
        "aurc",
    )
    heads = ("AUC", "against missing", "against contradicted", "macro F1", "contradicted recall")
    return markdown_table(
        ("set", "points", *heads, "ECE", "Brier", "AURC", "AUC of length", "of cosine"),
        (
            (
                label,
                f"{points['n']:,}",
                *(_figure(points[key]) for key in keys),
                *(
                    _figure(found["baselines"][rule]["points"]["covered_auc"])
                    for rule in ("length", "cosine")
                ),
            )
            for name, label in names.items()
            if (found := sets.get(name)) is not None and (points := found["points"])["n"]
        ),
    )


def _bands(sets: Mapping[str, Document], names: Mapping[str, str]) -> str:
    return markdown_table(
        ("set", "human score", "answers", "human", "bot", "mean error", "bias"),
        (
            (
                label,
                f"{band['low']:.1f} to {band['high']:.1f}",
                f"{band['n']:,}",
                *(_figure(band[key]) for key in ("mean_human", "mean_machine", "mae", "bias")),
            )
            for name, label in names.items()
            if (found := sets.get(name)) is not None
            for band in found["bands"]
            if band["n"]
        ),
    )


def _attacks(found: Document) -> str:
    families = {name: family["all"] for name, family in found["families"].items()}
    table = markdown_table(
        ("attack", "tried", "ungraded", "succeeded (95 %)", "mean gain", "greatest gain"),
        (
            (
                name.replace("_", " "),
                f"{one['n']:,}",
                str(one["ungraded"]),
                f"{_percent(one['success_rate'])} ({_interval(one['success_interval'])})",
                _score(one["mean_gain"]),
                _score(one["greatest_gain"]),
            )
            for name, one in families.items()
        ),
    )
    resisted = f"{_percent(found['resisted'])} ({_interval(found['resisted_interval'])})"
    return f"{table}\nResisted, gaining at most 5 points: {resisted} of {found['sample']}.\n"


def _invariance(found: Document) -> str:
    table = markdown_table(
        ("told", "answers", "mean change", "greatest", "shift", "verdicts flipped"),
        (
            (
                way.replace("_", " "),
                str(one["n"]),
                _score(one["mean_change"]),
                _score(one["greatest_change"]),
                _score(one["mean_shift"]),
                _percent(one["flip_rate"]),
            )
            for way, one in found["ways"].items()
        ),
    )
    spread = f"{_score(found['mean_spread'])}, at most {_score(found['greatest_spread'])}"
    return f"{table}\nFrom the worst way to the best: {spread}. {found['sample']}.\n"


def _rubrics(found: Document) -> str:
    table = markdown_table(
        ("check", "tried", "failed", "by the rubric", "by the judge"),
        (
            (
                check["check"],
                f"{check['cases']['n']:,}",
                *(str(check["cases"][key]) for key in ("failed", "rubric", "judge")),
            )
            for check in found["checks"]
        ),
    )
    return (
        f"{table}\nOver {len(found['questions'])} questions; other questions: {found['others']}.\n"
    )


def _with_interval(found: Document, figure: str) -> str:
    interval = found["ci95"].get(figure)
    value = _figure(found[figure])
    return value if interval is None else f"{value} ({interval[0]:.2f} to {interval[1]:.2f})"


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _score(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _interval(value: Sequence[float] | None) -> str:
    return "–" if value is None else f"{value[0]:.0%} to {value[1]:.0%}"


if __name__ == "__main__":
    main()
