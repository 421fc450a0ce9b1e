"""The parts of a run's document that need no labelled answers, and its comparison."""

from __future__ import annotations

from typing import Any

from interviewbot.domain.grade import Band, Verdict
from interviewbot.services.evaluation.attack_figures import (
    AttackFigures,
    FamilyFigures,
    GainFigures,
    WorstCase,
)
from interviewbot.services.evaluation.comparing import Comparison, Difference, VerdictTest
from interviewbot.services.evaluation.flips import Flip, VerdictChange
from interviewbot.services.evaluation.invariance_figures import (
    Flip as WayFlip,
)
from interviewbot.services.evaluation.invariance_figures import (
    InvarianceFigures,
    Repetition,
    WayFigures,
)
from interviewbot.services.evaluation.invariance_spread import KindFigures, SpreadAnswer
from interviewbot.services.evaluation.parts import document_of
from interviewbot.services.evaluation.rubric_blame import Fault
from interviewbot.services.evaluation.rubric_figures import (
    CheckFigures,
    Finding,
    QuestionFigures,
    RubricFigures,
    Tally,
)
from interviewbot.services.evaluation.rubric_plan import TRIED, RubricCheck
from interviewbot.services.evaluation.rubric_shared import SharedPair


def rubrics(text: str = "plain words", findings: int = 2) -> dict[str, Any]:
    """Return the figures of rubrics, with ``findings`` of them."""
    tally = Tally(n=5, failed=2, rubric=1, judge=1, ungraded=0)
    return document_of(
        RubricFigures(
            total=tally,
            questions=(
                QuestionFigures(question_id="DL0001", path="/c/a/one.md", line=2, cases=tally),
                QuestionFigures(
                    question_id="DL0002",
                    path="/c/b/two.md",
                    line=3,
                    cases=Tally(n=5, failed=0, rubric=0, judge=0, ungraded=0),
                ),
            ),
            checks=tuple(
                CheckFigures(check=check, tried=TRIED[check], cases=tally) for check in RubricCheck
            ),
            findings=tuple(_finding(number, text) for number in range(findings)),
            shared=(
                SharedPair(
                    question_id=text, point=text, other_id=text, other_point=text, likeness=0.8
                ),
            ),
            others=text,
            trials=5,
            seed=0,
        )
    )


def _finding(number: int, text: str) -> Finding:
    return Finding(
        question_id="DL0001",
        check=RubricCheck.GIVEN_AWAY,
        fault=Fault.JUDGE if number % 2 else Fault.RUBRIC,
        points=(text,),
        what=text,
        measured=0.4773,
        wanted="below",
        bound=0.3333,
        likeness=0.81,
        text=text,
        quote=text,
        change=text,
        path="/c/a/one.md",
        line=30 + number,
    )


def attacks(text: str = "plain words") -> dict[str, Any]:
    """Return the figures of attacks: one family, one kind, one worst case."""
    gains = GainFigures(
        n=30,
        ungraded=2,
        mean_gain=-2.68,
        greatest_gain=30.9,
        succeeded=7,
        success_rate=0.25,
        success_interval=(0.03, 0.4),
        resisted=0.75,
        mean_attacked_score=12.0,
    )
    family = FamilyFigures(all=gains, kinds={text: gains}, templates=4, tried=30, left_out=1)
    worst = WorstCase(
        key=text,
        question_id=text,
        family=text,
        kind=text,
        template=text,
        point=text,
        base_score=10.0,
        score=40.9,
        gain=30.9,
        text=text,
    )
    return document_of(
        AttackFigures(
            sample=text,
            seed=0,
            full=False,
            questions=5,
            of_questions=62,
            templates=4,
            n=30,
            ungraded=2,
            resisted=0.75,
            resisted_interval=(0.6, 0.97),
            families={text: family},
            worst=(worst,),
        )
    )


def invariance(text: str = "plain words") -> dict[str, Any]:
    """Return the figures of invariance: one way, one answer, and a repetition."""
    way = WayFigures(
        n=5,
        ungraded=0,
        mean_change=1.8,
        greatest_change=19.9,
        mean_shift=-0.17,
        n_points=30,
        flipped=2,
        flip_rate=0.067,
        flips=(WayFlip(from_verdict="missing", to_verdict="partial", n=2),),
    )
    found = InvarianceFigures(
        sample=text,
        seed=0,
        full=False,
        questions=5,
        of_questions=62,
        answers=5,
        n=40,
        ungraded=0,
        mean_spread=4.8,
        greatest_spread=20.3,
        steady=0.8,
        flip_rate=0.015,
        mean_prose_score=76.2,
        kinds={
            "wordings": KindFigures(
                answers=3,
                of=62,
                mean_spread=2.1,
                greatest_spread=5.2,
                steady=1.0,
                mean_prose_score=84.1,
            ),
            "labelled": KindFigures(
                answers=2,
                of=9,
                mean_spread=8.9,
                greatest_spread=20.3,
                steady=0.5,
                mean_prose_score=64.5,
            ),
        },
        ways={text: way},
        worst=(
            SpreadAnswer(
                question_id=text,
                spread=20.3,
                scores={"prose": 80.4, "lower_case": 60.1},
                lowest="lower_case",
                highest="prose",
            ),
        ),
    )
    again = Repetition(n=40, identical=False, differing=(text,))
    return {**document_of(found), "repetition": document_of(again)}


def baseline(text: str = "plain words") -> dict[str, Any]:
    """Return the comparison with an earlier run, which is worse."""
    changed = VerdictChange(
        point=text, before=Verdict.COVERED, after=Verdict.MISSING, label=Verdict.PARTIAL
    )
    flip = Flip(
        set_name=text,
        id=text,
        human=0.625,
        score_before=0.7,
        score_after=0.6,
        band_before=Band.SOLID,
        band_after=Band.DEVELOPING,
        verdicts=(changed,),
    )
    found = document_of(
        Comparison(
            n=9,
            compared=8,
            qwk=Difference(before=0.78, after=0.71, change=-0.07, ci95=(-0.1, -0.02)),
            mae=Difference(before=0.14, after=0.15, change=0.01, ci95=(-0.01, 0.02)),
            verdicts=VerdictTest(n=40, newly_wrong=12, newly_right=2, p=0.0004),
            ungraded_before=0,
            ungraded_after=1,
            newly_ungraded=((text, text),),
            newly_graded=(),
            only_before=((text, text),),
            only_after=(),
            flipped=(flip,),
            regressed=("qwk", "verdicts"),
        )
    )
    short = {key: found[key] for key in ("n", "compared", "qwk", "mae", "verdicts")}
    return {"name": text, **found, "sets": {text: short}}
