"""Asking until a reply can be used: the ladder, repairs, retries, and the time for it all."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.false_clock import FalseClock
from tests.fakes.scripted_model import USAGE, Played, ScriptedModel

from interviewbot.domain.chat import (
    ChatFailed,
    ChatFault,
    ChatReply,
    ChatRequest,
    Message,
    Role,
    Rung,
    Usage,
)
from interviewbot.services.llm.asking import Answered, Asking
from interviewbot.services.llm.pacing import Pace

REQUEST = ChatRequest(messages=(Message(role=Role.USER, content="Judge."),), schema={})
PASSING = (
    ChatFault.TIMEOUT,
    ChatFault.UNREACHABLE,
    ChatFault.RATE,
    ChatFault.SERVER,
    ChatFault.EMPTY,
    ChatFault.GARBLED,
)
LASTING = (
    ChatFault.KEY,
    ChatFault.NO_MODEL,
    ChatFault.REFUSED,
    ChatFault.FILTERED,
    ChatFault.TOO_LARGE,
)
UNSUPPORTED = ChatFailed(ChatFault.REQUEST, "the server does not know this")


def failed(fault: ChatFault, after: float | None = None, tokens: int = 0) -> ChatFailed:
    """Return a fault that asks to wait ``after`` seconds and cost ``tokens``."""
    usage = Usage(input_tokens=tokens)
    return ChatFailed(fault, f"it was {fault}", "a hint", retry_after=after, usage=usage)


def usable(text: str) -> str | tuple[str, ...]:
    """Take every reply but one that begins with "bad"; its words are the faults."""
    return tuple(text.split()) if text.startswith("bad") else text.upper()


class Asked:
    """An ``Asking`` of a scripted model, with what it spent and how long it waited."""

    def __init__(
        self,
        *script: Played,
        timeout: float = 60.0,
        forever: bool = False,
        seed: int = 0,
        takes: float = 0.0,
    ) -> None:
        """Ask a model that plays ``script`` and takes so many seconds for each call."""
        self.clock = FalseClock()
        self.model = ScriptedModel(
            script, forever=forever, meanwhile=lambda: self.clock.pass_by(takes)
        )
        self.spent: list[Usage] = []
        self.asking = Asking(
            model=self.model,
            pace=Pace(clock=self.clock, sleep=self.clock.sleep),
            repair=lambda faults: f"mend {', '.join(faults)}",
            spend=self.spent.append,
            timeout=timeout,
            dice=random.Random(seed),
        )

    def __call__(self, request: ChatRequest = REQUEST) -> Answered[str]:
        """Ask once."""
        return self.asking.ask(request, usable)

    def fails(self, request: ChatRequest = REQUEST) -> ChatFailed:
        """Ask once, and return how it failed."""
        with pytest.raises(ChatFailed) as caught:
            self(request)
        return caught.value

    @property
    def rungs(self) -> list[Rung]:
        """The rungs that were tried, call by call."""
        return [request.rung for request in self.model.requests]


def test_a_usable_reply_is_taken_at_once() -> None:
    """One call, on the highest rung, with all the time there is."""
    asked = Asked("fine")
    assert asked() == Answered(value="FINE", text="fine", rung=Rung.SCHEMA, repairs=0, usage=USAGE)
    assert asked.model.requests == [replace(REQUEST, rung=Rung.SCHEMA)]
    assert asked.model.timeouts == [60.0]
    assert asked.spent == [USAGE]
    assert asked.clock.slept == []


@pytest.mark.parametrize("refused", [1, 2, 3])
def test_a_rung_that_is_refused_leads_to_the_next(refused: int) -> None:
    """Schema, function calling, JSON mode, text: in this order, without a wait."""
    asked = Asked(*[UNSUPPORTED] * refused, "fine")
    assert asked().rung is tuple(Rung)[refused]
    assert asked.rungs == list(Rung)[: refused + 1]
    assert asked.clock.slept == []


def test_the_rung_that_worked_is_remembered() -> None:
    """What a model refused once it is not asked for again, by a repair or another answer."""
    asked = Asked(UNSUPPORTED, UNSUPPORTED, "bad {}", "fine", "fine")
    asked()
    asked()
    assert asked.rungs == [Rung.SCHEMA, Rung.FUNCTION, Rung.JSON, Rung.JSON, Rung.JSON]
    assert asked.asking.rung is Rung.JSON


def test_prose_in_place_of_json_leads_to_words() -> None:
    """A server may heed no schema; one that has is only asked again."""
    asked = Asked("bad", "fine", "fine")
    asked()
    asked()
    assert asked.rungs == [Rung.SCHEMA, Rung.TEXT, Rung.TEXT]
    heeds = Asked("fine", "bad", "fine")
    heeds()
    heeds()
    assert heeds.rungs == [Rung.SCHEMA] * 3


def test_nothing_is_remembered_of_a_model_that_refuses_everything() -> None:
    """A request that fails on every rung says nothing about the rungs."""
    asked = Asked(*[UNSUPPORTED] * 4, "fine")
    assert asked.fails().fault is ChatFault.REQUEST
    assert asked.rungs == list(Rung)
    assert asked.asking.rung is Rung.SCHEMA
    assert asked().rung is Rung.SCHEMA


def test_the_ladder_is_never_climbed_again() -> None:
    """A call that began on a higher rung and ends late does not undo what others found out."""
    both_began = threading.Barrier(2, timeout=10)
    low_done = threading.Event()

    def play(request: ChatRequest) -> str:
        name = request.messages[0].content
        if request.rung is Rung.SCHEMA:
            both_began.wait()
            if name == "refused":
                raise UNSUPPORTED
            assert low_done.wait(10)
        return "fine"

    asked = Asked(play, forever=True)
    slow = threading.Thread(target=asked, args=(about("slow"),))
    slow.start()
    asked(about("refused"))
    low_done.set()
    slow.join(10)
    assert not slow.is_alive()
    assert asked.asking.rung is Rung.FUNCTION


def about(content: str) -> ChatRequest:
    """Return a request that says ``content``."""
    return replace(REQUEST, messages=(Message(role=Role.USER, content=content),))


def test_where_text_is_wanted_there_is_no_ladder() -> None:
    """Without a schema the first rung is text, and nothing is learned about the others."""
    asked = Asked("fine", UNSUPPORTED, "fine")
    request = replace(REQUEST, schema=None)
    assert asked(request).rung is Rung.TEXT
    assert asked.fails(request).fault is ChatFault.REQUEST
    assert asked().rung is Rung.SCHEMA
    assert asked.rungs == [Rung.TEXT, Rung.TEXT, Rung.SCHEMA]


@pytest.mark.parametrize("fault", LASTING)
def test_a_fault_that_stays_is_raised_at_once(fault: ChatFault) -> None:
    """Neither another try nor another rung would help."""
    asked = Asked(failed(fault))
    error = asked.fails()
    assert (error.fault, error.message, error.hint) == (fault, f"it was {fault}", "a hint")
    assert asked.clock.slept == []


def test_a_bad_reply_is_shown_to_the_model_with_its_faults() -> None:
    """The reply as its own turn, then what is wrong with it; the request stays in front."""
    asked = Asked("bad first", "bad second", "fine")
    answered = asked()
    assert (answered.value, answered.text, answered.repairs) == ("FINE", "fine", 2)
    said = [(message.role, message.content) for message in asked.model.requests[2].messages]
    assert said == [
        (Role.USER, "Judge."),
        (Role.ASSISTANT, "bad first"),
        (Role.USER, "mend bad, first"),
        (Role.ASSISTANT, "bad second"),
        (Role.USER, "mend bad, second"),
    ]
    assert {request.schema is REQUEST.schema for request in asked.model.requests} == {True}


def test_there_are_two_repairs_and_no_more() -> None:
    """A third bad reply is the end, with its faults and the tokens of all three."""
    asked = Asked("bad one", "bad two", "bad a b c d e")
    error = asked.fails()
    assert error.fault is ChatFault.GARBLED
    assert error.message == "the model's reply cannot be used: bad; a; b"
    assert "doctor" in error.hint
    assert error.usage == Usage(input_tokens=300, output_tokens=30)
    assert len(asked.model.requests) == 3


def test_a_long_bad_reply_is_shown_in_part() -> None:
    """Two megabytes are not sent back; of an empty reply something must be said."""
    asked = Asked("bad" + "x" * 2_000_000, "fine")
    asked()
    assert len(asked.model.requests[1].messages[1].content) == 20_000

    def none(text: str) -> str | tuple[str, ...]:
        return text or ("empty",)

    empty = Asked("", "fine")
    empty.asking.ask(REQUEST, none)
    assert empty.model.requests[1].messages[1].content == "(nothing)"


@pytest.mark.parametrize("fault", PASSING)
def test_a_fault_that_may_pass_is_tried_again(fault: ChatFault) -> None:
    """On the same rung, up to four times in all."""
    asked = Asked(*[failed(fault)] * 3, "fine")
    assert asked().value == "FINE"
    assert asked.rungs == [Rung.SCHEMA] * 4
    stays = Asked(failed(fault), forever=True)
    assert stays.fails().fault is fault
    plain = [Rung.TEXT] if fault is ChatFault.SERVER else []
    assert stays.rungs == [Rung.SCHEMA] * 4 + plain
    assert len(stays.clock.slept) == 3


def test_a_server_that_breaks_down_over_a_schema_is_asked_for_plain_text() -> None:
    """Once, and from then on; one that has understood a schema before has another trouble."""
    asked = Asked(*[failed(ChatFault.SERVER)] * 4, "fine")
    assert (asked().value, asked.asking.rung) == ("FINE", Rung.TEXT)
    known = Asked("fine", *[failed(ChatFault.SERVER)] * 4)
    known()
    assert known.fails().fault is ChatFault.SERVER
    assert known.rungs == [Rung.SCHEMA] * 5


@given(st.integers())
def test_waits_grow_and_are_spread(seed: int) -> None:
    """Half a second, one, two: each at least half of it, so that threads do not meet again."""
    asked = Asked(failed(ChatFault.SERVER), forever=True, seed=seed)
    asked.fails()
    for wait, longest in zip(asked.clock.slept, (0.5, 1.0, 2.0), strict=True):
        assert longest / 2 <= wait <= longest


def test_waits_differ_from_thread_to_thread() -> None:
    """Two dice give two waits."""
    waits = set()
    for seed in (1, 2):
        asked = Asked(failed(ChatFault.SERVER), "fine", seed=seed)
        asked()
        waits.add(tuple(asked.clock.slept))
    assert len(waits) == 2


def test_the_server_says_how_long_to_wait() -> None:
    """Retry-After is kept to the second, and time passed by it counts."""
    asked = Asked(failed(ChatFault.RATE, 7.0), failed(ChatFault.SERVER, 11.0), "fine")
    asked()
    assert asked.clock.slept == [7.0, 11.0]
    assert asked.model.timeouts == [60.0, 53.0, 42.0]


@pytest.mark.parametrize("after", [0.0, -3.0, float("nan")])
def test_a_wait_that_is_none_is_the_usual_one(after: float) -> None:
    """Nonsense in Retry-After breaks nothing, and nobody asks again and again without a pause."""
    asked = Asked(failed(ChatFault.RATE, after), "fine")
    assert asked().value == "FINE"
    (wait,) = asked.clock.slept
    assert 0.25 <= wait <= 0.5


@pytest.mark.parametrize("after", [59.96, 3600.0, float("inf")])
def test_who_must_wait_too_long_gives_up_at_once(after: float) -> None:
    """A Retry-After beyond the deadline is told with its cause, not slept through."""
    asked = Asked(failed(ChatFault.RATE, after))
    error = asked.fails()
    assert (error.fault, error.message) == (ChatFault.RATE, "it was rate")
    assert asked.clock.slept == []


def test_a_failure_tells_its_repairs() -> None:
    """As many as were asked for before it."""
    asked = Asked("bad", failed(ChatFault.KEY))
    assert asked.fails().repairs == 1


def test_a_wait_up_to_the_deadline_is_waited() -> None:
    """The last moment at which a call makes sense still counts."""
    asked = Asked(failed(ChatFault.RATE, 59.9), "fine")
    assert asked().value == "FINE"
    assert asked.model.timeouts[1] == pytest.approx(0.1)


def test_what_one_thread_is_told_all_wait_for() -> None:
    """A thread that asks after another was sent away waits as long, without being sent away."""
    asked = Asked(failed(ChatFault.RATE, 30.0), "fine", "fine")
    turn = threading.Event()

    def sleep(seconds: float) -> None:
        """Let the other thread ask while this one sleeps, before any time has passed."""
        asked.clock.slept.append(seconds)
        if not turn.is_set():
            turn.set()
            other = threading.Thread(target=asked)
            other.start()
            other.join(10)
            assert not other.is_alive()
            return  # the other one slept for both
        asked.clock.pass_by(seconds)

    asked.asking.pace.sleep = sleep
    asked()
    assert asked.clock.slept == [30.0, 30.0]
    assert len(asked.model.requests) == 3


def test_the_deadline_is_for_everything() -> None:
    """Calls get what is left, and none begins after the end, whatever the tries allow."""
    asked = Asked("bad", failed(ChatFault.SERVER), "bad", "fine", timeout=10.0, takes=4.0)
    error = asked.fails()
    assert error.fault is ChatFault.TIMEOUT
    assert "10 s" in error.message
    assert len(asked.model.requests) == 3
    assert asked.model.timeouts[:2] == [10.0, 6.0]
    assert asked.model.timeouts[2] < 2.0


def test_a_wait_never_goes_past_the_deadline() -> None:
    """With no time to wait the fault itself is what is told."""
    asked = Asked(failed(ChatFault.SERVER), forever=True, timeout=1.0, takes=0.9)
    assert asked.fails().fault is ChatFault.SERVER
    assert asked.clock.slept == []


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["fine", "bad reply"]),
            st.builds(
                failed,
                st.sampled_from(ChatFault),
                st.one_of(st.none(), st.floats(-1, 100)),
                st.integers(0, 9),
            ),
        ),
        min_size=1,
    ),
    st.floats(0.01, 100),
    st.floats(0, 50),
)
def test_whatever_happens_asking_ends_in_time(
    script: list[Played], timeout: float, takes: float
) -> None:
    """No call begins, no wait ends after the deadline; every token is counted once."""
    asked = Asked(*script, "fine", timeout=timeout, takes=takes, forever=True)
    begun = asked.clock()
    try:
        usage = asked().usage
    except ChatFailed as error:
        usage = error.usage
    assert asked.clock() - begun <= timeout + takes + 1e-6
    assert all(0.05 <= given_ <= timeout + 1e-6 for given_ in asked.model.timeouts)
    assert usage.total == sum(spent.total for spent in asked.spent)


def test_no_time_is_no_call() -> None:
    """A timeout too short for any reply is said, and nothing is sent."""
    asked = Asked(timeout=0.01)
    assert asked.fails().fault is ChatFault.TIMEOUT
    assert asked.model.requests == []


def test_a_reply_that_was_cut_off_gets_more_room_once() -> None:
    """At once, without a wait; cut off again it is a fault."""
    asked = Asked(failed(ChatFault.CUT_OFF), "fine")
    asked()
    assert [request.most_tokens for request in asked.model.requests] == [4_000, 16_000]
    assert asked.clock.slept == []
    again = Asked(failed(ChatFault.CUT_OFF), forever=True)
    assert again.fails().fault is ChatFault.CUT_OFF
    assert len(again.model.requests) == 2


def test_all_tokens_are_told_whatever_came_of_them() -> None:
    """What failed, what was of no use and what was used: in the end and call by call."""
    asked = Asked(
        failed(ChatFault.CUT_OFF, tokens=5), "bad", failed(ChatFault.EMPTY, tokens=3), "x"
    )
    answered = asked()
    assert [usage.total for usage in asked.spent] == [5, 110, 3, 110]
    assert answered.usage == Usage(input_tokens=208, output_tokens=20)
    broken = Asked("bad", failed(ChatFault.KEY, tokens=2))
    assert broken.fails().usage == Usage(input_tokens=102, output_tokens=10)


def test_an_estimate_stays_one() -> None:
    """Where one call's tokens are guessed, so is the sum."""
    guessed = ChatReply(text="bad", usage=Usage(input_tokens=1, told=False))
    assert not Asked(guessed, "fine")().usage.told
    assert Asked("bad", "fine")().usage.told


def test_the_users_own_rate_takes_no_time_from_an_answer() -> None:
    """Ten answers at one a minute are all asked about, though a minute is all that each has."""
    asked = Asked("fine", forever=True, timeout=30.0)
    asked.asking.pace.per_minute = 1.0
    for _ in range(10):
        asked()
    assert asked.clock.slept == [60.0] * 9
    assert asked.model.timeouts == [30.0] * 10


def test_faults_are_not_taken_for_a_value() -> None:
    """A reader may return any value but a tuple; one that is empty is no reply either."""
    asked = Asked("fine", forever=True)
    nothing: Callable[[str], str | tuple[str, ...]] = lambda _: ()  # noqa: E731
    with pytest.raises(ChatFailed, match="cannot be used"):
        asked.asking.ask(REQUEST, nothing)
    zero: Answered[int] = asked.asking.ask(REQUEST, lambda _: 0)
    assert zero.value == 0


def test_what_else_goes_wrong_is_not_swallowed() -> None:
    """An error that is no fault of a call, as in a broken prompt, comes through."""

    def broken(_: Sequence[str]) -> str:
        raise RuntimeError("the prompt is broken")

    asked = Asked("bad")
    asked.asking.repair = broken
    with pytest.raises(RuntimeError, match="broken"):
        asked()


def test_a_server_that_was_never_there_is_waited_for_once() -> None:
    """The next question only looks whether it is there by now; a batch has thousands."""
    down = failed(ChatFault.UNREACHABLE)
    asked = Asked(*[down] * 4, down, "fine", down, "fine")
    asked.fails()
    assert len(asked.model.requests) == 4
    asked.fails()
    assert len(asked.model.requests) == 5
    assert asked().value == "FINE"
    assert asked().value == "FINE"
    assert len(asked.model.requests) == 8


def test_a_server_that_was_there_is_waited_for_every_time() -> None:
    """It may be starting anew."""
    down = failed(ChatFault.UNREACHABLE)
    asked = Asked("fine", *[down] * 8)
    asked()
    asked.fails()
    asked.fails()
    assert len(asked.model.requests) == 9
