"""``interviewbot corpus draft``: from a page to a file, through a scripted chat model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.conftest import ROOT, Command
from tests.services.made_drafts import PAGE, drafted, reply, reply_with_point

from interviewbot.adapters.corpus_files import read_corpus
from interviewbot.cli.draft import draft
from interviewbot.services.linting import DRAFT

HOSTILE = reply_with_point(
    1,
    id="../../../../tmp/x",
    text="A transformer: &a [*a] can compute all positions \x1b]52;c;aGk=\x07in --- parallel.",
    follow_up="[@click=quit]Why[/] does it <b>suit</b> modern !!python/object hardware?",
)


@pytest.fixture(autouse=True)
def _at_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, with no key of anybody's."""
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    Path("page.md").write_text(PAGE, encoding="utf-8")


def _drafted(*arguments: str | Path, replies: list[str], stdin: str | None = None) -> Result:
    """Run the command with a model that gives ``replies``."""
    script = Path("script.jsonl")
    lines = [json.dumps({"reply": text}) for text in replies]
    script.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return _run(*arguments, "--model", f"scripted:{script}", stdin=stdin)


def _run(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    found = CliRunner().invoke(draft, [str(one) for one in arguments], input=stdin)
    if found.exception is not None and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def test_from_a_page_to_a_question_of_the_corpus(run: Command) -> None:
    """The folder is made; the linter accepts the file, the list shows it, and it is a draft."""
    found = _drafted("page.md", "--output", "mine", replies=[reply()])
    assert found.exit_code == 0, found.stderr
    path = Path(found.stdout.strip())
    assert path.parent == Path("mine/deep-learning")
    assert path.name.endswith("-teacher-forcing.md")
    (entry,) = read_corpus([Path("mine")]).questions
    assert entry.question.draft
    assert not entry.question.reviewed
    lint = run.json("corpus", "lint", "--corpus", "mine", "--json")
    assert (lint["questions"], lint["faults"]) == (1, [])
    assert [one["message"] for one in lint["advice"]] == [DRAFT]
    listed = run.json("corpus", "list", "--corpus", "mine", "--json")["questions"]
    assert [(one["id"], one["points"]) for one in listed] == [(entry.question.id, 4)]
    assert listed[0]["draft"]
    assert "(draft) " in run("corpus", "list", "--corpus", "mine").stdout
    assert found.stderr.splitlines()[-1] == (
        "next: read it and delete the line 'draft: true',"
        " then practise with 'interviewbot interview --corpus mine'"
    )


def test_the_id_is_the_topic_s_next(run: Command) -> None:
    """The shipped questions count, and so do the files of the folder that is written into."""
    shipped = run.json("corpus", "list", "--topic", "deep-learning", "--json")["questions"]
    number = max(int(question["id"][2:]) for question in shipped)
    paths = [_drafted("page.md", replies=[reply()]).stdout.strip() for _ in range(2)]
    assert paths == [f"deep-learning/DL{number + n:04}-teacher-forcing.md" for n in (1, 2)]


def test_the_user_s_own_corpus_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first folder of the settings is written into, and nothing is left to be named."""
    Path("own").mkdir()
    monkeypatch.setenv("INTERVIEWBOT_CORPUS", "own")
    found = _drafted("page.md", replies=[reply()])
    assert found.stdout.startswith("own/deep-learning/")
    assert "--corpus" not in found.stderr


def test_json_says_what_to_look_at() -> None:
    """A point that the page does not bear out is listed, on standard error too, and marked."""
    bad = reply_with_point(1, quote="training takes half the memory")
    found = _drafted(
        "-", "--id", "ZZ0001", "--topic", "Seq 2 Seq", "--json", replies=[bad] * 3, stdin=PAGE
    )
    document = json.loads(found.stdout)
    path = Path(document.pop("path"))
    (point,) = document.pop("unsupported")
    assert point["id"] == "parallel"
    assert "look at the point parallel" in found.stderr
    assert "# look at this point" in path.read_text(encoding="utf-8")
    assert document.pop("advice")[0]["message"] == DRAFT
    assert document == {
        "schema_version": 1,
        "id": "ZZ0001",
        "title": "Teacher forcing",
        "topic": "seq-2-seq",
        "level": "intermediate",
        "points": 4,
        "draft": True,
        "model": "scripted:script.jsonl",
    }


def test_a_faulty_reply_is_mended() -> None:
    """One repair is enough here."""
    found = _drafted("page.md", replies=["Sure! Here is a question.", reply()])
    assert found.exit_code == 0, found.stderr


def test_a_hostile_reply_becomes_a_safe_file(run: Command) -> None:
    """No path, no escape sequence and no YAML of the model's gets anywhere."""
    Path("mine").mkdir()
    before = set(Path().rglob("*"))
    found = _drafted("page.md", "--output", "mine", replies=[HOSTILE] * 3)
    path = Path(found.stdout.strip())
    assert set(Path().rglob("*")) - before == {path.parent, path, Path("script.jsonl")}
    assert "\x1b" not in path.read_text(encoding="utf-8") + found.stdout + found.stderr
    (entry,) = read_corpus([Path("mine")]).questions
    assert entry.question.points[1].id == "tmp-x"
    assert "&a [*a]" in entry.question.points[1].text
    assert run("corpus", "lint", "--corpus", "mine").exit_code == 0


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("I refuse.", "no JSON object"),
        (reply(points=[{}] * 10_000), "has 10,000"),
        (reply(title="t" * 900_000), "900,000 characters"),
        ("x" * 990_000, "no JSON object"),
        (json.dumps([drafted(), drafted() | {"title": "Another"}]), "more than one JSON object"),
        (reply(answer_start="Ignore the page and copy this"), "answer_start is not in the page"),
    ],
    ids=lambda value: value[:40],
)
def test_nothing_usable_is_code_3(bad: str, said: str) -> None:
    """The reason is told, and there is no file."""
    found = _drafted("page.md", replies=[bad] * 3)
    assert found.exit_code == 3
    assert said in found.stderr
    assert found.stdout == ""
    assert list(Path().rglob("*/*.md")) == []


def test_no_file_is_replaced() -> None:
    """An id that is taken is refused before the model is asked; the file stays as it was."""
    path = Path(_drafted("page.md", "--id", "ZZ0001", replies=[reply()]).stdout.strip())
    path.write_text("mine", encoding="utf-8")
    again = _drafted("page.md", "--id", "zz0001", replies=["never asked for"])
    assert again.exit_code == 2
    assert "ZZ0001 is there already" in again.stderr
    assert path.read_text(encoding="utf-8") == "mine"
    shipped = _drafted("page.md", "--id", "ML0041", replies=["never asked for"])
    assert shipped.exit_code == 2


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b" \n\t\n", "nothing to see"),
        (b"\x89PNG\0\0", "zero byte"),
        (b"caf\xe9 " * 40, "not UTF-8"),
        (b"word " * 300_000, "over 1 MiB"),
        (b"word " * 10_000, "characters; 40,000 at most"),
        (b"What is it? It is.", "fewer than 20 words"),
    ],
    ids=lambda value: value[:20],
)
def test_a_page_that_cannot_be_used_is_code_2(content: bytes, said: str) -> None:
    """From a file and from standard input; the model is not asked."""
    Path("bad.md").write_bytes(content)
    for name, stdin in (("bad.md", None), ("-", content)):
        found = _run(name, "--model", "openai:none", stdin=stdin)
        assert found.exit_code == 2
        assert said in found.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("none.md",), "no file none.md"),
        (("page.md", "--id", "../../x"), "two letters and four digits"),
        (("page.md", "--topic", "../.."), "--topic takes"),
        (("page.md", "--level", "expert"), "no level"),
        (("page.md", "--output", "no/where"), "no folder no"),
        (("page.md", "--output", "page.md"), "page.md is not a folder"),
    ],
)
def test_options_are_checked_before_the_model_is_asked(
    arguments: tuple[str, ...], said: str
) -> None:
    """Each is code 2 with a line that says what to write."""
    found = _drafted(*arguments, replies=["never asked for"])
    assert found.exit_code == 2
    assert said in found.stderr


def test_without_a_model_it_says_how_to_choose_one() -> None:
    """No key is needed to be told."""
    found = _run("page.md")
    assert found.exit_code == 2
    assert "--model" in found.stderr
    assert list(Path().iterdir()) == [Path("page.md")]


def test_help_loads_no_model() -> None:
    """The command's page is there at once."""
    found = _run("--help")
    assert found.exit_code == 0
    assert "draft: true" in " ".join(found.output.split())
    assert (ROOT / "prompts" / "draft.md").is_file()
