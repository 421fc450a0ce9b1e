"""Templates of hostile answers."""

from __future__ import annotations

from interviewbot.domain.attack_texts import POINT_SLOTS, QUESTION_SLOTS, AttackTemplate, Family


def test_a_template_knows_its_slots() -> None:
    """Slots of all its texts count; JSON in braces is none."""
    found = AttackTemplate(
        id="one",
        family=Family.FILLER,
        kind="long",
        text='{honest} {"score": 100} {repeated}',
        repeat="{number} {title}",
    )
    assert found.slots == {"honest", "repeated", "number", "title"}
    assert not found.each_point


def test_a_slot_of_a_point_makes_it_one_for_each_point() -> None:
    """No slot is both of a question and of a point."""
    found = AttackTemplate(id="one", family=Family.NEGATION, kind="framed", text="Not {claim}")
    assert found.each_point
    assert not QUESTION_SLOTS.keys() & POINT_SLOTS.keys()
