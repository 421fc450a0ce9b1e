"""LaTeX formulas as Unicode, for the terminal.

Owns the call into pylatexenc. Refuses to lay anything out.
"""

from __future__ import annotations

import re

_FORMULA = re.compile(r"\$\$?(.+?)\$\$?", re.DOTALL)


def readable(text: str) -> str:
    """Return ``text`` with every ``$...$`` formula in Unicode; other text as it is.

    A formula that pylatexenc cannot read stays as it was written.
    """
    if "$" not in text:
        return text
    from pylatexenc.latex2text import LatexNodes2Text
    from pylatexenc.latexwalker import LatexWalkerParseError

    converter = LatexNodes2Text(math_mode="text", strict_latex_spaces=True)

    def convert(match: re.Match[str]) -> str:
        try:
            found = converter.latex_to_text(match.group(1), tolerant_parsing=False)
            return " ".join(found.split())
        except (LatexWalkerParseError, RecursionError):
            return match.group()

    return _FORMULA.sub(convert, text)
