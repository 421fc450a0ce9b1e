"""The app at a question, optionally with a grade running all the time.

    python -m tools.benchmarks.typing_app HOME [--grading]

Owns the background work. Refuses to measure: who runs it at a terminal does.
"""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from interviewbot.domain.choosing import Wish
from interviewbot.paths import shipped_folder
from interviewbot.tui.app import InterviewApp
from interviewbot.tui.preferences import Preferences
from interviewbot.wiring import Wiring

QUESTION = "ML0041"


def grade_for_ever(wiring: Wiring) -> None:
    """Grade one answer after the other; each is a new one."""
    question, grader = wiring.question(QUESTION), wiring.practice.grader()
    for number in range(1_000_000):
        parts = (f"In case {number} {point.accept[0]}" for point in question.points)
        grader.grade(question, " ".join(parts))


def main() -> None:
    """Run the app until it is killed."""
    wiring = Wiring(roots=[shipped_folder("corpus")], home=Path(sys.argv[1]))
    wiring.practice.grader()
    if "--grading" in sys.argv:
        threading.Thread(target=grade_for_ever, args=(wiring,), daemon=True).start()
    wish = Wish(question_ids=(QUESTION,))
    InterviewApp(open_up=lambda: (wiring.practice, Preferences()), wish=wish).run()


if __name__ == "__main__":
    main()
