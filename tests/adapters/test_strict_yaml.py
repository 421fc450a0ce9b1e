"""The strict YAML parser: what it takes, and that it refuses the rest with line and remedy."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from interviewbot.adapters import strict_yaml
from interviewbot.adapters.fault_log import FaultLog
from interviewbot.adapters.strict_yaml import Items, Table, Text, parse
from interviewbot.domain.errors import CorpusInvalid, Fault

ALIAS_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{name}: &{name} [{','.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefg", "bcdefgh", strict=True)
)


@pytest.fixture(params=["compiled", "pure"], autouse=True)
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run every test with libyaml, where there is one, and with the pure parser."""
    if request.param == "pure":
        monkeypatch.setattr(strict_yaml, "_LOADER", yaml.BaseLoader)


def _parse(text: str, *, first_line: int = 1) -> Table:
    log = FaultLog("q.md")
    table = parse(text, log, first_line=first_line)
    log.raise_any()
    return table


def _fault(text: str) -> Fault:
    with pytest.raises(CorpusInvalid) as caught:
        _parse(text, first_line=2)
    assert len(caught.value.faults) == 1
    return caught.value.faults[0]


def test_words_that_look_like_other_types_stay_texts() -> None:
    """No scalar becomes a boolean, a number, a date or a null."""
    table = _parse("a: no\nb: 1\nc: 2024-01-01\nd: null\ne: ~\nf: 0x10\ng: on\n")
    values = [node.value for node in table.values.values() if isinstance(node, Text)]
    assert values == ["no", "1", "2024-01-01", "null", "~", "0x10", "on"]


def test_lines_are_those_of_the_file() -> None:
    """Keys, entries and tables know their lines, counted from the first line given."""
    table = _parse(
        "a: x\npoints:\n  - id: one\n    text: >-\n      folded\n      text\n", first_line=2
    )
    points = table.values["points"]
    assert isinstance(points, Items)
    point = points.values[0]
    assert isinstance(point, Table)
    assert (table.key_lines, point.line, point.key_lines) == (
        {"a": 2, "points": 3},
        4,
        {"id": 4, "text": 5},
    )
    assert point.values["text"] == Text(value="folded text", line=5, plain=False)


def _outcome(text: str) -> Table | tuple[Fault, ...]:
    try:
        return _parse(text)
    except CorpusInvalid as error:
        return error.faults


@pytest.mark.parametrize(
    ("text", "line", "problem", "remedy"),
    [
        ("a: x\nb: &anchor y\n", 3, "anchor", "quote the text if '&' is meant"),
        ("a: x\nb: *anchor\n", 3, "alias", "quote the text if '*' is meant"),
        ("a: [x, &b [y]]\n", 2, "anchor", "delete it"),
        ("a: !!int 3\n", 2, "tag", "quote the text if '!' is meant"),
        ("a: !python/object:os.system x\n", 2, "tag", "delete it"),
        ("a: !local {b: c}\n", 2, "tag", "delete it"),
        ("<<: {a: b}\n", 2, "merge key", "write the merged keys out"),
        ("a: b\n--- \nc: d\n", 3, "second YAML document", "one question a file"),
        ("%YAML 1.1\n--- \na: b\n", 2, "directive", "'%'"),
        ("? [a, b]\n: c\n", 2, "a key that is not a word", "key: value"),
        ("a: b\nc: d\na: e\n", 4, "'a' is there twice, first in line 2", "keep one"),
        ("p:\n  - id: a\n    id: b\n", 4, "'id' is there twice, first in line 3", "keep one"),
        ("a: [[[[[[[[[x]]]]]]]]]\n", 2, "deeper than 8", "inner brackets"),
        ("- a\n- b\n", 2, "not a mapping", "id: ML0042"),
        ("just words\n", 2, "not a mapping", "id: ML0042"),
        ("", 2, "empty", "id: ML0042"),
        ("# only a comment\n", 2, "empty", "id: ML0042"),
        ("a: b\n\tc: d\n", 3, "not valid YAML", "spaces, never with tabs"),
        ("a: x\nb: one: two\n", 3, "not valid YAML", "double quotes, because it holds ': '"),
        ("a: @home\n", 2, "not valid YAML", "special character"),
        ('a: "C:\\quit"\n', 2, "not valid YAML", "every backslash twice"),
        ('a: x\nb: "never closed\nc: y\n', 3, "not valid YAML", "close the quotes"),
        ("a: x\nb: [never, closed\n", 3, "not valid YAML", "close"),
        ('a:\n  - "dog" and "cat"\n', 3, "not valid YAML", "quote the whole text"),
        ("a: the C # language\n", 2, "cut off at ' #'", "double quotes"),
    ],
)
def test_what_is_not_allowed_is_refused_with_line_and_remedy(
    text: str, line: int, problem: str, remedy: str
) -> None:
    """Each breach gives one fault, in its own line, that says what to write instead."""
    fault = _fault(text)
    assert fault.line == line
    assert problem in fault.problem
    assert remedy in fault.remedy


def test_comments_and_quoted_signs_are_fine() -> None:
    """A comment of its own, one after a single word, and quoted special signs are taken."""
    table = _parse('# note\nweight: 2 # the heart\na: "C # and *x: &y !z"\n')
    assert [node.value for node in table.values.values() if isinstance(node, Text)] == [
        "2",
        "C # and *x: &y !z",
    ]


def test_the_alias_bomb_is_refused_at_once() -> None:
    """A few hundred bytes that would expand to megabytes stop at the first anchor."""
    assert len(ALIAS_BOMB) < 400
    started = time.perf_counter()
    assert "anchor" in _fault(ALIAS_BOMB).problem
    assert time.perf_counter() - started < 0.5


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (lambda: "a: [" + "x," * 2_001 + "]\n", "more than 2,000 values"),
        (lambda: "a: " + "[" * 100_000 + "\n", "deeper than 8"),
        (lambda: "a: '" + "x" * 256 * 1024 + "'\n", "more than 256 KiB"),
    ],
)
def test_size_and_depth_are_bounded(make: Callable[[], str], problem: str) -> None:
    """Too many values, too deep a nest and too long a text end the parse early."""
    started = time.perf_counter()
    assert problem in _fault(make()).problem
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("escape", ['"\\ud800"', '"\\U00110000"', '"\\UFFFFFFFF"'])
def test_escapes_that_are_no_character_never_get_past(escape: str) -> None:
    """Escapes for surrogates or beyond Unicode are faults, or texts for the next check."""
    outcome = _outcome(f"a: {escape}\n")
    if isinstance(outcome, Table):
        assert outcome.values["a"] == Text(value="\ud800", line=1, plain=False)
    else:
        assert "not valid YAML" in outcome[0].problem


@given(st.text(alphabet=st.sampled_from(list("ab:-[]{}#&*!|>'\"%@`\\?, \n\t<~")), max_size=60))
def test_any_text_gives_a_table_or_faults(text: str) -> None:
    """No text makes the parser fail in any other way, and every fault has a remedy."""
    outcome = _outcome(text)
    assert isinstance(outcome, Table) or all(fault.remedy for fault in outcome)
