"""Which question does an answer answer?

Owns the choice: Chroma proposes questions whose wordings lie near the answer's sentences,
late interaction then asks which of them explains the answer's own words best. Refuses to
guess: where two questions share facts and the lead is small, it says so.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from interviewbot.domain.errors import UnsureMatch
from interviewbot.domain.folding import folded
from interviewbot.domain.grade import QuestionMatch
from interviewbot.domain.index import RowKind
from interviewbot.domain.question import Question
from interviewbot.domain.terms import content_words
from interviewbot.domain.text import sentences
from interviewbot.ports import QuestionIndex
from interviewbot.services.alignment import TokenWeights
from interviewbot.services.indexing import Indexing
from interviewbot.vectors import EncodedText, Matrix, Vector

TextVectors = Callable[[Sequence[str]], Mapping[str, EncodedText]]

_SENTENCES = 40  # the longest of the answer; more would not change the choice
_NEIGHBOURS = 24
_CANDIDATES = 6
_SHOWN = 3
# How sure a match is: a logistic of the lead (difference of explained shares) times the root
# of the answer's number of content words, since a short answer leads by chance, and of the
# explained share itself, since an answer to none of the questions leads somewhere too. Fitted
# on the answers of eval/gold/dev.jsonl and their single sentences, each with its question in
# the corpus and with it taken out: of 104 whole answers to a question that is not there, none
# was sure.
_LEAD = 5.29
_EXPLAINED = 6.22
_INTERCEPT = -5.0
_SURE = 0.8
_LEAST_EXPLAINED = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """Finds the question for an answer; ``question`` loads one by its id."""

    indexing: Indexing
    vectors: TextVectors
    weights: TokenWeights
    question: Callable[[str], Question]

    def find(self, answer: str) -> tuple[Question, QuestionMatch]:
        """Return the question of ``answer`` and how sure that is.

        Raises:
            UnsureMatch: if no question fits, or several do.
        """
        ranked = self.rank(answer)
        candidates = [(question.id, question.title) for question, _ in ranked[:_SHOWN]]
        if not ranked or ranked[0][1] < _LEAST_EXPLAINED:
            raise UnsureMatch(
                "no question of the corpus fits this answer",
                "name the question with --question ID; 'interviewbot corpus list' shows them",
                candidates,
            )
        confidence = confidence_of(
            [explained for _, explained in ranked], len(content_words(answer))
        )
        if confidence < _SURE:
            raise UnsureMatch(
                f"not sure which question this answers (best guess {confidence:.0%})",
                f"name it with --question, for example --question {candidates[0][0]}",
                candidates,
            )
        match = QuestionMatch(
            confidence=round(confidence, 4),
            runners_up=tuple(name for name, _ in candidates[1:]),
        )
        return ranked[0][0], match

    def rank(self, answer: str) -> list[tuple[Question, float]]:
        """Return candidate questions with the share of the answer each explains, best first."""
        plain = folded(answer).text
        texts = [span.of(plain) for span in sentences(plain)]
        texts = sorted(dict.fromkeys(texts), key=len, reverse=True)[:_SENTENCES]
        known = self.vectors(texts)
        texts = [text for text in texts if len(known[text].token_ids)]
        encoded = [known[text] for text in texts]
        if not texts:
            return []
        said = np.concatenate([item.tokens for item in encoded])
        weights = np.concatenate(
            [
                self.weights.of(text, item, frozenset()) * len(item.token_ids)
                for text, item in zip(texts, encoded, strict=True)
            ]
        )
        pooled = np.stack([item.pooled for item in encoded])
        names = self.indexing.ask(lambda index: _candidates(index, pooled))
        ranked = [
            (question, self._explained(question, said, weights))
            for question in map(self.question, names)
        ]
        return sorted(ranked, key=lambda item: (-item[1], item[0].id))

    def _explained(self, question: Question, said: Matrix, weights: Vector) -> float:
        encoded = self.vectors((question.prompt, *question.texts))
        known = np.concatenate([item.tokens for item in encoded.values()])
        best = np.clip((said @ known.T).max(axis=1), 0.0, 1.0)
        return float(weights @ best**2 / max(float(weights.sum()), 1e-9))


def confidence_of(explained: Sequence[float], length: int) -> float:
    """Return how sure the first of ``explained`` (descending shares) is the right one.

    ``length`` is the number of different content words of the answer.
    """
    lead = explained[0] - explained[1] if len(explained) > 1 else 1.0
    odds = _INTERCEPT + _LEAD * lead * math.sqrt(length) + _EXPLAINED * explained[0]
    return 1 / (1 + math.exp(-odds))


def _candidates(index: QuestionIndex, pooled: Matrix) -> list[str]:
    votes: dict[str, float] = defaultdict(float)
    for kind in (RowKind.CLAIM, RowKind.MISCONCEPTION):
        for neighbours in index.nearest(pooled, kind=kind, count=_NEIGHBOURS):
            best: dict[str, float] = {}
            for neighbour in neighbours:
                best.setdefault(neighbour.question_id, neighbour.cosine)
            for name, cosine in best.items():
                votes[name] += max(0.0, cosine)
    return sorted(votes, key=lambda name: (-votes[name], name))[:_CANDIDATES]
