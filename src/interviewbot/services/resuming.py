"""Sittings that are taken up again: which one, and what becomes of one whose questions are gone.

Owns what stands in for a question that has left the corpus, and how its exchange ends without
it. Refuses to look for questions, and to run a sitting.
"""

from __future__ import annotations

from datetime import datetime

from interviewbot.domain.errors import BadInput
from interviewbot.domain.grade import Grade, Ungraded
from interviewbot.domain.interview import Asked, Ended, Event, Judged, Left, Passed
from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Draft, Ending, Sitting, Stage
from interviewbot.ports import Journal

GONE = "the question is no longer in the corpus"


def unfinished(journal: Journal, sitting_id: str | None) -> Sitting:
    """Return the unfinished sitting of that id, the latest one where it is None.

    Raises:
        BadInput: if there is none, or it is over.
    """
    found = journal.unfinished()
    if not found:
        raise BadInput("there is no interview to go on with", "begin one")
    if sitting_id is None:
        return found[0]
    named = next((sitting for sitting in found if sitting.id == sitting_id), None)
    if named is None:
        raise BadInput(f"the interview {sitting_id} is over, or was never begun", "begin a new one")
    return named


def other_judge(sitting: Sitting, now: str) -> str:
    """Return the line where another language model than ``now`` has graded ``sitting`` so far.

    ``now`` is empty for the offline judge.
    """
    turns = [turn for exchange in sitting.exchanges for turn in exchange.turns]
    calls = [turn.result.receipt.call for turn in turns if isinstance(turn.result, Grade)]
    before = next((call.model for call in reversed(calls) if call is not None), now)
    if before == now:
        return ""
    judge = f"by {now}" if now else "offline"
    return (
        f"{before} has graded this interview so far; from here on it is graded {judge}."
        f" To go on as before, resume it with --model {before}."
    )


def stand_in(question_id: str) -> Question:
    """Return what stands for a question that is gone: its id, and no points to grade by."""
    return Question(id=question_id, title=question_id, prompt="", points=())


def is_gone(question: Question) -> bool:
    """Return whether ``question`` only stands in for one that is gone."""
    return not question.points


def ungraded(question: Question) -> Ungraded:
    """Return what an answer to a question that is gone comes to."""
    return Ungraded(reason=GONE, question_id=question.id)


def passed_over(question_id: str) -> str:
    """Return the line that tells the candidate."""
    return f"{question_id} is no longer in the corpus; it is passed over"


def way_out(
    sitting: Sitting, question: Question, now: datetime, draft: Draft | None
) -> Event | None:
    """Return what ends the stage of ``sitting`` whose ``question`` is gone.

    None where nothing has to: feedback on an answer can be read without its question.
    ``draft`` is kept with the turn that is passed over.
    """
    exchange = sitting.current
    if sitting.stage is Stage.ANSWERING:
        text, seconds = (draft.text, draft.seconds) if draft else ("", 0.0)
        return Passed(at=now, ending=Ending.SKIPPED, text=text, seconds=seconds)
    if sitting.stage is Stage.GRADING:
        return Judged(result=ungraded(question))
    if sitting.stage is Stage.REVIEWING and exchange and exchange.ending is Ending.SKIPPED:
        return Left()
    return None


def passed_by(sitting: Sitting, event: Event) -> str:
    """Return the id of the question that is passed over with ``event``, if it is gone.

    Empty where the candidate has said something to it, or is done with it.
    """
    exchange = sitting.current
    if isinstance(event, Asked) and event.probe is None:
        return sitting.plan[event.place].question_id
    if isinstance(event, Ended) or exchange is None:
        return ""
    return sitting.choice(exchange).question_id if exchange.ending in {None, Ending.SKIPPED} else ""
