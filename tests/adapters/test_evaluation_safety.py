"""The page of an evaluation is safe with foreign text, and readable for everybody."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from tests.adapters.made_evaluation import made_evaluation
from tests.adapters.parsed_page import Page

from interviewbot.adapters.evaluation_pages import evaluation_page
from interviewbot.domain.text import UNSAFE

HOSTILE = (
    "</p></svg></style><script>alert(1)</script><img src=x onerror=alert(1)> {{ 7*7 }} {% raw %}"
    " \x1b]52;c;aGk=\x07\x1b[2J\u202e\x00\ud800 javascript:alert(1) \"quoted\" 'single' & $x_1$"
    " https://example.org url(//example.org)"
)
_COLOURS = re.compile(r"--(\w+): (#[0-9a-f]{6});")


@pytest.mark.parametrize("text", ["plain", HOSTILE])
def test_the_page_loads_and_runs_nothing(text: str) -> None:
    """No script, no handler, no address but places in the page; a policy that forbids them."""
    page = Page(evaluation_page(made_evaluation(text)))
    names = {name for name, _, _ in page.found}
    assert not names & {"script", "link", "img", "iframe", "object", "base", "form", "use", "image"}
    attributes = {key for _, attrs, _ in page.found for key in attrs}
    assert not attributes & {"src", "srcset", "action", "xlink:href", "xmlns"}
    assert not any(key.startswith("on") for key in attributes)
    ids = page.attributes("id")
    assert all(place.startswith("#") and place[1:] in ids for place in page.attributes("href"))
    assert "default-src 'none'; style-src 'unsafe-inline'" in page.attributes("content")
    assert not any("url(" in style for style in page.attributes("style"))


def test_no_style_loads_anything() -> None:
    """Whatever a text says, styles hold nothing of it."""
    page = evaluation_page(made_evaluation(HOSTILE))
    styles = "".join(re.findall(r"<style.*?</style>", page, re.DOTALL))
    assert not re.search(r"url\(|@import|@font-face|example", styles)


def test_hostile_text_makes_no_element() -> None:
    """The page has the same elements as one of harmless words, and no unsafe character."""
    page = evaluation_page(made_evaluation(HOSTILE))
    tame = Page(evaluation_page(made_evaluation("tame")))
    wild = Page(page)
    folded = {"details", "summary", "blockquote"}  # a longer answer is folded
    assert [name for name, _, around in wild.found if not folded & {name, *around}] == [
        name for name, _, around in tame.found if not folded & {name, *around}
    ]
    assert "<script>alert(1)</script>" in wild.text
    assert "{{ 7*7 }}" in wild.text
    assert not UNSAFE.search(page)
    assert "aGk=" not in page
    assert page.encode("utf-8")


def test_ids_are_unique_even_for_two_sets_of_the_same_figures() -> None:
    """Charts of one set do not take their style from another's."""
    document = made_evaluation("one")
    document["sets"] |= {"two": document["sets"]["one"]}
    document["answers"] |= {"two": document["answers"]["one"]}
    ids = Page(evaluation_page(document)).attributes("id")
    assert len(ids) == len(set(ids))
    assert sum(name.startswith("chart-") for name in ids) == 8


def test_every_table_has_a_caption_scopes_and_a_box_for_keyboards() -> None:
    """Heads say what they are heads of, and a wide table scrolls by itself."""
    page = Page(evaluation_page(made_evaluation()))
    count = [name for name, _, _ in page.found].count
    assert count("table") == count("caption") == count("thead") > 10
    heads = [attrs.get("scope") for name, attrs, _ in page.found if name == "th"]
    assert set(heads) == {"row", "col"}
    boxes = [attrs for _, attrs, _ in page.found if attrs.get("class") == "wide"]
    assert len(boxes) == count("table")
    assert all(
        box["role"] == "region" and box["tabindex"] == "0" and box["aria-label"] for box in boxes
    )
    pictures = [attrs for name, attrs, _ in page.found if name == "svg"]
    assert [one["role"] for one in pictures] == ["img"] * 4
    assert all(one["aria-label"] for one in pictures)


def test_headings_leave_no_level_out() -> None:
    """One first heading, and each at most one level below the one before."""
    page = Page(evaluation_page(made_evaluation()))
    levels = [int(name[1]) for name, _, _ in page.found if re.fullmatch(r"h\d", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert ("html", {"lang": "en"}, ()) in page.found


def test_words_are_readable_in_light_dark_and_print() -> None:
    """Every colour of words has a contrast of 4.5 to both grounds (WCAG 2.2, AA)."""
    page = evaluation_page({})
    themes = [
        dict(_COLOURS.findall(block)) for block in re.findall(r":root \{(.*?)\}", page, re.DOTALL)
    ]
    assert len(themes) == 3
    for theme in themes:
        for ground in ("ground", "card"):
            for words in set(theme) - {"ground", "card", "line"}:
                assert _contrast(theme[words], theme[ground]) >= 4.5, (words, ground, theme)


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
