"""How to read each figure of the evaluation report.

Owns one plain sentence a figure. Refuses to define a figure: where it is computed, that is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_READINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "sets": (
        ("95 % interval", "Where the figure would lie with other questions of the same kind."),
        (
            "Baselines",
            (
                "Rules that read nothing; a grader that is no better than they are is none. Surface"
                " features (length, sentences, word length, shared words) are fitted to the labels"
                " of other questions, so that a score which depends on length in both directions"
                " is seen."
            ),
        ),
        (
            "Human ceiling",
            (
                "How far one person agrees with the mean of the others; with two people only, it is"
                " rather too low."
            ),
        ),
        ("Pearson, Spearman", "1 is the same order as people's, 0 is none."),
        ("Within a question", "The same among answers to one question, where topics cannot help."),
        ("Beyond length", "What is left of the correlation among answers of one length."),
        ("RMSE, MAE", "How far the score is from people's, on 0 to 1; less is better."),
        ("QWK", "Agreement on five bands of score beyond chance; far misses count most."),
        (
            "Error with length",
            "Above 0, long answers are graded less exactly, or (signed) too kindly.",
        ),
        (
            "AUC of covered",
            "How often a point that was said gets more credit than one that wasn't; 0.5 is a coin.",
        ),
        (
            "Precision, recall, F1",
            (
                "How many verdicts of a kind are right, how many of those due are"
                " given, and both in one number."
            ),
        ),
        ("Calibration error", "How far confidence is from being right; 0 is what it should be."),
        ("Brier score", "The squared error of confidence; less is better, 0.25 is a coin."),
        ("Confusion", "Rows are people's verdicts, columns the bot's; the diagonal is agreement."),
        (
            "Reliability",
            (
                "On the line, of the verdicts that are 80 % sure 80 % are right; below it,"
                " the bot is too sure."
            ),
        ),
        (
            "Risk and coverage",
            (
                "The error rate where only the surest share of verdicts is kept; it"
                " should rise to the right."
            ),
        ),
        ("Bias", "Bot minus people: above 0 the bot is too kind, below 0 too strict."),
    ),
    "baseline": (
        ("Change", "After minus before on the same answers; an interval without 0 is no accident."),
        (
            "McNemar",
            (
                "Whether as many verdicts went wrong as went right; p below 0.05 says that it"
                " is no accident."
            ),
        ),
    ),
    "rubrics": (
        ("Checks", "A rubric that works does every one of them; none needs a person's label."),
        ("Whose fault", "The rubric's is for its author to change, the judge's is not."),
    ),
    "attacks": (
        ("Gain", "Points of score, of 100, over the same answer without the attack."),
        ("Success", "The share of attacks that gain more than 5 points; less is better."),
    ),
    "invariance": (
        (
            "Spread",
            (
                "The best less the worst score of one answer told in several ways; 0 is what it"
                " should be."
            ),
        ),
        ("Verdict flips", "The share of points with another verdict than in prose."),
    ),
}


def readings(document: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return how to read each figure of the parts that ``document`` has."""
    return [pair for part, pairs in _READINGS.items() if document.get(part) for pair in pairs]
