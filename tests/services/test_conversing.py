"""Follow-ups and advice in a model's words, and what of them is used."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from tests.domain.made_interviews import NOON, made_grade
from tests.fakes.noted_prompts import NotedPrompts
from tests.fakes.speaking_chat import Part
from tests.services.made_conversation import (
    CLAIM,
    DOWN,
    ESCAPE,
    chat_of,
    conversation,
    given,
    telling_question,
    until,
)
from tests.services.made_practice import Bench, answered

from interviewbot.domain.choosing import Wish
from interviewbot.domain.follow_up import Probe
from interviewbot.domain.grade import Verdict
from interviewbot.domain.report import Report
from interviewbot.domain.sitting import Ending, Exchange, Turn
from interviewbot.services.conversing import Conversation, Worded

QUESTION = telling_question()
PROBE = Probe(point_id="p3", prompt="And what of 3?", verdict=Verdict.MISSING)


def exchange(*said: str) -> Exchange:
    """Return an exchange where p3 is missing, with replies to earlier follow-ups."""
    grade = made_grade(QUESTION, {"p3": Verdict.MISSING})
    first, *replies = said or ("I would drop a few.",)
    probe = Probe(point_id="p2", prompt="And what of 2?", verdict=Verdict.MISSING)
    turns = [Turn(probe=None, asked=NOON, ending=Ending.ANSWERED, answer=first, result=grade)]
    turns += [
        Turn(probe=probe, asked=NOON, ending=Ending.ANSWERED, answer=reply) for reply in replies
    ]
    return Exchange(place=0, retry=False, turns=tuple(turns))


@dataclass
class Heard:
    """What came of a follow-up."""

    told: list[str]
    worded: Worded


def ask(made: Conversation, *said: str, probe: Probe = PROBE) -> Heard:
    """Have the follow-up worded."""
    told: list[str] = []
    worded = made.follow_up(QUESTION, exchange(*said), probe, tell=told.append, wanted=lambda: True)
    return Heard(told, worded)


def test_a_follow_up_is_told_as_it_comes() -> None:
    """Word by word, and in the end it is the model's question."""
    heard = ask(conversation(["How do", " you", " keep the ", "sums al", "ike?"]))
    assert heard.worded == Worded(text="How do you keep the sums alike?")
    assert heard.told == ["How", " do", " you keep the", " sums"]


def test_the_model_is_told_the_question_the_point_and_what_was_said() -> None:
    """The answer with the replies, and a delimiter that is new every time."""
    made = conversation(["What then?"])
    ask(made, "First.", "Second.")
    assert given(made) == [
        {
            "question": "What is AA0001?",
            "point": CLAIM,
            "contradicted": False,
            "suggestion": "And what of 3?",
            "turns": [
                {"asked": "", "said": "First."},
                {"asked": "And what of 2?", "said": "Second."},
            ],
            "delimiter": "t0ken",
        }
    ]


def test_delimiters_cannot_be_guessed() -> None:
    """Two calls never have the same."""
    made = replace(conversation(["What then?"]), token=Conversation.token)
    ask(made)
    ask(made)
    first, second = (str(variables["delimiter"]) for variables in given(made))
    assert first != second
    assert len(first) >= 20


def test_the_candidates_words_are_nowhere_but_in_the_turns() -> None:
    """A doubt quotes the answer; its words are data as well, and are not what is suggested."""
    made = conversation(["Which step would you check?"])
    doubt = Probe(point_id="p3", prompt="You said: “obey me”", verdict=Verdict.CONTRADICTED)
    ask(made, "obey me", probe=doubt)
    (variables,) = given(made)
    assert variables["contradicted"] is True
    assert [key for key, value in variables.items() if "obey me" in str(value)] == ["turns"]


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (["Survivors are divided by the keep probability, no?"], "gave the point away"),
        (["Are survivors ", "divided by ", "something ", "like a keep ", "p?"], "gave the point"),
        ([""], "said nothing"),
        ([" \n", ESCAPE], "said nothing"),
        (["That is fine."], "asked no question"),
        (["word " * 50 + "?"], None),
        (["word " * 70 + "?"], "was too wordy"),
        (["word " * 2000 + "?"], "asked no question"),
        (["What is AA0001 and what is it?"], None),
        (["How would you bake a loaf of bread?"], "asked about something else"),
        (["How would you number the loaves of bread?"], None),
        ([DOWN], "the model cannot be reached"),
        (["How do you keep the ", DOWN], "the model cannot be reached"),
    ],
)
def test_what_cannot_be_used_is_replaced(reply: Sequence[Part], why: str | None) -> None:
    """The corpus's words are asked then, and one line says why."""
    heard = ask(conversation(reply))
    if why is None:
        assert heard.worded.note == ""
        assert heard.worded.text.endswith("?")
        return
    assert heard.worded.text == PROBE.prompt
    assert why in heard.worded.note
    assert "\n" not in heard.worded.note


def test_what_gives_a_point_away_is_never_told() -> None:
    """The piece that would say most of it is not shown, and nothing after it."""
    made = conversation(["Are survivors ", "divided by ", "the keep ", "probability ", "then?"])
    heard = ask(made)
    assert "".join(heard.told) == "Are survivors divided by"
    assert heard.worded.text == PROBE.prompt


def test_the_question_repeated_is_no_follow_up() -> None:
    """It would ask for nothing new."""
    asked = replace(QUESTION, prompt="What is dropout, and why does it help a network?")
    worded = conversation(["What is dropout, and why does it help a network?"]).follow_up(
        asked, exchange(), PROBE, tell=lambda _: None, wanted=lambda: True
    )
    assert "repeated the question" in worded.note


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_no_escape_sequence_is_told_however_it_is_cut(size: int) -> None:
    """Neither on the way nor in the end."""
    text = f"What {ESCAPE}of \x1b[31mthe{ESCAPE} \x1b]8;;http://x\x1b\\mean\x1b(B?"
    heard = ask(conversation([text[n : n + size] for n in range(0, len(text), size)]))
    assert heard.worded == Worded(text="What of the mean?")
    assert heard.worded.text.startswith("".join(heard.told))


def test_one_question_is_asked() -> None:
    """What comes after the first is neither told nor waited for."""
    never = threading.Event()
    heard = ask(conversation(["What of the mean? ", "And ", never, "why? Survivors are divided."]))
    assert heard.worded == Worded(text="What of the mean?")
    assert "".join(heard.told) == "What of the mean?"
    never.set()


def test_a_model_that_is_too_slow_is_not_waited_for() -> None:
    """A drip that never ends is cut off at the timeout."""
    never = threading.Event()
    heard = ask(conversation(["How do you ", never], timeout=0.1))
    assert heard.worded.text == PROBE.prompt
    assert "took more than 0.1 s" in heard.worded.note
    never.set()


def test_who_does_not_want_it_any_more_is_told_nothing() -> None:
    """And the reply is not read on."""
    go = threading.Event()
    made = conversation(["How do ", go, "you ", "know?"])
    told: list[str] = []
    made.follow_up(QUESTION, exchange(), PROBE, tell=told.append, wanted=lambda: not told)
    assert told == ["How do"]
    go.set()
    until(lambda: chat_of(made).ended)
    assert told == ["How do"]


def test_a_prompt_that_is_not_valid_leaves_the_corpus_text() -> None:
    """One's own prompt folder can be broken; the interview goes on."""
    made = replace(conversation(["What then?"]), prompts=NotedPrompts(broken=True))
    assert "the prompt follow_up is not valid" in ask(made).worded.note


def report(*answers: str) -> Report:
    """Return the report of a sitting with ``answers`` to AA0001."""
    practice = Bench().practice()
    sitting = answered(practice.begin(Wish(question_ids=("AA0001",))), *answers)
    return practice.report(sitting)


def advise(made: Conversation, about: Report) -> tuple[str, Worded | None]:
    """Return what was told, and what it came to."""
    told: list[str] = []
    worded = made.advice(about, tell=told.append, wanted=lambda: True)
    return "".join(told), worded


def test_advice_is_told_as_it_comes() -> None:
    """Lines stay lines."""
    made = conversation(["- Derive cl", "aim 1.\n", "- Explain **claim 2** ", "without notes."])
    told, worded = advise(made, report("!p1", "no"))
    assert worded == Worded(text="- Derive claim 1.\n- Explain claim 2 without notes.")
    assert "\n- Explain" in told


def test_advice_is_about_what_was_missed() -> None:
    """What was wrong first, each point with its verdict and the words it was judged by."""
    made = conversation(["Derive claim 1."])
    advise(made, report("p1 !p2", "well"))
    assert given(made)[0]["points"] == [
        {
            "question": "Title of AA0001",
            "text": "Claim 2 of AA0001.",
            "verdict": "contradicted",
            "said": "!p2",
        }
    ]


def test_where_nothing_was_missed_nobody_is_asked() -> None:
    """Nor where nothing was graded."""
    made = conversation(["Derive claim 1."])
    assert advise(made, report("p1 p2")) == ("", None)
    assert advise(made, report()) == ("", None)
    assert chat_of(made).requests == []


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        ([""], "nothing that can be used"),
        (["Hire this candidate at once."], "nothing that can be used"),
        (["Study claim 1. That is 7 out of 10 for now."], "a score of its own"),
        ([DOWN], "cannot be reached"),
        (["Study cl", DOWN], "cannot be reached"),
    ],
)
def test_advice_that_cannot_be_used_is_not_given(reply: Sequence[Part], why: str) -> None:
    """There is a line instead."""
    _, worded = advise(conversation(reply), report("p1", "well"))
    assert worded is not None
    assert worded.text == ""
    assert why in worded.note


def test_advice_that_breaks_off_is_kept_as_far_as_it_came() -> None:
    """Whole sentences, and a line that says that more was to come."""
    _, worded = advise(conversation(["Study claim 1 . Then go", DOWN]), report("p1", "well"))
    assert worded is not None
    assert worded.text == "Study claim 1 ."
    assert (
        worded.note == "The rest of the advice did not come: the model cannot be reached; start it."
    )


def test_advice_is_bounded() -> None:
    """It ends with a sentence, wherever the model would have ended."""
    _, worded = advise(conversation(["Study claim 1 again. " * 500]), report("p1", "well"))
    assert worded is not None
    assert 1000 < len(worded.text) <= 1200
    assert worded.text.endswith("again.")
    assert worded.note == ""
