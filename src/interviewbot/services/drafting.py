"""A draft question out of a page that holds a question and an answer to it.

Owns what a language model is asked for, which of its replies is taken, and what it is told to
mend. Refuses to call anybody, to write a file, and to decide that a draft is good: a person does.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from interviewbot.domain.chat import ChatFailed, ChatRequest
from interviewbot.domain.corpus import Corpus, CorpusEntry
from interviewbot.domain.draft_pages import Unsupported, answer_in, checked_page, unsupported
from interviewbot.domain.draft_replies import MOST_FAULTS, DraftReply, draft_schema, read_draft
from interviewbot.domain.errors import CorpusInvalid
from interviewbot.domain.question import Level, Question
from interviewbot.domain.text import one_line
from interviewbot.ports import Prompts
from interviewbot.services.linting import lint

_MOST_TOKENS = 8_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft in the corpus format; ``unsupported`` are the points to look at first.

    ``advice`` is what the linter says of the model's part; the page's own text is not in it.
    """

    question: Question
    unsupported: tuple[Unsupported, ...]
    advice: tuple[str, ...]


Read = Callable[[str], "Draft | tuple[str, ...]"]
Ask = Callable[[ChatRequest, Read], object]


@dataclass(frozen=True, kw_only=True)
class Drafting:
    """Drafts questions.

    ``ask`` sends a request until ``Read`` takes a reply, and raises ``ChatFailed`` where none
    came. ``parse`` reads a question as if it stood in a file. ``known`` is the corpus, against
    which the draft is linted. ``new_id`` gives a free id for a topic. ``source`` says where the
    page is from. ``token`` makes delimiters that who wrote the page cannot guess.
    """

    ask: Ask
    prompts: Prompts
    parse: Callable[[Question], CorpusEntry]
    known: Sequence[CorpusEntry]
    new_id: Callable[[str], str]
    source: str
    licence: str
    token: Callable[[], str] = lambda: secrets.token_hex(12)

    def draft(self, page: str, *, topic: str = "", level: Level | None = None) -> Draft:
        """Return a draft out of ``page``, of the ``topic`` (a slug) and ``level`` if given.

        A reply that is sound but could be better is sent back like a faulty one, and is taken
        all the same where none better comes.

        Raises:
            BadInput: if the page is too short or too long to be a question and its answer.
            ChatFailed: if the model gave nothing that can be used.
        """
        page = checked_page(page)
        topics = sorted({entry.question.topic for entry in self.known})
        prompt = self.prompts.render(
            "draft",
            {
                "page": page,
                "topics": [topic] if topic else topics,
                "topic": topic,
                "level": level or "",
                "delimiter": self.token(),
            },
        )
        request = ChatRequest(
            messages=prompt.messages,
            schema=draft_schema(),
            schema_name="draft",
            most_tokens=_MOST_TOKENS,
        )
        reading = _Reading(self, page, topic, level)
        try:
            self.ask(request, reading)
        except ChatFailed:
            if reading.best is None:
                raise
        if reading.best is None:
            raise AssertionError("who asks returns once a reply is read, or raises")
        return reading.best


def repair_message(prompts: Prompts, faults: Sequence[str]) -> str:
    """Return the message that shows a model what is wrong with its draft."""
    (message,) = prompts.render("draft_repair", {"faults": list(faults)}).messages
    return message.content


@dataclass
class _Reading:
    """Reads the replies about one page and keeps the best draft of them."""

    drafting: Drafting
    page: str
    topic: str
    level: Level | None
    best: Draft | None = field(default=None, init=False)

    def __call__(self, text: str) -> Draft | tuple[str, ...]:
        reply = read_draft(text)
        if isinstance(reply, tuple):
            return reply
        draft = self._draft(reply)
        if isinstance(draft, tuple):
            return draft
        if self.best is None or _rank(draft) < _rank(self.best):
            self.best = draft
        faults = [f"the point “{one.point_id}”: {one.why}" for one in draft.unsupported]
        return tuple([*faults, *draft.advice][:MOST_FAULTS]) or draft

    def _draft(self, reply: DraftReply) -> Draft | tuple[str, ...]:
        answer = answer_in(self.page, reply)
        if isinstance(answer, tuple):
            return answer
        topic = self.topic or reply.topic
        question = Question(
            id=self.drafting.new_id(topic),
            title=reply.title,
            topic=topic,
            level=self.level or reply.level,
            prompt=reply.prompt,
            points=tuple(one.point for one in reply.points),
            tags=reply.tags,
            source=self.drafting.source,
            licence=self.drafting.licence,
            model_answer=answer,
            draft=True,
        )
        try:
            entry = self.drafting.parse(question)
        except CorpusInvalid as error:
            return tuple(
                one_line(f"{fault.problem}; {fault.remedy}") for fault in error.faults[:MOST_FAULTS]
            )
        return Draft(
            question=question,
            unsupported=tuple(unsupported(question, reply.points)),
            advice=self._advice(entry),
        )

    def _advice(self, entry: CorpusEntry) -> tuple[str, ...]:
        """Return what could be better about the model's part; the mark of a draft is no fault."""
        ready = replace(entry, question=replace(entry.question, draft=False))
        corpus = Corpus(questions=(*self.drafting.known, ready), digest="")
        return tuple(
            one.message
            for one in lint(corpus)
            if one.path == entry.path and one.line != entry.answer_line
        )


def _rank(draft: Draft) -> tuple[int, int]:
    return len(draft.unsupported), len(draft.advice)
