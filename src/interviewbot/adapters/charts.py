"""Charts as pieces of SVG, by pygal: to be put into a page whose style names the colours.

Owns what a chart looks like: it follows the page's ``--ink``, ``--soft``, ``--line`` and
``--bar``, in light, dark and print, runs no script and is the same for the same figures.
Refuses to compute a figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_WIDTH, _HEIGHT = 560, 360
_TENTHS = [step / 5 for step in range(6)]


def scatter(pairs: Iterable[tuple[float, float, str]], *, x: str, y: str, name: str) -> str:
    """Return points of (x, y, label) on 0..1 by 0..1, with the line where both are equal."""
    chart = _square(name, x, y)
    chart.add("equal", [(0, 0), (1, 1)], stroke=True, show_dots=False)
    chart.add("answers", [{"value": (a, b), "label": label} for a, b, label in pairs])
    return _svg(chart)


def reliability(bins: Sequence[tuple[float, float, int]], *, x: str, y: str, name: str) -> str:
    """Return (mean confidence, accuracy, n) of each bin, dots growing with n."""
    chart = _square(name, x, y)
    chart.add("perfect", [(0, 0), (1, 1)], stroke=True, show_dots=False)
    most = max((n for _, _, n in bins), default=1)
    dots = [
        {
            "value": (confidence, accuracy),
            "label": f"{n} points",
            "node": {"r": round(3 + 9 * (n / most) ** 0.5, 1)},
        }
        for confidence, accuracy, n in bins
    ]
    chart.add("points", dots)
    return _svg(chart)


def curve(places: Sequence[tuple[float, float]], *, x: str, y: str, name: str) -> str:
    """Return a line through ``places`` over 0..1 by 0..1."""
    chart = _square(name, x, y)
    chart.add("", [])
    chart.add(y, list(places), stroke=True, show_dots=True)
    return _svg(chart)


def bars(values: Sequence[tuple[str, float | None]], *, x: str, y: str, name: str) -> str:
    """Return one bar a label; a value that does not exist has none."""
    import pygal

    chart = pygal.Bar(**_look(name, x, y))
    chart.x_labels = [label for label, _ in values]
    chart.add("", [])
    chart.add(y, [value for _, value in values])
    return _svg(chart)


def _square(name: str, x: str, y: str) -> Any:
    import pygal

    return pygal.XY(
        **_look(name, x, y),
        stroke=False,
        xrange=(0, 1),
        range=(0, 1),
        x_labels=_TENTHS,
        y_labels=_TENTHS,
        dots_size=3,
    )


def _look(name: str, x: str, y: str) -> dict[str, Any]:
    from pygal.style import Style

    style = Style(
        background="transparent",
        plot_background="transparent",
        foreground="var(--ink)",
        foreground_strong="var(--ink)",
        foreground_subtle="var(--line)",
        guide_stroke_color="var(--line)",
        major_guide_stroke_color="var(--line)",
        colors=("var(--soft)", "var(--bar)"),
        font_family="inherit",
        title_font_size=15,
        label_font_size=13,
        major_label_font_size=13,
        opacity=".55",
        opacity_hover=".9",
    )
    return {
        "style": style,
        "title": name,
        "x_title": x,
        "y_title": y,
        "width": _WIDTH,
        "height": _HEIGHT,
        "js": (),
        "show_legend": False,
        "disable_xml_declaration": True,
        "margin": 4,
    }


def _svg(chart: Any) -> str:
    # The id is drawn by lot and begins every rule of the style; one that follows from the
    # figures makes two reports of one run the same.
    chart.uuid = f"chart-{_digest(chart)}"
    chart.add_xml_filter(_without_scripts)
    svg: str = chart.render(is_unicode=True)
    return svg


def _digest(chart: Any) -> int:
    """Return a number that stands for the title and the values of ``chart``."""
    import zlib

    return zlib.crc32(repr([chart.config.title, chart.raw_series]).encode())


def _without_scripts(root: Element) -> Element:
    """Drop scripts, and comments with the moment of making."""
    for parent in list(root.iter()):
        for child in list(parent):
            tag: object = child.tag  # a comment's is a function
            if not isinstance(tag, str) or tag.rpartition("}")[2] == "script":
                parent.remove(child)
    return root
