"""Parts of a formula put on one line: fractions, roots, scripts and the spaces between.

Owns what needs parentheses so that the line says what the formula says. Refuses to know
LaTeX.
"""

from __future__ import annotations

import re

MARK = "\ue000"  # a space belongs here if letters would run together otherwise
CLOSER = "\ue001"  # no space belongs before what follows

_SUPER = dict(
    zip(
        "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδϕχ⊤′∘",
        "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡᵀ′°",
        strict=True,
    )
)
_SUB = dict(
    zip(
        "0123456789+-=()aehijklmnoprstuvxβγρϕχ",
        "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ",
        strict=True,
    )
)
_RAISED = "".join(sorted(set(_SUPER.values())))
_SCRIPTS = _RAISED + "".join(_SUB.values())

_LOW = rf"_(?:[^\W_]+|\([^()]*\))(?:{MARK})?"
# A power written after a subscript that stays on the line would read as the subscript's own.
_POWER_LAST = re.compile(rf"({_LOW})([{re.escape(_RAISED)}]+)")
_RUN_TOGETHER = re.compile(
    rf"(?<=[^\W_]|[)\]|‖]){MARK}\s*(?=(?![{re.escape(_SCRIPTS)}])[^\W_]|[∑∏∫∇√])"
)
_RELATIONS = re.compile(r"\s*([∈∉⊂⊆∪∩≤≥≠≈≡∼∝≪≫←→↦⇒⇔⊙⊗⊕×⋅∣])\s*")
_LOPSIDED = re.compile(r"(?<=[^\s(\[,])([-+=<>])(?= )")  # TeX's macros eat the space behind them
_ATOM = re.compile(
    rf"√?(?:\d+(?:\.\d+)?|[^\W\d_][\u0300-\u036f]*['′]*)[{re.escape(_SCRIPTS)}]*"
    rf"(?:[_^](?:[^\W_]+|\([^()]*\)))*"
)
_TERMS = re.compile(r"(?<=.)[-+±∓/=<>]|\s[^\s]\s")
_PAIRS = {"(": ")", "[": "]", "{": "}", "⌊": "⌋", "⌈": "⌉", "⟨": "⟩"}


def fraction(above: str, below: str) -> str:
    """Return ``above / below``; only terms above, but every factor below, need parentheses."""
    above, below = tidy(above), tidy(below)
    if _has_terms(above):
        above = f"({above})"
    if not _is_one_factor(below):
        below = f"({below})"
    return f"{MARK}{above}/{below}{MARK}"


def root(index: str, of: str) -> str:
    """Return the root of ``of``; an empty ``index`` is the square root's."""
    of = tidy(of)
    inside = of if _ATOM.fullmatch(of) and not of.startswith("√") else f"({of})"
    return f"{superscript(index)}√{inside}{MARK}"


def superscript(content: str) -> str:
    """Return ``content`` raised, behind ``^`` where Unicode has not all of it."""
    content = tidy(content)
    if all(character in _SUPER for character in content):
        return "".join(_SUPER[character] for character in content)
    return f"^{content}{MARK}" if len(content) == 1 else f"^({content})"


def subscript(content: str) -> str:
    """Return ``content`` lowered, behind ``_`` where Unicode has not all of it."""
    content = tidy(content)
    if all(character in _SUB for character in content):
        return "".join(_SUB[character] for character in content)
    return f"_{content}{MARK}" if content.isalnum() or len(content) == 1 else f"_({content})"


def tidy(text: str) -> str:
    """Return ``text`` on one line, with the marks made into spaces or taken away."""
    text = _POWER_LAST.sub(r"\2\1", text)
    text = re.sub(rf"\s*{CLOSER}", "", text)
    text = _RUN_TOGETHER.sub(" ", text).replace(MARK, "")
    text = _LOPSIDED.sub(r" \1", _RELATIONS.sub(r" \1 ", text))
    return re.sub(r"(?<=[(\[])\s+|\s+(?=[)\]])", "", " ".join(text.split()))


def _has_terms(text: str) -> bool:
    return _TERMS.search(_outside(text)) is not None


def _outside(text: str) -> str:
    """Return ``text`` with ``()`` for whatever stands in brackets."""
    kept: list[str] = []
    waiting: list[str] = []
    for character in text:
        if waiting and character == waiting[-1]:
            waiting.pop()
            kept += [] if waiting else ["()"]
        elif character in _PAIRS:
            waiting.append(_PAIRS[character])
        elif not waiting:
            kept.append(character)
    return "".join(kept)


def _is_one_factor(text: str) -> bool:
    if _ATOM.fullmatch(text) or re.fullmatch(r"\|[^|]*\||‖[^‖]*‖", text):
        return True
    return _outside(text.removeprefix("√")) == "()"
