"""A language-model grader over fakes, with all its parts at hand."""

from __future__ import annotations

import random

from tests.domain.made_calibration import made_calibration
from tests.fakes.false_clock import FalseClock
from tests.fakes.fixed_judge import FixedJudge
from tests.fakes.memory_replies import MemoryReplies
from tests.fakes.plain_prompts import PlainPrompts
from tests.fakes.scripted_model import Played, ScriptedModel
from tests.services.llm.made_judgements import ANSWER, SENTENCES, TREES

from interviewbot.domain.grade import Grade, QuestionMatch, Ungraded
from interviewbot.domain.question import Question
from interviewbot.domain.spending import Prices
from interviewbot.services.grading import Grading
from interviewbot.services.llm.asking import Asking
from interviewbot.services.llm.llm_grading import LlmGrading
from interviewbot.services.llm.pacing import Pace
from interviewbot.services.llm.requesting import Requesting
from interviewbot.services.llm.spending import Spending

MATCH = QuestionMatch(confidence=0.97, runners_up=("AA0002",))
AGREEING = dict.fromkeys(SENTENCES, 1.0)
PRICES = Prices(input=1.0, output=10.0, currency="EUR")


class MadeGrader:
    """Grades with a model that plays ``script``, beside an offline judge (agreeing, if none)."""

    def __init__(
        self,
        *script: Played,
        judge: FixedJudge | None = None,
        fallback: bool = True,
        cache: MemoryReplies | None = None,
        prices: Prices | None = PRICES,
    ) -> None:
        """Put the parts together."""
        self.model = ScriptedModel(script)
        self.judge = judge or FixedJudge(AGREEING)
        self.cache = cache or MemoryReplies()
        self.prompts = PlainPrompts()
        self.spending = Spending(prices=prices)
        clock = FalseClock()
        self.service = LlmGrading(
            local=Grading(judge=self.judge, calibration=made_calibration(), version="1.2.3"),
            asking=Asking(
                model=self.model,
                pace=Pace(clock=clock, sleep=clock.sleep),
                repair="\n".join,
                spend=self.spending.add,
                dice=random.Random(0),
            ),
            requesting=Requesting(
                prompts=self.prompts,
                secret=b"s" * 32,
                model=self.model.id,
                place=self.model.endpoint,
            ),
            cache=self.cache,
            spending=self.spending,
            fallback=fallback,
        )

    def __call__(self, answer: str = ANSWER, question: Question = TREES) -> Grade | Ungraded:
        """Return what comes of ``answer``."""
        return self.service.grade(question, answer, MATCH)

    def graded(self, answer: str = ANSWER, question: Question = TREES) -> Grade:
        """Return the grade of ``answer``."""
        found = self(answer, question)
        assert isinstance(found, Grade), found
        return found

    def ungraded(self, answer: str = ANSWER, question: Question = TREES) -> Ungraded:
        """Return why there is no grade of ``answer``."""
        found = self(answer, question)
        assert isinstance(found, Ungraded), found
        return found
