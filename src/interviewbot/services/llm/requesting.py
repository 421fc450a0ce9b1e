"""What is sent to a language model about one answer.

Owns the order of the points, the delimiters and what identifies the request. Refuses to
send it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass

from interviewbot.domain.addressing import Addressing, addressed, masked, without
from interviewbot.domain.chat import ChatRequest
from interviewbot.domain.folding import is_blank
from interviewbot.domain.prompt import RenderedPrompt
from interviewbot.domain.question import Point, Question
from interviewbot.domain.replies import schema_for
from interviewbot.domain.text import sanitise
from interviewbot.ports import Prompts

PROMPT = "judge"
_SEEDS = 2**31


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeRequest:
    """A request, and what the receipt says of it.

    ``addressed`` are the stretches of the answer that speak to the grader; they are not sent.
    ``key`` is the hash of all that the reply depends on but how it is held to its shape.
    """

    request: ChatRequest
    prompt: RenderedPrompt
    seed: int
    addressed: tuple[Addressing, ...]
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Requesting:
    """Makes requests. ``secret`` makes delimiters that nobody who writes an answer can guess.

    ``model`` and ``place`` are what else a reply depends on.

    The same answer gets the same delimiter and the same order of points every time, so that a
    request can be known again.
    """

    prompts: Prompts
    secret: bytes
    model: str
    place: str

    @property
    def prompt(self) -> str:
        """The prompt's id, version and digest, as a receipt has them."""
        empty = {"question": "", "points": [], "answer": "", "delimiter": ""}
        return str(self.prompts.render(PROMPT, empty))

    def about(self, question: Question, answer: str) -> JudgeRequest:
        """Return the request to judge ``answer``."""
        digest = hashlib.sha256(f"{question.id}\0{question.prompt}\0{answer}".encode()).digest()
        seed = int.from_bytes(digest[:8], "big") % _SEEDS
        points = _shuffled(question.points, seed)
        found = addressed(answer, question.prompt)
        prompt = self.prompts.render(
            PROMPT,
            {
                "question": sanitise(question.prompt),
                "points": [{"id": point.id, "text": sanitise(point.text)} for point in points],
                "answer": sanitise(without(answer, found)),
                "delimiter": hmac.new(self.secret, digest, "sha256").hexdigest()[:24],
            },
        )
        request = ChatRequest(
            messages=prompt.messages,
            schema=schema_for([point.id for point in points]),
            schema_name="judgement",
            seed=seed,
        )
        return JudgeRequest(
            request=request, prompt=prompt, seed=seed, addressed=found, key=self._key(request)
        )

    def _key(self, request: ChatRequest) -> str:
        parts = {
            "place": self.place,
            "model": self.model,
            "messages": [[message.role.value, message.content] for message in request.messages],
            "schema": request.schema,
            "seed": request.seed,
            "temperature": request.temperature,
            "most_tokens": request.most_tokens,
        }
        canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def unasked(question: Question, answer: str, request: JudgeRequest) -> str:
    """Return why no model is asked about ``answer``, empty where one is."""
    if is_blank(answer):
        return "the answer is empty"
    if not question.points:
        return "the question has no points"
    if is_blank(masked(answer, request.addressed, "\n")):
        return "the answer speaks to the grader and says nothing else"
    return ""


def _shuffled(points: Sequence[Point], seed: int) -> list[Point]:
    order = list(points)
    random.Random(seed).shuffle(order)  # noqa: S311 - no secret, only an order
    return order
