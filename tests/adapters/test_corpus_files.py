"""Question files on the disk: finding, reading, refusing, and the digest."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from interviewbot.adapters import corpus_files
from interviewbot.adapters.corpus_files import (
    corpus_digest,
    find_question,
    question_ids,
    read_corpus,
    read_question,
)
from interviewbot.adapters.corpus_folders import question_files
from interviewbot.domain.errors import BadInput, CorpusInvalid, Fault
from interviewbot.domain.question import Question

Write = Callable[..., Path]

TEMPLATE = """\
---
id: {id}
title: A title
topic: {topic}
level: advanced
prompt: Why?
source: general knowledge
licence: MIT
points:
  - id: a
    text: One claim.
---
The answer.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An empty corpus folder."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def write(root: Path) -> Write:
    """Writes a valid question into the corpus, or ``content`` where it is given."""

    def put(id_: str, topic: str = "data", *, content: str | bytes | None = None) -> Path:
        path = root / topic / f"{id_}-a-title.md"
        path.parent.mkdir(exist_ok=True)
        text = TEMPLATE.format(id=id_, topic=topic) if content is None else content
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return put


def _faults(*roots: Path) -> tuple[Fault, ...]:
    with pytest.raises(CorpusInvalid) as caught:
        read_corpus(roots)
    return caught.value.faults


def _only_fault(*roots: Path) -> Fault:
    faults = _faults(*roots)
    assert len(faults) == 1
    return faults[0]


def test_questions_come_ordered_by_id_with_their_paths(root: Path, write: Write) -> None:
    """The order is that of the ids, whatever the folders are called."""
    paths = [write("ZZ0001", "a-topic"), write("AA0002", "z-topic"), write("AA0001", "my topic")]
    corpus = read_corpus([root])
    assert [entry.question.id for entry in corpus.questions] == ["AA0001", "AA0002", "ZZ0001"]
    assert [entry.path for entry in corpus.questions] == [str(path) for path in reversed(paths)]
    assert corpus.questions[0].point_lines == {"a": 10}


def test_one_file_can_be_read_by_itself(root: Path, write: Write) -> None:
    """A path and its root are enough for a question."""
    assert read_question(write("AA0001"), root).id == "AA0001"


def test_only_question_files_count(root: Path, write: Write) -> None:
    """READMEs, hidden files and folders, and other endings are passed over."""
    write("AA0001")
    for name in ("README.md", ".hidden.md", "notes.txt", "data/README.md", "data/.x.md"):
        (root / name).write_text("nothing to see")
    (root / ".git").mkdir()
    (root / ".git" / "x.md").write_text("nothing to see")
    (root / "data" / "deeper" / "still").mkdir(parents=True)
    (root / "data" / "deeper" / "still" / "x.md").write_text("too far down to be meant")
    assert question_ids([root]) == ["AA0001"]
    assert len(read_corpus([root]).questions) == 1


@pytest.mark.parametrize(
    "read",
    [
        read_corpus,
        corpus_digest,
        question_ids,
        lambda roots: find_question(roots, "AA0001"),
    ],
)
def test_no_question_at_all_is_a_mistake(
    read: Callable[[list[Path]], object], root: Path, write: Write, tmp_path: Path
) -> None:
    """Whatever is asked for; but a user's own folder beside another may still be empty."""
    with pytest.raises(BadInput, match="there is no question in "):
        read([root])
    (tmp_path / "own").mkdir()
    write("AA0001")
    assert read([root, tmp_path / "own"])


def test_all_faults_of_all_files_come_together(root: Path, write: Write) -> None:
    """Nobody has to mend one file to hear of the next."""
    write("AA0001", content="no front matter")
    write("AA0002", content=TEMPLATE.format(id="AA0002", topic="data").replace("Why?", ""))
    write("AA0003")
    assert [(Path(fault.path).name, fault.line) for fault in _faults(root)] == [
        ("AA0001-a-title.md", 1),
        ("AA0002-a-title.md", 6),
    ]


def test_an_id_that_is_there_twice_names_both_files(root: Path, write: Write) -> None:
    """Across folders and roots, by reading everything or only that question."""
    first, second = write("AA0001", "data"), write("AA0001", "vision")
    fault = _only_fault(root)
    assert (fault.path, fault.line) == (str(second), 2)
    assert str(first) in fault.problem
    with pytest.raises(CorpusInvalid, match="1 fault"):
        find_question([root], "AA0001")


def test_an_id_in_two_roots_shows_even_if_one_file_is_faulty(
    root: Path, write: Write, tmp_path: Path
) -> None:
    """The file names are enough to see it."""
    write("AA0001")
    other = tmp_path / "own" / "data"
    other.mkdir(parents=True)
    (other / "AA0001-mine.md").write_text("no front matter")
    problems = [fault.problem for fault in _faults(root, tmp_path / "own")]
    assert len(problems) == 2
    assert any("the id AA0001 is also that of" in problem for problem in problems)


def test_the_same_root_twice_is_one_root(root: Path, write: Write, tmp_path: Path) -> None:
    """Naming a folder twice, even through a link, repeats no question."""
    write("AA0001")
    (tmp_path / "link").symlink_to(root)
    assert len(read_corpus([root, root, tmp_path / "link"]).questions) == 1


@pytest.mark.parametrize("read", [read_corpus, corpus_digest, question_ids])
def test_a_root_that_is_no_folder_is_bad_input(
    read: Callable[[list[Path]], object], tmp_path: Path
) -> None:
    """A missing folder and a file in its place are the caller's mistake, not the corpus's."""
    (tmp_path / "file").write_text("x")
    for name in ("missing", "file"):
        with pytest.raises(BadInput, match=name):
            read([tmp_path / name])


def test_bytes_that_are_not_utf8_are_named(root: Path, write: Write) -> None:
    """The fault gives the line and the byte's place and value."""
    write("AA0001", content=b"---\nid: AA0001\ntitle: caf\xe9\n")
    fault = _only_fault(root)
    assert fault.line == 3
    assert "byte 25 is 0xe9" in fault.problem


def test_a_byte_order_mark_is_taken_away(root: Path, write: Write) -> None:
    """An editor's mark at the start is no fault."""
    write("AA0001", content="\ufeff" + TEMPLATE.format(id="AA0001", topic="data"))
    assert read_corpus([root]).questions[0].question.id == "AA0001"


def test_a_file_too_big_is_refused(root: Path, write: Write) -> None:
    """More than 256 KiB is never taken in."""
    write("AA0001", content=TEMPLATE.format(id="AA0001", topic="data") + "x" * 256 * 1024)
    assert "over 256 KiB" in _only_fault(root).problem


@pytest.mark.parametrize("place", ["AA0001-x.md", "data/deeper/AA0001-x.md"])
def test_a_question_outside_a_topic_folder_is_a_fault(root: Path, place: str) -> None:
    """A file that would be passed over in silence is named instead."""
    path = root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEMPLATE.format(id="AA0001", topic="data"))
    assert "topic's folder" in _only_fault(root).problem
    with pytest.raises(CorpusInvalid):
        read_question(path, root)


@pytest.mark.timeout(10)
def test_a_pipe_is_refused_without_being_opened(root: Path, write: Write) -> None:
    """A FIFO with a question's name blocks nothing."""
    write("AA0001")
    pipe = root / "data" / "AA0002-pipe.md"
    os.mkfifo(pipe)
    assert "not a regular file" in _only_fault(root).problem
    with pytest.raises(CorpusInvalid):
        find_question([root], "AA0002")
    with pytest.raises(CorpusInvalid):
        read_question(pipe, root)
    assert corpus_digest([root]).startswith("sha256:")


@pytest.mark.timeout(10)
def test_a_file_that_becomes_a_pipe_after_the_check_blocks_nothing(
    root: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening never waits for a writer."""
    path = write("AA0001")
    files = question_files([root])
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(corpus_files, "question_files", lambda _: files)
    assert "does not begin with '---'" in _only_fault(root).problem


def test_links_must_stay_inside(root: Path, write: Write, tmp_path: Path) -> None:
    """A link to a file or a folder outside is refused; one that stays inside is followed."""
    outside = tmp_path / "outside"
    outside.mkdir()
    secret = outside / "AA0003-secret.md"
    secret.write_text(TEMPLATE.format(id="AA0003", topic="data"))
    hidden = root / ".store"
    hidden.mkdir()
    write("AA0001").rename(hidden / "one")
    (root / "data" / "AA0001-a-title.md").symlink_to(hidden / "one")
    assert len(read_corpus([root]).questions) == 1
    (root / "data" / "AA0003-secret.md").symlink_to(secret)
    (root / "linked").symlink_to(outside)
    (root / "data" / "AA0004-nowhere.md").symlink_to(root / "nothing")
    (root / "data" / "AA0005-loop.md").symlink_to("AA0005-loop.md")
    problems = [fault.problem for fault in _faults(root)]
    assert len(problems) == 4
    assert sum("leads out of the corpus" in problem for problem in problems) == 2
    assert sum("leads nowhere" in problem for problem in problems) == 2


def test_a_path_that_climbs_out_is_refused(root: Path, tmp_path: Path) -> None:
    """``..`` does not lead out of the root either."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "AA0001-x.md").write_text(TEMPLATE.format(id="AA0001", topic="data"))
    with pytest.raises(CorpusInvalid) as caught:
        read_question(root / ".." / "data" / "AA0001-x.md", root)
    assert "leads out of the corpus" in caught.value.faults[0].problem


@pytest.mark.parametrize("name", [b"AA0001-\x1b[2J.md", b"AA0001-\xff.md", b"AA0001-a\nb.md"])
def test_a_name_that_cannot_be_printed_is_a_fault_that_can(root: Path, name: bytes) -> None:
    """Neither control characters nor broken bytes of a file name reach the terminal."""
    (root / "data").mkdir()
    path = os.fsencode(root / "data") + b"/" + name
    try:
        Path(os.fsdecode(path)).write_text(TEMPLATE.format(id="AA0001", topic="data"))
    except OSError:
        pytest.skip("this file system does not take such names")
    fault = _only_fault(root)
    assert "control characters or is not UTF-8" in fault.problem
    assert str(fault).encode().decode().isprintable()
    assert corpus_digest([root]).startswith("sha256:")


def test_a_file_that_cannot_be_read_is_a_fault(root: Path, write: Write) -> None:
    """A vanished file is reported, not raised as an error of the system."""
    path = write("AA0001")
    (file,) = question_files([root])
    path.unlink()
    with pytest.raises(CorpusInvalid) as caught:
        file.content()
    assert "cannot be read" in caught.value.faults[0].problem


def test_a_topic_folder_that_cannot_be_read_is_a_fault(
    root: Path, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only an unreadable root is the caller's mistake."""
    folder = str(write("AA0001").parent)
    scandir = os.scandir

    def refusing(path: str) -> object:
        if path == folder:
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    fault = _only_fault(root)
    assert (fault.path, fault.problem) == (folder, "cannot be read: Permission denied")


def test_the_digest_follows_names_and_bytes_only(root: Path, write: Write, tmp_path: Path) -> None:
    """It equals the corpus's own, survives a move, and changes with any byte or name."""
    path = write("AA0001")
    write("AA0002")
    before = corpus_digest([root])
    assert read_corpus([root]).digest == before
    os.utime(path, (1, 1))
    assert corpus_digest([root]) == before
    moved = root.rename(tmp_path / "moved")
    assert corpus_digest([moved]) == before
    path = moved / "data" / path.name
    path.rename(path.with_name("AA0001-other.md"))
    renamed = corpus_digest([moved])
    path.with_name("AA0001-other.md").write_text("x")
    assert len({before, renamed, corpus_digest([moved])}) == 3


def test_one_question_is_found_without_reading_the_others(root: Path, write: Write) -> None:
    """Another file's faults do not matter; an unknown or odd id finds nothing."""
    write("AA0001")
    write("AA0002", content="broken")
    found = find_question([root], "AA0001")
    assert found is not None
    assert found.question.id == "AA0001"
    assert [find_question([root], other) for other in ("AA0003", "", "AA", "*", "../x")] == [
        None
    ] * 5
    with pytest.raises(CorpusInvalid):
        find_question([root], "AA0002")


def test_ids_come_from_file_names(root: Path, write: Write) -> None:
    """Names that begin with no id are left out here; reading the corpus reports them."""
    write("BB0002", content="broken")
    write("AA0001")
    write("nonsense")
    write("AA00011")
    assert question_ids([root]) == ["AA0001", "BB0002"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda text: f"---\n{text}".encode()))
@example(b"---\na: !!binary x\n---\n")
@example(b"\xef\xbb\xbf")
@example(b"---\n\xff\xfe\n---\n")
@example(b"---\n? ? ?\n---\nx")
def test_any_bytes_give_a_question_or_faults(root: Path, content: bytes) -> None:
    """No content of a file makes reading fail in any other way."""
    path = root / "data" / "AA0001-x.md"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    try:
        outcome: object = read_question(path, root)
    except CorpusInvalid as error:
        outcome = error.faults
    assert isinstance(outcome, Question | tuple)
    assert outcome
