"""Texts written so that a reader may miss them and a program may not.

Owns the undoing: base64, hex, other number codes, escapes, alphabets turned, reversed or
looking alike, letters spaced out, characters that nothing shows. Refuses to judge what comes
out: most of it is noise.
"""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import zip_longest
from string import ascii_lowercase, ascii_uppercase

from interviewbot.domain.addressing_speech import english_words
from interviewbot.domain.text import Span

_FEWEST = 8  # characters of a decoded text
_MOST = 20_000
_MOST_KNOWN = 6  # different function words; a sentence with more is not turned round
_SHOWN = 0.9  # share of what is decoded that must be letters, digits, spaces and stops

_BASE64 = re.compile(
    r"[A-Za-z0-9+/_-]{16,}(?:\s[A-Za-z0-9+/_-]{16,})*(?:\s?[A-Za-z0-9+/_-]{1,15})?={0,2}"
)
_BASE32 = re.compile(r"\b[A-Z2-7]{24,}={0,6}")
_HEX = re.compile(r"(?:(?:0x|\\x|%)?[0-9a-fA-F]{2}[\s,:;]?){8,}")
_BINARY = re.compile(r"(?:[01]{8}[\s,]?){5,}")
_DECIMAL = re.compile(r"(?:\b\d{2,3}\b[\s,;]{1,2}){7,}\d{2,3}\b")
_ESCAPES = re.compile(r"(?:[^\s&]{0,3}(?:&#?\w{2,8};)\s?){5,}")
_UNICODE = re.compile(r"(?:\\u\{?[0-9a-fA-F]{4}\}?\s?){5,}")
_PERCENT = re.compile(r"(?:[\w.+-]{0,20}%[0-9a-fA-F]{2}){3,}[\w.+-]{0,20}")
_MORSE = re.compile(r"(?:[.\-·•–—−]{1,6}[ /|]{1,3}){8,}[.\-·•–—−]{1,6}")
_SPACED = re.compile(r"(?:(?<!\w)[^\W_](?:[ ._*|·\u2009-]{1,3}|$)){9,}[^\W_]?")
_TAGS = re.compile(  # behind a black flag, up to six of them name a country
    "(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0020-\U000e007e]{4,}"
    "|(?<=\U0001f3f4)[\U000e0020-\U000e007e]{7,}"
)
_VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]{4,}")
_UNSEEN_RUN = re.compile("[\u200b-\u200f\u2060-\u2064\ufeff\u180e\u00ad]{12,}")
_HEX_DIGITS = re.compile(r"0x|\\x|%|[\s,:;]")

_MORSE_SIGNS = {
    sign: letter
    for letter, sign in zip(
        ascii_lowercase + "0123456789",
        """.- -... -.-. -.. . ..-. --. .... .. .--- -.- .-.. -- -. --- .--. --.- .-. ... - ..- ...-
        .--
        -..- -.-- --.. ----- .---- ..--- ...-- ....- ..... -.... --... ---.. ----.""".split(),
        strict=True,
    )
}
_SAME_DASH = str.maketrans("–—−·•", "---..")
# Letters of other alphabets, and signs, that look like ours.
_LIKE = str.maketrans(
    "аᴀɑαсϲԁеɡһіıιӏјκӏոοорρԛгѕтυνѵѡхχуүʏᴢАΑВΒСϹЕΕНΗІΙЈКΚМΜΝОΟРΡЅТΤΧХΥҮΖбвкмнтԍɢɪɴʀʟʜᴇᴏᴛᴜᴅᴄᴍᴋᴘꜰꜱʙᴠᴡ",
    "aaaaccdeghiiiljklnooppqrstuvvwxxyyyzAABBCCEEHHIIJKKMMNOOPPSTTXXYYZbbkmhtgginrlheotudcmkpfsbvw",
)
_LEET = (
    str.maketrans("013457892@$!|+€£", "oieastbgzasiltel"),
    str.maketrans("013457892@$!|+€£", "oleastbgzaslltel"),
)
_LEET_WORD = re.compile(
    r"(?<![\w$@])(?=[\w@$!|+€£]{0,20}[0-9@$!€£])(?=[\w@$!|+€£]{0,20}[A-Za-z])[\w@$!|+€£]{2,24}"
)
_FLIPPED = str.maketrans("ɐqɔpǝɟƃɓɥᴉıɾʞʅןɯuodbɹsʇnʌʍxʎz", "abcdefgghiijkllmnopqrstuvwxyz")


def hidden(text: str) -> Iterator[Span]:
    """Yield the stretches of ``text`` that nothing shows, too long to be typography."""
    for pattern in (_TAGS, _VARIANTS, _UNSEEN_RUN):
        for found in pattern.finditer(text):
            yield Span(*found.span())


def coded(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the stretches of ``text`` that are a code of some text, and that text."""
    for pattern, read in _CODES:
        for found in pattern.finditer(text):
            if (said := read(found.group()[:_MOST])) and _is_text(said):
                yield Span(*found.span()), said


def spaced(text: str) -> Iterator[tuple[Span, str]]:
    """Yield words written with a sign between the letters, and the letters on end."""
    for found in _SPACED.finditer(text):
        yield Span(*found.span()), "".join(filter(str.isalnum, found.group())).lower()


def other_readings(sentence: str) -> Iterator[tuple[str, bool]]:
    """Yield what ``sentence`` says in lookalikes or figures for letters, or turned round (True)."""
    if not sentence.isascii():
        apart = unicodedata.normalize("NFKD", sentence)
        like = "".join(c for c in apart if not unicodedata.combining(c)).translate(_LIKE)
        if like != sentence:
            yield like, False
            sentence = like if english_words(like) > english_words(sentence) else sentence
    if len(_LEET_WORD.findall(sentence)) >= 2:
        for table in _LEET:
            pieces = _LEET_WORD.split(sentence)
            words = [word.translate(table) for word in _LEET_WORD.findall(sentence)]
            yield "".join(a + b for a, b in zip_longest(pieces, words, fillvalue="")), False
    known = english_words(sentence)
    if known > _MOST_KNOWN:
        return
    for turn in _TURNS:
        turned = turn(sentence)
        if english_words(turned) > known:
            yield turned, True


def _is_text(said: str) -> bool:
    good = sum(c.isalnum() or c in " \n.,:;!?'\"-_{}[]<>/=#()%" for c in said)
    return len(said) >= _FEWEST and good >= _SHOWN * len(said)


def _utf8(raw: bytes) -> str:
    return raw.decode("utf-8", "ignore") if raw else ""


def _base64(code: str) -> str:
    code = "".join(code.split()).rstrip("=").replace("-", "+").replace("_", "/")
    code = code[: len(code) - (len(code) % 4 == 1)]
    try:
        return _utf8(base64.b64decode(code + "=" * (-len(code) % 4)))
    except binascii.Error:
        return ""


def _base32(code: str) -> str:
    code = code.rstrip("=")
    try:
        return _utf8(base64.b32decode(code + "=" * (-len(code) % 8)))
    except binascii.Error:
        return ""


def _hex(code: str) -> str:
    digits = _HEX_DIGITS.sub("", code)
    return _utf8(bytes.fromhex(digits[: len(digits) // 2 * 2]))


def _binary(code: str) -> str:
    bits = re.sub(r"[\s,]", "", code)
    return _utf8(bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits) - 7, 8)))


def _decimal(code: str) -> str:
    numbers = [int(number) for number in re.findall(r"\d+", code)]
    return "".join(map(chr, numbers)) if all(number < 256 for number in numbers) else ""


def _unicode(code: str) -> str:
    return "".join(chr(int(number, 16)) for number in re.findall(r"[0-9a-fA-F]{4}", code))


def _percent(code: str) -> str:
    raw = re.sub(rb"%([0-9a-fA-F]{2})", lambda found: bytes.fromhex(found.group(1).decode()),
                 code.encode())  # fmt: skip
    return _utf8(raw).replace("+", " ")


def _morse(code: str) -> str:
    signs = code.translate(_SAME_DASH).replace("/", " / ").replace("|", " / ")
    said = re.split(r" {3,}| / ", signs)
    return " ".join("".join(_MORSE_SIGNS.get(s, "") for s in word.split()) for word in said)


_CODES: tuple[tuple[re.Pattern[str], Callable[[str], str]], ...] = (
    (_BASE64, _base64),
    (_BASE32, _base32),
    (_HEX, _hex),
    (_BINARY, _binary),
    (_DECIMAL, _decimal),
    (_ESCAPES, html.unescape),
    (_UNICODE, _unicode),
    (_PERCENT, _percent),
    (_MORSE, _morse),
)


def _rotation(by: int) -> Callable[[str], str]:
    turned = ascii_lowercase[by:] + ascii_lowercase[:by]
    table = str.maketrans(ascii_lowercase + ascii_uppercase, turned + turned.upper())
    return lambda text: text.translate(table)


_ATBASH = str.maketrans(
    ascii_lowercase + ascii_uppercase, ascii_lowercase[::-1] + ascii_uppercase[::-1]
)
_TURNS: tuple[Callable[[str], str], ...] = (
    *(_rotation(by) for by in range(1, 26)),
    lambda text: text.translate(_ATBASH),
    lambda text: text[::-1],
    lambda text: " ".join(word[::-1] for word in text.split()),
    lambda text: text.translate(_FLIPPED)[::-1],
)
