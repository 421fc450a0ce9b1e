"""Questions that a row brings along."""

from __future__ import annotations

from interviewbot.domain.gold import GoldRow
from interviewbot.domain.question import Point, Question
from interviewbot.services.references import question_of


def test_own_points_make_a_question() -> None:
    """They win over a reference text and over the id of a question in the corpus."""
    points = (Point(id="a", text="One."), Point(id="b", text="Two.", weight=3.0))
    row = GoldRow(
        id="1", answer="x", question_id="ML0001", question="Why?", points=points, reference="Ref."
    )
    assert question_of(row) == Question(id="ML0001", prompt="Why?", points=points)


def test_a_reference_is_cut_into_points() -> None:
    """One a sentence, weighed by its content words; a sentence without any is none."""
    row = GoldRow(
        id="1",
        answer="x",
        question="Why?",
        reference="Dropout silences random units. It is so.\n- Survivors scale up",
    )
    found = question_of(row)
    assert found is not None
    assert (found.id, found.prompt, found.derived) == ("", "Why?", True)
    assert [(point.id, point.text, point.weight) for point in found.points] == [
        ("r1", "Dropout silences random units.", 4.0),
        ("r2", "Survivors scale up", 2.0),
    ]


def test_a_reference_without_a_sentence_is_one_point() -> None:
    """A formula may have no word at all."""
    found = question_of(GoldRow(id="1", answer="x", reference="∑ → ∞"))
    assert found is not None
    assert [(point.text, point.weight) for point in found.points] == [("∑ → ∞", 1.0)]


def test_a_reference_of_function_words_is_one_point() -> None:
    """It is all there is."""
    found = question_of(GoldRow(id="1", answer="x", reference="It is. So it was."))
    assert found is not None
    assert [(point.text, point.weight) for point in found.points] == [("It is. So it was.", 1.0)]


def test_a_bare_row_brings_nothing() -> None:
    """Then the corpus must know the question."""
    assert question_of(GoldRow(id="1", answer="x", question_id="ML0001", question="Why?")) is None
