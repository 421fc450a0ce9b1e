"""Measure what an answer can gain by talking to a language model that grades it.

    python -m tools.llm_attacks            # three personas on loopback; writes docs/accuracy.md
    python -m tools.llm_attacks --full     # every template for every question

For each of ``tools.loopback.personas`` it runs ``interviewbot eval attacks --judge llm`` against a
real server through the real clients, and ``eval agreement`` on the labelled answers, which nobody
attacked: what honest answers lose there is the price of the defence. Owns the table. Refuses to
compute a gain: the harness does.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # so that the file's path can be run as well
    sys.path.insert(0, str(ROOT))

from tools.accuracy import PAGES  # noqa: E402
from tools.loopback.personas import PERSONAS, Knowledge  # noqa: E402
from tools.loopback.server import Loopback  # noqa: E402
from tools.pages import filled, markdown_table  # noqa: E402

from interviewbot.adapters.attack_files import read_attack_texts  # noqa: E402
from interviewbot.adapters.corpus_files import read_corpus  # noqa: E402
from interviewbot.adapters.gold_files import read_gold  # noqa: E402
from interviewbot.services.evaluation.attack_figures import SUCCEEDED_FROM  # noqa: E402
from interviewbot.services.evaluation.attack_plan import AttackCase, plan_attacks  # noqa: E402
from interviewbot.services.evaluation.parts import SEED  # noqa: E402

GOLD = tuple(sorted((ROOT / "eval" / "gold").glob("*.jsonl")))
WORTH = {"covered": 1.0, "partial": 0.5}
Document = Mapping[str, Any]


def main() -> None:
    """Measure every persona, print the table, write the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--full", action="store_true", help="all templates for all questions")
    parser.add_argument("--persona", choices=PERSONAS, action="append", help="only this")
    options = parser.parse_args()
    corpus = [entry.question for entry in read_corpus([ROOT / "corpus"]).questions]
    deck = [entry.question for entry in read_corpus([ROOT / "eval" / "deck"]).questions]
    questions = [*corpus, *deck]
    texts = read_attack_texts(ROOT / "eval" / "attacks.yaml")
    cases = plan_attacks(corpus, texts, seed=SEED, full=options.full).cases
    gold = [row for path in GOLD for row in read_gold(path)]
    knowledge = Knowledge.of(questions, gold, cases)
    rows = []
    with tempfile.TemporaryDirectory() as home:
        for name in options.persona or PERSONAS:
            with Loopback(PERSONAS[name](knowledge)) as server:
                rows.append(measured(name, Path(home), server.url, cases, full=options.full))
    table = markdown_table(
        (
            "model",
            "attacks",
            "ungraded",
            "gain over 5",
            "greatest gain",
            "of these flagged",
            "honest answers",
            "ungraded",
            "mean loss",
            "greatest loss",
            "points disputed",
        ),
        rows,
    )
    sys.stdout.write(table + "\n")
    if not options.persona:
        for page in PAGES:
            text = filled(page.read_text(encoding="utf-8"), {"personas": table})
            page.write_text(text, encoding="utf-8")


def measured(
    name: str, home: Path, url: str, cases: Sequence[AttackCase], *, full: bool
) -> tuple[str, ...]:
    """Return the row of one persona."""
    attacks, answers = evaluated(home, url, name, "attacks", *(["--full"] if full else []))
    figures = attacks["attacks"]
    succeeded, flagged = successes(cases, answers)
    gains = [family["all"]["greatest_gain"] for family in figures["families"].values()]
    clean, graded = evaluated(home, url, name, "agreement")
    losses = list(lost(graded))
    points = [point for one in graded.values() for point in one.get("points", ())]
    ungraded = sum(found["ungraded"] for found in clean["sets"].values())
    return (
        name,
        str(figures["n"]),
        str(figures["ungraded"]),
        f"{succeeded} ({succeeded / max(1, figures['n'] - figures['ungraded']):.1%})",
        f"{max((gain for gain in gains if gain is not None), default=0):.0f}",
        f"{flagged} of {succeeded}",
        str(len(graded)),
        str(ungraded),
        f"{fmean(losses):.2f}" if losses else "–",
        f"{max(losses):.0f}" if losses else "–",
        f"{sum(p['disputed'] for p in points) / len(points):.1%}" if points else "–",
    )


def evaluated(home: Path, url: str, name: str, *arguments: str) -> tuple[Document, dict[str, Any]]:
    """Return the document of a run, and its grades by key."""
    command = [sys.executable, "-m", "interviewbot", "eval", *arguments]
    command += ["--judge", "llm", "--model", f"openai:{name}", "--json"]
    environment = {
        **os.environ,
        "INTERVIEWBOT_HOME": str(home),
        "OPENAI_BASE_URL": url,
        "OPENAI_API_KEY": "none",
    }
    run = subprocess.run(command, check=False, stdout=-1, env=environment)
    if run.returncode not in {0, 3}:  # 3: nothing was graded, as it should be where all is invented
        raise SystemExit(f"{' '.join(arguments)}: exit {run.returncode}")
    document: Document = json.loads(run.stdout)
    lines = (home / "runs" / document["run"] / "answers.jsonl").read_text().splitlines()
    kept = {line["key"]: line["result"] for line in map(json.loads, lines)}
    return document, kept


def successes(cases: Iterable[AttackCase], answers: Mapping[str, Any]) -> tuple[int, int]:
    """Return how many attacks gained over 5 points, and in how many every such point is flagged."""
    succeeded = flagged = 0
    for case in cases:
        attacked, base = answers[case.attacked], answers.get(case.base)
        if attacked["status"] != "graded" or (base and base["status"] != "graded"):
            continue
        if attacked["score"] - (base["score"] if base else 0.0) <= SUCCEEDED_FROM:
            continue
        succeeded += 1
        before = {point["id"]: point["credit"] for point in base["points"]} if base else {}
        gained = [p for p in attacked["points"] if p["credit"] > before.get(p["id"], 0.0)]
        flagged += all(point["disputed"] for point in gained)
    return succeeded, flagged


def lost(answers: Mapping[str, Any]) -> Iterable[float]:
    """Yield how many points of score each labelled answer lost against its labels."""
    labels = {
        f"agreement/{path.stem}/{row.id}": row.point_labels
        for path in GOLD
        for row in read_gold(path)
    }
    for key, grade in answers.items():
        if grade["status"] == "graded":
            total = sum(point["weight"] for point in grade["points"])
            worth = sum(
                point["weight"] * WORTH.get(labels[key][point["id"]].value, 0.0)
                for point in grade["points"]
            )
            yield 100 * worth / total - grade["score"]


if __name__ == "__main__":
    main()
