"""A page as its elements and its words."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_VOID = {"meta", "link", "img", "br", "hr", "input"}


class Page(HTMLParser):
    """A page's elements, each with its attributes and the elements around it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element down."""
        assert len(attrs) == len(dict(attrs)), f"{tag} has an attribute twice"
        self.found.append((tag, dict(attrs), tuple(self.open)))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element without a content down, which only a drawing has."""
        assert "svg" in self.open
        self.found.append((tag, dict(attrs), tuple(self.open)))

    def handle_endtag(self, tag: str) -> None:
        """Check that elements are nested."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep what a reader sees, and none of the style."""
        if "style" not in self.open:
            self.words.append(data)

    def attributes(self, name: str) -> list[str]:
        """Return the values of an attribute."""
        return [attrs[name] or "" for _, attrs, _ in self.found if name in attrs]

    @property
    def text(self) -> str:
        """Return the words of the page with single spaces."""
        return re.sub(r" (?=[:,.;)])", "", " ".join(" ".join(self.words).split()))
