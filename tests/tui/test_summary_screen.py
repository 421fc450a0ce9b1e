"""The screen at the end of a sitting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.tui.made_practice import MadePractice, opened, picture, settled, text_of
from textual.widgets import Input, OptionList

from interviewbot.adapters.report_files import write_report
from interviewbot.domain.errors import StorageFailed
from interviewbot.domain.report import Report
from interviewbot.tui.screens.confirm import Confirm
from interviewbot.tui.screens.exchange import ExchangeReading
from interviewbot.tui.screens.export import ExportDialog
from interviewbot.tui.screens.home import HomeScreen
from interviewbot.tui.screens.summary import SummaryScreen


async def test_the_figures_of_the_report_are_shown_with_their_numbers() -> None:
    """Score, band and every count are told in words, whatever the colours."""
    made = MadePractice()
    report = made.report(made.play_weeks())
    app = made.app()
    async with app.run_test(size=(120, 50)) as pilot:
        screen = await opened(pilot, made.summary(report))
        assert "69 of 100, solid" in text_of(screen, "#total")
        assert text_of(screen, "#counts") == (
            "2 graded · 1 skipped · 0 timed out · 1 ungraded · 0 not asked"
        )
        seen = picture(app)
        for words in (
            "deep-learning",
            "tomorrow: 2 points",
            "in 8 days, Mon 30 Nov: 3 points",
            "skipped",
            "not graded: nobody knows",
        ):
            assert words in seen


async def test_without_a_grade_there_is_no_score_and_no_zero() -> None:
    """A sitting of skips says that nothing was graded."""
    made = MadePractice()
    report = made.report(made.play({"DL0003": ""}))
    app = made.app()
    async with app.run_test(size=(160, 50)) as pilot:
        screen = await opened(pilot, made.summary(report))
        assert text_of(screen, "#total") == "No score: nothing was graded."
        assert "Nothing of this comes back" in picture(app)


async def test_a_report_without_exchanges_says_so() -> None:
    """Where nothing was asked there is a word for it, and Enter does nothing."""
    made = MadePractice()
    report = replace(made.report(made.play({"DL0003": ""})), exchanges=())
    app = made.app()
    async with app.run_test() as pilot:
        screen = await opened(pilot, made.summary(report))
        assert "Nothing was asked." in picture(app)
        await pilot.press("enter")
        assert app.screen is screen


async def test_enter_opens_the_question_with_verdicts_and_quotes() -> None:
    """What was said and what it earned is a key away, also after a mock interview."""
    made = MadePractice()
    report = made.report(made.play_weeks())
    app = made.app()
    async with app.run_test(size=(100, 60)) as pilot:
        await opened(pilot, made.summary(report))
        await pilot.press("down", "enter")
        await settled(pilot)
        assert isinstance(app.screen, ExchangeReading)
        seen = picture(app)
        for words in ("✗ contradicted", "“!p3”", "◐ half said", "● covered", "comes back tomorrow"):
            assert words in seen
        assert seen.index("contradicted") < seen.index("half said") < seen.index("● covered")
        await pilot.press("escape")
        assert isinstance(app.screen, SummaryScreen)


async def test_escape_goes_home() -> None:
    """The summary is closed by one key."""
    made = MadePractice()
    report = made.report(made.play_weeks())
    app = made.app()
    async with app.run_test() as pilot:
        await opened(pilot, made.summary(report))
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def _export(
    made: MadePractice, path: Path, *keys: str, report: Report | None = None
) -> tuple[list[str], object]:
    """Type ``path`` into the export dialog, then press ``keys``; return what was told."""
    app = made.app()
    async with app.run_test() as pilot:
        await opened(pilot, made.summary(report or made.report(made.play_weeks())))
        await pilot.press("e")
        await settled(pilot)
        assert isinstance(app.screen, ExportDialog)
        assert app.screen.query_one(Input).value == "interview-2026-11-22.md"
        app.screen.query_one(Input).value = str(path)
        await pilot.press("enter")
        await settled(pilot)
        for key in keys:
            await pilot.press(key)
            await settled(pilot)
        await pilot.pause(0.05)
        return [notice.message for notice in app._notifications], type(app.screen)


async def test_the_report_is_written_where_the_candidate_says(tmp_path: Path) -> None:
    """A new file is written without a question."""
    made = MadePractice()
    told, _ = await _export(made, tmp_path / "report.html")
    assert made.written == [(tmp_path / "report.html", False)]
    assert told == [f"Written to {tmp_path / 'report.html'}."]


@pytest.mark.parametrize(("key", "replaced"), [("y", True), ("n", False)])
async def test_a_file_is_replaced_only_once_confirmed(
    tmp_path: Path, key: str, replaced: bool
) -> None:
    """What is there already stays, unless the candidate says yes."""
    path = tmp_path / "report.md"
    path.write_text("mine", encoding="utf-8")
    made = MadePractice()
    await _export(made, path, key)
    assert made.written == ([(path, True)] if replaced else [])
    assert (path.read_text(encoding="utf-8") == "mine") is not replaced


async def test_a_confirmation_is_asked_for_a_file_that_is_there(tmp_path: Path) -> None:
    """The question names the file."""
    path = tmp_path / "report.md"
    path.touch()
    _, screen = await _export(MadePractice(), path)
    assert screen is Confirm


async def test_an_export_that_fails_is_told_and_can_be_tried_again(tmp_path: Path) -> None:
    """The error is told, and the dialog is there again with the path."""

    def fail(_: Report, path: Path, __: bool) -> None:
        raise StorageFailed(f"{path} cannot be written", "choose another folder")

    told, screen = await _export(MadePractice(render=fail), tmp_path / "report.md")
    assert told == [f"{tmp_path / 'report.md'} cannot be written\nchoose another folder"]
    assert screen is ExportDialog


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("~nosuchuser/r.md", "there is no home folder as in ~nosuchuser/r.md"),
        ("n" * 300 + ".md", "cannot be written: File name too long"),
        ("no/such/folder/r.md", "there is no folder no/such/folder"),
    ],
)
async def test_a_path_that_cannot_be_is_told_and_typed_again(typed: str, says: str) -> None:
    """Whatever is typed, the dialog comes back with it and a sentence says what is wrong."""
    told, screen = await _export(MadePractice(render=write_report), Path(typed))
    assert len(told) == 1
    assert says in told[0]
    assert screen is ExportDialog


async def test_the_list_keeps_its_place_while_the_window_changes() -> None:
    """Resizing neither loses the cursor nor breaks the layout."""
    made = MadePractice()
    report = made.report(made.play_weeks())
    async with made.app().run_test() as pilot:
        screen = await opened(pilot, made.summary(report))
        await pilot.press("down")
        for size in ((200, 60), (40, 12), (80, 24)):
            await pilot.resize_terminal(*size)
            await settled(pilot)
            assert screen.query_one("#questions", OptionList).highlighted == 1


async def test_who_graded_is_told_under_the_counts() -> None:
    """By which model and for what, with the whole reason where it was none."""
    made = MadePractice()
    told = "Graded offline: 1 answer (there is no key; set OPENAI_API_KEY)."
    report = replace(made.report(made.play_weeks()), graded_by=told)
    app = made.app()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, made.summary(report))
        assert text_of(screen, "#counts").endswith(f"\n{told}")
        assert told in picture(app)
