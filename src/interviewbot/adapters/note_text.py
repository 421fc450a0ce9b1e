"""The text of a note that is written in HTML.

Owns what becomes of tags: lines, list items, formulas; pictures and sounds leave a word where
they were. Refuses to run or to load anything.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from interviewbot.domain.text import sanitise

ANKI_TEXT = "#separator:"  # what a file of Anki's "notes in plain text" begins with
_BREAKS = frozenset("p div br ul ol h1 h2 h3 h4 h5 h6 table tr blockquote hr details".split())
_HIDDEN = frozenset("script style head".split())
_SOUND = re.compile(r"\[sound:[^\]]*\]")
_MATHS = re.compile(r"\\\((.*?)\\\)|\\\[(.*?)\\\]|\[\$\$?\](.*?)\[/\$\$?\]", re.DOTALL)
_CLOZE = re.compile(r"\{\{c\d+::(.*?)(?:::[^}]*)?\}\}", re.DOTALL)


def as_text(html: str) -> str:
    """Return what ``html`` says, formulas between dollars."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    text = _SOUND.sub("(a sound)", "".join(parser.parts))
    text = _MATHS.sub(lambda match: f"${''.join(filter(None, match.groups())).strip()}$", text)
    text = _CLOZE.sub(r"\1", text)
    lines = (" ".join(line.split()) for line in sanitise(text).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "li":
            self.parts.append("\n- ")
        elif tag in _BREAKS:
            self.parts.append("\n")
        elif tag == "img":
            alt = dict(attrs).get("alt")
            self.parts.append(f" {alt} " if alt else " (a picture) ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in {"p", "div", "ul", "ol", "table"}:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.parts.append(data)
