"""Job texts against the shipped corpus: what fits is found, and what does not is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.conftest import ROOT

from interviewbot.domain.errors import NothingToAsk
from interviewbot.domain.text import one_line
from interviewbot.services.job_matching import fits
from interviewbot.wiring import Wiring

JOBS = ROOT / "tests" / "data" / "jobs"
FIT = sorted((JOBS / "fit").glob("*.txt"))
UNFIT = sorted([*(JOBS / "unfit").glob("*.txt"), *(JOBS / "held-out" / "unfit").glob("*.txt")])
HELD_OUT = sorted((JOBS / "held-out" / "fit").glob("*.txt"))


def text_of(path: Path) -> str:
    """Return the job text."""
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", FIT, ids=lambda path: path.stem)
def test_a_job_in_the_field_is_met_with_questions(path: Path, wiring: Wiring) -> None:
    """Each with words of the text itself."""
    job = text_of(path)
    questions = [entry.question for entry in wiring.corpus.questions]
    choices = wiring.job_matching.choose(job, questions, 4)
    assert 1 <= len(choices) <= 4
    for choice in choices:
        quoted = choice.why.removeprefix("fits “").removesuffix("”").removesuffix("…")
        assert quoted in one_line(job)


@pytest.mark.parametrize("path", UNFIT, ids=lambda path: path.stem)
def test_a_job_outside_the_field_is_refused(path: Path, wiring: Wiring) -> None:
    """Cooks and database administrators alike."""
    with pytest.raises(NothingToAsk, match="too little of this job text"):
        wiring.job_matching.choose(text_of(path), [], 5)


def test_most_unseen_jobs_in_the_field_are_met(wiring: Wiring) -> None:
    """The bounds were settled before these six were written; four of them pass."""
    met = [path.stem for path in HELD_OUT if fits(wiring.job_matching.rank(text_of(path)))]
    assert len(met) >= 4


def test_each_speciality_gets_its_own_question(wiring: Wiring) -> None:
    """The one that a person would name first is among the first two."""
    expected = {
        "reinforcement-learning": "RL0001",
        "mlops": "MS0001",
        "nlp-researcher": "NL0002",
        "data-scientist": "DA0002",
        "computer-vision": "DL0001",
    }
    for name, question_id in expected.items():
        ranked = wiring.job_matching.rank(text_of(JOBS / "fit" / f"{name}.txt"))
        assert question_id in {found.question_id for found in ranked[:2]}, name
