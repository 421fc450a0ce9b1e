"""Charts as pieces of SVG, by pygal: to be put into a page whose style names the colours.

Owns what a chart looks like: it follows the page's ``--ink``, ``--soft``, ``--line`` and
``--bar``, in light, dark and print, runs no script and is the same for the same figures.
Whoever puts several into one page gives each a ``key``, a plain word of its own: ids and style
rules follow from it. Refuses to compute a figure and to sanitise a text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_WIDTH, _HEIGHT = 440, 360  # about what a phone shows, so that its words stay readable
_TENTHS = [step / 5 for step in range(6)]


def scatter(
    pairs: Iterable[tuple[float, float, str]], *, x: str, y: str, name: str, key: str = ""
) -> str:
    """Return points of (x, y, label) on 0..1 by 0..1, with the line where both are equal."""
    chart = _square(name, x, y)
    chart.add("equal", [(0, 0), (1, 1)], stroke=True, show_dots=False)
    chart.add("answers", [{"value": (a, b), "label": label} for a, b, label in pairs])
    return _svg(chart, key)


def reliability(
    bins: Sequence[tuple[float, float, int]], *, x: str, y: str, name: str, key: str = ""
) -> str:
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
    return _svg(chart, key)


def curve(
    places: Sequence[tuple[float, float]], *, x: str, y: str, name: str, key: str = ""
) -> str:
    """Return a line through ``places`` over 0..1 by 0..1."""
    chart = _square(name, x, y)
    chart.add("", [])
    chart.add(y, list(places), stroke=True, show_dots=True)
    return _svg(chart, key)


def bars(
    values: Sequence[tuple[str, float | None]], *, x: str, y: str, name: str, key: str = ""
) -> str:
    """Return one bar a label; a value that does not exist has none."""
    chart = _pygal().Bar(**_look(name, x, y), max_scale=8, truncate_label=-1)
    chart.x_labels = [label for label, _ in values]
    chart.add("", [])
    chart.add(y, [value for _, value in values])
    return _svg(chart, key)


def _pygal() -> Any:
    """Import pygal, and take away the finder that it leaves in the way of every later import."""
    import pygal

    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != "pygal"]
    return pygal


def _square(name: str, x: str, y: str) -> Any:
    return _pygal().XY(
        **_look(name, x, y),
        stroke=False,
        xrange=(0, 1),
        range=(0, 1),
        x_labels=_TENTHS,
        y_labels=_TENTHS,
        dots_size=3,
    )


def _look(name: str, x: str, y: str) -> dict[str, Any]:
    from pygal.style import Style  # after _pygal

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


def _svg(chart: Any, key: str) -> str:
    # The id is drawn by lot and begins every rule of the style; one that follows from the
    # figures makes two reports of one run the same.
    chart.uuid = f"chart-{key or _digest(chart)}"
    chart.add_xml_filter(_plain_picture)
    svg: str = chart.render(is_unicode=True)
    return svg


def _digest(chart: Any) -> int:
    """Return a number that stands for the title and the values of ``chart``."""
    import zlib

    return zlib.crc32(repr([chart.config.title, chart.raw_series]).encode())


def _plain_picture(root: Element) -> Element:
    """Return a picture with a name, without what only pygal's script makes use of."""
    for parent in list(root.iter()):
        _label(parent)
        for child in list(parent):
            if _is_for_scripts(child):
                parent.remove(child)
    title = root.find("{*}title")
    root.set("role", "img")
    root.set("aria-label", "" if title is None else title.text or "")
    return root


def _is_for_scripts(element: Element) -> bool:
    tag: object = element.tag  # a comment's, with the moment of making, is a function
    if not isinstance(tag, str):
        return True
    overlay = {"tooltip-overlay", "text-overlay"} & set(element.get("class", "").split())
    return bool(overlay) or tag.rpartition("}")[2] in {"script", "desc"}


def _label(group: Element) -> None:
    """Give the dot or the bar in ``group`` the title that a browser shows where it is pointed at.

    Its place is rounded: digits that nobody sees are most of a picture with many dots.
    """
    said = {child.get("class"): child.text for child in group if child.get("class")}
    mark = next((child for child in group if "tooltip-trigger" in child.get("class", "")), None)
    if mark is None:
        return
    title = mark.makeelement("title", {})
    title.text = " ".join(filter(None, (said.get("label"), f"({said.get('value', '')})")))
    mark.append(title)
    for name in {"cx", "cy", "x", "y", "width", "height"} & set(mark.attrib):
        mark.set(name, f"{float(mark.attrib[name]):.1f}")
    del mark.attrib["class"]
    mark.set("class", "dot reactive" if "cx" in mark.attrib else "rect reactive")
