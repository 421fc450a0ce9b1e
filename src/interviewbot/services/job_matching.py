"""Which questions fit a job description?

Owns the choice: lines of the text, and the single demands in them, are compared through
Chroma with what the questions ask and what their points say; each question is chosen for the
words it fits. Refuses to pretend: where too little of the text fits, nothing is chosen.

Other wordings of a point are left out: their everyday examples (holidays, patients,
training) lie near the lines of any job. The bounds are for the bundled encoder; how they were
found is in ``docs/decisions/0010-jobs.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from interviewbot.domain.choosing import mix
from interviewbot.domain.errors import NothingToAsk
from interviewbot.domain.index import Neighbour, RowKind
from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Choice
from interviewbot.domain.text import one_line, sentences, words
from interviewbot.ports import QuestionIndex
from interviewbot.services.indexing import Indexing
from interviewbot.vectors import EncodedText, Matrix

TextVectors = Callable[[Sequence[str]], Mapping[str, EncodedText]]

SURE = 0.62  # cosine: one question this near is enough
LIKELY = 0.52  # so are two different ones this near
FITS = 0.45  # how near a question must be to be chosen, once the text as a whole fits
_MOST_PASSAGES = 400  # of the text; a job description has about 30
_NEIGHBOURS = 120  # of all wordings, so that a few of them are the points' own texts
_ITEM = 60  # characters; a shorter line stands for itself, a longer one may be wrapped prose
_QUOTED = 90  # characters
_BETWEEN_DEMANDS = re.compile(
    r"[,;:()/]\s(?:(?:and|or)\s)?|\s(?:and|or|as well as)\s", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """A question and the words of the job text that it fits best."""

    question_id: str
    passage: str
    cosine: float


@dataclass(frozen=True, slots=True, kw_only=True)
class JobMatching:
    """Picks questions for a job text."""

    indexing: Indexing
    vectors: TextVectors

    def choose(self, job: str, questions: Sequence[Question], count: int) -> tuple[Choice, ...]:
        """Return at most ``count`` of ``questions`` that fit ``job``, with the words each fits.

        Raises:
            NothingToAsk: if too little of the text fits, or none of ``questions`` does.
        """
        ranked = self.rank(job)
        if not fits(ranked):
            raise NothingToAsk(
                "too little of this job text is near any question of the corpus",
                "give more of the text, or choose with --topic: 'interviewbot corpus list'",
            )
        wanted = {question.id: question for question in questions}
        near = [fit for fit in ranked if fit.cosine >= FITS and fit.question_id in wanted]
        if not near:
            raise NothingToAsk(
                "no question for this job is left under these filters", "leave a filter out"
            )
        chosen = {fit.question_id: fit for fit in list(_turn_about(near))[:count]}
        plan = [wanted[fit.question_id] for fit in near if fit.question_id in chosen]
        return tuple(
            Choice(question_id=one.id, why=f"fits “{_shortened(chosen[one.id].passage)}”")
            for one in mix(plan)
        )

    def rank(self, job: str) -> list[Fit]:
        """Return every question that lies near some words of ``job``, the nearest first."""
        texts = passages(job)
        if not texts:
            return []
        known = self.vectors(texts)
        pooled: Matrix = np.stack([known[text].pooled for text in texts])
        found = self.indexing.ask(lambda index: _nearest(index, pooled))
        best: dict[str, Fit] = {}
        for text, neighbours in zip(texts, found, strict=True):
            for near in neighbours:
                kept = best.get(near.question_id)
                if kept is None or near.cosine > kept.cosine:
                    best[near.question_id] = Fit(
                        question_id=near.question_id, passage=text, cosine=near.cosine
                    )
        return sorted(best.values(), key=lambda fit: (-fit.cosine, fit.question_id))


def fits(ranked: Sequence[Fit]) -> bool:
    """Return whether a text with these fits is about what the corpus asks."""
    near = [fit.cosine for fit in ranked[:2]]
    return bool(near) and (near[0] >= SURE or (len(near) > 1 and near[1] >= LIKELY))


def passages(job: str) -> list[str]:
    """Return the lines and sentences of ``job``, and the demands that they list, without repeats.

    At most 400; of single words none, since one word lies near anything.
    """
    found: dict[str, None] = {}
    text = "\n".join(_apart(job.splitlines()))
    for span in sentences(text):
        sentence = " ".join(span.of(text).split())
        parts = [part.strip(" .,;:()/") for part in _BETWEEN_DEMANDS.split(sentence)]
        for passage in (sentence, *(parts if len(parts) > 1 else ())):
            if len(words(passage)) > 1:
                found[passage] = None
        if len(found) >= _MOST_PASSAGES:
            break
    return list(found)[:_MOST_PASSAGES]


def _apart(lines: Sequence[str]) -> Iterator[str]:
    """Yield ``lines`` with an empty one after each that is too short to be wrapped prose."""
    for line in lines:
        yield line
        if len(line) < _ITEM:
            yield ""


def _nearest(index: QuestionIndex, pooled: Matrix) -> list[list[Neighbour]]:
    prompts = index.nearest(pooled, kind=RowKind.PROMPT, count=8)
    claims = index.nearest(pooled, kind=RowKind.CLAIM, count=_NEIGHBOURS)
    return [
        [*asked, *(near for near in said if near.row_id.endswith(f"/{RowKind.CLAIM}/0"))]
        for asked, said in zip(prompts, claims, strict=True)
    ]


def _turn_about(ranked: Sequence[Fit]) -> Iterator[Fit]:
    """Yield ``ranked``, the best of every passage first, so that no line takes all places."""
    seen: dict[str, int] = {}
    turns = []
    for fit in ranked:
        turns.append(seen.get(fit.passage, 0))
        seen[fit.passage] = turns[-1] + 1
    yield from (ranked[at] for at in sorted(range(len(ranked)), key=lambda at: (turns[at], at)))


def _shortened(passage: str) -> str:
    line = one_line(passage)
    return line if len(line) <= _QUOTED else line[: _QUOTED - 1].rstrip() + "…"
