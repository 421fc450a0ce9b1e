"""What a question puts into a hostile answer."""

from __future__ import annotations

import json

from tests.services.made_questions import BOTH, DROPOUT, KERNELS

from interviewbot.domain.attack_texts import POINT_SLOTS, QUESTION_SLOTS
from interviewbot.domain.question import Point, Question
from interviewbot.services.evaluation.attack_slots import QuestionSlots, unrelated_claims

SLOTS = QuestionSlots(question=DROPOUT, others=("Cats purr", "Dogs bark."), seed=0)
MADE_ELSEWHERE = {"hidden", "repeated", "number"}


def test_every_slot_can_be_filled() -> None:
    """Each slot that a template may name is one that a question knows."""
    for slot in QUESTION_SLOTS.keys() - MADE_ELSEWHERE:
        SLOTS.filled(slot)
    for slot in POINT_SLOTS:
        SLOTS.of_point(slot, DROPOUT.points[0])


def test_the_texts_of_a_question() -> None:
    """The prompt, the title and lists of the points are told as they are."""
    assert SLOTS.filled("question") == "What does dropout do?"
    assert SLOTS.filled("statement") == "what does dropout do"
    assert SLOTS.filled("title") == "Dropout"
    assert SLOTS.filled("checklist") == (
        "[x] silence: covered, full marks\n[x] scale: covered, full marks"
    )
    verdicts = SLOTS.filled("verdicts")
    assert isinstance(verdicts, str)
    assert [p["id"] for p in json.loads(verdicts)["points"]] == ["silence", "scale"]


def test_the_honest_part_makes_every_other_point() -> None:
    """It is told in accepted wordings, so that something is left to gain."""
    assert SLOTS.honest() == "Neurons get switched off by chance."
    assert SLOTS.base("honest") == SLOTS.honest()
    assert SLOTS.base("sentence") == SLOTS.filled("sentence")


def test_terms_hold_no_verb() -> None:
    """A subject with its verb would be half a claim, not a term."""
    terms = SLOTS.filled("terms")
    assert isinstance(terms, list)
    assert "random units" in terms
    assert any("probability" in term for term in terms)
    assert not any("silences" in term or "grow" in term for term in terms)
    lines = SLOTS.filled("term_lines")
    assert isinstance(lines, str)
    assert len(lines.splitlines()) == 2


def test_single_terms_differ() -> None:
    """Three terms are three; a question with fewer has none."""
    assert len({SLOTS.filled(f"term_{letter}") for letter in "abc"}) == 3
    bare = Question(id="AA0009", prompt="?", points=(Point(id="p", text="It is."),))
    assert QuestionSlots(question=bare, others=(), seed=0).filled("term_a") is None


def test_the_texts_of_a_point() -> None:
    """A claim stands ready to be put behind "that"."""
    silence, scale = DROPOUT.points
    assert SLOTS.of_point("claim", silence) == silence.text.rstrip(".")
    assert SLOTS.of_point("wording", silence) == "Neurons get switched off by chance"
    assert SLOTS.of_point("misconception", scale) == "Surviving activations shrink"
    assert SLOTS.of_point("wording", scale) is None
    assert SLOTS.of_point("denied_wording", scale) is None
    assert SLOTS.of_point("swapped_wording", silence) is None
    assert SLOTS.of_point("misconception", KERNELS.points[0]) is None
    assert SLOTS.of_point("swapped_claim", scale) == (
        "Surviving activations shrink by the inverse keep probability."
    )


def test_what_no_rule_can_make_is_none() -> None:
    """A slot without content is none rather than empty."""
    assert QuestionSlots(question=KERNELS, others=(), seed=0).filled("misconceptions") is None
    assert QuestionSlots(question=KERNELS, others=(), seed=0).filled("others") is None


def test_others_are_sentences_of_other_topics() -> None:
    """Claims of the same topic might be right here; those that share few words come first."""
    assert SLOTS.filled("others") in {"Cats purr. Dogs bark.", "Dogs bark. Cats purr."}
    assert set(unrelated_claims(DROPOUT, BOTH)) == {point.text for point in KERNELS.points}
    near = Question(
        id="AA0003",
        prompt="?",
        topic="nets",
        points=(Point(id="p", text="Dropout silences units."), Point(id="q", text="Cats purr.")),
    )
    assert unrelated_claims(DROPOUT, [near]) == ["Cats purr.", "Dropout silences units."]
    same = Question(id="AA0004", prompt="?", topic="nets", points=DROPOUT.points)
    assert unrelated_claims(same, [near]) == []
