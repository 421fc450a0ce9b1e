"""Sittings whose follow-ups a model words: what is kept, and what is dropped."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.domain.made_interviews import made_question, made_sitting
from tests.fakes.speaking_chat import Part
from tests.services.made_conversation import DOWN, chat_of, conversation, until
from tests.services.made_world import World

from interviewbot.adapters.journal import SqlJournal
from interviewbot.domain.errors import ModelUnavailable, OutOfStep, StorageFailed
from interviewbot.domain.interview import Answered, Asked, Closed, Event, Judged
from interviewbot.domain.sitting import Ending, Mode, Stage
from interviewbot.services.conversing import Conversation
from interviewbot.services.interviewing import Interviewing


def begin(world: World, made: Conversation, mode: Mode = Mode.PRACTICE) -> Interviewing:
    """Return a sitting with a question that is asked, and a model for what comes after it."""
    interviewing = world.begin("AA0001", mode=mode)
    interviewing.conversation = lambda: made
    return interviewing


def answer(interviewing: Interviewing, text: str) -> list[Event]:
    """Hand in ``text`` and have it graded."""
    return [*interviewing.answer(text, 10.0), *interviewing.grade()]


def asked(interviewing: Interviewing) -> str:
    """Return the follow-up that is open."""
    turn = interviewing.sitting.turn
    assert turn is not None
    assert turn.probe is not None
    assert turn.ending is None
    return turn.probe.prompt


def kept(world: World, interviewing: Interviewing) -> str:
    """Return the follow-up that is open according to the journal."""
    return asked(world.window(world.journal.sitting(interviewing.sitting.id)))


@pytest.fixture
def world() -> World:
    """Return an empty world."""
    return World()


def test_the_grade_does_not_wait_for_the_follow_up(world: World) -> None:
    """It is on disk before the model is asked for anything."""
    made = conversation(["How so?"])
    interviewing = begin(world, made)
    assert [type(event) for event in answer(interviewing, "p1 p2")] == [Answered, Judged]
    assert interviewing.sitting.stage is None
    assert world.journal.sitting("s1").stage is None
    assert chat_of(made).requests == []


def test_the_models_words_are_asked_and_kept(world: World) -> None:
    """What the candidate sees is what the journal has, and what the judge of the reply hears."""
    interviewing = begin(world, conversation(["How do ", "you know?"]))
    answer(interviewing, "p1 p2")
    told: list[str] = []
    (event,) = interviewing.follow_up(told.append)
    assert isinstance(event, Asked)
    assert told == ["How do", " you"]
    assert asked(interviewing) == kept(world, interviewing) == "How do you know?"
    assert interviewing.remarks == []
    answer(interviewing, "p3")
    assert world.grader.seen[-1] == ("What is AA0001?\nHow do you know?", "p3")
    assert interviewing.sitting.stage is Stage.REVIEWING


@pytest.mark.parametrize("mode", Mode)
def test_every_follow_up_is_worded(world: World, mode: Mode) -> None:
    """Also the one after a skip; a complete exchange needs none."""
    interviewing = begin(world, conversation(["First?"], ["Second?"]), mode)
    answer(interviewing, "p1")
    interviewing.follow_up()
    assert asked(interviewing) == "First?"
    interviewing.skip()
    assert interviewing.sitting.stage is None
    interviewing.follow_up()
    assert asked(interviewing) == "Second?"
    interviewing.skip()
    assert interviewing.sitting.stage is (
        Stage.REVIEWING if mode is Mode.PRACTICE else Stage.FINISHED
    )
    assert interviewing.follow_up() == []


def test_without_a_model_the_corpus_asks_at_once(world: World) -> None:
    """Nothing has to be called for, and calling for it does nothing."""
    interviewing = world.begin("AA0001")
    assert [type(event) for event in answer(interviewing, "p1 p2")] == [Answered, Judged, Asked]
    assert asked(interviewing) == "And what of 3?"
    assert interviewing.follow_up() == []


@pytest.mark.parametrize("reply", [[DOWN], ["Claim number 3. Right?"], ["No."], ["Who ", DOWN]])
def test_the_corpus_text_takes_over(world: World, reply: Sequence[Part]) -> None:
    """One line says so."""
    interviewing = begin(world, conversation(reply))
    answer(interviewing, "p1 p2")
    interviewing.follow_up()
    assert asked(interviewing) == kept(world, interviewing) == "And what of 3?"
    assert len(interviewing.remarks) == 1


def test_a_model_that_cannot_be_loaded_is_no_end(world: World) -> None:
    """The follow-up is the corpus's."""

    def fail() -> Conversation:
        raise ModelUnavailable("langchain-x is not installed", "pip install it")

    interviewing = begin(world, conversation(["How?"]))
    interviewing.conversation = fail
    answer(interviewing, "p1 p2")
    interviewing.follow_up()
    assert asked(interviewing) == "And what of 3?"
    assert "langchain-x is not installed" in interviewing.remarks[0]


def test_killed_between_grade_and_follow_up_nothing_is_lost(world: World) -> None:
    """Another window, with the model or without it, asks the follow-up that is owed."""
    first = begin(world, conversation(["How?"]))
    answer(first, "p1 p2")
    second = world.window(world.journal.sitting("s1"))
    second.conversation = lambda: conversation(["And now?"])
    assert second.go_on() == []
    assert second.sitting.stage is None
    second.follow_up()
    assert asked(second) == kept(world, second) == "And now?"


def test_a_window_without_a_model_asks_what_is_owed(world: World) -> None:
    """In the corpus's words, at once."""
    answer(begin(world, conversation(["How?"])), "p1 p2")
    second = world.window(world.journal.sitting("s1"))
    assert [type(event) for event in second.go_on()] == [Asked]
    assert asked(second) == "And what of 3?"


def test_resumed_after_it_was_asked_it_has_the_same_words(world: World) -> None:
    """The model is not asked again."""
    first = begin(world, conversation(["How?"]))
    answer(first, "p1 p2")
    first.follow_up()
    other = conversation(["Another?"])
    second = world.window(world.journal.sitting("s1"))
    second.conversation = lambda: other
    assert second.go_on() == []
    assert second.follow_up() == []
    assert asked(second) == "How?"
    assert chat_of(other).requests == []


def slow(world: World) -> tuple[Interviewing, threading.Event, Conversation]:
    """Return a sitting whose follow-up waits for an event, and its model."""
    go = threading.Event()
    made = conversation(["How ", "do ", go, "you know?"])
    interviewing = begin(world, made)
    answer(interviewing, "p1 p2")
    return interviewing, go, made


def test_ending_the_sitting_does_not_wait_for_words(world: World) -> None:
    """The exchange closes without the follow-up, and what comes late is dropped."""
    interviewing, go, made = slow(world)
    told: list[str] = []
    with ThreadPoolExecutor() as pool:
        late = pool.submit(interviewing.follow_up, told.append)
        until(lambda: told)
        interviewing.finish()
        assert late.result(5) == []
    go.set()
    until(lambda: chat_of(made).ended)
    assert interviewing.sitting.stage is Stage.FINISHED
    assert len(interviewing.sitting.exchanges[0].turns) == 1
    assert interviewing.sitting.exchanges[0].ending is Ending.ANSWERED
    assert interviewing.remarks == []


def test_leaving_does_not_wait_for_words(world: World) -> None:
    """The sitting is let go: nothing is told to the journal any more, and it can be resumed."""
    interviewing, go, _ = slow(world)
    told: list[str] = []
    with ThreadPoolExecutor() as pool:
        with interviewing:
            late = pool.submit(interviewing.follow_up, told.append)
            until(lambda: told)
        assert late.result(5) == []
    go.set()
    assert world.journal.sitting("s1").stage is None
    again = world.window(world.journal.sitting("s1"))
    with again:
        assert [type(event) for event in again.go_on()] == [Asked]


def test_a_sitting_that_is_held_again_is_worded(world: World) -> None:
    """Having been let go once does not count for ever."""
    interviewing = begin(world, conversation(["How?"]))
    with interviewing:
        answer(interviewing, "p1 p2")
    with interviewing:
        assert [type(event) for event in interviewing.follow_up()] == [Asked]


def test_words_that_cannot_be_kept_have_not_been_asked(world: World) -> None:
    """On a full disk the follow-up is still owed."""
    interviewing = begin(world, conversation(["How?"]))
    answer(interviewing, "p1 p2")
    world.journal.full = True
    with pytest.raises(StorageFailed):
        interviewing.follow_up()
    assert interviewing.sitting.stage is None
    world.journal.full = False
    assert [type(event) for event in interviewing.follow_up()] == [Asked]


def test_nothing_is_locked_while_the_model_speaks(world: World) -> None:
    """A key that comes too early is refused at once, and breaks nothing."""
    interviewing, go, _ = slow(world)
    told: list[str] = []
    with ThreadPoolExecutor() as pool:
        late = pool.submit(interviewing.follow_up, told.append)
        until(lambda: told)
        interviewing.save_draft("too early", 1.0)
        with pytest.raises(OutOfStep, match="nothing is asked"):
            interviewing.skip()
        go.set()
        assert [type(event) for event in late.result(5)] == [Asked]
    assert world.journal.drafts == []


def test_a_question_that_left_the_corpus_is_not_followed_up(world: World) -> None:
    """There is no point to ask about; the exchange closes as it would without a model."""
    interviewing = begin(world, conversation(["How?"]))
    answer(interviewing, "p1 p2")
    plain = made_question("AA0001")
    interviewing.question = lambda _: type(plain)(id="AA0001", prompt="", points=())
    assert [type(event) for event in interviewing.follow_up()] == [Closed]


def test_the_journal_on_disk_has_the_models_words(tmp_path: Path) -> None:
    """Reopened before the follow-up it is owed, reopened after it the words are the same."""

    def opened() -> tuple[SqlJournal, Interviewing]:
        journal = SqlJournal(tmp_path)
        kept = journal.unfinished()
        if not kept:
            journal.begin(made_sitting("AA0001"))
        interviewing = World().window((kept or journal.unfinished())[0])
        interviewing.journal = journal
        interviewing.conversation = lambda: conversation(["Wie so? “§” …"], ["Another?"])
        return journal, interviewing

    journal, interviewing = opened()
    interviewing.go_on()
    answer(interviewing, "p1 p2")
    journal.close()  # all that a kill leaves is what is on disk
    journal, interviewing = opened()
    assert interviewing.go_on() == []
    assert interviewing.sitting.stage is None
    interviewing.follow_up()
    journal.close()
    journal, interviewing = opened()
    assert interviewing.go_on() == []
    assert asked(interviewing) == "Wie so?"
    journal.close()


def test_who_has_no_model_imports_nothing_for_one() -> None:
    """Neither the words nor the threads are loaded by a whole sitting."""
    program = (
        "import sys\n"
        "from tests.services.made_practice import Bench, answered\n"
        "from interviewbot.domain.choosing import Wish\n"
        "practice = Bench().practice()\n"
        "sitting = answered(practice.begin(Wish(question_ids=('AA0001',))), 'p1', 'no')\n"
        "assert practice.advice(practice.report(sitting)) is None\n"
        "names = ('conversing', 'following_up', 'listening')\n"
        "print([name for name in names if f'interviewbot.services.{name}' in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_a_remark_is_made_once(world: World) -> None:
    """What is wrong with the model is wrong with every follow-up of an interview."""
    interviewing = begin(world, conversation([DOWN], [DOWN]))
    answer(interviewing, "p1")
    interviewing.follow_up()
    assert len(interviewing.remarks) == 1
    interviewing.skip()
    interviewing.follow_up()
    assert len(interviewing.remarks) == 1


def test_the_same_question_is_not_asked_twice(world: World) -> None:
    """A model that repeats itself leaves the second one to the question file."""
    interviewing = begin(world, conversation(["How do you know?"], ["how do you KNOW?"]))
    answer(interviewing, "p1")
    interviewing.follow_up()
    assert asked(interviewing) == "How do you know?"
    interviewing.skip()
    interviewing.follow_up()
    assert asked(interviewing) == "And what of 2?"
    assert "repeated itself" in interviewing.remarks[-1]
