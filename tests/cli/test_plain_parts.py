"""The plain face in detail: lines, commands, time. The judge is scripted, nothing is on disk."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.domain.made_interviews import NOON, made_grade, made_question, made_sitting
from tests.services.made_practice import Bench
from tests.services.made_world import World

from interviewbot.cli import plain_page as page
from interviewbot.cli.plain import Plain
from interviewbot.cli.plain_answering import Answering
from interviewbot.cli.plain_lines import Command, Lines, Next, parse
from interviewbot.cli.plain_reviewing import Reviewing
from interviewbot.domain.choosing import Wish
from interviewbot.domain.errors import BadInput
from interviewbot.domain.follow_up import Probe
from interviewbot.domain.grade import Evidence, Ungraded, Verdict
from interviewbot.domain.interview import Asked, Event
from interviewbot.domain.sitting import Ending, Exchange, Stage, Turn
from interviewbot.services.interviewing import Interviewing


class Dribble(io.RawIOBase):
    """Gives what it is given chunk by chunk, as a terminal or a slow pipe does."""

    def __init__(self, chunks: Sequence[bytes]) -> None:
        """Give ``chunks`` one after the other."""
        super().__init__()
        self._chunks = list(chunks)

    def read1(self, _: int = -1, /) -> bytes:
        """Return the next chunk, or nothing at the end."""
        return self._chunks.pop(0) if self._chunks else b""


@dataclass
class Desk:
    """A candidate with a keyboard and a stop watch; ``shown`` are the events."""

    world: World = field(default_factory=World)
    shown: list[Event] = field(default_factory=list)
    seconds: Iterator[float] = field(default_factory=lambda: iter(range(1000)))

    def answer(self, interviewing: Interviewing, *chunks: bytes) -> Next:
        """Type ``chunks`` into the open turn; every look at the watch is a second later."""
        lines = Lines(Dribble(chunks))
        return Answering(
            interviewing, lines, self.shown.extend, lambda: float(next(self.seconds))
        ).run()

    def review(self, interviewing: Interviewing, *chunks: bytes) -> Next:
        """Type ``chunks`` after the feedback."""
        return Reviewing(interviewing, Lines(Dribble(chunks)), self.shown.extend).run()


@pytest.fixture
def desk() -> Desk:
    """Return a desk."""
    return Desk()


def open_turn(interviewing: Interviewing) -> Turn:
    """Return the latest turn."""
    turn = interviewing.sitting.turn
    assert turn is not None
    return turn


@pytest.mark.parametrize(
    ("line", "meaning"),
    [
        ("plain words", "plain words"),
        ("", ""),
        (".", Command(name=".")),
        (" . ", Command(name=".")),
        ("...", "..."),
        ("/skip", Command(name="skip")),
        ("/skip  ", Command(name="skip")),
        ("/contest p1 covered I did", Command(name="contest", rest="p1 covered I did")),
        ("//skip", "/skip"),
        ("/usr/bin holds programs", "/usr/bin holds programs"),
        ("/ 2 is a half", "/ 2 is a half"),
        ("/Skip", "/Skip"),
        (" /skip", " /skip"),
    ],
)
def test_what_a_line_means(line: str, meaning: str | Command) -> None:
    """A full stop hands in, a slash and a small word is a command, the rest is words."""
    assert parse(line) == meaning


@given(st.binary(max_size=200), st.integers(1, 7))
def test_lines_do_not_depend_on_how_they_arrive(content: bytes, size: int) -> None:
    """Cut anywhere they are the lines of the whole."""
    chunks = [content[start : start + size] for start in range(0, len(content), size)]
    assert all_lines(Lines(Dribble(chunks))) == all_lines(Lines(io.BytesIO(content)))


def all_lines(lines: Lines) -> list[str]:
    """Return every line."""
    found = []
    while (line := lines.next()) is not None:
        found.append(line)
    assert lines.ended
    assert lines.next() is None
    return found


def test_lines_are_text_whatever_comes() -> None:
    """No end of line, no zero, no broken character is left; the last line needs no end."""
    lines = Lines(Dribble([b"one\r\nt", b"wo\n\nf\xfcnf\0", b" sechs"]))
    assert all_lines(lines) == ["one", "two", "", "f\ufffdnf\ufffd sechs"]


def test_lines_say_whether_more_is_here() -> None:
    """Half a line is not: somebody is still typing it."""
    lines = Lines(Dribble([b"one\ntwo\nthr", b"ee\n"]))
    assert [(lines.next(), lines.more) for _ in range(3)] == [
        ("one", True),
        ("two", False),
        ("three", False),
    ]


def test_a_line_without_end_is_refused() -> None:
    """Memory is not filled by a stream that never ends its line."""
    with pytest.raises(BadInput, match="over 1 MiB"):
        Lines(Dribble([b"x" * 65536] * 20)).next()


def test_an_answer_is_its_lines(desk: Desk) -> None:
    """Blank lines and indentation included, with the seconds it took."""
    interviewing = desk.world.begin()
    assert desk.answer(interviewing, b"p1\n\n", b"  p2\n.\nnot", b" read\n") is Next.GO_ON
    turn = open_turn(interviewing)
    assert (turn.answer, turn.ending) == ("p1\n\n  p2", Ending.ANSWERED)
    assert turn.seconds > 0
    assert interviewing.sitting.stage is Stage.GRADING


@pytest.mark.parametrize("blank", [b".\n", b"\n  \n.\n"])
def test_nothing_cannot_be_handed_in(
    desk: Desk, blank: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said how to pass, and the question stays open."""
    interviewing = desk.world.begin()
    assert desk.answer(interviewing, blank) is Next.STOP
    assert interviewing.sitting.stage is Stage.ANSWERING
    assert "/skip" in capsys.readouterr().err


def test_every_line_is_kept_as_a_draft(desk: Desk) -> None:
    """As soon as there is nothing more to read; leaving keeps the seconds too."""
    interviewing = desk.world.begin()
    assert desk.answer(interviewing, b"one\n", b"two\nthree\n", b"/quit\n") is Next.STOP
    assert list(dict.fromkeys(desk.world.journal.drafts)) == ["one", "one\ntwo\nthree"]
    draft = interviewing.draft
    assert draft is not None
    assert draft.seconds > 0


def test_a_draft_is_the_beginning_of_the_answer(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is shown, its seconds count, and what is typed now follows it."""
    interviewing = desk.world.begin()
    interviewing.save_draft("p1\nand", 100.0)
    desk.answer(interviewing, b"p2\n.\n")
    assert capsys.readouterr().out == "Your answer so far:\np1\nand\n"
    turn = open_turn(interviewing)
    assert turn.answer == "p1\nand\np2"
    assert turn.seconds > 100


def test_a_line_can_be_taken_back(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """The last one, out of the draft as well; with none left nothing happens."""
    interviewing = desk.world.begin()
    desk.answer(interviewing, b"p1\nwrong\n/undo\np2\n.\n")
    assert open_turn(interviewing).answer == "p1\np2"
    assert "taken back: wrong" in capsys.readouterr().err
    other = World().begin()
    assert Desk().answer(other, b"/undo\n") is Next.STOP


def test_skipping_and_finishing_keep_what_stood_there(desk: Desk) -> None:
    """Neither is an answer."""
    interviewing = desk.world.begin("AA0001", "AA0002")
    assert desk.answer(interviewing, b"p1 and\n/skip\n") is Next.GO_ON
    turn = interviewing.sitting.exchanges[0].turns[0]
    assert (turn.answer, turn.ending) == ("p1 and", Ending.SKIPPED)
    interviewing.leave()
    assert desk.answer(interviewing, b"p2 and\n/finish\n") is Next.GO_ON
    turn = interviewing.sitting.exchanges[1].turns[0]
    assert (turn.answer, turn.ending) == ("p2 and", Ending.SKIPPED)
    assert interviewing.sitting.stage is Stage.FINISHED


def test_a_mistyped_command_is_no_answer(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """It is said, and the answer goes on."""
    interviewing = desk.world.begin()
    desk.answer(interviewing, b"p1\n/finsh\n/retry\n.\n")
    assert open_turn(interviewing).answer == "p1"
    said = capsys.readouterr().err
    assert "/finsh is no command here" in said
    assert "/retry is no command here" in said


def test_help_and_time_are_talk(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing of them reaches the answer or standard output."""
    interviewing = desk.world.begin(minutes=10.0)
    desk.answer(interviewing, b"/help\n/time\np1\n.\n")
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "time left: 10:00 min" in printed.err
    assert "a line with a single . hands it in" in printed.err
    assert "answering, 9:5" in printed.err
    assert open_turn(interviewing).answer == "p1"


def test_without_a_limit_there_is_none_to_tell(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """Only what was spent."""
    desk.answer(desk.world.begin(), b"/time\n")
    assert "answering, no limit" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("last", "kept"), [(b"too late\n", "p1\ntoo late"), (b".\n", "p1"), (b"/skip\n", "p1")]
)
def test_the_time_runs_out_while_typing(
    desk: Desk, last: bytes, kept: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What comes after the limit is not handed in, but words are kept."""
    interviewing = desk.world.begin("AA0001", "AA0002", minutes=1.0)
    desk.seconds = iter([0.0, 1.0, 2.0, 3.0, 4.0, 61.0, 61.0, 61.0])
    assert desk.answer(interviewing, b"p1\n", last) is Next.GO_ON
    turn = interviewing.sitting.exchanges[0].turns[0]
    assert (turn.ending, turn.answer, turn.seconds) == (Ending.TIMED_OUT, kept, 60.0)
    assert "the time is up" in capsys.readouterr().err
    assert interviewing.sitting.time_is_up


def test_a_draft_that_used_all_the_time_up(desk: Desk) -> None:
    """Resumed after the limit the turn is over at once, without waiting for a line."""
    interviewing = desk.world.begin(minutes=1.0)
    interviewing.save_draft("p1", 60.0)
    assert desk.answer(interviewing) is Next.GO_ON
    assert open_turn(interviewing).ending is Ending.TIMED_OUT


def test_an_answer_has_a_largest_size(desk: Desk) -> None:
    """What came before the line that was too much is kept."""
    interviewing = desk.world.begin()
    line = b"y" * 1000 + b"\n"
    with pytest.raises(BadInput, match="over 1 MiB"):
        desk.answer(interviewing, *[line * 64] * 20)
    draft = interviewing.draft
    assert draft is not None
    assert 2**20 - 2000 < len(draft.text) <= 2**20


def reviewed(desk: Desk) -> Interviewing:
    """Return a sitting of two questions at the feedback on the first."""
    interviewing = desk.world.begin("AA0001", "AA0002")
    interviewing.answer("p1 p2 p3", 10.0)
    interviewing.grade()
    return interviewing


def test_an_empty_line_goes_on(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Words do not: they would be lost to the next answer."""
    interviewing = reviewed(desk)
    assert desk.review(interviewing, b"next please\n.\n  \n") is Next.GO_ON
    assert interviewing.asked == made_question("AA0002")
    said = capsys.readouterr().err
    assert "that is no command" in said
    assert ". is no command here" in said


def test_the_end_of_input_at_the_feedback(desk: Desk) -> None:
    """Nothing goes on by itself; /quit is the same."""
    interviewing = reviewed(desk)
    before = interviewing.sitting
    assert desk.review(interviewing) is Next.STOP
    assert desk.review(interviewing, b"/quit\n") is Next.STOP
    assert interviewing.sitting is before


def test_trying_again(desk: Desk) -> None:
    """The same question is open again."""
    interviewing = reviewed(desk)
    assert desk.review(interviewing, b"/retry\n") is Next.GO_ON
    assert interviewing.asked == made_question("AA0001")
    assert interviewing.sitting.stage is Stage.ANSWERING


def test_trying_again_needs_time(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Without any it is said, and the feedback stays."""
    interviewing = desk.world.begin(minutes=1.0)
    interviewing.answer("p1 p2 p3", 60.0)
    interviewing.grade()
    assert desk.review(interviewing, b"/retry\n") is Next.STOP
    assert "the time is up" in capsys.readouterr().err
    assert interviewing.sitting.stage is Stage.REVIEWING


def test_finishing_at_the_feedback(desk: Desk) -> None:
    """The rest is never asked."""
    interviewing = reviewed(desk)
    assert desk.review(interviewing, b"/finish\n") is Next.GO_ON
    assert interviewing.sitting.stage is Stage.FINISHED
    assert len(interviewing.sitting.unasked) == 1


def test_contesting(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """Point, verdict, reason; anything else is explained and changes nothing."""
    interviewing = reviewed(desk)
    desk.review(
        interviewing,
        b"/contest\n/contest p1\n/contest p1 wrong\n/contest p9 covered\n",
        b"/contest  p1   missing   I only guessed\n",
    )
    (own,) = interviewing.own_verdicts(0).values()
    assert (own.point_id, own.own, own.reason) == ("p1", Verdict.MISSING, "I only guessed")
    printed = capsys.readouterr()
    assert printed.out == "Your own verdict on p1: missing. It counts from now on.\n"
    assert printed.err.count("write /contest POINT VERDICT REASON") == 3
    assert "there is no grade of that point" in printed.err


def test_contesting_another_try(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    """It is kept, and nothing says that it counts."""
    interviewing = reviewed(desk)
    interviewing.retry()
    interviewing.answer("p1 p2 p3", 10.0)
    interviewing.grade()
    desk.review(interviewing, b"/contest p1 missing I read it\n")
    assert list(interviewing.own_verdicts(1)) == ["p1"]
    said = capsys.readouterr().out
    assert "It counts" not in said
    assert "what comes back when stays as it is" in said


def test_help_and_model_answer_at_the_feedback(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """A question without a model answer says so."""
    desk.review(reviewed(desk), b"/help\n/answer\n")
    said = capsys.readouterr().err
    assert "/retry: answer this question again" in said
    assert "this question has no model answer" in said


BAD = "\x1b]52;c;aGk=\x07\x1b[2J\x9b31m\x7f\r\u202e\u200b[/b][@click=app.quit]"
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u200b]")


def test_no_control_character_gets_through_the_door(capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever the corpus, the answer, the judge or the candidate's reasons hold."""
    clean = made_question("AA0001", points=2)
    points = tuple(
        replace(point, id=f"{point.id}{BAD}", text=f"{point.text}{BAD}") for point in clean.points
    )
    question = replace(
        clean,
        id=f"AA0001{BAD}",
        title=f"Title{BAD}",
        prompt=f"Prompt{BAD}",
        model_answer=f"Model{BAD}\n\nanswer{BAD}",
        points=points,
    )
    grade = made_grade(question, {points[0].id: Verdict.PARTIAL})
    evidence = Evidence(start=0, end=5, quote=f"Quote{BAD}")
    judged = tuple(replace(p, evidence=evidence, reason=f"Reason{BAD}") for p in grade.points)
    sitting = made_sitting(question.id)
    exchange = Exchange(place=0, retry=False, turns=(), result=replace(grade, points=judged))
    probe = Probe(point_id="p1", prompt=f"Probe{BAD}", verdict=Verdict.MISSING)
    asked = Asked(at=NOON, place=0)
    for lines in (
        page.question_lines(sitting, asked, question),
        page.question_lines(sitting, replace(asked, probe=probe), question),
        page.draft_lines(f"Draft\t{BAD}\nline"),
        page.feedback_lines(exchange, question, {}),
        page.feedback_lines(replace(exchange, result=Ungraded(reason=BAD)), question, {}),
        page.model_answer_lines(question),
    ):
        page.show(lines)
    printed = capsys.readouterr().out
    assert all(word in printed for word in ("Title", "Prompt", "Probe", "Draft", "Quote", "Reason"))
    assert "[@click=app.quit]" in printed
    assert not CONTROLS.search(printed)


def test_a_terminal_that_knows_little_gets_what_it_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Characters that standard output cannot take become question marks, not an error."""
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", narrow)
    page.show(["“Is x ≥ 2?”"])
    narrow.flush()
    assert narrow.buffer.getvalue() == b"?Is x ? 2??\n"


def test_what_is_passed_over_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """In one line each, once, and the next question is asked under its own name and place."""
    bench = Bench()
    practice = bench.practice()
    practice.begin(Wish(question_ids=("AA0001", "BB0001", "CC0001"))).go_on()
    bench.questions = [one for one in bench.questions if one.id == "BB0001"]
    face = Plain(
        practice=practice,
        interviewing=practice.resume(),
        lines=Lines(Dribble((b"/skip\n\n",))),
        clock=lambda: 0.0,
    )
    assert face.run()
    printed = capsys.readouterr()
    assert printed.err.count("AA0001 is no longer in the corpus; it is passed over") == 1
    assert printed.err.count("CC0001 is no longer in the corpus; it is passed over") == 1
    assert "Question 2 of 3: Title of BB0001" in printed.out
    assert "Question 1 of 3" not in printed.out
    assert "Question 3 of 3" not in printed.out
    assert "3 skipped" in printed.out
