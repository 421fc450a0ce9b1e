"""Grading one answer: read, find the question, grade, show.

Owns that sequence. Refuses to know options.
"""

from __future__ import annotations

from interviewbot.adapters.answer_files import read_answer
from interviewbot.cli import grade_view, output
from interviewbot.cli.diagnostics import ExitCode, say
from interviewbot.domain.grade import QuestionMatch, Ungraded
from interviewbot.domain.question import Question
from interviewbot.wiring import Wiring


def grade_one(
    wiring: Wiring,
    name: str,
    question_id: str | None,
    *,
    timeout: float | None,
    as_json: bool,
    explain: bool,
) -> float:
    """Grade the answer in the file ``name`` as ``grade_text`` does."""
    answer = read_answer(name)
    return grade_text(
        wiring, answer, question_id, timeout=timeout, as_json=as_json, explain=explain
    )


def grade_text(
    wiring: Wiring,
    answer: str,
    question_id: str | None,
    *,
    timeout: float | None,
    as_json: bool,
    explain: bool,
) -> float:
    """Grade ``answer``, print the grade, return its score (0..100).

    Raises:
        SystemExit: with code 3 where it stays ungraded.
    """
    question, match = asked(wiring, answer, question_id)
    grade = wiring.grader_within(timeout).grade(question, answer, match)
    document = grade_view.as_json(grade)
    if isinstance(grade, Ungraded):
        if as_json:
            output.json_document(document)
        say(f"ungraded: {grade.reason}")
        raise SystemExit(ExitCode.UNGRADED)
    if grade.degraded is not None and as_json:  # the text has it below the score
        say(f"graded offline, not by the language model: {grade.degraded}")
    if explain:
        from interviewbot.cli.explain_view import explanation_lines, with_signals

        signals = wiring.judge().signals(question, answer)
        cosines = wiring.cosines(question, signals[0]) if signals else {}
        if as_json:
            document = with_signals(document, signals, cosines)
    if as_json:
        output.json_document(document)
        return grade.score
    output.text("\n".join(grade_view.as_text(grade, question.title)))
    if explain:
        output.text("")
        output.text("\n".join(explanation_lines(question, signals, cosines)))
    return grade.score


def asked(
    wiring: Wiring, answer: str, question_id: str | None
) -> tuple[Question, QuestionMatch | None]:
    """Return the question that was answered, and how it was found where no id was given."""
    if question_id is not None:
        return wiring.question(question_id), None
    return wiring.matching.find(answer)
