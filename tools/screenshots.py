"""Take the README's pictures of the screens: ``docs/images/*.svg``.

    python tools/screenshots.py

Plays interviews with answers of ``eval/gold/dev.jsonl`` through the real program, in a data
folder of its own and with a made-up clock, so that there is a past to show.
"""

from __future__ import annotations

import asyncio
import json
import re
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from interviewbot.adapters.formulas import readable
from interviewbot.domain.choosing import Wish
from interviewbot.domain.sitting import Stage
from interviewbot.paths import shipped_folder
from interviewbot.services.practising import Practice
from interviewbot.tui.app import InterviewApp
from interviewbot.tui.preferences import Preferences
from interviewbot.tui.screens.feedback import FeedbackScreen
from interviewbot.tui.screens.interview import InterviewScreen
from interviewbot.tui.screens.summary import SummaryScreen
from interviewbot.wiring import Wiring

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
SIZE = (100, 30)
NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)
EXAMPLE = "ML0041"  # the question of examples/neural-network.txt
DAYS_AGO = (9, 4, 1, 1)
_WEB_FONT = re.compile(r"@font-face \{[^}]*\}\s*")


def main() -> None:
    """Play, and take a picture of every screen that the README shows."""
    with tempfile.TemporaryDirectory() as home:
        wiring = Wiring(roots=[shipped_folder("corpus")], home=Path(home))
        wiring.indexing.refresh()
        answers = read_answers()
        shown = (EXAMPLE, *list(answers)[-2:])
        answers[EXAMPLE] = [(ROOT / "examples" / "neural-network.txt").read_text("utf-8")]
        play_the_past(wiring.practice, {n: a for n, a in answers.items() if n not in shown})
        practice = replace(wiring.practice, clock=lambda: NOW)
        asyncio.run(take(practice, {name: answers[name] for name in shown}))


def read_answers() -> dict[str, list[str]]:
    """Return the answers of the labelled set by question, in its order."""
    found: dict[str, list[str]] = {}
    lines = (ROOT / "eval" / "gold" / "dev.jsonl").read_text("utf-8").splitlines()
    for row in map(json.loads, lines):
        found.setdefault(row["question_id"], []).append(row["answer"])
    return found


def play_the_past(practice: Practice, answers: dict[str, list[str]]) -> None:
    """Answer some questions on the days before."""
    names = list(answers)
    for day, days in enumerate(DAYS_AGO):
        today = NOW - timedelta(days=days)
        then = replace(practice, clock=lambda today=today: today)  # type: ignore[misc]
        with then.begin(Wish(question_ids=tuple(names[4 * day : 4 * day + 4]))) as interviewing:
            interviewing.go_on()
            while interviewing.sitting.stage is not Stage.FINISHED:
                exchange = interviewing.sitting.exchanges[-1]
                if interviewing.sitting.stage is Stage.REVIEWING:
                    interviewing.leave()
                elif len(exchange.turns) > 1:
                    interviewing.skip()
                else:
                    name = interviewing.sitting.choice(exchange).question_id
                    interviewing.answer(answers[name][0], 90.0)
                    interviewing.grade()


async def take(practice: Practice, answers: dict[str, list[str]]) -> None:
    """Walk through a sitting and take the pictures."""
    app = InterviewApp(
        open_up=lambda: (practice, Preferences()), readable=readable, clock=lambda: 0.0
    )
    async with app.run_test(size=SIZE) as pilot:
        await until(lambda: app.screen.query("#start > *") or options_of(app), pilot)
        keep(app, "home")
        app.start(Wish(question_ids=tuple(answers)))
        for number, (_, (answer, *_)) in enumerate(answers.items()):
            screen = await on(InterviewScreen, pilot)
            screen.editor.cursor_blink = False
            screen.editor.load(answer)
            await until(lambda: "saved" in str(state_of(app)), pilot)
            if number == 0:
                keep(app, "interview")
            await pilot.press("ctrl+s")
            while not isinstance(app.screen, FeedbackScreen):
                await pilot.pause(0.05)
                writing = app.screen
                if isinstance(writing, InterviewScreen) and not writing.editor.read_only:
                    await pilot.press("f4")
            await on(FeedbackScreen, pilot)
            if number == 0:
                await pilot.press("down", "down", "down")
                await pilot.pause(0.2)
                keep(app, "feedback")
            await pilot.press("n")
        await on(SummaryScreen, pilot)
        await pilot.pause(0.5)
        keep(app, "summary")


def options_of(app: InterviewApp) -> int:
    """Return how many lines there are to start from."""
    return int(getattr(app.screen.query_one("#start"), "option_count", 0))


def state_of(app: InterviewApp) -> object:
    """Return what stands below the editor."""
    return getattr(app.screen.query_one("#state"), "content", "")


async def on(kind: type[Any], pilot: Pilot[None]) -> Any:
    """Wait for a screen of that ``kind``."""
    await until(lambda: isinstance(pilot.app.screen, kind), pilot)
    await pilot.pause(0.2)
    return pilot.app.screen


async def until(held: Callable[[], object], pilot: Pilot[None]) -> None:
    """Wait until ``held()``, a minute at most."""
    end = time.monotonic() + 60
    while not held():
        if time.monotonic() > end:
            raise TimeoutError(f"still on {pilot.app.screen}")
        await pilot.pause(0.05)


def keep(app: InterviewApp, name: str) -> None:
    """Write what the screen shows to ``docs/images``."""
    IMAGES.mkdir(exist_ok=True)
    picture = app.export_screenshot(title="interviewbot")
    picture = _WEB_FONT.sub("", picture)  # a picture that fetches something is no picture
    (IMAGES / f"{name}.svg").write_text(picture, "utf-8")


if __name__ == "__main__":
    main()
