"""New questions out of what an importer found: what each will be called, and what cannot be one.

Owns ids, topics, levels and the limits of the format. Refuses to read a source, to write a file,
and to drop anything without a line about it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from interviewbot.domain.corpus import CorpusEntry
from interviewbot.domain.errors import CorpusInvalid
from interviewbot.domain.pages.found import Claim, Found, FoundQuestion, LeftOut
from interviewbot.domain.pages.questions import title_of
from interviewbot.domain.question import Level, Point, Question
from interviewbot.domain.question_names import ID, next_id, slug, slugs
from interviewbot.domain.text import fold, one_line, sanitise, words

MOST_POINTS = 12  # as the format has it
OTHER_TOPIC = "imported"
_LONGEST_POINT_NAME = 30  # characters
_FORMULA = re.compile(r"\$[^$]*\$")
_SAME = "it is there already, word for word, as"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A question to write, and the question it comes from; ``renamed`` where its id was taken."""

    question: Question
    found: FoundQuestion

    @property
    def renamed(self) -> bool:
        """Whether the id that the source gives it is another one's."""
        return bool(self.found.id) and self.found.id != self.question.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an import will write, and what it leaves out."""

    questions: tuple[Planned, ...]
    left_out: tuple[LeftOut, ...]
    furniture: tuple[LeftOut, ...]


@dataclass(frozen=True, kw_only=True)
class Importing:
    """Plans imports.

    ``parse`` reads a question as if it stood in a file. ``known`` are the questions of the
    corpus, ``taken`` all ids that are in use, theirs and others: a draft gets another. ``there``
    are the questions of the deck that is written to: a whole question keeps its id unless one of
    them has it. ``source`` says where the questions are from. ``topic`` wins over what is found;
    ``level`` is for those without one.
    """

    parse: Callable[[Question], CorpusEntry]
    known: Sequence[Question]
    taken: Collection[str]
    there: Sequence[Question]
    source: str
    licence: str
    topic: str = ""
    level: Level = Level.INTERMEDIATE

    def plan(self, found: Found) -> Plan:
        """Return what becomes of ``found``."""
        planning = _Planning(self, {one.id for one in self.there})
        planned = [one for question in found.questions if (one := planning.plan(question))]
        left_out = sorted((*found.left_out, *planning.left_out), key=lambda one: one.line)
        return Plan(questions=tuple(planned), left_out=tuple(left_out), furniture=found.furniture)


@dataclass
class _Planning:
    """One import under way: the ids in its deck, old and new, and what it left out."""

    importing: Importing
    used: set[str]
    left_out: list[LeftOut] = field(default_factory=list)

    def plan(self, found: FoundQuestion) -> Planned | None:
        whole = found.whole
        if whole is not None and (twin := self._twin(whole)):
            self._leave(found.line, f"{whole.id} {whole.title}", f"{_SAME} {twin}")
            return None
        made = whole if whole is not None else self._drafted(found)
        if made is None:
            return None
        taken = self.used if whole is not None else self.used.union(self.importing.taken)
        question = replace(made, id=self._id(found.id, made.topic, taken))
        try:
            self.importing.parse(question)
        except CorpusInvalid as error:
            fault = error.faults[0]
            self._leave(found.line, _all_of(found), f"{fault.problem}; {fault.remedy}")
            return None
        self.used.add(question.id)
        return Planned(question=question, found=found)

    def _twin(self, whole: Question) -> str:
        """Return the id of the known question that says all that ``whole`` says, if there is."""
        same = (q.id for q in self.importing.there if replace(q, id="") == replace(whole, id=""))
        return next(same, "")

    def _drafted(self, found: FoundQuestion) -> Question | None:
        prompt = one_line(found.prompt if words(found.prompt) else found.title)
        claims = list(self._claims(found))
        answer = sanitise(found.model_answer).strip() or "\n\n".join(one.text for one in claims)
        if not words(prompt) or not claims:
            what = "points" if words(prompt) else "a question"
            self._leave(found.line, _all_of(found), f"there are no words for {what}")
            return None
        return Question(
            id=found.id,
            title=one_line(found.title) or title_of(prompt),
            topic=self._topic(found),
            level=self._level(found),
            prompt=prompt,
            points=_points(claims),
            tags=tuple(dict.fromkeys(filter(None, map(one_line, found.tags)))),
            source=self.importing.source,
            licence=self.importing.licence,
            model_answer=answer,
            draft=True,
        )

    def _claims(self, found: FoundQuestion) -> Iterator[Claim]:
        seen: set[str] = set()
        for claim in found.claims:
            said = replace(claim, text=one_line(claim.text))
            key = fold(said.text).rstrip(".!?;, ")
            if not words(said.text):
                self._leave(said.line, said.text, "a point without words")
            elif key in seen:
                self._leave(said.line, said.text, f"{found.title}: it is said twice")
            elif len(seen) == MOST_POINTS:
                why = f"{found.title}: a question has {MOST_POINTS} points at most; split it"
                self._leave(said.line, said.text, why)
            else:
                seen.add(key)
                yield said

    def _topic(self, found: FoundQuestion) -> str:
        if named := self.importing.topic or slug(found.topic):
            return named
        alike = (q.topic for q in self.importing.known if found.id and q.id[:2] == found.id[:2])
        return next(alike, OTHER_TOPIC)

    def _level(self, found: FoundQuestion) -> Level:
        said = found.level.strip().lower()
        return Level(said) if said in set(Level) else self.importing.level

    def _id(self, wanted: str, topic: str, taken: Collection[str]) -> str:
        if ID.fullmatch(wanted) and wanted not in taken:
            return wanted
        return next_id(topic, self.importing.known, self.used.union(self.importing.taken))

    def _leave(self, line: int, text: str, why: str) -> None:
        self.left_out.append(LeftOut(line=line, text=one_line(text), why=one_line(why)))


def _all_of(found: FoundQuestion) -> str:
    """Return all that is said in ``found``, for the line about its loss."""
    return " ".join(filter(None, [found.id, found.title, found.prompt, found.model_answer]))


def _points(claims: Sequence[Claim]) -> tuple[Point, ...]:
    """Return a point for each claim, called by the name it begins with or by its first words."""
    names = [slug(_name_of(claim.text), _LONGEST_POINT_NAME) for claim in claims]
    return tuple(
        Point(id=name, text=claim.text)
        for name, claim in zip(slugs(names, "point"), claims, strict=True)
    )


def _name_of(claim: str) -> str:
    """Return what ``claim`` could be called: the name before its colon, or its words."""
    plain = _FORMULA.sub(" ", claim)
    return plain.rpartition(": ")[0] or plain
