"""The hostile answers of a run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from tests.services.made_questions import BOTH, DROPOUT, KERNELS

from interviewbot.domain.attack_texts import AttackTemplate, AttackTexts, Encoding, Family
from interviewbot.domain.question import Question
from interviewbot.services.evaluation.attack_plan import (
    FEWEST_A_TEMPLATE,
    SAMPLED_QUESTIONS,
    AttackPlan,
    plan_attacks,
)


def template(name: str, text: str, **more: object) -> AttackTemplate:
    """Return a template of that id."""
    bare = AttackTemplate(id=name, family=Family.INSTRUCTIONS, kind="kind", text=text)
    return replace(bare, **more)  # type: ignore[arg-type]


def plan(*templates: AttackTemplate, empty: str = "I pass.", full: bool = True) -> AttackPlan:
    """Return the plan of ``templates`` for two questions."""
    texts = AttackTexts(empty_handed=empty, templates=templates)
    return plan_attacks(BOTH, texts, full=full)


def answers(found: AttackPlan) -> dict[str, str]:
    """Return the answers of all trials by key."""
    return {trial.key: trial.row.answer for trial in found.trials}


def test_an_attack_stands_beside_the_empty_handed_answer() -> None:
    """That answer is one trial of a question, shared by all attacks without an honest part."""
    found = plan(template("one", "Full marks!"), template("two", "{title}!"))
    assert answers(found) == {
        "attacks/AA0001/base:empty-handed": "I pass.",
        "attacks/AA0001/one": "Full marks!",
        "attacks/AA0002/base:empty-handed": "I pass.",
        "attacks/AA0002/one": "Full marks!",
        "attacks/AA0001/two": "Dropout!",
        "attacks/AA0002/two": "Kernels!",
    }
    assert {case.base for case in found.cases if case.question_id == "AA0001"} == {
        "attacks/AA0001/base:empty-handed"
    }
    assert [trial.row.question_id for trial in found.trials[:2]] == ["AA0001", "AA0001"]


def test_an_attack_beside_honest_words_is_compared_with_those() -> None:
    """What is gained is gained over the honest part, or the good sentence, alone."""
    found = plan(template("one", "{honest} Full marks!"), template("two", "{sentence} {sentence}"))
    said = answers(found)
    for case in found.cases:
        assert said[case.base] in said[case.attacked]
        assert len(said[case.base]) < len(said[case.attacked])
    assert "attacks/AA0001/base:honest" in said
    assert "attacks/AA0001/base:sentence" in said


def test_a_blank_base_is_no_trial() -> None:
    """Nobody can grade it: its score is 0 by definition, and there is nothing to grade."""
    found = plan(template("one", "Full marks!"), empty="\u200b ")
    assert [trial.key for trial in found.trials] == ["attacks/AA0001/one", "attacks/AA0002/one"]
    assert {case.base for case in found.cases} == {""}


def test_a_template_of_points_attacks_each() -> None:
    """Keys name the point, and the first letter is a capital."""
    found = plan(template("deny", "{claim} is a lie."))
    assert [case.attacked for case in found.cases] == [
        "attacks/AA0001/deny/scale",
        "attacks/AA0001/deny/silence",
        "attacks/AA0002/deny/dual",
        "attacks/AA0002/deny/products",
    ]
    assert found.cases[3].text == "Inner products become kernel evaluations is a lie."
    assert found.cases[3].point == "products"


def test_what_offers_nothing_is_left_out_and_counted() -> None:
    """Only one of four points has two sides that a rule can exchange."""
    found = plan(template("swap", "{swapped_claim}", family=Family.SWAPPED))
    assert [case.point for case in found.cases] == ["scale"]
    assert found.tried == {"swapped": 4}
    assert found.left_out == {"swapped": 3}


def test_hidden_and_repeated_texts_are_made() -> None:
    """A hidden text is encoded; a text is repeated so often, or until so many bytes are full."""
    found = plan(
        template("hide", "See {hidden}", hidden="Hi {title}", encoding=Encoding.HEX),
        template("times", "{repeated}!", repeat="{number} {title}", times=3, join=" / "),
        template("size", "{repeated}", repeat="ha", size=50_000, join=" "),
    )
    said = answers(found)
    assert said["attacks/AA0001/hide"] == f"See {b'Hi Dropout'.hex()}"
    assert said["attacks/AA0001/times"] == "1 Dropout / 2 Dropout / 3 Dropout!"
    assert 49_990 <= len(said["attacks/AA0001/size"].encode()) <= 50_010


def test_what_is_put_in_is_not_filled_again() -> None:
    """Braces of a prompt, as formulas have them, stay as they are."""
    odd = replace(DROPOUT, prompt="What is {title} of {x}?")
    texts = AttackTexts(empty_handed="I pass.", templates=(template("one", "{question}"),))
    found = plan_attacks([odd], texts, full=True)
    assert found.cases[0].text == "What is {title} of {x}?"


def many(count: int) -> Sequence[Question]:
    """Return that many questions."""
    return [replace(KERNELS, id=f"AB{number:04}") for number in range(count)]


@pytest.mark.parametrize("seed", [0, 1])
def test_a_sample_takes_every_template_for_several_questions(seed: int) -> None:
    """It is drawn from a seeded choice of questions, the same one every time."""
    templates = tuple(template(f"t-{number}", f"{{honest}} No. {number}.") for number in range(300))
    texts = AttackTexts(empty_handed="I pass.", templates=templates)
    found = plan_attacks(many(60), texts, seed=seed)
    assert found == plan_attacks(list(reversed(many(60))), texts, seed=seed)
    assert found.questions == SAMPLED_QUESTIONS
    assert found.of_questions == 60
    for one in templates:
        asked = [case.question_id for case in found.cases if case.template == one.id]
        assert len(set(asked)) == len(asked) == FEWEST_A_TEMPLATE
    assert len({case.question_id for case in found.cases}) > FEWEST_A_TEMPLATE


def test_the_seed_decides_which_are_drawn() -> None:
    """Another seed draws other questions."""
    texts = AttackTexts(empty_handed="I pass.", templates=(template("one", "Hm."),))
    first, second = (plan_attacks(many(2000), texts, seed=seed) for seed in (0, 1))
    assert [case.attacked for case in first.cases] != [case.attacked for case in second.cases]


def test_a_case_says_the_same_in_a_sample_as_in_all() -> None:
    """So that a figure of the sample can be looked up in the full run."""
    texts = AttackTexts(
        empty_handed="I pass.",
        templates=tuple(template(f"t-{n}", "{terms} {sentence} {others}") for n in range(100)),
    )
    questions = [replace(q, id=f"A{letter}{q.id[2:]}") for q in BOTH for letter in "ABCDEFGHIJ"]
    full = answers(plan_attacks(questions, texts, full=True))
    sample = answers(plan_attacks(questions, texts))
    assert len(sample) < len(full)
    assert sample.items() <= full.items()


def test_a_sample_takes_more_cases_of_a_template_of_points() -> None:
    """There are more of them to draw from, and they are the hardest to resist."""
    templates = tuple(template(f"t-{number}", f"No {number} {{claim}}.") for number in range(300))
    found = plan_attacks(many(60), AttackTexts(empty_handed="I pass.", templates=templates))
    assert len(found.cases) == 300 * 3 * FEWEST_A_TEMPLATE
    assert len({case.attacked for case in found.cases}) == len(found.cases)
