"""``grade --explain-request``: what would be sent to the language model, and nothing is.

Owns the layout and the estimate. Refuses to call anybody.
"""

from __future__ import annotations

from interviewbot.adapters.answer_files import read_answer
from interviewbot.cli import output
from interviewbot.cli.grade_single import asked
from interviewbot.domain.chat import ChatRequest, Usage
from interviewbot.domain.text import sanitise
from interviewbot.services.llm.requesting import JudgeRequest
from interviewbot.wiring import Wiring

_CHARACTERS_A_TOKEN = 4  # of English, about
_REPLY_A_POINT = 90  # tokens, about
_REPLY_BESIDE = 120


def explain_request_for(
    wiring: Wiring, name: str, question_id: str | None, *, as_json: bool
) -> None:
    """Print the request about the answer in the file ``name``."""
    answer = read_answer(name)
    question, _ = asked(wiring, answer, question_id)
    models = wiring.language_models
    made = models.requesting.about(question, answer)
    usage = _estimate(made.request, len(question.points))
    cost = models.spending.cost_of(usage)
    if as_json:
        output.json_document(_document(wiring, made, usage, cost))
        return
    where = models.model.endpoint or "nowhere: the model runs in this process"
    price = "" if cost is None else f", about {cost:.4f} {models.spending.currency}"
    lines = [
        f"model      {models.model.id}",
        f"goes to    {where}",
        f"prompt     {made.prompt.id}, version {made.prompt.version}, {made.prompt.digest}",
        f"settings   temperature {made.request.temperature:g}, seed {made.seed}",
        f"reply      at most {made.request.most_tokens} tokens",
        f"tokens     about {usage.input_tokens} in, {usage.output_tokens} out{price}",
    ]
    if made.addressed:
        lines.append(f"cut out    {len(made.addressed)} passages that speak to the grader")
    for message in made.request.messages:
        lines += ["", f"--- {message.role} ---", sanitise(message.content)]
    output.text("\n".join(lines))


def _estimate(request: ChatRequest, points: int) -> Usage:
    characters = sum(len(message.content) for message in request.messages)
    schema = len(str(request.schema or ""))
    return Usage(
        input_tokens=(characters + schema) // _CHARACTERS_A_TOKEN,
        output_tokens=points * _REPLY_A_POINT + _REPLY_BESIDE,
        told=False,
    )


def _document(
    wiring: Wiring, made: JudgeRequest, usage: Usage, cost: float | None
) -> dict[str, output.Json]:
    models = wiring.language_models
    return {
        "model": models.model.id,
        "endpoint": models.model.endpoint,
        "prompt": {
            "id": made.prompt.id,
            "version": made.prompt.version,
            "digest": made.prompt.digest,
        },
        "messages": [
            {"role": message.role.value, "content": message.content}
            for message in made.request.messages
        ],
        "schema": None if made.request.schema is None else dict(made.request.schema),
        "seed": made.seed,
        "temperature": made.request.temperature,
        "most_tokens": made.request.most_tokens,
        "cut_out": [
            {"start": one.span.start, "end": one.span.end, "kind": one.kind.value}
            for one in made.addressed
        ],
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cost": cost,
        "currency": models.spending.currency or None,
    }
