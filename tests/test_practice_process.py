"""Practice as a process: what looking at it imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

_OVERVIEW = """
import json, sys
from pathlib import Path
from interviewbot.wiring import Wiring
practice = Wiring(roots=[Path(sys.argv[1])], home=Path(sys.argv[2])).practice
overview = practice.overview()
practice.standings(), practice.calendar(), practice.mastery_over_time()
found = {name.partition(".")[0] for name in sys.modules}
print(json.dumps({"topics": len(overview.topics), "modules": sorted(found)}))
"""
HEAVY = {"numpy", "chromadb", "chromadb_rust_bindings", "onnxruntime", "tokenizers", "jinja2"}


def test_an_overview_imports_no_vectors_and_no_models(tmp_path: Path) -> None:
    """They are loaded when a search, a job text or an answer needs them."""
    found = subprocess.run(
        [sys.executable, "-c", _OVERVIEW, str(ROOT / "corpus"), str(tmp_path / "home")],
        env={**os.environ, "INTERVIEWBOT_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        timeout=400,
        check=True,
    )
    said = json.loads(found.stdout.splitlines()[-1])
    assert said["topics"] > 5
    assert not HEAVY & set(said["modules"])
