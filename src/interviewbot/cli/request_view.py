"""``grade --explain-request``: what would be sent to the language model, and nothing is.

Owns the layout. Refuses to call anybody, and to estimate (``services.llm.estimating``).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from interviewbot.adapters.answer_files import read_answer
from interviewbot.cli import output
from interviewbot.cli.grade_single import asked
from interviewbot.domain.chat import Usage
from interviewbot.domain.text import sanitise
from interviewbot.services.llm.estimating import Estimate, estimate, usage_of
from interviewbot.services.llm.judged_replies import kept_reply
from interviewbot.services.llm.requesting import JudgeRequest, unasked
from interviewbot.wiring import Wiring

_INDENT = " " * 11
_DIGEST = len("sha256:") + 12  # characters of it that are shown; JSON has all
_BESIDE = "an interview also sends its follow-ups and, in the end, what was missed"


def explain_request_for(
    wiring: Wiring, name: str, question_id: str | None, *, as_json: bool
) -> None:
    """Print the request about the answer in the file ``name``, what it costs last."""
    answer = read_answer(name)
    question, _ = asked(wiring, answer, question_id)
    models = wiring.language_models
    made = models.requesting.about(question, answer)
    usage = usage_of(made, question)
    kept = kept_reply(models.replies, question, answer, made) is not None
    problem = models.check().problem
    silent = unasked(question, answer, made) or ("" if problem is None else problem.message)
    if as_json:
        document = _document(wiring, made, usage, kept=kept)
        output.json_document({**document, "unasked": silent or None})
        return
    for message in made.request.messages:
        output.text("\n".join([f"--- {message.role} ---", sanitise(message.content), ""]))
    output.text("\n".join(["--- schema of the reply ---", _schema(made), ""]))
    prompt = f"{made.prompt.id}, version {made.prompt.version}, {made.prompt.digest[:_DIGEST]}…"
    facts = {
        "sent": f"nothing would be: {silent}",
        **_where(wiring),
        "prompt": prompt,
        "settings": f"temperature {made.request.temperature:g}, seed {made.seed}",
        "reply": f"at most {made.request.most_tokens:,} tokens",
        "cut out": f"{len(made.addressed)} passages that speak to the grader",
        "tokens": _tokens(usage),
        "price": _price(wiring, usage),
        "kept": "the reply is kept from earlier, so that it costs nothing",
        "beside": _BESIDE,
    }
    there = {"sent": silent, "cut out": made.addressed, "kept": kept}
    left_out = {name for name, why in there.items() if not why}
    _show({name: fact for name, fact in facts.items() if name not in left_out})


def explain_requests_for(wiring: Wiring, source: Path, *, as_json: bool) -> None:
    """Print what the rows of the file ``source`` would take together."""
    from interviewbot.adapters.gold_files import read_gold

    models = wiring.language_models
    pairs = wiring.batch().questions(read_gold(source))
    answers = ((question, row.answer) for row, question in pairs)
    found = estimate(answers, models.requesting, models.replies)
    if as_json:
        output.json_document(
            {
                "model": models.model.id,
                "endpoint": models.model.endpoint,
                "answers": {"sent": found.sent, "kept": found.kept, "unasked": found.unasked},
                **_cost(wiring, found.usage),
            }
        )
        return
    _show(
        {
            **_where(wiring),
            "answers": ", ".join(_answers(found)),
            "tokens": _tokens(found.usage),
            "price": _price(wiring, found.usage),
        }
    )


def _answers(found: Estimate) -> Iterator[str]:
    yield f"{found.sent} to send"
    if found.kept:
        yield f"{found.kept} with a reply kept from earlier, which costs nothing"
    if found.unasked:
        yield f"{found.unasked} that stay ungraded and are not sent"


def _schema(made: JudgeRequest) -> str:
    return json.dumps(made.request.schema, ensure_ascii=False)


def _where(wiring: Wiring) -> dict[str, str]:
    model = wiring.language_models.model
    where = model.endpoint or "nowhere: the model runs in this process"
    return {"model": model.id, "goes to": where}


def _tokens(usage: Usage) -> str:
    return f"about {usage.input_tokens:,} in, {usage.output_tokens:,} out"


def _price(wiring: Wiring, usage: Usage) -> str:
    spending = wiring.language_models.spending
    cost = spending.cost_of(usage)
    if cost is None:
        return "not known: set both price_input and price_output, for a million tokens"
    return f"about {cost:.4f} {spending.currency}"


def _show(facts: dict[str, str]) -> None:
    for name, fact in facts.items():
        for line in output.wrapped(fact, _INDENT, first=f"{name:<11}"):
            output.text(line)


def _cost(wiring: Wiring, usage: Usage) -> dict[str, output.Json]:
    spending = wiring.language_models.spending
    return {
        "input_tokens": usage.input_tokens,
        "output_tokens": usage.output_tokens,
        "cost": spending.cost_of(usage),
        "currency": spending.currency or None,
    }


def _document(
    wiring: Wiring, made: JudgeRequest, usage: Usage, *, kept: bool
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
        "kept": kept,
        **_cost(wiring, usage),
    }
