"""What an interview looks like without a screen: paragraphs, one after the other.

Owns the words and the one door to standard output, which lets no control character but the
line feed through. Refuses to read, and to lay out a grade or a report.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from interviewbot.adapters.formulas import readable
from interviewbot.cli import grade_view, output, report_view
from interviewbot.domain.grade import Grade, Ungraded, Verdict
from interviewbot.domain.interview import Asked
from interviewbot.domain.question import Question
from interviewbot.domain.report import Report
from interviewbot.domain.sitting import Ending, Exchange, Sitting
from interviewbot.domain.text import one_line, sanitise


def show(lines: Iterable[str]) -> None:
    """Print ``lines``, in whatever characters standard output can take."""
    block = sanitise("\n".join(lines)).expandtabs(4)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    output.text(block.encode(encoding, "replace").decode(encoding))


def question_lines(sitting: Sitting, event: Asked, question: Question) -> Iterator[str]:
    """Yield the question, or with a probe the follow-up, that ``event`` asks."""
    yield ""
    if event.probe is not None:
        yield from output.wrapped(f"Follow-up: {readable(event.probe.prompt)}")
        return
    why = "once more" if event.retry else sitting.plan[event.place].why
    head = f"Question {event.place + 1} of {len(sitting.plan)}: {question.title or question.id}"
    yield from output.wrapped(f"{head} ({question.id}; {why})")
    yield ""
    yield from output.wrapped(readable(question.prompt))


def draft_lines(text: str) -> Iterator[str]:
    """Yield what was typed before the sitting was left."""
    yield "Your answer so far:"
    yield from sanitise(text).split("\n")


def feedback_lines(
    exchange: Exchange, question: Question, own: Mapping[str, Verdict]
) -> Iterator[str]:
    """Yield what ``exchange`` came to; ``own`` are the candidate's verdicts on its points."""
    yield ""
    match exchange.result:
        case Grade():
            page = grade_view.Interview(own=own)
            yield from grade_view.as_text(exchange.result, question.title, page)
        case Ungraded():
            yield from output.wrapped(
                f"{question.id}: not graded, which counts neither way: {exchange.result.reason}"
            )
        case None:
            late = exchange.ending is Ending.TIMED_OUT
            yield f"{one_line(question.id)}: {'out of time' if late else 'skipped'}, not graded"


def model_answer_lines(question: Question) -> Iterator[str]:
    """Yield the model answer."""
    yield from ("", "A model answer", "")
    yield from output.paragraphs(readable(question.model_answer))


def end_lines(report: Report, today: date) -> Iterator[str]:
    """Yield the report of a sitting."""
    yield ""
    yield from report_view.as_text(report, today)
