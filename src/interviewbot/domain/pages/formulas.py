r"""Formulas in a page's text, which lost the marks around them.

Owns finding LaTeX in plain text and putting it between dollars. Refuses to understand it.
"""

from __future__ import annotations

import re

_COMMAND = re.compile(r"\\[A-Za-z]+")
_RELATION = re.compile(r"=|\\(?:le|ge|approx|propto|in|sim|to)\b|<|>")
# A run without spaces that holds a command of LaTeX, or an index or a power.
_PIECE = re.compile(r"(?<!\S)(?=\S*(?:\\[A-Za-z]|[A-Za-z}][_^][{\\A-Za-z0-9]))[^\s$`]+")
_ADDRESS = re.compile(r"\S*://|[/~]|[A-Za-z]:\\")  # of a page, of a file
_TAIL = re.compile(r"[.,;:!?]+\Z")
_LEAST_SHARE = 0.5  # of a line's words that are no plain English
_PLAIN = re.compile(r"[A-Za-z]{3,}[.,;:]?")


def is_formula(line: str) -> bool:
    """Return whether ``line``, not blank, is nothing but a formula."""
    if line.startswith("$") and line.endswith("$") and len(line) > 2:
        return "$" not in line.strip("$")
    if not (_COMMAND.search(line) and _RELATION.search(line)):
        return False
    pieces = line.split()
    plain = sum(bool(_PLAIN.fullmatch(piece)) for piece in pieces)
    return plain <= (1 - _LEAST_SHARE) * len(pieces) and "$" not in line


def with_formulas(text: str) -> str:
    """Return ``text`` with dollars around what is LaTeX; text that has some stays as it is."""
    if "$" in text:
        return text
    if is_formula(text):
        return f"${text}$"
    return _PIECE.sub(_marked, text)


def _marked(match: re.Match[str]) -> str:
    piece = match.group()
    if _ADDRESS.match(piece) or not _balanced(piece):
        return piece
    if not _COMMAND.search(piece) and "{" not in piece and "^" not in piece:
        return piece  # snake_case
    tail = _TAIL.search(piece)
    inner = piece[: tail.start()] if tail else piece
    return f"${inner}${tail.group() if tail else ''}"


def _balanced(piece: str) -> bool:
    depth = 0
    for sign in piece:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            return False
    return depth == 0
