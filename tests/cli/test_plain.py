"""An interview through a pipe: the real program, the real judge, the shipped questions."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.made_homes import (
    CONTROLS,
    LAYERS,
    command,
    copied_home,
    environment,
    is_clean,
    piped,
    wiring_of,
)

from interviewbot.domain.grade import Grade, Verdict
from interviewbot.domain.sitting import Ending, Mode, Sitting

NETWORK = ("interview", "--question", "ML0041")
BOTH = (*NETWORK, "--question", "ML0040")


@pytest.fixture
def home(indexed_home: Path, tmp_path: Path) -> Path:
    """Return an indexed data folder of its own."""
    return copied_home(indexed_home, tmp_path / "own")


def only_sitting(home: Path) -> Sitting:
    """Return the one sitting of ``home``, finished or not."""
    journal = wiring_of(home).journal
    (found,) = [*journal.finished(), *journal.unfinished()]
    return found


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until ``condition`` holds, for half a minute at most."""
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "that never came"
        time.sleep(0.05)


def drafted(home: Path) -> str:
    """Return what is drafted in the one unfinished sitting of ``home``, if there is one."""
    journal = wiring_of(home).journal
    sittings = [sitting for sitting in journal.unfinished() if sitting.exchanges]
    draft = journal.draft(sittings[0]) if sittings else None
    return draft.text if draft else ""


def test_a_whole_practice_sitting(home: Path) -> None:
    """Question, follow-ups, feedback, the next question, and the report at the end."""
    lines = [
        f"{LAYERS}.\n",
        "/skip\n",  # the first follow-up
        "It goes over the training data and moves the weights against the gradient.\n.\n",
        "/contest brain-inspired covered I know that well\n",
        "\n",
        "/skip\n",  # the second question
        "\n",
    ]
    found = piped(home, *BOTH, stdin="".join(lines))
    text = found.stdout.decode()
    assert found.returncode == 0, found.stderr
    assert is_clean(found)
    order = [
        "Question 1 of 2: Neural network concept (ML0041; you asked for it)",
        "What is a neural network?",
        "Follow-up: ",
        "Follow-up: ",
        " / 100",
        "Covered (",
        "you said: “Inputs come in at one end",
        "Your own verdict on brain-inspired: covered.",
        "Question 2 of 2: ",
        "ML0040: skipped, not graded",
        "Your interview",
        "1 graded, 1 skipped",
        "What comes back when",
    ]
    places: list[int] = []
    for words in order:
        places.append(text.index(words, places[-1] + 1 if places else 0))
    assert b"a line with a single . hands it in" in found.stderr
    sitting = only_sitting(home)
    first, second = sitting.exchanges
    assert sitting.ended is not None
    assert first.turns[0].answer == LAYERS.removesuffix("\n")
    assert [turn.ending for turn in first.turns] == [
        Ending.ANSWERED,
        Ending.SKIPPED,
        Ending.ANSWERED,
    ]
    assert (second.ending, second.result) == (Ending.SKIPPED, None)
    (own,) = wiring_of(home).journal.own_verdicts()
    assert (own.point_id, own.own, own.reason) == (
        "brain-inspired",
        Verdict.COVERED,
        "I know that well",
    )


def test_a_whole_mock_sitting(home: Path) -> None:
    """Not a word of feedback before the end; then on every answer, and the report."""
    answers = f"{LAYERS}.\n/skip\n/skip\n/skip\n"
    found = piped(home, *BOTH, "--mode", "mock", stdin=answers)
    text = found.stdout.decode()
    assert found.returncode == 0, found.stderr
    assert is_clean(found)
    last = text.index("Question 2 of 2")
    assert " / 100" not in text[:last]
    assert "Covered (" not in text[:last]
    assert text.index("The interview is over.") < text.index("Covered (")
    assert text.index("Covered (") < text.index("Your interview")
    assert "ML0040: skipped, not graded" in text
    assert b"time left: 12:00 min" in found.stderr
    sitting = only_sitting(home)
    assert (sitting.mode, sitting.minutes) == (Mode.MOCK, 12.0)
    assert isinstance(sitting.exchanges[0].result, Grade)


def test_the_same_input_gives_the_same_output(indexed_home: Path, tmp_path: Path) -> None:
    """Byte for byte, in two fresh folders."""
    said = [
        piped(
            copied_home(indexed_home, tmp_path / name),
            *NETWORK,
            stdin=f"{LAYERS}.\n/skip\n/skip\n/answer\n\n",
        ).stdout
        for name in ("one", "two")
    ]
    assert said[0] == said[1] != b""


def test_killed_and_resumed(home: Path) -> None:
    """Lines that were typed stand there again, and are the beginning of the answer."""
    first, second = LAYERS.splitlines(keepends=True)
    with subprocess.Popen(
        command(*NETWORK),
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin is not None
        process.stdin.write(first.encode())
        process.stdin.flush()
        wait_for(lambda: drafted(home) == first.strip())
        process.kill()
    assert process.returncode == -signal.SIGKILL
    found = piped(home, "interview", "--resume", stdin=f"{second}.\n/skip\n/skip\n\n")
    text = found.stdout.decode()
    assert found.returncode == 0, found.stderr
    assert text.index("What is a neural network?") < text.index("Your answer so far:")
    assert first.strip() in text
    sitting = only_sitting(home)
    assert sitting.ended is not None
    assert sitting.exchanges[0].turns[0].answer == LAYERS.strip()
    result = sitting.exchanges[0].result
    assert isinstance(result, Grade)
    assert len(wiring_of(home).journal.reviews()) == len(result.points)


def test_resumed_at_the_feedback(home: Path) -> None:
    """The feedback is shown again, and the answer is not graded twice."""
    found = piped(home, *NETWORK, stdin=f"{LAYERS}.\n/skip\n/skip\n/quit\n")
    assert found.returncode == 0
    assert b"--resume" in found.stderr
    again = piped(home, "interview", "--resume", stdin="\n")
    assert again.returncode == 0
    assert b"Covered (2 of 6)" in again.stdout
    assert b"Question 1 of 1" not in again.stdout
    assert len(only_sitting(home).exchanges) == 1


def test_resumed_at_a_follow_up(home: Path) -> None:
    """Question and follow-up are both shown again."""
    piped(home, *NETWORK, stdin=f"{LAYERS}.\nWell,\n")
    again = piped(home, "interview", "--resume", stdin="/skip\n/skip\n\n")
    text = again.stdout.decode()
    assert text.index("What is a neural network?") < text.index("Follow-up: ")
    assert text.index("Follow-up: ") < text.index("Well,")


def test_the_end_of_input_hands_nothing_in(home: Path) -> None:
    """Before anything is complete it is an error, and what was typed is kept all the same."""
    found = piped(home, *NETWORK, stdin="Half an answer\nand a bit")
    assert found.returncode == 2
    assert b"standard input ended before an answer was handed in" in found.stderr
    assert b"--resume" in found.stderr
    assert drafted(home) == "Half an answer\nand a bit"
    assert only_sitting(home).exchanges[0].ending is None


def test_the_end_of_input_after_a_question_is_a_way_to_leave(home: Path) -> None:
    """Exit code 0, and a line that says how to go on."""
    found = piped(home, *BOTH, stdin="/skip\n\nHalf an answer\n")
    assert found.returncode == 0
    assert b"--resume" in found.stderr
    assert drafted(home) == "Half an answer"


def test_nothing_on_standard_input(home: Path) -> None:
    """It is said in a line what was expected."""
    found = piped(home, "interview", stdin="")
    assert found.returncode == 2
    assert b"a line with a single . does that" in found.stderr
    assert b"Traceback" not in found.stderr


def test_interrupted(home: Path) -> None:
    """Exit code 130, one line on how to go on, and the draft is kept."""
    with subprocess.Popen(
        command(*NETWORK),
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None
        assert process.stderr is not None
        process.stdin.write(b"Half an answer\n")
        process.stdin.flush()
        wait_for(lambda: drafted(home) == "Half an answer")
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode().strip().splitlines()
    assert process.returncode == 130
    assert "interrupted; 'interviewbot interview --resume' goes on with it" in said
    assert not any("Traceback" in line for line in said)
    assert drafted(home) == "Half an answer"


HOSTILE = (
    "Hidden layers sit between the input layer and the output layer. \x1b]52;c;aGk=\x07\x1b[2J\n"
    "[/bold] [@click=app.quit] Each neuron adds a bias\x9b31m to a\tsum\r of \u202einputs.\n"
    "\x1b[?2004h and \x00 more\n"
)


def test_a_hostile_answer_does_nothing(home: Path) -> None:
    """No control character comes back, in feedback, in the draft, or in the talk."""
    typed = piped(home, *NETWORK, stdin=f"{HOSTILE}/undo\n/\x1b[2J\n/x\x1b]0;t\x07\n")
    assert is_clean(typed)
    found = piped(
        home, "interview", "--resume", stdin=".\n/skip\n/skip\n/skip\n/contest \x1b[1m covered\n\n"
    )
    assert found.returncode == 0, found.stderr
    assert b"Your answer so far:" in found.stdout
    assert b"[@click=app.quit]" in found.stdout
    assert is_clean(found)
    assert "\u202e" not in found.stdout.decode()


def test_a_hostile_corpus_does_nothing(home: Path, tmp_path: Path) -> None:
    """Neither title, prompt, points, follow-ups nor model answer are taken for anything else."""
    bad = r"[/b] [@click=app.quit] %s {0} $\char27 [2J$ $\unknown{$"
    folder = tmp_path / "corpus" / "made-up"
    folder.mkdir(parents=True)
    (folder / "ZZ0001-made-up.md").write_text(
        f"""---
id: ZZ0001
title: 'Layers {bad}'
prompt: 'What do layers do? {bad}'
topic: made-up
level: foundation
source: made up
licence: MIT
points:
  - id: hidden
    text: 'Hidden layers transform their inputs. {bad}'
    follow_up: 'What happens in between? {bad}'
---
A model answer. {bad}
""",
        encoding="utf-8",
    )
    found = piped(
        home,
        *("interview", "--corpus", tmp_path / "corpus"),
        stdin="Bread is baked in an oven every morning.\n.\nI do not know at all.\n.\n/answer\n\n",
    )
    assert found.returncode == 0, found.stderr
    assert b"[@click=app.quit]" in found.stdout
    assert is_clean(found)


def test_on_a_terminal_plain_stays_plain(home: Path) -> None:
    """With --plain a full terminal gets no escape sequence either, on both streams."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command(*NETWORK, "--plain"),
        env={**environment(home), "TERM": "xterm-256color"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        os.write(ours, f"{LAYERS}.\n/skip\n/skip\n/answer\n\n".encode())
        found = b""
        while chunk := _read(ours):
            found += chunk
    os.close(ours)
    assert process.returncode == 0
    assert b"Your interview" in found
    assert not CONTROLS.search(found.replace(b"\r\n", b"\n"))  # the terminal adds the \r


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # how Linux says that nobody is at the other end
        return b""


def test_a_second_window_is_told(home: Path) -> None:
    """The sitting of one window cannot be resumed in another."""
    with subprocess.Popen(
        command(*NETWORK),
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"Mine.\n")
        process.stdin.flush()
        wait_for(lambda: drafted(home) == "Mine.")
        second = piped(home, "interview", "--resume", stdin="Yours.\n.\n")
        process.kill()
    assert second.returncode == 2
    assert b"Traceback" not in second.stderr
    assert drafted(home) == "Mine."


def test_a_job_file_is_checked_like_an_answer(home: Path, tmp_path: Path) -> None:
    """A picture is no job description, and a file that is not there is named."""
    picture = tmp_path / "job.png"
    picture.write_bytes(b"\x89PNG\0\0")
    for name, said in ((picture, b"not text"), (tmp_path / "none.txt", b"there is no file")):
        found = piped(home, "interview", "--job", name, stdin="")
        assert found.returncode == 2
        assert said in found.stderr
    assert wiring_of(home).journal.unfinished() == []
