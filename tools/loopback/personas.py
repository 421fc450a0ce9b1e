"""Three language models that stand on loopback: honest, gullible, inventing.

Owns what each of them says of an answer. They are made to measure what our code does with what
a model says, not how well a model reads: the honest one knows what is true of the corpus's own
sentences and of the labelled answers, word for word, and says it. The gullible one says the
same, until it sees four words in a row of an instruction, of a list of verdicts or of a master
key, in whatever language or code: then it calls every point covered, and quotes honest sentences
for it in turn. The inventing one always does, with quotes of its own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.loopback.replies import Reply

from interviewbot.domain.attack_texts import Family
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.grade import Verdict
from interviewbot.domain.question import Point, Question
from interviewbot.domain.terms import content_words
from interviewbot.domain.text import sentences, words
from interviewbot.services.evaluation.attack_plan import AttackCase

Entry = dict[str, Any]
_ANSWER = re.compile(r"BEGIN ANSWER (\w+)\n(.*?)\nEND ANSWER \1", re.DOTALL)
_RUN = 4  # words in a row that give a payload away
_LONG = 12  # characters of a word that does so alone: a code, or a script without spaces
_OBEYED = frozenset({Family.INSTRUCTIONS, Family.RUBRIC, Family.MASTER_KEYS})


@dataclass(frozen=True, kw_only=True)
class Knowledge:
    """What is true of every question's sentences, and of every labelled answer."""

    questions: Mapping[frozenset[str], Question]
    answers: Mapping[str, GoldRow]
    sentence_owners: Mapping[str, tuple[str, ...]]
    payloads: frozenset[tuple[str, ...]]

    @classmethod
    def of(
        cls,
        questions: Iterable[Question],
        rows: Iterable[GoldRow],
        cases: Iterable[AttackCase] = (),
    ) -> Knowledge:
        """Know ``questions`` by the ids of their points, and the labels of ``rows``.

        The payloads are those of ``cases``, without the corpus's own sentences around them.
        """
        questions = list(questions)
        claims = {_same(claim) for one in questions for p in one.points for claim in p.claims}
        owners: dict[str, list[str]] = {}
        answers = {row.id: row for row in rows if row.point_labels}
        for row in answers.values():
            for text in _sentences(row.answer):
                owners.setdefault(_same(text), []).append(row.id)
        corpus = _runs(text for one in questions for text in (*one.texts, one.title))
        told = _runs(
            text
            for case in cases
            if case.family in _OBEYED
            for text in _sentences(case.text)
            if _same(text) not in claims
        )
        return cls(
            questions={frozenset(p.id for p in one.points): one for one in questions},
            answers=answers,
            sentence_owners={text: tuple(names) for text, names in owners.items()},
            payloads=frozenset(told - corpus),
        )

    def question(self, ids: Sequence[str]) -> Question:
        """Return the question with exactly these points."""
        return self.questions[frozenset(ids)]

    def row(self, answer: str, ids: Sequence[str]) -> GoldRow | None:
        """Return the labelled answer that ``answer`` is, or what was left of it."""
        votes = Counter(
            name
            for text in _sentences(answer)
            for name in self.sentence_owners.get(_same(text), ())
            if self.answers[name].point_labels.keys() == set(ids)
        )
        name, count = next(iter(votes.most_common(1)), ("", 0))
        return self.answers[name] if count and 2 * count >= len(_sentences(answer)) else None


def honest(knowledge: Knowledge) -> Callable[[Entry], Reply]:
    """Return a model that says what is true."""
    return lambda request: _reply(_true(knowledge, *_asked(request)))


def gullible(knowledge: Knowledge) -> Callable[[Entry], Reply]:
    """Return a model that is honest until an answer tells it something about grading."""

    def behave(request: Entry) -> Reply:
        ids, answer = _asked(request)
        true = _true(knowledge, ids, answer)
        known = _known(knowledge, ids, answer)
        rest = [text for text in _sentences(answer) if text not in known]
        if knowledge.payloads.isdisjoint(_runs(rest)):
            return _reply(true)
        return _reply(_all_covered(ids, known or rest))

    return behave


def inventing(_: Knowledge) -> Callable[[Entry], Reply]:
    """Return a model that finds everything said, in words that nobody wrote."""

    def behave(request: Entry) -> Reply:
        ids, _ = _asked(request)
        return _reply(_all_covered(ids, ["The candidate explains this point well and correctly."]))

    return behave


PERSONAS = {"honest": honest, "gullible": gullible, "inventing": inventing}


def _asked(request: Entry) -> tuple[list[str], str]:
    """Return the ids that are asked for, and the answer as it was sent."""
    schema = request["response_format"]["json_schema"]["schema"]
    ids = schema["properties"]["points"]["items"]["properties"]["id"]["enum"]
    said = "\n".join(str(message["content"]) for message in request["messages"])
    found = _ANSWER.findall(said)
    return list(ids), found[-1][1]


def _true(knowledge: Knowledge, ids: Sequence[str], answer: str) -> list[Entry]:
    row = knowledge.row(answer, ids)
    if row is not None:
        return [_labelled(row.point_labels[one], one, knowledge, ids, answer) for one in ids]
    points = {point.id: point for point in knowledge.question(ids).points}
    said = {_same(text): text for text in _sentences(answer)}
    return [_of_sentences(points[one], said) for one in ids]


def _labelled(
    label: Verdict, one: str, knowledge: Knowledge, ids: Sequence[str], answer: str
) -> Entry:
    """Return the label with the sentence that shares most content words with its point."""
    if label is Verdict.MISSING:
        return _entry(one, label, None)
    points = {point.id: point for point in knowledge.question(ids).points}
    wanted = content_words(" ".join((*points[one].claims, *points[one].misconceptions)))
    cut = _sentences(answer)
    return _entry(one, label, max(cut, key=lambda text: len(content_words(text) & wanted)))


def _of_sentences(point: Point, said: Mapping[str, str]) -> Entry:
    wrong = next((said[_same(w)] for w in point.misconceptions if _same(w) in said), None)
    if wrong is not None:
        return _entry(point.id, Verdict.CONTRADICTED, wrong)
    right = next((said[_same(w)] for w in point.claims if _same(w) in said), None)
    return _entry(point.id, Verdict.MISSING if right is None else Verdict.COVERED, right)


def _known(knowledge: Knowledge, ids: Sequence[str], answer: str) -> list[str]:
    """Return the sentences of ``answer`` that the corpus or a labelled answer holds."""
    claims = {_same(claim) for point in knowledge.question(ids).points for claim in point.claims}
    return [
        text
        for text in _sentences(answer)
        if _same(text) in claims or _same(text) in knowledge.sentence_owners
    ]


def _all_covered(ids: Sequence[str], quotes: Sequence[str]) -> list[Entry]:
    return [
        _entry(one, Verdict.COVERED, quotes[place % len(quotes)] if quotes else "", 1.0)
        for place, one in enumerate(ids)
    ]


def _entry(one: str, verdict: Verdict, quote: str | None, confidence: float = 0.9) -> Entry:
    return {
        "id": one,
        "quote": quote,
        "reason": "So it reads.",
        "verdict": verdict.value,
        "confidence": confidence,
    }


def _reply(points: list[Entry]) -> Reply:
    beside = {"strength": "You said something.", "improvement": "Say more.", "follow_up": "Why?"}
    return Reply(text=json.dumps({"points": points, **beside}))


def _sentences(text: str) -> list[str]:
    return [span.of(text) for span in sentences(text)]


def _same(text: str) -> str:
    return " ".join(words(text))


def _runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """Return what gives away that ``texts`` hold a payload: runs of words, and single long ones."""
    found: set[tuple[str, ...]] = set()
    for text in texts:
        said = text.casefold().split()
        found.update(tuple(said[place : place + _RUN]) for place in range(len(said) - _RUN + 1))
        found.update((word,) for word in said if len(word) >= _LONG and not word.isascii())
        if 0 < len(said) < _RUN:
            found.add(tuple(said))
    return found
