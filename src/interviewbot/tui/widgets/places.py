"""Where in a sitting the candidate is, in words for the top of the screen."""

from __future__ import annotations

from interviewbot.domain.question import Question
from interviewbot.domain.sitting import Mode, Sitting


def place_of(sitting: Sitting, question: Question) -> str:
    """Return kind, number, topic and level of what is asked; there must be an exchange."""
    exchange = sitting.exchanges[-1]
    kind = "Mock interview" if sitting.mode is Mode.MOCK else "Practice"
    parts = [f"{kind}: question {exchange.place + 1} of {len(sitting.plan)}"]
    if exchange.retry:
        parts.append("another try")
    if len(exchange.turns) > 1:
        parts.append(f"follow-up {len(exchange.turns) - 1}")
    parts += [question.topic, question.level or ""]
    return " · ".join(filter(None, parts))
