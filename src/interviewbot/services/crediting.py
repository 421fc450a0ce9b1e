"""Who graded the answers of a sitting, and what that took.

Owns the sentence. Refuses to grade, and to count what was spent on anything else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from interviewbot.domain.grade import Grade, ModelCall
from interviewbot.domain.sitting import Sitting
from interviewbot.domain.text import counted


def graded_by(sitting: Sitting) -> str:
    """Return which language models graded how many answers, for what, and how many none did.

    Replies to follow-ups are answers. Empty where no model was to grade.
    """
    turns = [turn for exchange in sitting.exchanges for turn in exchange.turns]
    grades = [turn.result for turn in turns if isinstance(turn.result, Grade)]
    asked = [(grade.receipt.call, grade.degraded is None) for grade in grades]
    calls = [call for call, used in asked if call is not None and used]
    lost = [call for call, used in asked if call is not None and not used]
    reasons = Counter(grade.degraded for grade in grades if grade.degraded is not None)
    if not calls and not reasons:
        return ""
    models = dict.fromkeys(call.model for call in calls)
    parts = [_by(model, [call for call in calls if call.model == model]) for model in models]
    offline = len(grades) - len(calls)
    if offline:
        why = "; ".join(str(reason) for reason in reasons)
        parts.append(f"Graded offline: {counted(offline, 'answer')}{f' ({why})' if why else ''}.")
    if lost:
        parts.append(f"Replies that could not be used took {_spent(lost)}.")
    return " ".join(parts)


def _by(model: str, calls: Sequence[ModelCall]) -> str:
    return f"Graded by {model}: {counted(len(calls), 'answer')}, {_spent(calls)}."


def _spent(calls: Sequence[ModelCall]) -> str:
    paid = [call for call in calls if not call.cached]
    tokens = sum(call.input_tokens + call.output_tokens for call in paid)
    about = "" if all(call.tokens_told for call in paid) else "about "
    costs = [call.cost for call in paid if call.cost is not None]
    money = f", {sum(costs):.4f} {paid[0].currency}" if costs else ""
    return f"{about}{tokens:,} tokens{money}"
