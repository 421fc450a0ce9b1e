"""``interviewbot corpus import``, ``export``, ``new``, ``try`` and the faults of ``lint``."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.conftest import ROOT, Command

from interviewbot.adapters.corpus_files import read_corpus

PAGE = """\
Author: admin

  • ML0041 Learning rate

    What does the learning rate do in gradient descent?

    Answer

    (1) Step size: The learning rate scales each update of the weights.
    (2) Too large: A rate that is too large makes the loss diverge.
    The figure below shows both.

    Login to view more content
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """Return a page with one question."""
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def test_a_dry_run_writes_nothing(run: Command, page: Path, tmp_path: Path) -> None:
    """It shows every point under the contract's keys, and what was left out, by line."""
    document = run.json("corpus", "import", page, "--dry-run", "--json", "--output", tmp_path)
    (question,) = document["questions"]
    assert (question["id"], question["title"]) == ("ML0041", "Learning rate")
    assert [point["text"][:9] for point in question["points"]] == ["Step size", "Too large"]
    assert question["model_answer"].startswith("1. Step size")
    assert [piece["line"] for piece in document["unparsed"]] == [11]
    assert [piece["line"] for piece in document["furniture"]] == [1, 13]
    assert [one.name for one in tmp_path.iterdir() if one.is_dir() and one.name != "home"] == []


def test_an_import_writes_drafts(run: Command, page: Path, tmp_path: Path) -> None:
    """They get a free id, which is said, and can be shown, linted and graded."""
    deck = tmp_path / "deck"
    deck.mkdir()
    found = run("corpus", "import", page, "--output", deck)
    assert found.exit_code == 0
    assert "becomes ML0" in found.stderr
    (path,) = deck.glob("machine-learning/*.md")
    assert str(path) in found.stdout
    entry = read_corpus([deck]).questions[0].question
    assert entry.draft
    assert entry.source == "imported from page.txt"
    linted = run.json("corpus", "lint", "--quick", "--json", "--corpus", deck)
    assert any("a draft" in one["message"] for one in linted["advice"])
    again = run("corpus", "import", page, "--output", deck)
    assert again.exit_code == 0
    assert len(list(deck.glob("machine-learning/*.md"))) == 2  # no file is replaced


@pytest.mark.parametrize("suffix", ["apkg", "csv", "json", "html", "zip"])
def test_an_export_comes_back(run: Command, tmp_path: Path, suffix: str) -> None:
    """The same questions under the same ids; a second import finds them there already."""
    target, deck = tmp_path / f"deck.{suffix}", tmp_path / "deck"
    deck.mkdir()
    assert run("corpus", "export", "ML0041", "DL0013", "--output", target).exit_code == 0
    assert run("corpus", "import", target, "--output", deck).exit_code == 0
    there = {one.question.id: one.question for one in read_corpus([deck]).questions}
    shipped = {one.question.id: one.question for one in read_corpus([ROOT / "corpus"]).questions}
    assert there == {name: shipped[name] for name in ("ML0041", "DL0013")}
    again = run("corpus", "import", target, "--output", deck)
    assert again.exit_code == 0
    assert again.stderr.count("it is there already") == 2


def test_notes_that_anki_exports_as_text(run: Command, tmp_path: Path) -> None:
    """Their settings are heeded: what parts the fields, HTML, and columns that are none."""
    page = tmp_path / "notes.txt"
    page.write_text(
        "#separator:tab\n#html:true\n#guid column:1\n#notetype column:2\n#deck column:3\n"
        '#tags column:6\na"b\tBasic\tML\tWhat is ReLU?\t'
        "<ul><li>It is max(0, <i>x</i>).</li><li>It is 0 &lt; 1.</li></ul>\tdl acts\n",
        encoding="utf-8",
    )
    deck = tmp_path / "deck"
    assert run("corpus", "import", page, "--output", deck).stderr.count("left out") == 1  # the sum
    question = read_corpus([deck]).questions[0].question
    assert question.prompt == "What is ReLU?"
    assert [point.text for point in question.points] == ["It is max(0, x).", "It is 0 < 1."]
    assert question.tags == ("dl", "acts")


def test_an_export_replaces_no_file(run: Command, tmp_path: Path) -> None:
    """Unless it is told to."""
    target = tmp_path / "deck.json"
    target.write_text("mine", encoding="utf-8")
    assert run("corpus", "export", "ML0041", "--output", target).exit_code == 2
    assert target.read_text(encoding="utf-8") == "mine"
    assert run("corpus", "export", "ML0041", "--output", target, "--overwrite").exit_code == 0
    assert json.loads(target.read_text(encoding="utf-8"))["schema_version"] == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deck.apkg", b"no zip"),
        ("deck.zip", b"PK\x03\x04no zip"),
        ("deck.json", b"{"),
        ("deck.json", b"[1e999, " * 100_000),
        ("page.html", b"<html></html>"),
        ("page.txt", b""),
        ("page.txt", b"\xff\xfe\x00"),
        ("table.csv", b'"open'),
    ],
)
def test_what_cannot_be_read_is_refused(
    run: Command, tmp_path: Path, name: str, content: bytes
) -> None:
    """With one line and exit code 2, or with nothing imported."""
    path = tmp_path / name
    path.write_bytes(content)
    found = run("corpus", "import", path, "--dry-run")
    assert found.exit_code == 2 or "0 questions" in found.stderr


def test_a_new_question_is_valid(run: Command, tmp_path: Path) -> None:
    """The empty question can be linted and tried at once."""
    found = run(
        "corpus", "new", "Learning rate", "--topic", "machine-learning", "--output", tmp_path
    )
    assert found.exit_code == 0, found.stderr
    assert run("corpus", "lint", "--quick", "--corpus", tmp_path).exit_code == 0
    (entry,) = read_corpus([tmp_path]).questions
    assert entry.question.draft
    assert len(entry.question.points) == 5


def test_try_shows_why(run_indexed: Command, answer_file: Path) -> None:
    """Verdicts and the signals behind them; an author's answer may come on standard input."""
    document = run_indexed.json("corpus", "try", "ML0041", answer_file, "--json")
    assert all("cosine" in point["signals"] for point in document["points"])
    found = run_indexed("corpus", "try", "ML0041", "-", stdin="It has layers of neurons.")
    assert "raw" in found.stdout


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """Return a copy of two shipped questions."""
    for name in ("ML0001-overfitting-and-underfitting", "ML0002-gradient-descent-variants"):
        (tmp_path / "deck" / "machine-learning").mkdir(parents=True, exist_ok=True)
        path = Path("machine-learning") / f"{name}.md"
        shutil.copy(ROOT / "corpus" / path, tmp_path / "deck" / path)
    return tmp_path / "deck"


def changed(deck: Path, old: str, new: str) -> Path:
    """Change the first question of ``deck``; return its file."""
    path = next((deck / "machine-learning").glob("ML0001*"))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def points_of(deck: Path) -> list[str]:
    """Return the texts of the points of the first question."""
    return [point.text for point in read_corpus([deck]).questions[0].question.points]


def test_a_sound_deck_has_no_fault(run_indexed: Command, deck: Path) -> None:
    """What is planted below is not there before."""
    assert run_indexed("corpus", "lint", "--corpus", deck).exit_code == 0


def test_a_model_answer_about_something_else(run_indexed: Command, deck: Path) -> None:
    """It is a fault, in the line where the answer begins."""
    first, second = read_corpus([deck]).questions
    path = changed(deck, first.question.model_answer, second.question.model_answer)
    found = run_indexed("corpus", "lint", "--corpus", deck)
    assert found.exit_code == 4
    assert f"{path}:{first.answer_line}: the model answer is about something else" in found.stderr


def test_the_same_point_in_other_words(run_indexed: Command, deck: Path) -> None:
    """Two points of which one nearly repeats the other are a fault."""
    first = read_corpus([deck]).questions[0].question.points[0]
    again = (
        f"  - id: again\n    text: {json.dumps('Clearly, ' + first.text)}\n"
        "    accept:\n"
        + "".join(f"      - {json.dumps(text + ' indeed')}\n" for text in first.accept)
    )
    changed(deck, "points:\n", f"points:\n{again}")
    found = run_indexed("corpus", "lint", "--corpus", deck)
    assert found.exit_code == 4
    assert "say the same" in found.stderr


def test_a_question_that_gives_a_point_away(run_indexed: Command, deck: Path) -> None:
    """The prompt states it."""
    entry = read_corpus([deck]).questions[0]
    text = next(
        line
        for line in Path(entry.path).read_text(encoding="utf-8").splitlines()
        if line.startswith("level:")
    )
    given = points_of(deck)[0].rstrip(".")
    changed(deck, text, text)
    path = Path(entry.path)
    whole = path.read_text(encoding="utf-8")
    start = whole.index("prompt:")
    end = whole.index("\ntags:")
    path.write_text(
        f"{whole[:start]}prompt: {json.dumps(given + '. What does that mean?')}{whole[end:]}",
        encoding="utf-8",
    )
    found = run_indexed("corpus", "lint", "--corpus", deck)
    assert found.exit_code == 4
    assert "gives the point" in found.stderr


def test_two_questions_that_ask_the_same(run_indexed: Command, deck: Path) -> None:
    """A copy under another id is a fault that names both places."""
    path = next((deck / "machine-learning").glob("ML0001*"))
    text = path.read_text(encoding="utf-8").replace("id: ML0001", "id: ML0009", 1)
    path.with_name("ML0009-copy.md").write_text(text, encoding="utf-8")
    found = run_indexed("corpus", "lint", "--corpus", deck)
    assert found.exit_code == 4
    assert "it asks the same as ML0001" in found.stderr
