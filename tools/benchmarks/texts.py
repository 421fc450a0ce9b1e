"""Answers and corpora to measure with, the same ones on every run.

Owns their composition: seeded, from the shipped corpus's own words. Refuses to measure.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path

from interviewbot.domain.question import Point, Question

SEED = 20261122
# A sentence of the corpus word for word would come out of the cache instead of the encoder.
_OPENINGS = (
    "As I understand it,", "In short,", "From what I have seen,", "The way I see it,",
    "Put simply,", "In practice,", "I would say that", "To my mind,", "One more thing:",
    "On top of that,", "Generally speaking,", "As far as I know,", "I remember that",
    "It also matters that", "When I explain this to others,", "As a rule,",
)  # fmt: skip
_CLOSINGS = (
    "", "as a rule", "in my experience", "at least in general", "from what I recall",
    "as most textbooks put it", "to put it briefly", "which I have used at work",
)  # fmt: skip


class Composer:
    """Composes answers of which no two share a sentence; ``rng`` decides."""

    def __init__(self, rng: random.Random) -> None:
        """Start with every sentence unused."""
        self._rng = rng
        self._left: dict[str, list[tuple[str, str]]] = {}

    def answer(self, question: Question, *, words: int) -> str:
        """Return about ``words`` words about the points of ``question``, in their order."""
        chosen: list[str] = []
        while sum(len(sentence.split()) for sentence in chosen) < words:
            point = question.points[len(chosen) % len(question.points)]
            chosen.append(self._sentence(point))
        return " ".join(chosen)

    def _sentence(self, point: Point) -> str:
        wording = self._rng.choice(point.claims)
        if wording not in self._left:
            self._left[wording] = list(product(_OPENINGS, _CLOSINGS))
            self._rng.shuffle(self._left[wording])
        opening, closing = self._left[wording].pop()
        core = wording.rstrip(".")
        if core[1:2].islower() or core[1:2] == " ":
            core = core[0].lower() + core[1:]
        return f"{opening} {core}{', ' if closing else ''}{closing}."


def word_list(questions: Sequence[Question]) -> list[str]:
    """Return the distinct words of ``questions``, in order."""
    texts = (text for question in questions for text in question.texts)
    return sorted({word for text in texts for word in re.findall(r"[a-z]{3,}", text.lower())})


def synthetic_sentences(words: Sequence[str], rng: random.Random) -> Iterator[str]:
    """Yield sentences of 8 to 20 random words without end, each one unique."""
    seen: set[str] = set()
    while True:
        drawn = " ".join(rng.choices(words, k=rng.randint(8, 20)))
        if drawn not in seen:
            seen.add(drawn)
            yield f"{drawn.capitalize()}."


def write_corpus(folder: Path, points: int, words: Sequence[str], *, points_each: int = 5) -> None:
    """Write questions of ``points_each`` points into ``folder``, ``points`` in all.

    A point is one text, without other wordings or misconceptions.
    """
    sentences = synthetic_sentences(words, random.Random(SEED))
    topic = folder / "data"
    topic.mkdir(parents=True)
    for number in range(points // points_each):
        letters = chr(65 + number // 260_000) + chr(65 + number // 10_000 % 26)
        name = f"{letters}{number % 10_000:04}"
        lines = [
            "---", f"id: {name}", f"title: Question {number}", "topic: data", "level: foundation",
            f"prompt: {next(sentences)}", "source: made up", "licence: MIT", "points:",
        ]  # fmt: skip
        for place in range(points_each):
            lines += [f"  - id: point-{place}", f"    text: {next(sentences)}"]
        lines += ["---", next(sentences), ""]
        (topic / f"{name}-question-{number}.md").write_text("\n".join(lines), encoding="utf-8")


def change_one_point(folder: Path) -> None:
    """Replace the text of one point of one question in ``folder``."""
    path = min(folder.glob("data/*.md"))
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r"(?m)^(    text: ).*$", r"\1This claim was written anew.", text, count=1),
        encoding="utf-8",
    )
