"""Drafts as files: what is written is read back, nothing is replaced, nothing gets out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interviewbot.adapters.corpus_files import find_question, read_corpus
from interviewbot.adapters.draft_files import (
    check_folder,
    draft_text,
    ids_in,
    parse_draft,
    read_draft,
    write_draft,
)
from interviewbot.domain.errors import BadInput, CorpusInvalid, FileIsThere, StorageFailed
from interviewbot.domain.question import Level, Point, Question
from interviewbot.domain.text import one_line

POINT = Point(
    id="step-size",
    text="The learning rate scales the update: always.",
    weight=1.5,
    accept=("no", "'quoted' # not a comment", "- a bullet, [a list], {a: table}"),
    misconceptions=("&anchor", "*alias", "!!python/object:os.system", "--- a", "% TAG"),
    follow_up="| > what? $\\frac{a}{b}$",
)
QUESTION = Question(
    id="ML0042",
    title="Learning rate",
    topic="machine-learning",
    level=Level.FOUNDATION,
    prompt="What: does it do?",
    points=(POINT, Point(id="large", text="Too large a rate diverges.")),
    tags=("no", "2026-01-31", "~x"),
    source="the page x.md",
    licence="unknown",
    model_answer="One.\n\n---\nid: ML0001\n---\n\n* two\t{{ x }} [/bold]",
    draft=True,
)


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    """Through the corpus, every field, whatever YAML would make of it."""
    path = write_draft(QUESTION, (), tmp_path)
    assert path == tmp_path / "machine-learning" / "ML0042-learning-rate.md"
    (entry,) = read_corpus([tmp_path]).questions
    assert entry.question == QUESTION
    found = find_question([tmp_path], "ML0042")
    assert found is not None
    assert found.question == QUESTION
    assert read_draft(path, tmp_path) == entry


def test_a_read_question_has_no_mark() -> None:
    """Only a draft says that it is one."""
    assert "draft:" in draft_text(QUESTION)
    assert "draft:" not in draft_text(replace(QUESTION, draft=False))


def test_unsupported_points_carry_a_comment() -> None:
    """It stands above the point, and is no part of the question."""
    text = draft_text(QUESTION, {"large"})
    before, _, after = text.partition("  # look at this point")
    assert "id: step-size" in before
    assert after.splitlines()[1] == "  - id: large"


_LINES = st.text(max_size=60).map(one_line).filter(lambda line: any(map(str.isalnum, line)))


@given(_LINES, _LINES, _LINES, st.text(max_size=80))
def test_any_text_survives_or_is_refused(text: str, wording: str, tag: str, body: str) -> None:
    """What cannot be written so that it comes back as it was is never written."""
    question = replace(
        QUESTION,
        points=(replace(POINT, text=text, accept=(wording,)),),
        tags=(tag,),
        model_answer=body,
    )
    try:
        entry = parse_draft(question)
    except CorpusInvalid as error:
        assert error.faults
    else:
        assert entry.question == question


@pytest.mark.parametrize(
    "broken",
    [
        replace(QUESTION, model_answer=""),
        replace(QUESTION, model_answer="\x1b[2J red"),
        replace(QUESTION, id="../../ML0042"),
        replace(QUESTION, points=()),
        replace(QUESTION, points=(POINT,) * 13),
        replace(QUESTION, points=(replace(POINT, accept=(POINT.text,)),)),
        replace(QUESTION, model_answer="word " * 60_000),
        replace(QUESTION, title=" spaces around "),
        replace(QUESTION, topic="../other"),
        replace(QUESTION, topic=""),
    ],
)
def test_what_breaks_the_format_is_never_written(broken: Question, tmp_path: Path) -> None:
    """One such file would make the whole corpus invalid."""
    with pytest.raises(CorpusInvalid):
        write_draft(broken, (), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_never_replaced(tmp_path: Path) -> None:
    """What is there stays as it is, to the byte."""
    path = tmp_path / "machine-learning" / "ML0042-learning-rate.md"
    path.parent.mkdir()
    path.write_text("mine")
    with pytest.raises(FileIsThere, match="there already"):
        write_draft(QUESTION, (), tmp_path)
    assert path.read_text() == "mine"
    assert list(path.parent.iterdir()) == [path]


def test_a_topic_s_folder_that_leads_out_is_refused(tmp_path: Path) -> None:
    """The corpus would refuse to read it there, too."""
    root, outside = tmp_path / "corpus", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (root / "machine-learning").symlink_to(outside)
    with pytest.raises(BadInput, match="leads out"):
        write_draft(QUESTION, (), root)
    assert list(outside.iterdir()) == []


def test_a_file_in_place_of_the_topic_s_folder_is_refused(tmp_path: Path) -> None:
    """It stays where it is."""
    (tmp_path / "machine-learning").write_text("mine")
    with pytest.raises(BadInput, match="is not a folder"):
        write_draft(QUESTION, (), tmp_path)
    assert (tmp_path / "machine-learning").read_text() == "mine"


def test_ids_are_seen_in_names_alone(tmp_path: Path) -> None:
    """Files that are not valid have their id all the same."""
    folder = tmp_path / "any"
    folder.mkdir()
    for name in ("ML0007-x.md", "DL0001-y.md", "notes.md", "ML0009-x.txt"):
        (folder / name).touch()
    assert ids_in(tmp_path) == {"ML0007", "DL0001"}


def test_a_folder_is_looked_at_before_a_model_is_asked(tmp_path: Path) -> None:
    """It has to be there, or one to make it in; a file is none."""
    check_folder(tmp_path)
    check_folder(tmp_path / "none")
    assert not (tmp_path / "none").exists()
    with pytest.raises(BadInput, match="no folder"):
        check_folder(tmp_path / "none" / "below")
    (tmp_path / "file").touch()
    with pytest.raises(BadInput, match="is not a folder"):
        check_folder(tmp_path / "file")


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    """What the system says comes with a hint."""
    with pytest.raises(StorageFailed, match="cannot be made"):
        write_draft(replace(QUESTION, topic="t" * 300), (), tmp_path)
