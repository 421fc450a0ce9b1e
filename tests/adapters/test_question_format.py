"""The format of one question file: each rule, with its line and its remedy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewbot.adapters.question_format import parse_question
from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.errors import CorpusInvalid, Fault
from interviewbot.domain.question import Level, Point

VALID = """\
---
id: ML0042
title: Learning rate
topic: machine-learning
level: foundation
prompt: >-
  What does the learning rate do,
  and how would you choose it?
tags: [optimisation, no]
source: general knowledge
licence: MIT
reviewed: 2026-01-31
points:
  - id: step-size
    text: The learning rate scales each update.
    weight: 2
    accept:
      - It decides how far you move.
    misconceptions:
      - It counts the passes over the data.
    follow_up: What changes if you double it?
  - id: too-large
    text: A rate that is too large diverges.
---

The model answer,
in $x^2$ two lines.
"""


def _parse(text: str, *, name: str = "ML0042-learning-rate.md") -> CorpusEntry:
    return parse_question(text, path="c/" + name, name=name, folder="machine-learning")


def _faults(text: str, *, name: str = "ML0042-learning-rate.md") -> tuple[Fault, ...]:
    with pytest.raises(CorpusInvalid) as caught:
        _parse(text, name=name)
    return caught.value.faults


def test_every_text_has_its_line() -> None:
    """The prompt, claims and misconceptions are found where they stand, each once."""
    entry = _parse(VALID)
    lines = VALID.split("\n")
    assert len(entry.text_lines) == 5
    for text, line in entry.text_lines.items():
        assert text in lines[line - 1] or lines[line - 1] == "prompt: >-"
    assert entry.line_of("It counts the passes over the data.", 0) == 20
    assert entry.line_of("nothing of it", 7) == 7


def test_a_faulty_prompt_is_one_fault() -> None:
    """Asking for its line does not note it a second time."""
    (fault,) = _faults(
        VALID.replace("What does the learning rate do,\n  and how would you", "...\n#")
    )
    assert "holds no word" in fault.problem


def test_a_valid_file_gives_its_question() -> None:
    """Every field arrives, texts as texts, with the lines of the id, points and answer."""
    entry = _parse(VALID)
    question = entry.question
    assert (question.id, question.title, question.topic) == (
        "ML0042",
        "Learning rate",
        "machine-learning",
    )
    assert question.prompt == "What does the learning rate do, and how would you choose it?"
    assert (question.level, question.reviewed) == (Level.FOUNDATION, "2026-01-31")
    assert question.tags == ("optimisation", "no")
    assert (question.source, question.licence) == ("general knowledge", "MIT")
    assert question.model_answer == "The model answer,\nin $x^2$ two lines."
    assert question.points == (
        Point(
            id="step-size",
            text="The learning rate scales each update.",
            weight=2.0,
            accept=("It decides how far you move.",),
            misconceptions=("It counts the passes over the data.",),
            follow_up="What changes if you double it?",
        ),
        Point(id="too-large", text="A rate that is too large diverges."),
    )
    assert (entry.line, dict(entry.point_lines), entry.answer_line) == (
        2,
        {"step-size": 14, "too-large": 22},
        26,
    )


def test_a_byte_order_mark_and_windows_line_ends_change_nothing() -> None:
    """The same question comes out of a file that a Windows editor saved."""
    assert _parse("\ufeff" + VALID.replace("\n", "\r\n")) == _parse(VALID)


CASES = {
    "no front matter": (("---\nid", "id"), 1, "does not begin with '---'", "first line"),
    "never closed": (("---\n\nThe", "\nThe"), 1, "never closed", "and the model answer"),
    "unknown key": (("level:", "levle:"), 5, "unknown key 'levle'", "did you mean 'level'?"),
    "unknown key, none near": (("tags:", "qqq:"), 9, "unknown key 'qqq'", "use one of id, title"),
    "unknown key of a point": (("weight:", "wieght:"), 16, "'wieght' in the point", "'weight'?"),
    "missing key": (("licence: MIT\n", ""), 1, "no 'licence'", "add a line like 'licence: MIT'"),
    "missing key of a point": (
        ("    text: A rate that is too large diverges.\n", ""),
        22,
        "the point has no 'text'",
        "add a line like 'text:",
    ),
    "list for a text": (("title: Learning rate", "title: [a]"), 3, "'title' is a list", "one text"),
    "mapping for a text": (
        ("- It decides how far you move.", "- It decides: how far."),
        18,
        "an entry of 'accept' is a mapping",
        "double quotes",
    ),
    "text for a list": (("[optimisation, no]", "optimisation"), 9, "not a list", "'- text'"),
    "no text in a list": (
        ("- It decides how far you move.", "- [It, decides]"),
        18,
        "an entry of 'accept' is a list",
        "one text",
    ),
    "topic left out": (("topic: machine-learning\n", ""), 1, "no 'topic'", "add a line"),
    "empty text": (("title: Learning rate", "title:"), 3, "'title' is empty", "write a text"),
    "blank text": (("Learning rate", '"  "'), 3, "'title' is empty", "write a text"),
    "empty wording": (("- It decides how far you move.", '- ""'), 18, "is empty", "write a text"),
    "no word": (("title: Learning rate", 'title: "---"'), 3, "holds no word", "in words"),
    "bad id": (("id: ML0042", "id: ml042"), 2, "two capital letters and four", "like ML0042"),
    "another file's id": (("id: ML0042", "id: ML0043"), 2, "the file name", "'ML0043-a-few"),
    "another folder's topic": (
        ("topic: machine-learning", "topic: vision"),
        4,
        "'vision' is not the name of the folder",
        "write 'topic: machine-learning'",
    ),
    "unknown level": (("foundation", "fundation"), 5, "unknown level", "did you mean 'foundation'"),
    "unknown level, none near": (("foundation", "zz"), 5, "unknown level", "foundation, inter"),
    "point id is no slug": (("id: too-large", "id: Too_large"), 22, "not a slug", "lower-case"),
    "point id twice": (("too-large", "step-size"), 22, "twice, first in line 14", "of its own"),
    "weight in quotes": (("weight: 2", 'weight: "2"'), 16, "not a bare number", "without quotes"),
    "weight in words": (("weight: 2", "weight: two"), 16, "'weight' is 'two'", "above 0 and up to"),
    "weight infinite": (("weight: 2", "weight: .inf"), 16, "'.inf'", "above 0 and up to 10"),
    "weight overflows": (("weight: 2", "weight: 1e999"), 16, "'1e999'", "above 0 and up to 10"),
    "weight not a number": (("weight: 2", "weight: nan"), 16, "'nan'", "above 0 and up to 10"),
    "weight zero": (("weight: 2", "weight: 0"), 16, "'0'", "above 0 and up to 10"),
    "weight negative": (("weight: 2", "weight: -1"), 16, "'-1'", "above 0 and up to 10"),
    "weight too big": (("weight: 2", "weight: 10.5"), 16, "'10.5'", "above 0 and up to 10"),
    "not a date": (("2026-01-31", "2026-02-31"), 12, "not a date", "yyyy-mm-dd"),
    "date in another form": (("2026-01-31", "20260131"), 12, "not a date", "yyyy-mm-dd"),
    "said twice": (
        ("- It decides how far you move.", "- a RATE that  is too large diverges"),
        23,
        "there twice, first in line 18",
        "delete one",
    ),
    "true and false": (
        ("- It counts the passes over the data.", "- it decides how far you move"),
        20,
        "is a claim in line 18",
        "decide whether it is true",
    ),
    "no answer": (("The model answer,\nin $x^2$ two lines.", " "), 25, "answer is empty", "below"),
    "escape in the body": (("The model", "The \x1b]52;c;eA==\x07model"), 26, "U+001B", "delete"),
    "zero at the end of a line": (("rate\n", "rate\0\n"), 3, "U+0000", "delete"),
    "hidden character": (("Learning", "Lear\u200bning"), 3, "U+200B", "delete"),
    "escaped escape": (("Learning rate", '"Lear\\e[2Jning"'), 3, "U+001B", "delete"),
    "alias": (("title: Learning rate", "title: *x"), 3, "alias", "delete it, or quote"),
}


@pytest.mark.parametrize(("change", "line", "problem", "remedy"), CASES.values(), ids=list(CASES))
def test_each_breach_is_one_fault_with_its_line_and_remedy(
    change: tuple[str, str], line: int, problem: str, remedy: str
) -> None:
    """One thing wrong gives one fault, which names the line and what to write instead."""
    assert change[0] in VALID
    (fault,) = _faults(VALID.replace(*change, 1))
    assert (fault.path, fault.line) == ("c/ML0042-learning-rate.md", line)
    assert problem in fault.problem
    assert remedy in fault.remedy


def test_points_are_one_to_twelve() -> None:
    """An empty list, a list of texts and thirteen points are faults."""
    head, _, tail = VALID.partition("points:\n")
    body = tail[tail.index("---") :]
    many = "".join(f"  - id: p{n}\n    text: Claim number {n}.\n" for n in range(13))
    assert "no points" in _faults(f"{head}points: []\n{body}")[0].problem
    assert "not a list" in _faults(f"{head}points: one\n{body}")[0].problem
    assert "not a mapping" in _faults(f"{head}points: [one]\n{body}")[0].problem
    assert "13 points" in _faults(f"{head}points:\n{many}{body}")[0].problem


def test_all_faults_of_a_file_come_together_in_the_order_of_lines() -> None:
    """Whoever mends a file sees everything at once."""
    text = VALID.replace("title: Learning", "tilte: Learning").replace("MIT", '""')
    text = text.replace("weight: 2", "weight: -2").replace("id: too-large", "id: x y\n    id: z")
    lines = [fault.line for fault in _faults(text)]
    assert lines == [3, 11, 16, 22, 23]


def test_foreign_words_in_faults_cannot_reach_the_terminal() -> None:
    """What a file holds is quoted without escapes and cut short."""
    (fault,) = _faults(VALID.replace("licence:", '"\\e[2J' + "x" * 500 + '": y\nlicence:', 1))
    assert "\x1b" not in fault.problem
    assert len(fault.problem) < 120


@given(
    st.integers(0, len(VALID)),
    st.integers(0, 12),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.sampled_from(["- ", ": ", "\n", "---\n", "&a ", "*a", "!x ", '"', "{", "[", "#", "\t"]),
)
def test_a_damaged_file_gives_a_question_or_faults(at: int, cut: int, put: str) -> None:
    """Whatever is cut out of a valid file or put into it, nothing else happens."""
    text = VALID[:at] + put + VALID[at + cut :]
    try:
        entry = _parse(text)
    except CorpusInvalid as error:
        count = text.count("\n") + 2
        faulty = [fault for fault in error.faults if not 1 <= fault.line <= count]
    else:
        faulty = []
        assert entry.question.points
    assert not faulty


def test_a_draft_says_so() -> None:
    """The mark is 'true' and nothing else; without it a person has read the question."""
    assert not _parse(VALID).question.draft
    marked = VALID.replace("points:\n", "draft: true\npoints:\n")
    assert _parse(marked).question.draft
    (fault,) = _faults(marked.replace("draft: true", "draft: yes"))
    assert (fault.line, fault.problem) == (13, "'draft' is 'yes'")
    assert "delete the line" in fault.remedy
