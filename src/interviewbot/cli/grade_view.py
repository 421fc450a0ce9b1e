"""A grade as JSON and as text.

Owns the contract's keys and the layout that a candidate reads. Refuses to compute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import click

from interviewbot.adapters.formulas import readable
from interviewbot.cli.output import SCHEMA_VERSION, Json, can_draw, width, wrapped
from interviewbot.domain.grade import (
    Grade,
    ModelCall,
    PointGrade,
    QuestionMatch,
    Ungraded,
    Verdict,
    gain_of,
)
from interviewbot.domain.text import one_line
from interviewbot.services.feedback import likely, not_counted, worth_adding

_SECTIONS = (
    (Verdict.CONTRADICTED, "Contradicted", "✗", "x", "red"),
    (Verdict.MISSING, "Missed", "○", "-", "yellow"),
    (Verdict.PARTIAL, "Half said", "◐", "~", "cyan"),
    (Verdict.COVERED, "Covered", "●", "+", "green"),
)
UNSURE_BELOW = 0.6
_BAR_FROM = 64  # columns

Result: TypeAlias = Grade | Ungraded


def as_json(result: Result) -> dict[str, Json]:
    """Return ``result`` under the contract's keys."""
    if isinstance(result, Ungraded):
        return {
            "schema_version": SCHEMA_VERSION,
            "status": "ungraded",
            "reason": result.reason,
            "question_id": result.question_id or None,
            "question_match": _match(result.question_match),
            "score": None,
            "score_range": None,
            "band": None,
            "judge": result.judge,
            "degraded": None,
            "points": [],
            "feedback": None,
            "receipt": None,
        }
    return {
        "schema_version": SCHEMA_VERSION,
        "status": "graded",
        "question_id": result.question_id or None,
        "question_match": _match(result.question_match),
        "score": result.score,
        "score_range": list(result.score_range),
        "band": result.band.value,
        "judge": result.judge,
        "degraded": result.degraded,
        "points": [_point(point) for point in result.points],
        "feedback": {
            "strengths": list(result.feedback.strengths),
            "missing": list(result.feedback.missing),
            "misconceptions": list(result.feedback.misconceptions),
            "follow_up": result.feedback.follow_up,
            **({"advice": list(result.feedback.advice)} if result.feedback.advice else {}),
        },
        "receipt": {
            "rubric": result.receipt.rubric,
            "judge": result.receipt.judge,
            "thresholds": result.receipt.thresholds,
            "version": result.receipt.version,
            **({"call": _call(result.receipt.call)} if result.receipt.call else {}),
        },
    }


def _match(match: QuestionMatch | None) -> Json:
    if match is None:
        return None
    return {"confidence": match.confidence, "runners_up": list(match.runners_up)}


def _call(call: ModelCall) -> Json:
    return {
        "model": call.model,
        "endpoint": call.endpoint,
        "prompt": call.prompt,
        "rung": call.rung,
        "seed": call.seed,
        "repairs": call.repairs,
        "input_tokens": call.input_tokens,
        "output_tokens": call.output_tokens,
        "tokens_told": call.tokens_told,
        "cost": call.cost,
        "currency": call.currency or None,
        "cached": call.cached,
    }


def _opinions(point: PointGrade) -> dict[str, Json]:
    """Return what each judge said of a point, where there were two; and why they are at odds."""
    if point.model is None:
        return {}
    both = {"model": point.model, "local": point.local}
    said: dict[str, Json] = {
        name: None if one is None else {"verdict": one.verdict.value, "credit": one.credit}
        for name, one in both.items()
    }
    return {**said, "dispute": point.dispute or None}


def _point(point: PointGrade) -> Json:
    evidence = point.evidence
    return {
        "id": point.id,
        "text": point.text,
        "weight": point.weight,
        "verdict": point.verdict.value,
        "credit": point.credit,
        "confidence": point.confidence,
        "disputed": point.disputed,
        **_opinions(point),
        "evidence": None
        if evidence is None
        else {"start": evidence.start, "end": evidence.end, "quote": evidence.quote},
        "reason": point.reason,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Interview:
    """What a grade's page shows on top where it belongs to an interview.

    Points are named, so that they can be contested; ``own`` are the candidate's verdicts by
    point id. What an interviewer would ask is left out, since it was asked.
    """

    own: Mapping[str, Verdict] = field(default_factory=dict)


def as_text(grade: Grade, title: str, interview: Interview | None = None) -> Iterator[str]:
    """Yield the lines that a candidate reads: the total, what was missed, what was said."""
    yield click.style(one_line(f"{grade.question_id}  {title}".strip()), bold=True)
    if grade.question_match is not None:
        yield f"found by its content, {grade.question_match.confidence:.0%} sure"
    yield ""
    yield _total(grade)
    for line in (_judged(grade), not_counted(grade)):
        if line:
            yield from wrapped(line, "  ")
    for verdict, heading, mark, plain, colour in _SECTIONS:
        chosen = _ordered([point for point in grade.points if point.verdict is verdict], grade)
        if not chosen:
            continue
        yield ""
        yield click.style(f"{heading} ({len(chosen)} of {len(grade.points)})", fg=colour, bold=True)
        for point in chosen:
            yield from _point_lines(point, mark if can_draw() else plain, interview)
    yield ""
    for line in _advice(grade, asked=interview is not None):
        yield line
        yield ""
    yield click.style("Practice feedback, not a verdict on you.", dim=True)


def _ordered(points: Sequence[PointGrade], grade: Grade) -> list[PointGrade]:
    return sorted(points, key=lambda point: (-gain_of(point, grade.points), -point.weight))


def _total(grade: Grade) -> str:
    filled = round(grade.score / 5)
    full, empty = ("█", "░") if can_draw() else ("#", ".")
    score = click.style(f"{grade.score:.0f} / 100", bold=True)
    bar = full * filled + empty * (20 - filled)
    # Every part in its place, or, where that is wider than the screen, no bar.
    drawn = f"   {bar}" if width() >= _BAR_FROM else ""
    return f"  {score}  {grade.band.value}{drawn}   {likely(grade.score_range)}".rstrip()


def _judged(grade: Grade) -> str:
    """Return a line about the language model, where one was to judge."""
    call = grade.receipt.call
    if grade.degraded is not None:
        took = "" if call is None or call.cached else f" (it took {_took(call)})"
        return f"Graded offline, not by the language model{took}: {grade.degraded}"
    if call is None:
        return ""
    if call.cached:
        return f"Graded by {call.model}, from its reply kept earlier; costs nothing."
    return f"Graded by {call.model}, {_took(call)}."


def _took(call: ModelCall) -> str:
    about = "" if call.tokens_told else "about "
    tokens = f"{about}{call.input_tokens + call.output_tokens:,} tokens"
    return tokens if call.cost is None else f"{tokens}, {call.cost:.4f} {call.currency}"


def _point_lines(point: PointGrade, mark: str, interview: Interview | None) -> Iterator[str]:
    name = f"{point.id}: " if interview else ""
    yield from wrapped(name + readable(point.text), "    ", first=f"  {mark} ")
    late = " after a follow-up" if point.turn else ""
    if point.evidence is not None:
        yield from wrapped(f"you said{late}: “{_short(point.evidence.quote)}”", "      ")
    elif late:
        yield from wrapped(late.strip(), "      ")
    if point.verdict in {Verdict.CONTRADICTED, Verdict.PARTIAL}:
        yield from wrapped(readable(point.reason), "      ")
    own = interview.own.get(point.id) if interview else None
    if own is not None:
        yield from wrapped(f"your own verdict: {own}", "      ")
    elif point.disputed:
        yield from wrapped(f"disputed: {point.dispute} Look for yourself.", "      ")
    elif point.confidence < UNSURE_BELOW:
        yield from wrapped(f"unsure ({point.confidence:.0%}): look for yourself", "      ")
    elif point.local is not None and point.local.verdict is not point.verdict:
        yield from wrapped(f"the offline judge says {point.local.verdict}", "      ")


def _short(quote: str, most: int = 240) -> str:
    flat = one_line(quote)
    return flat if len(flat) <= most else f"{flat[: most - 1].rstrip()}…"


def _advice(grade: Grade, *, asked: bool) -> Iterator[str]:
    """Yield each piece of advice as a paragraph; follow-ups that were ``asked`` are none."""
    for text in grade.feedback.advice:
        yield "\n".join(wrapped(f"In the model's words: {readable(text)}", "  ", first=""))
    wanting = worth_adding(grade.points)
    if wanting:
        best = wanting[0]
        gain = gain_of(best, grade.points)
        verb = "correcting" if best.verdict is Verdict.CONTRADICTED else "saying"
        advice = f"Next best sentence: up to +{gain:.0f} for {verb} this: {readable(best.text)}"
        yield "\n".join(wrapped(advice, "  ", first=""))
    if grade.feedback.follow_up and not asked:
        question = f"An interviewer would ask: {readable(grade.feedback.follow_up)}"
        yield "\n".join(wrapped(question, "  ", first=""))
