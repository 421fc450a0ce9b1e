"""The keys of the screen that is below, and how grading works.

Owns how keys are grouped. Refuses to know what screens there are: it asks the one below.
"""

from __future__ import annotations

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

GRADING = (
    "This is practice feedback, not a verdict: a verdict quotes the words that earned it.",
    "Where the judge is unsure it says so: y or x settles it, d sets your verdict beside its.",
    "Ungraded means that nothing could be judged: it never counts as a zero.",
)
_WIDTH = 14
_OF_EVERY_SCREEN = {each.action for each in Screen.BINDINGS if isinstance(each, Binding)}
_GROUPS = ("On this screen", "Where the cursor is", "Everywhere")


class HelpScreen(ModalScreen[None]):
    """Shows the keys of ``screen``; Escape closes it."""

    CSS_PATH = "help.tcss"
    AUTO_FOCUS = "#keys"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,question_mark", "dismiss(None)", "Close", priority=True),
    ]

    def __init__(self, screen: Screen[object]) -> None:
        """Ask ``screen`` for its keys; it is still the one in front."""
        super().__init__()
        self._groups = _grouped(screen)

    def compose(self) -> ComposeResult:
        """Lay out the keys and the words about grading."""
        with VerticalScroll(id="keys") as page:
            page.border_title = "Help"
            page.border_subtitle = "Escape closes"
            for name in _GROUPS:
                if self._groups[name]:
                    yield Static(name, classes="heading", markup=False)
                    yield Static(_table(self._groups[name]), markup=False)
            yield Static("How grading works", classes="heading", markup=False)
            for line in GRADING:
                yield Static(line, classes="words", markup=False)


def _grouped(screen: Screen[object]) -> dict[str, dict[str, list[str]]]:
    """Return group to description to keys."""
    groups: dict[str, dict[str, list[str]]] = {name: {} for name in _GROUPS}
    bindings = screen.active_bindings.values()
    for active in sorted(bindings, key=lambda each: not each.binding.show):
        binding = active.binding
        if not binding.description or not active.enabled or binding.system:
            continue
        key = screen.app.get_key_display(binding)
        keys = groups[_group(screen, active.node, binding.action)].setdefault(
            binding.description, []
        )
        if key not in keys:
            keys.append(key)
    return groups


def _group(screen: Screen[object], node: DOMNode, action: str) -> str:
    if isinstance(node, App) or action.startswith("app.") or action in _OF_EVERY_SCREEN:
        return "Everywhere"
    return "On this screen" if node is screen else "Where the cursor is"


def _table(keys: dict[str, list[str]]) -> Content:
    return Content("\n").join(
        Content.assemble((f"{', '.join(its):>{_WIDTH}}", "bold $text-accent"), f"  {description}")
        for description, its in keys.items()
    )
