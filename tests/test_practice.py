"""Practice with everything real: the shipped corpus, the journal, the index, the grader."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.conftest import ROOT

from interviewbot.domain.choosing import Wish
from interviewbot.domain.grade import Grade
from interviewbot.domain.memory import Rating
from interviewbot.domain.sitting import Stage
from interviewbot.wiring import Wiring


@pytest.fixture
def here(indexed_home: Path, tmp_path: Path) -> Wiring:
    """A wiring with a journal of its own over an index that is there already."""
    home = tmp_path / "own"
    home.mkdir()
    (home / "index").symlink_to(indexed_home / "index", target_is_directory=True)
    return Wiring(roots=[ROOT / "corpus"], home=home)


def test_a_sitting_from_choice_to_report(here: Wiring, tmp_path: Path) -> None:
    """Answered, graded, finished, reported and exported; what was missed is due tomorrow."""
    practice = here.practice
    answer = (ROOT / "examples" / "neural-network.txt").read_text(encoding="utf-8")
    with practice.begin(Wish(question_ids=("ML0041",))) as interviewing:
        interviewing.go_on()
        interviewing.answer(answer, 90.0)
        interviewing.grade()
        interviewing.finish()
        assert interviewing.sitting.stage is Stage.FINISHED
    (kept,) = practice.journal.finished()
    assert kept == interviewing.sitting
    result = kept.exchanges[0].result
    assert isinstance(result, Grade)
    report = practice.report(kept)
    assert report.score == pytest.approx(result.score, abs=0.1)
    assert all(point.due for point in report.exchanges[0].points)
    practice.export(report, tmp_path / "report.html")
    assert (tmp_path / "report.html").is_file()
    seen = [standing for standing in practice.standings() if standing.reviews]
    assert {standing.question_id for standing in seen} == {"ML0041"}
    assert len(seen) == len(result.points)
    days = dict(practice.calendar(days=365))
    assert sum(days.values()) == len(result.points)
    missed = [standing for standing in seen if standing.rating is Rating.AGAIN]
    assert missed
    assert all(one.due and one.due - kept.began < timedelta(days=1.5) for one in missed)
    assert practice.mastery_over_time(days=2)[-1][1] > 0
    assert len(practice.answers()) == 1


def test_an_unfinished_sitting_is_resumed_by_another_wiring(here: Wiring) -> None:
    """As after a crash: the draft is there."""
    with here.practice.begin(Wish(count=2)) as interviewing:
        interviewing.go_on()
        interviewing.save_draft("half a sentence", 7.0)
    again = Wiring(roots=here.roots, home=here.home).practice
    assert again.overview().unfinished == (interviewing.sitting,)
    with again.resume() as resumed:
        assert resumed.go_on() == []
        draft = resumed.draft
        assert draft is not None
        assert (draft.text, draft.seconds) == ("half a sentence", 7.0)


def test_search_finds_by_meaning(here: Wiring) -> None:
    """The words of the query stand in no title."""
    hits = here.practice.search("randomly switching off neurons while learning", 3)
    assert hits[0].question_id == "DL0003"
    assert len(hits) == 3


def test_a_job_text_begins_a_sitting(here: Wiring) -> None:
    """Each question with the words that it was chosen for."""
    job = (ROOT / "tests" / "data" / "jobs" / "fit" / "mlops.txt").read_text(encoding="utf-8")
    plan = here.practice.begin(Wish(job=job, count=3)).sitting.plan
    assert len(plan) == 3
    assert "MS0001" in {choice.question_id for choice in plan}
    assert all(choice.why.startswith("fits “") for choice in plan)
