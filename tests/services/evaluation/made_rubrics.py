"""Two questions whose rubrics work, and grades as a faultless judge would give them.

Owns the questions, the judge by containment, and the twisting of single grades.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tests.domain.made_calibration import made_calibration
from tests.fakes.fixed_judge import FixedJudge
from tests.fakes.hashed_encoder import HashedEncoder

from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.grade import Evidence, Grade, Ungraded
from interviewbot.domain.question import Point, Question
from interviewbot.domain.text import Span
from interviewbot.services.evaluation.rubric_figures import Finding, RubricFigures, rubric_figures
from interviewbot.services.evaluation.rubric_plan import RubricCheck, RubricPlan
from interviewbot.services.evaluation.rubric_trials import plan_rubrics
from interviewbot.services.grading import Grading
from interviewbot.vectors import EncodedText

AGAINST = -1.0  # a credit that stands for a contradiction
Twists = Mapping[str, Mapping[str, float]]

SILENCE = Point(
    id="silence",
    text="Dropout silences random units during training.",
    accept=("Neurons get switched off by chance.", "Half of the layer goes quiet each time."),
    misconceptions=("The dataset loses some of its rows.",),
)
SCALE = Point(
    id="scale",
    text="Survivors grow by the inverse keep probability.",
    accept=("Whatever remains is boosted so that sums stay put.",),
    misconceptions=("What is left gets smaller.",),
)
FULL = Point(id="full", text="Inference employs every neuron.")
DROPOUT = Question(
    id="AA0001",
    title="Dropout",
    prompt="What does dropout do, and why?",
    points=(SILENCE, SCALE, FULL),
    model_answer=f"{SILENCE.text} {SCALE.text} {FULL.text} Rates differ.",
)
PRODUCTS = Point(id="products", text="Inner products become kernel evaluations.")
PAIRS = Point(id="pairs", text="A dual problem touches examples pairwise.")
KERNELS = Question(
    id="AA0002",
    title="Kernels",
    prompt="How are support vector machines kernelised?",
    points=(PRODUCTS, PAIRS),
    model_answer=f"{PRODUCTS.text} {PAIRS.text}",
)


def vectors(texts: Sequence[str]) -> dict[str, EncodedText]:
    """Return ``texts`` encoded: texts are alike by the words they share."""
    return dict(zip(texts, HashedEncoder().encode(texts), strict=True))


def entry(question: Question) -> CorpusEntry:
    """Return ``question`` with its id in line 2, points at 10, 20, ..., its answer at 99."""
    lines = {point.id: 10 * number for number, point in enumerate(question.points, start=1)}
    path = f"{question.id}.md"
    return CorpusEntry(question=question, path=path, point_lines=lines, line=2, answer_line=99)


def with_point(point: Point) -> Question:
    """Return the first question with ``point`` in place of the one of its id."""
    points = tuple(point if old.id == point.id else old for old in DROPOUT.points)
    return replace(DROPOUT, points=points)


def planned(*questions: Question, seed: int = 0) -> RubricPlan:
    """Return the plan for ``questions``, the two of this file where none is given."""
    return plan_rubrics(
        [entry(question) for question in questions or (DROPOUT, KERNELS)], vectors, seed=seed
    )


def graded(
    plan: RubricPlan, twists: Twists | None = None, refused: Sequence[str] = ()
) -> dict[str, Grade | Ungraded]:
    """Return grades by key: an answer covers a point of which it holds a wording.

    A misconception in it contradicts. ``twists`` are other credits by key and point,
    ``refused`` the keys without a grade.
    """
    unknown = {*(twists or {}), *refused} - {trial.key for trial in plan.trials}
    assert not unknown, f"no such trials: {unknown}"
    questions = {entry.question.id: entry.question for entry in plan.questions}
    results: dict[str, Grade | Ungraded] = {}
    for trial in plan.trials:
        row = trial.row
        question = questions[row.question_id]
        if row.points:
            question = Question(id=question.id, prompt=row.question, points=row.points)
        credits_ = {point.id: _credit(point, row.answer) for point in question.points}
        credits_.update((twists or {}).get(trial.key, {}))
        judge = FixedJudge(
            credits_,
            contradicted=frozenset(name for name in credits_ if credits_[name] == AGAINST),
            refused=frozenset({row.answer}) if trial.key in refused else frozenset(),
        )
        grading = Grading(judge=judge, calibration=made_calibration(), version="1")
        result = grading.grade(question, row.answer)
        results[trial.key] = _quoting(result, question, row.answer)
    return results


def _quoting(result: Grade | Ungraded, question: Question, answer: str) -> Grade | Ungraded:
    """Return ``result`` with the wording of each point that ``answer`` holds as its evidence."""
    if isinstance(result, Ungraded):
        return result
    spans = {
        point.id: Span(answer.index(claim), answer.index(claim) + len(claim))
        for point in question.points
        for claim in point.claims
        if claim in answer
    }
    points = tuple(
        replace(p, evidence=Evidence.of(answer, spans[p.id])) if p.id in spans else p
        for p in result.points
    )
    return replace(result, points=points)


def _credit(point: Point, answer: str) -> float:
    if any(wrong in answer for wrong in point.misconceptions):
        return AGAINST
    return float(any(claim in answer for claim in point.claims))


def figures(
    *questions: Question, twists: Twists | None = None, refused: Sequence[str] = ()
) -> RubricFigures:
    """Return the figures of ``questions`` with their grades twisted."""
    plan = planned(*questions)
    return rubric_figures(plan, graded(plan, twists, refused), vectors)


def findings(check: RubricCheck, *questions: Question, twists: Twists) -> list[Finding]:
    """Return what ``check`` finds."""
    found = figures(*questions, twists=twists).findings
    return [finding for finding in found if finding.check is check]
