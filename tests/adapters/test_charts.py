"""Charts for the evaluation report."""

from __future__ import annotations

import sys
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest

from interviewbot.adapters.charts import bars, curve, reliability, scatter

SVG = "{http://www.w3.org/2000/svg}"
NAMES = {"x": "human", "y": "bot"}

CHARTS: list[Callable[[str], str]] = [
    lambda name: scatter([(0.1, 0.2, name), (1, 0, "b")], name=name, **NAMES),
    lambda name: scatter([], name=name, **NAMES),
    lambda name: reliability([(0.4, 0.5, 10), (0.9, 0.7, 1)], name=name, **NAMES),
    lambda name: reliability([], name=name, **NAMES),
    lambda name: curve([(0.0, 0.1), (1.0, 0.4)], name=name, **NAMES),
    lambda name: bars([(name, 0.2), ("empty", None), ("below", -0.1)], name=name, **NAMES),
]


@pytest.mark.parametrize("chart", CHARTS)
def test_a_chart_is_svg_that_loads_and_runs_nothing(chart: Callable[[str], str]) -> None:
    """No script, no link, no moment of making; foreign names stay text."""
    drawn = chart('<script>alert(1)</script> & "x"')
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    assert root.tag == f"{SVG}svg"
    assert not list(root.iter(f"{SVG}script"))
    assert "<script" not in drawn
    assert "<!--" not in drawn
    assert not [
        value
        for element in root.iter()
        for name, value in element.attrib.items()
        if "href" in name or name.startswith("on")
    ]


@pytest.mark.parametrize("chart", CHARTS)
def test_the_same_figures_give_the_same_chart(chart: Callable[[str], str]) -> None:
    """Two reports of one run are identical."""
    assert chart("name") == chart("name")


def test_colours_are_the_pages() -> None:
    """Light, dark and print follow the page's variables."""
    drawn = scatter([(0.1, 0.2, "a")], name="n", **NAMES)
    assert "var(--bar)" in drawn
    assert "var(--ink)" in drawn


def test_every_answer_has_its_dot() -> None:
    """One circle a pair, and the label beside it for who points at it."""
    drawn = scatter([(0.1, 0.2, "first"), (0.5, 0.5, "second")], name="n", **NAMES)
    root = ET.fromstring(drawn)  # noqa: S314 - our own
    dots = [c for c in root.iter(f"{SVG}circle") if "dot" in c.get("class", "")]
    assert len(dots) == 2
    assert "first" in drawn


def test_imports_are_left_as_they_were() -> None:
    """Nothing of the charts' library stands in the way of later imports."""
    curve([(0.0, 0.1)], name="n", **NAMES)
    assert not [finder for finder in sys.meta_path if type(finder).__module__.startswith("pygal")]


def test_a_dot_says_what_it_is_without_a_script() -> None:
    """Its title is what a browser shows where it is pointed at; nothing is left for scripts."""
    root = ET.fromstring(scatter([(0.1, 0.2, "first")], name="n", **NAMES))  # noqa: S314 - our own
    (dot,) = [c for c in root.iter(f"{SVG}circle") if "dot" in c.get("class", "")]
    assert [title.text for title in dot] == ["first (0.1: 0.2)"]
    assert not list(root.iter(f"{SVG}desc"))


def test_a_chart_has_a_name_for_who_cannot_see_it() -> None:
    """A picture to a screen reader, with its title as its name."""
    root = ET.fromstring(curve([(0.0, 0.1)], name="risk", **NAMES))  # noqa: S314 - our own
    assert root.get("role") == "img"
    assert root.get("aria-label") == "risk"


def test_a_key_tells_two_charts_of_the_same_figures_apart() -> None:
    """Their ids differ, and with them the rules of their styles."""
    one, other = (curve([(0.0, 0.1)], name="n", key=key, **NAMES) for key in ("a", "b"))
    assert 'id="chart-chart-a"' in one
    assert one.replace("chart-chart-a", "chart-chart-b") == other
