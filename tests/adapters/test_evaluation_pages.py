"""What the page of an evaluation shows."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.adapters.made_evaluation import answer, made_evaluation
from tests.adapters.made_evaluation_parts import rubrics
from tests.adapters.parsed_page import Page

from interviewbot.adapters.evaluation_pages import evaluation_page

PARTS = ("sets", "rubrics", "attacks", "invariance", "baseline", "answers", "configuration")


def nothing_in_it(value: Any) -> Any:
    """Return ``value`` with None for every number that is no count, and for intervals."""
    if isinstance(value, dict):
        return {key: nothing_in_it(inner) for key, inner in value.items()}
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], float):
        return None
    if isinstance(value, list):
        return [nothing_in_it(inner) for inner in value]
    return None if isinstance(value, float) else value


def test_a_full_document_is_shown_in_full() -> None:
    """Every part, with figures and intervals, and no dash for what is there."""
    page = Page(evaluation_page(made_evaluation()))
    text = page.text
    for words in (
        "2026-03-10 09:30 UTC",
        "0.511 0.25 to 0.75",
        "human ceiling",
        "Recall of contradicted 0.706",
        "6 60 %",
        "0.0 to 0.2",
        "They differ: people ✗ contradicted, bot ✓ covered (87 % sure)",
        "They agree: people ○ missing, bot ○ missing",
        "No label: bot ◐ partial",
        "Significantly worse: the agreement on bands (QWK) is smaller; more verdicts are newly",
        "−0.070 −0.100 to −0.020",
        "under 0.001",
        "plain words: ✓ covered → ○ missing, people ◐ partial",
        "a/one.md:30",
        "the rubric's",
        "plain words 0.477, not below 0.333",
        "perhaps the judge's",
        "given away: what the prompt states, which should earn no point",
        "25 % 3.0 % to 40 % −2.7 +30.9 75 %",
        "2 × missing → partial",
        "Graded a second time, 1 of 40 answers have another grade.",
        "lower case 60.1",
        "How to read the figures",
    ):
        assert words in text
    # What nobody but the bot has, or all but the people in its place.
    assert [word.strip() for word in page.words].count("–") == 11 * 5 + 1
    assert "Undefined" not in text


@pytest.mark.parametrize("part", PARTS)
def test_any_part_may_be_absent(part: str) -> None:
    """What was not run is not shown, alone or beside others."""
    whole = made_evaluation()
    without = Page(evaluation_page({key: whole[key] for key in whole if key != part}))
    alone = Page(evaluation_page({part: whole[part]}))
    section = {"sets": "set-1", "answers": "worst", "configuration": ""}.get(part, part)
    assert section not in without.attributes("id")
    others = {"set-1", "rubrics", "attacks", "invariance", "baseline", "worst"} - {section}
    assert not others & set(alone.attributes("id"))


def test_a_document_of_nothing_is_a_page() -> None:
    """It says so, and shows no heading of anything."""
    page = Page(evaluation_page({}))
    assert "What was measured Nothing." in page.text
    assert not [name for name, _, _ in page.found if name in {"table", "section"}]


def test_figures_that_do_not_exist_are_dashes() -> None:
    """None is neither zero nor a failure of the page."""
    page = Page(evaluation_page(nothing_in_it(made_evaluation())))
    assert "None" not in page.text
    assert "nan" not in page.text.lower().split()
    assert "svg" not in {name for name, _, _ in page.found}
    assert page.text.count("–") > 40


def test_an_ungraded_answer_is_none_of_the_worst() -> None:
    """It has no error to be ranked by."""
    ungraded = {**answer(7), "score": None}
    text = Page(evaluation_page({"answers": {"s": [ungraded, answer(1)]}})).text
    assert "plain words-7" not in text
    assert "1. plain words-1" in text


def test_the_worst_twenty_answers_come_worst_first() -> None:
    """Over all sets, whichever side the error is on."""
    sets = {
        "kind": [answer(number) for number in range(15)],
        "strict": [{**answer(number), "id": f"low-{number}", "score": 0.0} for number in range(15)],
    }
    page = evaluation_page({"answers": sets})
    names = re.findall(r"<h3>\d+\. (\S+(?: words-\d+)?)", page)
    assert len(names) == 20
    assert names[:15] == sorted(f"low-{number}" for number in range(15))
    assert names[15:] == [f"plain words-{number}" for number in (14, 13, 12, 11, 10)]
    assert "−25.0, the bot is too strict" in Page(page).text


def test_a_long_answer_is_folded_and_whole() -> None:
    """Its beginning is in sight, nothing of it is lost."""
    long = {**answer(1), "answer": "begin " + "word " * 300 + "end"}
    page = Page(evaluation_page({"answers": {"s": [long]}}))
    assert "Answer, 302 words: begin word" in page.text
    assert "word end" in page.text
    assert ("blockquote", {}, "details") in [
        (name, attrs, around[-1] if around else "") for name, attrs, around in page.found
    ]


def test_a_long_list_is_folded_after_thirty_rows() -> None:
    """Nobody scrolls past what matters, and the page stays small."""
    page = Page(evaluation_page({"rubrics": rubrics(findings=700)}))
    assert "570 more" in page.text
    assert "100 more rows in the summary of the run." in page.text
    rows = [around for name, _, around in page.found if name == "tr" and "tbody" in around]
    assert sum("details" in around for around in rows) == 570


def test_the_same_document_gives_the_same_page() -> None:
    """To the last byte."""
    assert evaluation_page(made_evaluation()) == evaluation_page(made_evaluation())


def test_a_page_of_many_answers_is_small() -> None:
    """450 answers, 600 findings: under 1.5 MB."""
    document = made_evaluation("some ten words of text as people would write them", answers=450)
    document["rubrics"] = rubrics("a sentence as long as most of them are in a corpus", 600)
    page = evaluation_page(document)
    assert page.count("<circle") >= 450
    assert len(page.encode()) < 1_500_000


def test_the_page_begins_with_the_answer() -> None:
    """How good the grader is stands before everything else, for every set."""
    page = Page(evaluation_page(made_evaluation()))
    text = page.text
    said = text.index("plain words: it agrees fairly with people (r 0.51, 0.25 to 0.75)")
    assert text.index("How good is the grader?") < said < text.index("What was measured")


def test_digests_are_folded() -> None:
    """Nobody reads them; a judge's name stays in sight."""
    document = made_evaluation()
    document["configuration"] |= {"corpus": f"sha256:{'cd' * 32}"}
    page = Page(evaluation_page(document))
    digests = [around for _, attrs, around in page.found if attrs.get("class") == "digest"]
    assert len(digests) == 2
    assert all("details" in around for around in digests)
    assert "Judge plain words" in page.text


def test_a_column_of_nobody_is_left_out() -> None:
    """Where no row has several graders there is no human ceiling."""
    document = made_evaluation()
    assert "cosine only human ceiling" in Page(evaluation_page(document)).text
    document["sets"]["plain words"]["ceiling"] = None
    text = Page(evaluation_page(document)).text
    assert "cosine only human ceiling" not in text
    assert "cosine only" in text


def test_fitted_surface_features_are_a_column_where_there_are_any() -> None:
    """With few questions they are none, which is no column of dashes."""
    document = made_evaluation()
    rules = document["sets"]["plain words"]["baselines"]
    rules["surface"] = rules["cosine"]
    title = "surface features (fitted)"
    assert f"cosine only {title} human ceiling" in Page(evaluation_page(document)).text
    rules["surface"] = None
    assert f"cosine only {title}" not in Page(evaluation_page(document)).text


def test_the_spread_of_each_kind_of_answer_is_shown() -> None:
    """How many there are in the rubric's wordings and in others, and how far they move."""
    text = Page(evaluation_page(made_evaluation())).text
    assert "the rubric, which the judge knows by heart 3 2.1 5.2 100 % 84.1" in text
    assert "labelled answers 2 8.9 20.3 50 % 64.5" in text


def test_texts_stack_on_a_narrow_screen() -> None:
    """Every cell of such a table finds its heading; other wide tables say that they scroll."""
    page = evaluation_page(made_evaluation())
    styles = [
        attrs["style"] or ""
        for name, attrs, _ in Page(page).found
        if name == "table" and attrs.get("class") == "texts"
    ]
    assert styles
    assert all("--h2: '" in style and "--h4: '" in style for style in styles)
    assert any("--h4: 'Whose fault: '" in style for style in styles)
    assert "The table scrolls sideways." in page
    assert "max-width: 600px" in page
