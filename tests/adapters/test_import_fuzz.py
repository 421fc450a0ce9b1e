"""Importers on anything at all: no crash, no hang, nothing lost without a line about it."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interviewbot.adapters.anki_packages import read_package
from interviewbot.adapters.deck_archives import read_archive
from interviewbot.adapters.draft_files import parse_draft
from interviewbot.adapters.import_json import read_json
from interviewbot.adapters.question_tables import read_table
from interviewbot.domain.errors import BadInput
from interviewbot.domain.pages.found import Found
from interviewbot.domain.pages.markdown import read_markdown
from interviewbot.domain.pages.questions import read_page
from interviewbot.domain.text import sanitise, words
from interviewbot.services.importing import Importing, Plan

_LINES = st.one_of(
    st.sampled_from(
        [
            "",
            "ML0041 A title",
            "• DL0014 Another",
            "What is it?",
            "Q: And that?",
            "Answer",
            "A: so",
            "(1) Name: it is one.",
            "- an item",
            "Heading:",
            "# Title",
            "## Why?",
            "```",
            "---",
            "\\mu = \\frac{1}{n} x_{i}",
            "Login to view more content",
            "The figure below shows it.",
            "front,back",
            "#separator:tab",
            "#html:true",
            "#tags column:2",
            "What is it?\tIt <b>is</b>.",
            '"a ""quoted"" cell",b',
        ]
    ),
    st.text(max_size=40),
)
PAGES = st.lists(_LINES, max_size=12).map("\n".join)
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(
                st.sampled_from("id question answer points text tags level".split()), st.text()
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=12,
)


def planned(found: Found) -> Plan:
    """Return what would be written; every question of it can be."""
    importing = Importing(
        parse=parse_draft, known=(), taken=frozenset(), there=(), source="here", licence="MIT"
    )
    plan = importing.plan(found)
    for one in plan.questions:
        parse_draft(one.question)
    return plan


def said(found: Found, plan: Plan) -> set[str]:
    """Return every word that came out anywhere."""
    texts = [piece.text for piece in (*plan.left_out, *plan.furniture, *found.left_out)]
    for one in plan.questions:
        question = one.question
        texts += [question.id, one.found.id, question.title, question.prompt]
        texts += [question.model_answer, *question.tags]
        texts += [point.text for point in question.points]
    return {word for text in texts for word in words(text)}


# Marks of a page's own, which say where a text begins and are no part of it.
_MARKS = {"q", "a", "answer", "question", "solution", "response", "ans", "model", "sample"}


@given(PAGES)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_word_of_a_page_is_lost(page: str) -> None:
    """It is in a question, or in a line about what was left out."""
    found = read_page(page)
    lost = set(words(sanitise(page).expandtabs(4))) - said(found, planned(found)) - _MARKS
    assert all(word.isdigit() or not word.isascii() or "_" in word for word in lost), lost


@given(PAGES)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_markdown_never_breaks(page: str) -> None:
    """Whatever comes out can be written."""
    planned(read_markdown(page))


@given(PAGES, st.booleans())
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_tables_never_break(page: str, tabs: bool) -> None:
    """A text that is no table is refused, or read as far as it goes."""
    try:
        found = read_table(page, "x", tabs=tabs)
    except BadInput:
        return
    planned(found)


@given(_VALUES)
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_json_never_breaks(value: object) -> None:
    """Whatever it holds, under names that are known and others."""
    try:
        found = read_json(json.dumps(value), "x")
    except BadInput:
        return
    planned(found)


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_packages_and_archives_never_break(content: bytes) -> None:
    """Bytes that are neither are refused."""
    for read in (read_package, read_archive):
        for data in (content, b"PK\x03\x04" + content):
            with pytest.raises(BadInput):
                read(data, "x")
