"""The parts of the benchmark: what is run against what, and what must come of it.

Owns the targets and the numbers of rounds. Refuses to measure by itself (processes do) and
to import the package.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

from tools.benchmarks.processes import environment, figures, interleaved, run, worker
from tools.benchmarks.rows import NOT_MEASURED, Row, at_least, at_most

Section = tuple[str, str, list[Row]]

HELP_ROUNDS, COLD_ROUNDS, WARM_ROUNDS, BATCH_ROUNDS, LLM_ROUNDS = 15, 7, 101, 3, 41
MOST_OVERHEAD = 0.015  # seconds
ANSWERS = 200
BUILDS = {1_000: 3, 10_000: 2}  # how often an index of that many points is built
LARGEST = 50_000
QUESTION = "ML0041"
_HERE = Path(__file__).resolve().parent
_PROGRAM = str(Path(sys.executable).parent / "interviewbot")


@dataclass(frozen=True, kw_only=True)
class Bench:
    """What the parts share: a scratch ``folder`` and, if any, a Python with torch."""

    folder: Path
    torch_python: str | None
    full: bool

    @cached_property
    def env(self) -> dict[str, str]:
        """The children's environment; their index is built already."""
        made = environment(self.folder / "home")
        run([_PROGRAM, "corpus", "index"], made)
        return made

    @cached_property
    def texts(self) -> Path:
        """The folder of what there is to grade."""
        arguments = [str(self.folder), str(ANSWERS)]
        run([sys.executable, "-m", "tools.benchmarks.prepare", *arguments], self.env)
        return self.folder


def help_page(bench: Bench) -> Section:
    """Measure how long ``--help`` takes."""
    found = interleaved(
        {"ours": [_PROGRAM, "--help"], "bare": [sys.executable, "-c", "pass"]},
        bench.env,
        rounds=HELP_ROUNDS,
    )
    ours, bare = found["ours"].seconds, found["bare"].seconds
    how = (
        "Against an interpreter that does nothing, `python -c pass`;"
        f" {HELP_ROUNDS} rounds by turns, medians."
    )
    detail = f"{_ms(ours)} against {_ms(bare)}"
    return "Start", how, [at_most("`interviewbot --help`", ours / bare, 8, detail)]


def cold(bench: Bench) -> Section:
    """Measure grading one answer in a fresh process."""
    answer = str(bench.texts / "answer.txt")
    known, found = "`grade FILE --question ID`", "`grade FILE`, question to be found"
    commands = {
        known: [_PROGRAM, "grade", answer, "--question", QUESTION],
        found: [_PROGRAM, "grade", answer],
    }
    title = "One answer, cold"
    how = (
        "A fresh process grades an answer of 150 words to a question of six points, the index"
        " built before. Against a script that imports sentence-transformers, loads the same model"
        " unquantised, encodes the same sentences and the six points and prints the best cosine"
        " of each; it is spared finding the question, reading the corpus and cutting sentences,"
        f" and judges nothing. {COLD_ROUNDS} rounds by turns after one that does not count,"
        " medians; memory is the peak of the resident set."
    )
    if bench.torch_python is None:
        return title, how, [Row(what=name, measured=NOT_MEASURED) for name in commands]
    rival = [bench.torch_python, str(_HERE / "st_cold.py"), str(bench.texts / "cold.json")]
    runs = interleaved(commands | {"rival": rival}, bench.env, rounds=COLD_ROUNDS)
    slow = runs["rival"]
    rows: list[Row] = []
    for name in commands:
        ours = runs[name]
        detail = f"{_s(ours.seconds)} against {_s(slow.seconds)}"
        rows.append(at_least(f"{name}: faster", slow.seconds / ours.seconds, 5, detail))
        detail = f"{ours.peak:.0f} MB against {slow.peak:.0f} MB"
        rows.append(at_most(f"{name}: memory", ours.peak / slow.peak, 0.5, detail))
    return title, how, rows


def warm(bench: Bench) -> Section:
    """Measure grading one answer in a process that has graded before."""
    found = worker("warm", str(bench.folder / "home"), str(WARM_ROUNDS), env=bench.env)
    how = (
        "In one process, an answer of 150 words to a question of six points. Against the bare"
        " forward passes of the encoder over the same sentences, cut into word pieces already:"
        " same threads, same session settings. A new answer every round,"
        f" {WARM_ROUNDS} rounds, medians."
    )
    detail = f"{_ms(found['whole'])} against {_ms(found['passes'])}"
    row = at_most("grading, all of it", found["whole"] / found["passes"], 1.25, detail)
    return "One answer, warm", how, [row]


def llm(bench: Bench) -> Section:
    """Measure what grading with a language model adds to the round trip."""
    _ = bench.texts  # and the index
    found = worker("llm", str(bench.folder / "home"), str(LLM_ROUNDS), env=bench.env)
    how = (
        "An answer of 150 words to a question of six points, graded by a model on loopback, in a"
        " process of its own. Against the bare round trip of the same request over a connection"
        " that is kept. The offline judge works while the model is waited for, so that it costs"
        f" nothing where a model takes its time. {LLM_ROUNDS} rounds by turns, medians."
    )
    rows = []
    for name, words in (("in_half_a_second", "500 ms"), ("at_once", "no time")):
        ours, bare = found[f"{name}_ours"], found[f"{name}_bare"]
        rows.append(
            Row(
                what=f"our part where the server takes {words}",
                measured=f"{1000 * (ours - bare):.1f} ms ({_ms(ours)} against {_ms(bare)})",
                target="at most 15 ms" if name == "in_half_a_second" else "",
                held=ours - bare <= MOST_OVERHEAD if name == "in_half_a_second" else None,
            )
        )
    rows.append(at_least("eight in flight: more answers a second", found["rate"], 6))
    return "With a language model", how, rows


def batch(bench: Bench) -> Section:
    """Measure grading many answers."""
    rows_file = str(bench.texts / "batch.json")
    title = "Many answers"
    how = (
        f"{ANSWERS} different answers of 150 words to the questions of the corpus, graded as"
        " `grade --batch` does, on all cores. Against sentence-transformers, which encodes the"
        " same sentences with the same model unquantised and grades nothing: answer by answer, as"
        " a grader would, or all at once in batches of 32. Loading does not count."
        f" {BATCH_ROUNDS} rounds by turns, the fastest of each."
    )
    slow = {"one_by_one": "answer by answer", "at_once": "all at once, batches of 32"}
    arguments = (rows_file, str(bench.folder / "home"))
    ours: list[float] = []
    theirs: dict[str, list[float]] = {name: [] for name in slow}
    for _ in range(BATCH_ROUNDS):
        ours.append(worker("batch", *arguments, env=bench.env)["seconds"])
        if bench.torch_python is not None:
            command = [bench.torch_python, str(_HERE / "st_batch.py"), rows_file]
            found = figures(run(command, bench.env))
            for name, times in theirs.items():
                times.append(found[name])
    rate = ANSWERS / min(ours)
    rows = [Row(what="answers graded per second", measured=f"{rate:.0f}")]
    for name, words in slow.items():
        what = f"faster than sentence-transformers, {words}"
        if not theirs[name]:
            rows.append(Row(what=what, measured=NOT_MEASURED))
            continue
        detail = f"{ANSWERS / min(theirs[name]):.0f} answers per second"
        rows.append(at_least(what, min(theirs[name]) / min(ours), 4, detail))
    return title, how, rows


def indexing(bench: Bench) -> Section:
    """Measure building the index at several sizes, asking it, and updating it."""
    builds = BUILDS | ({LARGEST: 1} if bench.full else {})
    found: dict[int, list[dict[str, float]]] = {points: [] for points in builds}
    for turn in range(max(builds.values())):
        for points, times in builds.items():
            if turn < times:
                found[points].append(worker("index_build", str(points), env=bench.env))
    best = {points: min(runs, key=lambda run: run["total"]) for points, runs in found.items()}
    queries = {points: median(run["query"] for run in runs) for points, runs in found.items()}
    rows = [_build_row(points, figures, queries[points]) for points, figures in best.items()]
    small, large = min(best), max(best)
    each = {points: best[points]["total"] / points for points in best}
    rows += [
        at_most(f"build per point, {large:,} to {small:,}", each[large] / each[small], 1.5),
        at_most(f"query, {large:,} to {small:,}", queries[large] / queries[small], 2),
        _count_row("unchanged corpus", "texts encoded", [run["again"] for run in _all(found)], 0),
        _count_row(
            "one point changed", "text encoded", [run["embedded"] for run in _all(found)], 1
        ),
        _count_row("one point changed", "row written", [run["added"] for run in _all(found)], 1),
    ]
    how = (
        "Synthetic questions of five points, every text unique; a point is one text, and every"
        " question's prompt is indexed too. A build reads and checks the files, encodes, keeps"
        " what was encoded, and writes Chroma. A query asks for the 24 nearest of one vector."
        " The fastest build of each size, the median of 199 queries after the first. Where a query"
        " no longer reaches every row of Chroma's graph after a change, the graph is made anew"
        " from the stored vectors: slow at 50,000 points, and nothing is lost."
    )
    return "Index", how, rows


def _build_row(points: int, spent: dict[str, float], query: float) -> Row:
    parts = ", ".join(
        f"{name} {_ms(spent[key] / points)}"
        for key, name in (
            ("encoding", "encoding"),
            ("reading", "reading files"),
            ("cache", "keeping encodings"),
            ("chroma", "Chroma"),
        )
    )
    return Row(
        what=f"{points:,} points",
        measured=f"{_ms(spent['total'] / points)} per point ({parts}); query {_ms(query)},"
        f" the first {_ms(spent['opening'])}; update for one changed point {_s(spent['changing'])}",
    )


def _count_row(what: str, unit: str, counts: list[float], expected: int) -> Row:
    worst = max(counts, key=lambda count: abs(count - expected))
    return Row(
        what=f"{what}: {unit}",
        measured=f"{worst:.0f}",
        target=str(expected),
        held=worst == expected,
    )


def _all(found: dict[int, list[dict[str, float]]]) -> list[dict[str, float]]:
    return [run for runs in found.values() for run in runs]


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.2f} ms" if seconds < 0.01 else f"{seconds * 1e3:.0f} ms"


def _s(seconds: float) -> str:
    return f"{seconds:.2f} s"
