"""An answer with its typography taken away, and the way back to the text as given.

Copied PDFs bring soft hyphens, web pages zero-width spaces, some keyboards full-width
letters; to an encoder each makes another word. Owns which characters fold, and the
offsets. Refuses to touch what may carry meaning: superscripts, fractions, accents.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from interviewbot.domain.text import UNSAFE, Span

_STYLES = ("<wide>", "<narrow>", "<font>", "<noBreak>")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
_ASCII = re.compile(r"[\t\n\x20-\x7e]*")
# A line break of its own kind separates, what is merely unseen does not.
_BREAKS = {"\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\u2028", "\u2029"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A text without typography; ``places[i]`` is where its character ``i`` came from."""

    text: str
    places: tuple[int, ...] | None

    def back(self, span: Span) -> Span:
        """Return where ``span`` of the folded text, not empty, stands in the text as given."""
        if self.places is None:
            return span
        return Span(self.places[span.start], self.places[span.end - 1] + 1)


def folded(text: str) -> Folded:
    """Return ``text`` with unseen characters left out and styled letters made plain."""
    if _ASCII.fullmatch(text):
        return Folded(text=text, places=None)
    kept: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        plain = _plain(character)
        kept.append(plain)
        places.extend([place] * len(plain))
    return Folded(text="".join(kept), places=tuple(places))


def is_blank(text: str) -> bool:
    """Return whether nothing of ``text`` can be seen."""
    return not folded(text).text.strip()


def _plain(character: str) -> str:
    if character.isascii() and character not in _BREAKS and character >= " ":
        return character
    if character in _BREAKS or character in "\t\n":
        return character
    if UNSAFE.match(character):
        return ""
    styled = unicodedata.decomposition(character).startswith(_STYLES)
    if styled or _LIGATURES.match(character):
        return unicodedata.normalize("NFKC", character)
    return character
