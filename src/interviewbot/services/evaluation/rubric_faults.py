"""Whose fault a check is that a grade failed, and what to do about it.

What the texts show without a grade is for ``rubric_readings``. Owns the rule. What an author
can mend by writing is the rubric's:

- a model answer without a sentence that lies nearer to the lost point than to the others;
- a wording, a misconception or a sentence of the model answer that is set aside: as a
  question, an echo, a request, or as a list and there is no word of grammar in it (a sentence
  mistaken for a list is the judge's);
- a misconception that is word for word a wording of its point;
- a wording that lies farther from its own point than ``FAR_BELOW``;
- two points of which one wording says nothing that the other does not (``are_twins``);
- a question with a sentence that says the point in its own words (``rubric_prompts``);
- another question's answer quoted with a sentence as near as that.

Everything else is the judge's, for no wording would mend it: contradictions unseen, credit
for a sentence far from the point, an order that matters, points covered with words that name
them and say nothing. In doubt it is the judge's: an author who is told to rewrite what is
right loses faith in the report. Nearness is the encoder's pooled cosine and no verdict.
Refuses to decide what fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from interviewbot.domain.grade import Grade, PointGrade, Verdict
from interviewbot.domain.question import Point
from interviewbot.domain.text import sentences, words
from interviewbot.services.evaluation.rubric_answers import wordings_of
from interviewbot.services.evaluation.rubric_blame import Blame, judges, rubrics, set_aside
from interviewbot.services.evaluation.rubric_likeness import (
    FAR_BELOW,
    SAME_FROM,
    TextVectors,
    are_twins,
    likeness,
    likenesses,
)
from interviewbot.services.evaluation.rubric_measures import (
    Graded,
    by_id,
    earns,
    lost_others,
    point_of,
)
from interviewbot.services.evaluation.rubric_plan import RubricCheck
from interviewbot.services.evaluation.rubric_prompts import given_away
from interviewbot.vectors import Matrix


def blame(graded: Graded, vectors: TextVectors) -> Blame:
    """Return whose fault the failed case ``graded`` is."""
    return _RULES[graded.case.check](graded, vectors)


def _model_answer(graded: Graded, vectors: TextVectors) -> Blame:
    question = graded.case.entry.question
    said = [span.of(question.model_answer) for span in sentences(question.model_answer)]
    near = {point.id: likenesses(said, point.claims, vectors) for point in question.points}
    nearest = _nearest(near, len(said))
    lost = _lost(graded.measured[0], question.points)
    names = ", ".join(point.id for point in lost)
    unsaid = [point for point in lost if point.id not in nearest]
    if not unsaid and graded.measured[0].aside:
        return set_aside(graded.measured[0], question.model_answer)
    if not unsaid:
        text = " ".join(point.text for point in lost)
        return judges(f"the model answer says {names}, which the judge misses", text=text)
    least = min(unsaid, key=lambda point: float(near[point.id].max(initial=-1.0)))
    names = ", ".join(point.id for point in unsaid)
    return rubrics(
        f"Give a sentence of its own in the model answer to: {names}.",
        near=float(near[least.id].max(initial=-1.0)),
        text=least.text,
    )


def _nearest(near: Mapping[str, Matrix], count: int) -> list[str]:
    """Return for each of ``count`` sentences the point that it is nearest to."""
    return [max(near, key=lambda name: float(near[name][row].max())) for row in range(count)]


def _wordings(graded: Graded, vectors: TextVectors) -> Blame:
    case, grade = graded.case, graded.measured[0]
    points = case.points or case.entry.question.points
    said = {
        text: likeness([text], [other for other in point.claims if other != text], vectors)
        for point in _lost(grade, points)
        for text in wordings_of(point)
        if text in case.text and len(point.claims) > 1
    }
    if grade.aside:
        return set_aside(grade, case.text)
    farthest = min(said, key=lambda text: said[text], default="")
    if farthest and said[farthest] < FAR_BELOW:
        return rubrics(
            "Reword it so that it says what its point says, or give it to the point it is about.",
            near=said[farthest],
            text=farthest,
        )
    reason = _reason(grade, points)
    return judges(f"the judge does not take the wording for its point ({reason})", text=farthest)


def _lost(grade: Grade, points: Sequence[Point]) -> list[Point]:
    found = by_id(grade)
    return [point for point in points if found[point.id].verdict is not Verdict.COVERED]


def _reason(grade: Grade, points: Sequence[Point]) -> str:
    lost = _lost(grade, points)
    return by_id(grade)[lost[0].id].reason.rstrip(".") if lost else "no point is lost"


def _misconception(graded: Graded, vectors: TextVectors) -> Blame:
    case, point = graded.case, point_of(graded.measured[0], graded.case)
    near = likeness([case.text], case.points[0].claims, vectors)
    if any(words(case.text) == words(claim) for claim in case.points[0].claims):
        return rubrics("Take it out: it is a wording of the point itself.", near=near)
    if graded.measured[0].aside and not earns(point):
        return set_aside(graded.measured[0], case.text)
    return judges("the judge does not hear the wrong claim", near=near, quote=_quote(point))


def _other_answer(graded: Graded, vectors: TextVectors) -> Blame:
    (point,) = graded.case.points
    quotes = {other.question.id: _quote(judged) for other, judged in graded.undeserved}
    near = {
        name: likeness([quote] if quote else [], point.claims, vectors)
        for name, quote in quotes.items()
    }
    nearest, names = max(near, key=lambda name: near[name]), ", ".join(near)
    if near[nearest] >= SAME_FROM:
        return rubrics(
            f"Make the point say what only this question's answer says: {nearest} says it too"
            f" (earned by {names}).",
            near=near[nearest],
            quote=quotes[nearest],
        )
    return judges(
        f"the judge finds the point in answers to {names}, which by the encoder do not say it",
        near=near[nearest],
        quote=quotes[nearest],
    )


def _prompt(graded: Graded, vectors: TextVectors) -> Blame:
    case, grade = graded.case, graded.measured[0]
    question = case.entry.question
    points = [p for p in case.points or question.points if earns(by_id(grade)[p.id])]
    names = ", ".join(point.id for point in points) or "no point"
    if given := [point for point in points if given_away(question, point) is not None]:
        change = f"Ask without giving {given[0].id} away, or leave that point out."
        return rubrics(change, text=question.prompt)
    said = [span.of(question.prompt) for span in sentences(question.prompt)]
    near = max((likeness(said, point.claims, vectors) for point in points), default=None)
    why = f"the question only names what {names} is about"
    return judges(why, near=near, text=question.prompt)


def _empty_handed(_: Graded, __: TextVectors) -> Blame:
    return judges("the judge gives a score to an answer that says nothing")


def _without_one(graded: Graded, vectors: TextVectors) -> Blame:
    (gone,), judged = graded.case.points, point_of(graded.measured[0], graded.case)
    if judged.verdict is not Verdict.COVERED:
        names = ", ".join(lost_others(graded))
        return judges(f"the judge loses {names}, whose wording is still there")
    for other in graded.case.entry.question.points:
        if other.id != gone.id and are_twins(gone.claims, other.claims, vectors):
            return _merge(gone, other)
    quote = _quote(judged)
    near = likeness([quote], gone.claims, vectors) if quote else None
    return judges("the judge takes another point's wording for it", near=near, quote=quote)


def _told_apart(graded: Graded, vectors: TextVectors) -> Blame:
    point, sister = graded.case.points
    if are_twins(point.claims, sister.claims, vectors):
        return _merge(point, sister)
    return judges(
        f"{point.id} and {sister.id} differ in words that the judge passes over",
        near=likeness(point.claims, sister.claims, vectors),
        text=sister.text,
    )


def _merge(point: Point, sister: Point) -> Blame:
    return rubrics(
        f"Make one point of {point.id} and {sister.id}, or take out the wording they share.",
        text=sister.text,
    )


def _order(_: Graded, __: TextVectors) -> Blame:
    return judges("the judge is swayed by order")


def _quote(point: PointGrade) -> str:
    return point.evidence.quote if point.evidence is not None else ""


_RULES: Mapping[RubricCheck, Callable[[Graded, TextVectors], Blame]] = {
    RubricCheck.MODEL_ANSWER: _model_answer,
    RubricCheck.WORDINGS: _wordings,
    RubricCheck.WITHOUT_ONE: _without_one,
    RubricCheck.ACCEPT: _wordings,
    RubricCheck.MISCONCEPTION: _misconception,
    RubricCheck.CONTRADICTION: _misconception,
    RubricCheck.OTHER_ANSWER: _other_answer,
    RubricCheck.ECHO: _prompt,
    RubricCheck.EMPTY_HANDED: _empty_handed,
    RubricCheck.GIVEN_AWAY: _prompt,
    RubricCheck.TOLD_APART: _told_apart,
    RubricCheck.POINT_ORDER: _order,
    RubricCheck.SENTENCE_ORDER: _order,
}
