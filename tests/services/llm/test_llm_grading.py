"""One answer, graded by a language model: what counts, and what happens where nothing does."""

from __future__ import annotations

import json
import threading
from dataclasses import replace

import pytest
from tests.fakes.fixed_judge import FixedJudge
from tests.fakes.scripted_model import USAGE
from tests.services.llm.made_grader import AGREEING, MATCH, MadeGrader
from tests.services.llm.made_judgements import ANSWER, SENTENCES, TOLD, TREES, reply

from interviewbot.domain.chat import ChatFailed, ChatFault, ChatRequest, Rung, Usage
from interviewbot.domain.errors import BadInput
from interviewbot.domain.grade import Aside, Band, Grade, ModelCall, PointGrade, Ungraded, Verdict
from interviewbot.domain.question import Question, rubric_digest

INVENTED = dict.fromkeys(SENTENCES, "words that nobody said")
KEY = ChatFailed(ChatFault.KEY, "the key was refused", "set OPENAI_API_KEY")
REFUSED = "the key was refused; set OPENAI_API_KEY"
FRENCH = "La moyenne de plusieurs arbres varie moins que chacun d'eux."


def one_bad(name: str = "variance") -> str:
    """Return a reply with one invented quote."""
    return reply(quotes={name: INVENTED[name]})


def test_a_grade_follows_from_the_models_verdicts() -> None:
    """Score, band and points are of what the model said and code has checked."""
    made = MadeGrader(reply({"bagging": "partial", "features": "missing"}))
    made.judge.credits = {"variance": 1.0, "bagging": 0.5}
    found = made.graded()
    assert (found.score, found.score_range, found.band) == (62.5, (62.5, 62.5), Band.DEVELOPING)
    assert (found.judge, found.degraded) == ("llm", None)
    assert (found.question_id, found.question_match) == ("AA0003", MATCH)
    verdicts = [point.verdict for point in found.points]
    assert verdicts == [Verdict.COVERED, Verdict.PARTIAL, Verdict.MISSING]
    assert [point.id for point in found.points] == [point.id for point in TREES.points]
    assert found.feedback.strengths == (TREES.points[0].text,)
    assert found.feedback.advice == ("Clear.", "Say more.")
    assert found.aside == ()


def test_a_receipt_names_everything_that_could_differ() -> None:
    """The model, where it is, the prompt, the rung, the seed, the tokens and their price."""
    made = MadeGrader(ChatFailed(ChatFault.REQUEST, "no schemas here"), "{nonsense}", reply())
    found = made.graded()
    receipt = found.receipt
    assert (receipt.rubric, receipt.judge) == (rubric_digest(TREES), "llm:scripted:one")
    assert (receipt.thresholds, receipt.version) == ("0123456789ab", "1.2.3")
    seed = made.model.requests[0].seed
    assert seed is not None
    assert receipt.call == ModelCall(
        model="scripted:one",
        endpoint="http://127.0.0.1:9/v1",
        prompt="judge@1 sha256:00",
        rung="function_calling",
        seed=seed,
        repairs=1,
        input_tokens=200,
        output_tokens=20,
        tokens_told=True,
        cost=pytest.approx(0.0004),  # type: ignore[arg-type]
        currency="EUR",
        cached=False,
    )
    assert made.spending.usage == Usage(input_tokens=200, output_tokens=20)


def test_without_prices_a_receipt_has_no_cost() -> None:
    """None, not nothing."""
    call = MadeGrader(reply(), prices=None).graded().receipt.call
    assert call is not None
    assert (call.cost, call.currency) == (None, "")


@pytest.mark.parametrize("answer", ["", " \n", "\u200b"])
def test_a_blank_answer_is_sent_nowhere(answer: str) -> None:
    """It is ungraded, and costs nothing."""
    made = MadeGrader()
    assert made(answer) == Ungraded(
        reason="the answer is blank", question_id="AA0003", question_match=MATCH, judge="llm"
    )
    assert made.model.requests == []
    assert made.cache.asked == []


def test_a_question_without_points_is_sent_nowhere() -> None:
    """There is nothing to ask about."""
    found = MadeGrader().ungraded(question=replace(TREES, points=()))
    assert "no points" in found.reason
    assert found.judge == "llm"


def test_the_same_answer_costs_once() -> None:
    """A kept reply gives the same grade; it is marked, and its price is nothing."""
    made = MadeGrader(reply())
    first, second = made.graded(), made.graded()
    assert len(made.model.requests) == 1
    assert made.spending.usage == USAGE
    assert first.receipt.call is not None
    call = second.receipt.call
    assert call == replace(first.receipt.call, cached=True, cost=0.0)
    assert replace(second, receipt=first.receipt) == first


def test_a_kept_reply_is_no_reply_to_something_else() -> None:
    """Another answer is asked about."""
    made = MadeGrader(reply(), reply())
    made.graded()
    made.graded(ANSWER + " So it is.")
    assert len(made.model.requests) == 2
    assert len(made.cache.kept) == 2


def test_only_what_was_verified_is_kept() -> None:
    """Neither a reply that nobody could use nor one with a quote that does not hold."""
    for script in (["x", "y", "z"], [one_bad(), one_bad(), one_bad()], [KEY]):
        made = MadeGrader(*script)
        made.graded()
        assert made.cache.kept == {}


def test_what_is_kept_is_the_reply_and_what_it_took() -> None:
    """Plain JSON, and nothing of the answer but what the reply quotes."""
    made = MadeGrader("{}", reply())
    made.graded()
    (document,) = made.cache.kept.values()
    assert json.loads(json.dumps(document)) == {
        "reply": reply(),
        "rung": "json_schema",
        "repairs": 1,
        "input_tokens": 200,
        "output_tokens": 20,
        "tokens_told": True,
    }
    assert list(made.cache.kept) == made.cache.asked


def test_an_invented_quote_is_sent_back() -> None:
    """The model is told which point it is, and a reply that holds is taken."""
    made = MadeGrader(one_bad(), reply())
    found = made.graded()
    shown = made.model.requests[1].messages[-1].content
    assert shown == "the quote for the point “variance” is not in the answer word for word"
    assert not any(point.disputed for point in found.points)
    assert found.receipt.call is not None
    assert found.receipt.call.repairs == 1


def test_a_point_whose_quote_is_invented_for_good_is_judged_offline() -> None:
    """After two repairs the rest of the reply counts, and this point is disputed."""
    made = MadeGrader(one_bad(), one_bad(), one_bad())
    made.judge.credits = {**AGREEING, "variance": 0.5}
    found = made.graded()
    assert (found.judge, found.degraded) == ("llm", None)
    point = found.points[0]
    assert (point.verdict, point.credit, point.disputed) == (Verdict.PARTIAL, 0.5, True)
    assert [other.disputed for other in found.points[1:]] == [False, False]
    assert found.score == 75.0
    assert found.score_range == (75.0, 100.0)
    call = found.receipt.call
    assert call is not None
    assert (call.repairs, call.input_tokens, call.output_tokens) == (2, 300, 30)
    assert made.cache.kept == {}


def test_the_last_usable_reply_counts_where_a_repair_fails() -> None:
    """All that was paid is in the receipt, and how many repairs that reply took."""
    made = MadeGrader("nonsense", one_bad(), KEY)
    call = made.graded().receipt.call
    assert call is not None
    assert (call.repairs, call.input_tokens) == (1, 200)
    assert made.spending.usage.input_tokens == 200


@pytest.mark.parametrize("offline", [True, False])
def test_a_reply_of_inventions_is_no_grade(offline: bool) -> None:
    """The offline grade in its place, with the reason; with no fallback there is none."""
    made = MadeGrader(*[reply(quotes=INVENTED)] * 3, fallback=offline)
    found = made()
    if not offline:
        assert found == Ungraded(
            reason="the model quotes words that are not in the answer",
            question_id="AA0003",
            question_match=MATCH,
            judge="llm",
        )
        return
    assert isinstance(found, Grade)
    assert (found.judge, found.score) == ("local", 100.0)
    assert found.degraded == "the model quotes words that are not in the answer"
    assert found.question_match == MATCH
    call = found.receipt.call
    assert call is not None
    assert (call.repairs, call.input_tokens, call.cost) == (2, 300, made.spending.cost)


def test_what_a_failure_took_is_in_the_receipt() -> None:
    """Paid is paid, whoever graded in the end; what took nothing is no call."""
    made = MadeGrader(*["nonsense"] * 3)
    found = made.graded()
    assert found.degraded is not None
    call = found.receipt.call
    assert call is not None
    assert (call.repairs, call.input_tokens, call.output_tokens) == (2, 300, 30)
    assert call.cost == made.spending.cost
    unpaid = MadeGrader(ChatFailed(ChatFault.KEY, "no key"))
    assert unpaid.graded().receipt.call is None


@pytest.mark.parametrize("fault", [ChatFault.KEY, ChatFault.NO_MODEL, ChatFault.REFUSED])
def test_where_the_model_fails_the_offline_grade_counts(fault: ChatFault) -> None:
    """Marked with the reason, word for word that of the offline judge."""
    made = MadeGrader(ChatFailed(fault, "it failed"))
    expected = made.service.local.grade(TREES, ANSWER, MATCH)
    assert isinstance(expected, Grade)
    assert made.graded() == replace(expected, degraded="it failed")


def test_without_fallback_a_failure_is_no_grade() -> None:
    """Ungraded, with the reason, and never a zero."""
    found = MadeGrader(KEY, fallback=False)()
    assert found == Ungraded(
        reason=REFUSED, question_id="AA0003", question_match=MATCH, judge="llm"
    )


def test_where_both_judges_fail_both_reasons_are_told() -> None:
    """There is nothing to fall back to."""
    made = MadeGrader(KEY, judge=FixedJudge(refused=frozenset({ANSWER})))
    found = made.ungraded()
    assert found.reason == f"{REFUSED}; offline: the judge gave up"
    assert found.judge == "llm"


def in_french(quote: str = FRENCH) -> str:
    """Return a reply about the French answer."""
    return reply({"bagging": "missing", "features": "missing"}, {"variance": quote})


def test_what_the_offline_judge_cannot_read_the_model_may_grade() -> None:
    """An answer in another language: with true quotes the model's word alone is enough."""
    judge = FixedJudge(refused=frozenset({FRENCH}))
    found = MadeGrader(in_french(), judge=judge).graded(FRENCH)
    assert (found.score, found.judge, found.degraded) == (50.0, "llm", None)
    assert {point.local for point in found.points} == {None}
    bad = in_french("words that nobody said")
    ungraded = MadeGrader(bad, bad, bad, judge=judge).ungraded(FRENCH)
    assert "not in the answer" in ungraded.reason
    assert "the judge gave up" in ungraded.reason


def test_what_nobody_can_check_is_ungraded() -> None:
    """Another language that speaks to the grader."""
    answer = f"{FRENCH} {TOLD}"
    judge = FixedJudge(refused=frozenset({f"{FRENCH} " + "\n" * len(TOLD)}))
    found = MadeGrader(in_french(), judge=judge).ungraded(answer)
    assert "speaks to the grader" in found.reason


def test_what_speaks_to_the_grader_earns_nothing() -> None:
    """It is not sent, it is counted as set aside, and a model that listened changes nothing."""
    answer = f"Trees are trees indeed. {TOLD}"
    obeying = reply(quotes=dict.fromkeys(SENTENCES, "Trees are trees indeed."))
    made = MadeGrader(obeying, judge=FixedJudge())
    found = made.graded(answer)
    assert TOLD not in made.model.requests[0].messages[-1].content
    assert found.aside == (Aside.REQUEST,)
    assert (found.score, found.score_range) == (0.0, (0.0, 100.0))
    assert all(point.disputed for point in found.points)


def test_neither_judge_reads_what_speaks_to_the_grader() -> None:
    """To the offline judge it is empty lines, so that its evidence is in its place."""
    answer = f"So it is with trees. {TOLD} {ANSWER}"
    made = MadeGrader(reply())
    found = made.graded(answer)
    assert made.judge.seen == [("AA0003", answer.replace(TOLD, "\n" * len(TOLD)))]
    for point in found.points:
        assert point.evidence is not None
        assert answer[point.evidence.start : point.evidence.end] == point.evidence.quote


def test_an_answer_that_only_speaks_to_the_grader_is_graded_offline() -> None:
    """It may be an honest one that only sounds so; nothing is paid for it."""
    made = MadeGrader()
    found = made.graded(TOLD)
    assert found.judge == "local"
    assert found.degraded == "the answer speaks to the grader and says nothing else"
    assert made.model.requests == []


def test_without_a_fallback_it_stays_ungraded() -> None:
    """There is nothing left that the model may see."""
    made = MadeGrader(fallback=False)
    found = made.ungraded(TOLD)
    assert found == Ungraded(
        reason="the answer speaks to the grader and says nothing else",
        question_id="AA0003",
        question_match=MATCH,
        judge="llm",
    )
    assert made.model.requests == []


def test_disputes_widen_the_range() -> None:
    """Between what one judge says and what the other does; an unsure point half of one."""
    made = MadeGrader(reply({"bagging": "missing"}))
    found = made.graded()
    assert (found.score, found.score_range) == (75.0, (75.0, 100.0))
    unsure = json.loads(reply())
    unsure["points"][2]["confidence"] = 0.3
    found = MadeGrader(json.dumps(unsure)).graded()
    assert (found.score, found.score_range) == (100.0, (87.5, 100.0))


def test_a_dispute_with_nobody_widens_the_range_too() -> None:
    """Where there is no offline grade, what one sentence proves for three points is unsure."""
    alike = reply(quotes=dict.fromkeys(SENTENCES, FRENCH))
    judge = FixedJudge(refused=frozenset({FRENCH}))
    found = MadeGrader(alike, judge=judge).graded(FRENCH)
    assert all(point.disputed for point in found.points)
    assert (found.score, found.score_range) == (100.0, (50.0, 100.0))


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("What does each split look at?", True),
        (" What does each split look at? ", True),
        ("Tell me about splits.", False),
        ("", False),
        ("W" * 300 + "?", False),
        ("Each split considers a random subset of the features, does it not?", False),
    ],
)
def test_the_models_follow_up_must_be_a_question(said: str, taken: bool) -> None:
    """Short, and without what it asks for; else the corpus has one."""
    made = MadeGrader(reply({"bagging": "missing"}, follow_up=said))
    expected = said.strip() if taken else "What sample?"
    assert made.graded().feedback.follow_up == expected


def test_empty_advice_is_none() -> None:
    """A model may have nothing to praise."""
    made = MadeGrader(reply(strength="", improvement=" "))
    assert made.graded().feedback.advice == ()


def test_a_changed_point_changes_what_follows_from_it() -> None:
    """Score, range, band and feedback; the model's advice stays, and so does the receipt."""
    made = MadeGrader(reply())
    before = made.graded()
    lost = replace(before.points[0], verdict=Verdict.MISSING, credit=0.0)
    after = made.service.with_points(before, [lost, *before.points[1:]])
    assert (after.score, after.score_range, after.band) == (50.0, (50.0, 50.0), Band.DEVELOPING)
    assert after.feedback.missing == (TREES.points[0].text,)
    assert after.feedback.advice == before.feedback.advice
    assert after.receipt == before.receipt
    assert made.service.with_points(before, before.points).score_range == before.score_range


def test_a_changed_point_of_a_degraded_grade_is_the_offline_graders() -> None:
    """Its range is calibrated, as that of the grade was."""
    made = MadeGrader(KEY)
    before = made.graded()
    after = made.service.with_points(before, before.points)
    assert after == made.service.local.with_points(before, before.points)
    assert after.degraded == REFUSED


def test_what_is_wrong_with_a_prompt_is_told_at_once() -> None:
    """An error of the user's is no reason to fall back for a whole batch."""

    def broken(_: ChatRequest) -> str:
        raise BadInput("the prompt repair is not valid")

    with pytest.raises(BadInput, match="not valid"):
        MadeGrader(broken)()


def test_the_offline_judge_works_while_the_model_is_asked() -> None:
    """Its time is not added to the model's: each would wait for the other in vain."""
    met = threading.Barrier(2, timeout=10)

    class Meeting(FixedJudge):
        def judge(self, question: Question, answer: str) -> tuple[PointGrade, ...]:
            met.wait()
            return super().judge(question, answer)

    def play(_: ChatRequest) -> str:
        met.wait()
        return reply()

    assert MadeGrader(play, judge=Meeting(AGREEING)).graded().score == 100.0


def test_several_threads_may_grade() -> None:
    """All replies are found again, and all tokens are counted."""
    made = MadeGrader(*[reply()] * 16)
    found: list[Grade | Ungraded] = []
    threads = [
        threading.Thread(target=lambda n=n: found.append(made(f"{ANSWER} {n}"))) for n in range(16)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert [result.score for result in found if isinstance(result, Grade)] == [100.0] * 16
    assert made.spending.usage.input_tokens == 1600
    assert len(made.cache.kept) == 16
    assert {request.rung for request in made.model.requests} == {Rung.SCHEMA}
