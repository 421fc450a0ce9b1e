"""Folders of runs, and runs to compare with."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.services.made_results import grade

from interviewbot.adapters.past_runs import read_past, write_baseline
from interviewbot.adapters.run_folders import RunFolder
from interviewbot.domain.errors import BadInput, StorageFailed
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Ungraded, Verdict
from interviewbot.domain.trial import Trial

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
CONFIGURATION = {"judge": "local:x", "seed": 0}


def trial(number: int, answer: str = "words") -> Trial:
    """Return a trial of the agreement part."""
    return Trial(
        key=f"agreement/dev/r{number}",
        row=GoldRow(id=f"r{number}", question_id="ML0001", answer=answer),
    )


def begun(runs: Path, *, resume: bool = False, now: datetime = NOW) -> RunFolder:
    """Begin or resume the run of the configuration above."""
    return RunFolder.begin(runs, CONFIGURATION, now, resume=resume)


def test_what_was_kept_is_known_to_who_goes_on(tmp_path: Path) -> None:
    """Grades and their absence come back as they were, every bit of a float included."""
    result = grade(0.1 + 0.2, 0.9)
    with begun(tmp_path) as run:
        run.keep(trial(1), result)
        run.keep(trial(2), Ungraded(reason="nobody knows \u2028", question_id="ML0001"))
    with begun(tmp_path, resume=True) as again:
        assert again.path == run.path
        assert again.resumed == 2
        assert again.known(trial(1)) == result
        assert again.known(trial(2)) == Ungraded(reason="nobody knows \u2028", question_id="ML0001")
        assert again.known(trial(3)) is None
        assert again.known(trial(1, "other words")) is None


def test_a_line_that_a_crash_cut_is_graded_again(tmp_path: Path) -> None:
    """Half a line is cut off; what is appended then is whole."""
    with begun(tmp_path) as run:
        run.keep(trial(1), Ungraded(reason="one"))
        run.keep(trial(2), Ungraded(reason="two"))
    answers = run.path / "answers.jsonl"
    answers.write_bytes(answers.read_bytes()[:-9])
    with begun(tmp_path, resume=True) as again:
        assert again.known(trial(2)) is None
        again.keep(trial(2), Ungraded(reason="two"))
    with begun(tmp_path, resume=True) as third:
        assert third.known(trial(2)) == Ungraded(reason="two")


def test_only_a_run_of_the_same_configuration_is_resumed(tmp_path: Path) -> None:
    """The newest of them; without --resume a new one begins, even in the same second."""
    first = begun(tmp_path)
    second = begun(tmp_path)
    later = begun(tmp_path, now=NOW.replace(hour=13))
    other = RunFolder.begin(tmp_path, {**CONFIGURATION, "seed": 1}, NOW, resume=True)
    assert len({first.path, second.path, later.path, other.path}) == 4
    assert begun(tmp_path, resume=True).path == later.path


def test_two_processes_do_not_write_one_run(tmp_path: Path) -> None:
    """The second is told; once the first is done it may."""
    with begun(tmp_path) as run:
        with pytest.raises(BadInput, match="another process"):
            begun(tmp_path, resume=True).__enter__()
        run.keep(trial(1), Ungraded(reason="one"))
    with begun(tmp_path, resume=True) as again:
        assert again.resumed == 1


def test_a_damaged_line_is_named(tmp_path: Path) -> None:
    """Nothing is guessed; the file and line are told, and the folder is free again."""
    with begun(tmp_path) as run:
        run.keep(trial(1), Ungraded(reason="one"))
    (run.path / "answers.jsonl").write_text('{"key": 1}\n')
    for _ in range(2):
        with pytest.raises(BadInput, match=r"answers\.jsonl:1"):
            begun(tmp_path, resume=True).__enter__()


def test_a_folder_that_cannot_be_made_is_an_error_with_a_hint(tmp_path: Path) -> None:
    """A file lies where the runs should be."""
    (tmp_path / "runs").write_text("")
    with pytest.raises(StorageFailed):
        begun(tmp_path / "runs")


def finished(tmp_path: Path) -> RunFolder:
    """Return a finished run of two answers."""
    with begun(tmp_path) as run:
        run.keep(trial(1), grade(0.9, 0.9, contradicted=frozenset({"p1"})))
        run.keep(trial(2), Ungraded(reason="no"))
        run.keep(Trial(key="attacks/x", row=GoldRow(id="x", answer="y")), Ungraded(reason="no"))
        run.finish({"sets": {}})
    return run


def test_a_finished_run_is_read_by_its_name_its_path_and_its_baseline(tmp_path: Path) -> None:
    """All three forms hold the same grades, and nothing of the attacks."""
    run = finished(tmp_path)
    by_name = read_past(run.path.name, tmp_path)
    by_path = read_past(str(run.path), tmp_path / "elsewhere")
    baseline = tmp_path / "baselines" / "local.json"
    write_baseline(by_name, baseline, CONFIGURATION)
    by_file = read_past(str(baseline), tmp_path / "elsewhere")
    assert by_name == by_path == by_file
    assert set(by_name.grades) == {("dev", "r1"), ("dev", "r2")}
    assert by_name.grades["dev", "r1"].verdicts == {
        "p0": Verdict.COVERED,
        "p1": Verdict.CONTRADICTED,
    }
    assert by_name.grades["dev", "r2"].score is None
    assert json.loads(baseline.read_text())["configuration"] == CONFIGURATION


def test_an_unfinished_run_is_no_baseline(tmp_path: Path) -> None:
    """What is missing in it would look like an improvement."""
    run = begun(tmp_path)
    with pytest.raises(BadInput, match="not finished"):
        read_past(run.path.name, tmp_path)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"schema_version": 9}', "\x00"])
def test_what_is_no_run_is_refused(tmp_path: Path, content: str) -> None:
    """A file of something else is an error with a hint, no traceback."""
    path = tmp_path / "x.json"
    path.write_text(content)
    with pytest.raises(BadInput):
        read_past(str(path), tmp_path)
    with pytest.raises(BadInput, match="there is no run"):
        read_past("nowhere", tmp_path)


def test_a_run_that_is_not_there_names_the_latest(tmp_path: Path) -> None:
    """Five of those that are finished, the newest first."""
    for number in range(8):
        (tmp_path / f"run-{number}").mkdir()
        if number < 7:
            (tmp_path / f"run-{number}" / "summary.json").touch()
    with pytest.raises(BadInput) as refused:
        read_past("nowhere", tmp_path)
    assert "the latest are run-6, run-5, run-4, run-3, run-2 in" in refused.value.hint
    with pytest.raises(BadInput) as refused:
        read_past("nowhere", tmp_path / "none")
    assert "there is no finished run in" in refused.value.hint
