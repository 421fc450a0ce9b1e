r"""Where a text holds formulas and code, tagged or not: nobody rewords these.

Owns the forms by which they are known: ``$…$``, a pair of backticks, calls (`P(x)`,
`loss.backward()`), names with dots or underscores, lists of short items in brackets, and terms
with an operator between. Refuses to change a text. What is wrongly taken for a formula is told
as it was written, which does no harm.
"""

from __future__ import annotations

import re

_NESTED = r"(?:[^()\n]|\([^()\n]*\))*"
_CALL = rf"[^\W\d][\w'′]*(?:\.\w+)*\({_NESTED}\)"
_NAME = r"[^\W\d]\w*(?:\.[^\W\d]\w*)+|\w*[^\W_]_\w+"  # model.eval, batch_size
_ITEM = r"[^()\[\]{},\s]{1,6}"
_LIST = rf"[(\[{{]{_ITEM}(?:, ?{_ITEM})+[)\]}}]|\[[^\]\n]{{1,40}}\]"
_TERM = rf"-?(?:{_CALL}|\({_NESTED}\)|{_NAME}|\.?\w+(?:\.\w+)*)%?"
_OPERATOR = r"[ \t]*(?:[=<>≤≥≈≠*+/^×·∝]+|!=|-+>|→)[ \t]*"
# A dash between long words is a dash of prose.
_SHORT = rf"(?:{_CALL}|\({_NESTED}\)|\b\w{{1,2}}\b|\b\d[\d.]*\b)"
_DIFFERENCE = rf"{_SHORT}[ \t]+[-−–][ \t]+{_SHORT}"
_FORMULA = re.compile(
    rf"\$[^$]*\$|`[^`]*`|{_TERM}(?:{_OPERATOR}{_TERM})+|{_DIFFERENCE}|{_CALL}|{_NAME}|{_LIST}"
)


def untouched(text: str) -> list[tuple[int, int]]:
    """Return where the formulas and the code of ``text`` stand, in order, none overlapping."""
    return [found.span() for found in _FORMULA.finditer(text)]
