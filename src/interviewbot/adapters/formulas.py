"""LaTeX formulas as Unicode, for the terminal.

Owns the call into pylatexenc. Refuses to lay anything out.
"""

from __future__ import annotations

import logging
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

    # It warns on standard error, by its logger, of what stays as it was written below.
    logging.getLogger("pylatexenc").setLevel(logging.ERROR)
    converter = LatexNodes2Text(math_mode="text", strict_latex_spaces=True)
    # What it breaks with on a macro without its arguments, or an empty matrix.
    broken = (AttributeError, LookupError, RecursionError, TypeError, ValueError)

    def convert(match: re.Match[str]) -> str:
        try:
            found = converter.latex_to_text(match.group(1), tolerant_parsing=False)
        except (LatexWalkerParseError, *broken):
            return match.group()
        # A placeholder that was not filled: an argument is missing.
        return match.group() if "%s" in found else " ".join(found.split())

    return _FORMULA.sub(convert, text)
