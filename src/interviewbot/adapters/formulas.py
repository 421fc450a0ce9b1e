"""LaTeX formulas as Unicode, for the terminal.

Owns the call into pylatexenc. Refuses to lay anything out: ``formula_text`` does.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from typing import Any

from interviewbot.adapters import formula_text

_FORMULA = re.compile(r"\$\$?(.+?)\$\$?", re.DOTALL)
# TeX takes a macro with its braces for one script; pylatexenc wants them braced.
_SCRIPT_MACRO = re.compile(r"([_^])\s*(\\[A-Za-z]+\s*\{[^{}]*\})")
_FRACTIONS = ("frac", "dfrac", "tfrac", "cfrac", "nicefrac")
_FUNCTIONS = (
    "arccos arcsin arctan arg argmax argmin cos cosh cot det dim exp gcd inf ker lim liminf"
    " limsup ln log max min Pr sin sinh sup tan tanh"
).split()
_CLOSERS = {"rVert": "‖", "rvert": "|", "rfloor": "⌋", "rceil": "⌉", "rangle": "⟩"}


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
    reading, writing = _contexts()
    converter = LatexNodes2Text(writing, math_mode="text", strict_latex_spaces=True)
    # What it breaks with on a macro without its arguments, or an empty matrix.
    broken = (AttributeError, LookupError, RecursionError, TypeError, ValueError)

    def convert(match: re.Match[str]) -> str:
        formula = _SCRIPT_MACRO.sub(r"\1{\2}", match.group(1))
        try:
            found = converter.latex_to_text(formula, tolerant_parsing=False, latex_context=reading)
        except (LatexWalkerParseError, *broken):
            return match.group()
        # A placeholder that was not filled: an argument is missing.
        return match.group() if "%s" in found else formula_text.tidy(found)

    return _FORMULA.sub(convert, text)


@cache
def _contexts() -> tuple[Any, Any]:
    """Return pylatexenc's tables for reading and for writing, with ours before its own."""
    from pylatexenc import latex2text, latexwalker, macrospec

    reading = latexwalker.get_default_latex_context_db()
    reading.add_context_category(
        "interviewbot",
        macros=[macrospec.MacroSpec(name, "{{") for name in _FRACTIONS],
        specials=[macrospec.SpecialsSpec(mark, _one_argument(macrospec)) for mark in "_^"],
        prepend=True,
    )
    mark, closer = formula_text.MARK, formula_text.CLOSER
    macros: dict[str, Any] = {name: f"{mark}{name}{mark}" for name in _FUNCTIONS}
    macros |= {name: f"{closer}{text}{mark}" for name, text in _CLOSERS.items()}
    macros |= dict.fromkeys(_FRACTIONS, _fraction) | {"sqrt": _root, "mid": " ∣ "}
    writing = latex2text.get_default_latex_context_db()
    writing.add_context_category(
        "interviewbot",
        macros=[latex2text.MacroTextSpec(name, repl) for name, repl in macros.items()],
        specials=[
            latex2text.SpecialsTextSpec("_", _subscript),
            latex2text.SpecialsTextSpec("^", _superscript),
        ],
        prepend=True,
    )
    return reading, writing


def _one_argument(macrospec: Any) -> Any:
    return macrospec.MacroStandardArgsParser("{")


def _arguments(node: Any, l2tobj: Any) -> list[str]:
    """Return the arguments of ``node`` as text; one that is optional and absent is empty."""
    return [
        "" if argument is None else l2tobj.nodelist_to_text([argument])
        for argument in node.nodeargd.argnlist
    ]


def _fraction(node: Any, l2tobj: Any) -> str:
    above, below = _arguments(node, l2tobj)
    return formula_text.fraction(above, below)


def _root(node: Any, l2tobj: Any) -> str:
    index, of = _arguments(node, l2tobj)
    return formula_text.root(index.strip("[]"), of)


def _superscript(node: Any, l2tobj: Any) -> str:
    return formula_text.superscript(_arguments(node, l2tobj)[0])


def _subscript(node: Any, l2tobj: Any) -> str:
    return formula_text.subscript(_arguments(node, l2tobj)[0])
