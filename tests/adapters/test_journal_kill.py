"""A window that practises is killed at random moments; nothing it was promised is lost."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.adapters.made_journal_files import ROOT, opened, query

from interviewbot.adapters.journal import SqlJournal
from interviewbot.adapters.journal_events import count_events
from interviewbot.domain.sitting import Sitting

ROUNDS = 15
LONGEST = 0.6  # seconds that a window practises

# Practises for ever, says on a line of its own what the journal has just taken, and takes up
# after its predecessor. Answers and drafts are numbered, so that none is like another.
WINDOW = f"""
import itertools, json, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from tests.domain.made_interviews import Ticking, made_question, made_sitting
from tests.fakes.counting_scheduler import CountingScheduler
from tests.fakes.scripted_grader import ScriptedGrader
from interviewbot.adapters.journal import SqlJournal
from interviewbot.adapters.journal_events import count_events
from interviewbot.domain.sitting import Stage
from interviewbot.services.interviewing import Interviewing
from dataclasses import replace

def say(**what):
    print(json.dumps(what), flush=True)

class Acknowledging(SqlJournal):
    def begin(self, sitting):
        super().begin(sitting)
        say(began=sitting.id)
    def tell(self, sitting, event, learned=()):
        super().tell(sitting, event, learned)
        answers = [turn.answer for e in sitting.exchanges for turn in e.turns]
        say(told=sitting.id, events=count_events(sitting), answers=answers,
            reviews=[review.point_id for review, _ in learned], exchange=len(sitting.exchanges) - 1)
    def save_draft(self, draft):
        super().save_draft(draft)
        say(draft=draft.text, sitting=draft.sitting, exchange=draft.exchange, turn=draft.turn)

home, number = Path(sys.argv[1]), sys.argv[2]
journal = Acknowledging(home, notice=lambda line: say(notice=line))
texts, grader = itertools.count(), ScriptedGrader()
answers = itertools.cycle(["p1 p2", "p3", "p1 !p2 p3", "p2", "?", "nothing"])
for count in itertools.count():
    left = journal.unfinished()
    new = replace(made_sitting("AA0001", "AA0002"), id=f"w{{number}}n{{count}}")
    sitting = left[0] if left else new
    if not left:
        journal.begin(sitting)
    with Interviewing(
        sitting=sitting, question=made_question, grader=lambda: grader, journal=journal,
        scheduler=CountingScheduler(), clock=Ticking()
    ) as interviewing:
        interviewing.go_on()
        while interviewing.sitting.stage is not Stage.FINISHED:
            match interviewing.sitting.stage:
                case Stage.ANSWERING:
                    for _ in range(3):
                        interviewing.save_draft(f"draft {{number}}.{{next(texts)}}", 1.0)
                    interviewing.answer(f"{{next(answers)}} {{number}}.{{next(texts)}}", 2.0)
                case Stage.GRADING:
                    interviewing.grade()
                case Stage.REVIEWING:
                    interviewing.leave()
"""


def practise_until_killed(
    home: Path, number: int, seconds: float, *, blindly: bool
) -> list[dict[str, Any]]:
    """Let a window practise for so long; return what it said the journal had taken.

    The time counts from its first word, or ``blindly`` from the start of the program.
    """
    spoken = home / f"spoken-{number}"
    with spoken.open("w", encoding="utf-8") as file:
        process = subprocess.Popen(
            [sys.executable, "-c", WINDOW, str(home), str(number)], stdout=file
        )
        deadline = time.monotonic() + 30
        while not blindly and not spoken.stat().st_size:
            assert time.monotonic() < deadline, "the window never said a word"
            time.sleep(0.005)
        time.sleep(seconds)
        assert process.poll() is None, "the window stopped by itself"
        process.kill()
        process.wait(timeout=30)
    lines = spoken.read_text(encoding="utf-8").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")]


def check_promises(journal: SqlJournal, said: list[dict[str, Any]]) -> None:
    """Compare the journal with everything that any window was promised, in order."""
    sittings = {one.id: one for one in [*journal.finished(), *journal.unfinished()]}
    assert {line["began"] for line in said if "began" in line} <= sittings.keys()
    told = {line["told"]: line for line in said if "told" in line}  # the last of each sitting
    for name, line in told.items():
        assert count_events(sittings[name]) >= line["events"]
        kept = [turn.answer for exchange in sittings[name].exchanges for turn in exchange.turns]
        assert all(turn in ("", now) for turn, now in zip(line["answers"], kept, strict=False))
    reviews = {(one.sitting, one.exchange, one.point_id) for one in journal.reviews()}
    learned = [line for line in said if line.get("reviews")]
    for line in learned:
        assert {(line["told"], line["exchange"], point) for point in line["reviews"]} <= reviews
    check_last_draft(journal, sittings, said)


def check_last_draft(
    journal: SqlJournal, sittings: dict[str, Sitting], said: list[dict[str, Any]]
) -> None:
    """The last draft is there, or a later one, unless its turn was handed in."""
    drafts = [line for line in said if "draft" in line]
    if not drafts:
        return
    last = drafts[-1]
    sitting = sittings[last["sitting"]]
    turn = sitting.exchanges[last["exchange"]].turns[last["turn"]]
    if turn.ending is None:
        found = journal.draft(sitting)
        assert found is not None
        assert _order(found.text) >= _order(last["draft"])


def _order(text: str) -> tuple[int, int]:
    window, _, number = text.removeprefix("draft ").partition(".")
    return int(window), int(number)


def check_nothing_twice(journal: SqlJournal) -> None:
    """Every answer differs from every other, and every memory saw each review once."""
    sittings = [*journal.finished(), *journal.unfinished()]
    answers = [
        turn.answer
        for sitting in sittings
        for exchange in sitting.exchanges
        for turn in exchange.turns
        if turn.answer
    ]
    assert len(answers) == len(set(answers))
    assert len(journal.unfinished()) <= 1
    seen = Counter(review.key for review in journal.reviews())
    assert seen == {memory.key: memory.reviews for memory in journal.memories()}


def test_killed_while_practising(tmp_path: Path) -> None:
    """Whatever was acknowledged is there, nothing is there twice, and the file is whole."""
    dice = random.Random(20260302)
    said: list[dict[str, Any]] = []
    for number in range(ROUNDS):
        blindly = number % 5 == 4  # while it starts, most likely
        wait = dice.uniform(0, LONGEST)
        said += practise_until_killed(tmp_path, number, wait, blindly=blindly)
        journal = opened(tmp_path)
        check_promises(journal, said)
        check_nothing_twice(journal)
        journal.close()
        assert query(tmp_path / "journal.sqlite", "PRAGMA quick_check") == [("ok",)]
    assert not [line for line in said if "notice" in line]
    assert not list(tmp_path.glob("*damaged*"))
    assert any(line.get("reviews") for line in said)
    assert sum("told" in line for line in said) > 5 * ROUNDS, "the windows hardly practised"
