"""Instructions written so that a reader may miss them and a program may not.

Owns the writing. Refuses to know what is written.
"""

from __future__ import annotations

import base64
import codecs
from collections.abc import Callable

from interviewbot.domain.attack_texts import Encoding

_LEET = str.maketrans("aeiostAEIOST", "431057431057")
# Letters of other alphabets that look like ours: Cyrillic, Greek.
_LIKE = str.maketrans(
    "aceiopsxyABCEHIKMOPTX",
    "\u0430\u0441\u0435\u0456\u043e\u0440\u0455\u0445\u0443\u0410\u0412\u0421\u0415\u041d"
    "\u0406\u041a\u041c\u041e\u0420\u0422\u0425",
)
_TAG = 0xE0000  # Unicode's tags: a second ASCII that nothing shows
_UNSEEN = "\u200b"  # zero-width space


def encoded(text: str, encoding: Encoding) -> str:
    """Return ``text`` in ``encoding``."""
    return _WRITTEN[encoding](text)


def _in_tags(text: str) -> str:
    return "".join(chr(_TAG + ord(c)) if c.isascii() else c for c in text)


_WRITTEN: dict[Encoding, Callable[[str], str]] = {
    Encoding.BASE64: lambda text: base64.b64encode(text.encode()).decode(),
    Encoding.HEX: lambda text: text.encode().hex(),
    Encoding.ROT13: lambda text: codecs.encode(text, "rot13"),
    Encoding.LEETSPEAK: lambda text: text.translate(_LEET),
    Encoding.ZERO_WIDTH: _UNSEEN.join,
    Encoding.HOMOGLYPHS: lambda text: text.translate(_LIKE),
    Encoding.REVERSED: lambda text: text[::-1],
    Encoding.TAGS: _in_tags,
}
