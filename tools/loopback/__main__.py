"""Run the loopback server by hand: ``python -m tools.loopback --port 8080``."""

from __future__ import annotations

import argparse
import threading
from typing import Any

from tools.loopback.faults import FAULTS, judge_reply, says
from tools.loopback.replies import Reply
from tools.loopback.server import Loopback


def plausible(request: dict[str, Any]) -> Reply:
    """Answer as a judge who finds nothing said, with the ids that the schema lists."""
    points = [
        {"id": name, "verdict": "missing", "quote": None, "confidence": 0.6, "reason": "Not said."}
        for name in _ids(request)
    ]
    return says(judge_reply(points))(request)


def _ids(found: Any) -> list[str]:
    """Return the texts of the first ``enum`` of a property ``id`` anywhere in ``found``."""
    if isinstance(found, list):
        return next((ids for one in found if (ids := _ids(one))), [])
    if not isinstance(found, dict):
        return []
    own = found.get("id")
    if isinstance(own, dict) and isinstance(own.get("enum"), list):
        return [str(name) for name in own["enum"]]
    return next((ids for one in found.values() if (ids := _ids(one))), [])


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="tools.loopback", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--fault", choices=sorted(FAULTS), help="misbehave in this way")
    chosen = parser.parse_args()
    behaviour = FAULTS[chosen.fault] if chosen.fault else plausible
    with Loopback(behaviour, port=chosen.port) as server:
        print(f"OPENAI_BASE_URL={server.url}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
