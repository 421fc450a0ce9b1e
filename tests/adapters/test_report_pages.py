"""What a report looks like, and that foreign text stays text in it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, tzinfo
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from tests.adapters.made_report import made_report

from interviewbot.adapters.report_pages import html_page, markdown_page, markdown_text
from interviewbot.domain.report import Report
from interviewbot.domain.text import UNSAFE, one_line

HOSTILE = (
    "</p><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %}"
    " \x1b]52;c;aGk=\x07\x1b[2J\u202e [link](javascript:alert(1)) `code` **bold**"
    " \"quoted\" 'single' & https://example.org www.example.org a@b.cz | cell"
)
_VOID = {"meta", "link", "img", "br", "hr", "input"}


class _Elements(HTMLParser):
    """Collects elements, and which of them are never closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def parsed(page: str) -> _Elements:
    """Return the elements of ``page``, which must be well nested."""
    elements = _Elements()
    elements.feed(page)
    elements.close()
    assert elements.open == []
    return elements


def test_the_page_loads_and_runs_nothing() -> None:
    """No script, no handler, no address; a policy that would forbid them."""
    for text in ("plain", HOSTILE):
        elements = parsed(html_page(made_report(text), UTC)).found
        names = {name for name, _ in elements}
        assert not names & {"script", "link", "img", "iframe", "object", "svg", "a", "base", "form"}
        attributes = {key for _, attrs in elements for key in attrs}
        assert not attributes & {"src", "href", "srcset", "action"}
        assert not any(key.startswith("on") for key in attributes)
        assert elements == parsed(html_page(made_report("other"), UTC)).found
    policies = [attrs.get("content") for name, attrs in elements if name == "meta"]
    assert "default-src 'none'; style-src 'unsafe-inline'" in policies


def test_the_page_has_light_dark_and_phone_styles() -> None:
    """All inline, and none of it from elsewhere."""
    page = html_page(made_report(), UTC)
    assert "@media (prefers-color-scheme: dark)" in page
    assert 'name="viewport"' in page
    assert "url(" not in page
    assert "@import" not in page
    assert 'style="width: 72%"' in page


@pytest.mark.parametrize("page", [html_page, markdown_page])
def test_no_unsafe_character_reaches_a_page(page: object) -> None:
    """Escape sequences are gone with what they said."""
    assert callable(page)
    text = page(made_report(HOSTILE), UTC)
    assert not UNSAFE.search(text)
    assert "aGk=" not in text
    assert "{{ 7*7 }}" in text.replace("\\", "")


def test_the_page_says_what_there_is() -> None:
    """Score, range, band, seconds, verdicts, after a follow-up, own verdict, days."""
    text = " ".join("".join(parsed(html_page(made_report(), UTC)).texts).split())
    for words in (
        "72 of 100, solid",
        "likely 60 to 81",
        "1 min 35 s",
        "✗ contradicted (after a follow-up)",
        "your own verdict: partial, since plain words",
        "1 graded, 2 not asked",
        "2026-03-12",
        "12 min allowed",
    ):
        assert words in text
    assert text.index("✗ contradicted (after") < text.index("✓ covered")


def test_days_and_hours_are_those_of_the_reader() -> None:
    """Half past eleven in London is the next day in Berlin."""
    page = markdown_page(made_report(), ZoneInfo("Europe/Berlin"))
    assert "# Interview, 2026-03-10 10:30 (mock)" in page
    assert "**2026-03-13**" in page


def test_a_sitting_without_a_grade_has_no_score() -> None:
    """In either form; the question says what became of it."""
    for page in (html_page, markdown_page):
        text = page(made_report(graded=False), UTC)
        assert "No score: nothing was graded" in text
        assert "1 skipped, 2 not asked" in text
        assert not re.search(r"\b0 of 100", text)


def test_markdown_says_what_there_is() -> None:
    """As a reader of Markdown would show it."""
    tokens = MarkdownIt("commonmark").enable("table").parse(markdown_page(made_report(), UTC))
    kinds = [token.type for token in tokens]
    assert kinds.count("table_open") == 1
    assert kinds.count("blockquote_open") == 2
    shown = [token.content for token in tokens if token.type == "inline"]
    assert "**Score 72 of 100, solid**" in shown
    assert "✗ contradicted (after a follow-up): plain words" in shown
    assert "your own verdict: partial, since plain words" in shown
    assert "◐ partial: plain words — plain words" in shown


def test_hostile_markdown_makes_no_element() -> None:
    """The same blocks as harmless words make, and no link, code or HTML inside."""
    reader = MarkdownIt("gfm-like", {"linkify": False}).disable("linkify")
    tame, wild = (reader.parse(markdown_page(made_report(text), UTC)) for text in ("tame", HOSTILE))
    assert [token.type for token in wild] == [token.type for token in tame]
    inside = {child.type for token in wild for child in token.children or ()}
    assert inside <= {"text", "text_special", "strong_open", "strong_close", "softbreak"}
    assert not re.search(r"https://|www\.|[^\\]@", markdown_page(made_report(HOSTILE), UTC))


def test_an_answer_of_several_lines_keeps_them() -> None:
    """Lists, headings and code in it stay words."""
    answer = "# not a heading\n\n    indented\n- item\n1. first\n***\n===\n> said"
    page = markdown_page(made_report(answer), UTC)
    start = page.index("> \\# not a heading")
    tokens = MarkdownIt("commonmark").parse(page[start : page.index("\n\n", start)])
    assert {token.type for token in tokens} == {
        "blockquote_open",
        "paragraph_open",
        "inline",
        "paragraph_close",
        "blockquote_close",
    }


@given(
    st.text(alphabet=st.one_of(st.sampled_from("\\`*_[]()<>#+-=.!|~$&;:1a \n\t"), st.characters()))
)
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    """Whatever it holds, Markdown makes one paragraph of it with the same characters."""
    line = one_line(text)
    tokens = MarkdownIt("commonmark").parse(markdown_text(text))
    if not line:
        assert tokens == []
        return
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == line


@pytest.mark.parametrize("page", [html_page, markdown_page])
def test_advice_is_shown_where_there_is_some(page: Callable[[Report, tzinfo], str]) -> None:
    """With whose words they are; without it there is no heading."""
    report = made_report("plain")
    advised = page(replace(report, advice="- Derive it.\n- Explain it."), UTC)
    assert "Advice" in advised
    assert "Derive it." in advised
    assert "nobody has checked" in advised
    assert "Advice" not in page(report, UTC)


def test_hostile_advice_is_text() -> None:
    """As all that is foreign: no element, no link, no control character."""
    report = replace(made_report("plain"), advice=f"{HOSTILE}\n{HOSTILE}")
    elements = parsed(html_page(report, UTC)).found
    assert not {"script", "img", "a"} & {name for name, _ in elements}
    shown = MarkdownIt("gfm-like").render(markdown_page(report, UTC))
    assert "<a " not in shown
    assert "<strong>bold" not in shown
    for text in (html_page(report, UTC), markdown_page(report, UTC)):
        assert not UNSAFE.search(text)
