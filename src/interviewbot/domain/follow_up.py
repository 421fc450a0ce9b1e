"""Follow-up questions: what an interviewer asks after an answer, and what a reply changes.

Owns which point is asked about next and how a reply moves its grade. Refuses to judge a
reply (the judge does) and to add points up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from interviewbot.domain.grade import Grade, PointGrade, Verdict, gain_of
from interviewbot.domain.question import Question
from interviewbot.domain.text import one_line

MOST_PROBES = 2  # for points that are missing or half said; a contradicted one has its own
_LONGEST_QUOTE = 160  # characters
_OPEN = "Is there anything you would add to that?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """A follow-up about one point; ``verdict`` is what made the interviewer ask."""

    point_id: str
    prompt: str
    verdict: Verdict


def next_probe(question: Question, grade: Grade, asked: Sequence[Probe]) -> Probe | None:
    """Return the follow-up to ask after those already ``asked``; None where it is enough.

    First what was contradicted, each point once; then up to two of the missing and half
    said points, those first that would add most to the score. None of them says the point.
    """
    known = {probe.point_id for probe in asked}
    prompts = {point.id: point.follow_up for point in question.points}
    others = sum(probe.verdict is not Verdict.CONTRADICTED for probe in asked)
    open_asked = any(probe.prompt == _OPEN for probe in asked)
    for point in by_value(grade.points):
        if point.id in known:
            continue
        if point.verdict is Verdict.CONTRADICTED:
            return Probe(point_id=point.id, prompt=_doubt(point), verdict=point.verdict)
        prompt = prompts.get(point.id, "") or _OPEN
        if others < MOST_PROBES and not (prompt == _OPEN and open_asked):
            return Probe(point_id=point.id, prompt=prompt, verdict=point.verdict)
    return None


def by_value(points: Sequence[PointGrade]) -> list[PointGrade]:
    """Return the points that are not covered: contradicted first, then by what they add."""
    wanting = [point for point in points if point.verdict is not Verdict.COVERED]
    return sorted(
        wanting,
        key=lambda point: (point.verdict is not Verdict.CONTRADICTED, -gain_of(point, points)),
    )


def asked_as(question: Question, probe: Probe) -> Question:
    """Return ``question`` as it stands when ``probe`` is asked, for judging the reply.

    The follow-up belongs to what was asked, so that its words repeated earn nothing.
    """
    return replace(question, prompt=f"{question.prompt}\n{probe.prompt}")


def after_reply(point: PointGrade, reply: PointGrade, turn: int) -> PointGrade:
    """Return the grade of ``point`` once ``reply``, given in turn ``turn``, is heard.

    A reply that contradicts the point counts; one that says more than before takes the
    place of what was said before; any other changes nothing. What was contradicted is put
    right by saying it, not by falling silent.
    """
    takes_back = reply.verdict is Verdict.CONTRADICTED
    silent = reply.verdict is Verdict.MISSING and point.verdict is Verdict.CONTRADICTED
    if takes_back or (reply.credit > point.credit and not silent):
        return replace(reply, turn=turn)
    return point


def _doubt(point: PointGrade) -> str:
    """Ask about a contradicted point without saying what is right."""
    if point.evidence is None:
        return "Are you sure about all of that? Which part would you check first, and why?"
    said = one_line(point.evidence.quote)
    if len(said) > _LONGEST_QUOTE:
        said = said[: _LONGEST_QUOTE - 1].rstrip() + "…"
    return f"You said: “{said}” Do you stand by that? Say why, or put it right."
