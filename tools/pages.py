"""The pages of docs/ whose tables a command writes.

Owns the marks ``<!-- table: NAME -->`` and ``<!-- end -->`` that such a table stands between, and
how a table is put in Markdown. Refuses to know what any of them says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

_END = "<!-- end -->"


def filled(page: str, blocks: Mapping[str, str]) -> str:
    """Return ``page`` with each of ``blocks`` between its marks, where it has them."""
    for name, block in blocks.items():
        before, mark, rest = page.partition(f"<!-- table: {name} -->\n")
        if mark:
            page = f"{before}{mark}{block}{_END}{rest.partition(_END)[2]}"
    return page


def markdown_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cell or ' ' for cell in line)} |\n" for line in lines)
