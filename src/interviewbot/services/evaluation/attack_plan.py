"""What `eval attacks` tries: hostile answers, each beside the answer without the attack.

Owns which attacks are tried, and how chance is drawn: a case says the same in a sample as
in a full run. Refuses to grade and to say what a result means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from interviewbot.domain.attack_texts import POINT_SLOTS, SLOT, AttackTemplate, AttackTexts, Family
from interviewbot.domain.folding import is_blank
from interviewbot.domain.gold import GoldRow
from interviewbot.domain.question import Point, Question
from interviewbot.domain.trial import Trial
from interviewbot.services.evaluation.attack_encodings import encoded
from interviewbot.services.evaluation.attack_slots import QuestionSlots, unrelated_claims
from interviewbot.services.evaluation.rewording_words import dice, raised

SAMPLED_QUESTIONS = 40
SAMPLED_CASES = 700
FEWEST_A_TEMPLATE = 3
_POINTWISE = 3  # times as many cases of a template that attacks single points
_BASES = ("honest", "sentence")  # slots that are an answer by themselves


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackCase:
    """One hostile answer: the trial ``attacked`` beside the trial ``base``.

    ``base`` is empty where the answer without the attack is blank: nobody can grade that, and
    its score is 0 by definition. ``point`` is the id of the point that is attacked, or empty.
    """

    attacked: str
    base: str
    question_id: str
    family: Family
    kind: str
    template: str
    point: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AttackPlan:
    """All ``trials`` once, and the ``cases`` that compare two of them.

    ``left_out`` counts by family what a rule could not make into an attack, of all that were
    ``tried``; a sample draws from the rest.
    """

    trials: tuple[Trial, ...]
    cases: tuple[AttackCase, ...]
    seed: int
    full: bool
    questions: int
    of_questions: int
    templates: int
    left_out: dict[str, int] = field(default_factory=dict)
    tried: dict[str, int] = field(default_factory=dict)


def plan_attacks(
    questions: Sequence[Question], texts: AttackTexts, *, seed: int = 0, full: bool = False
) -> AttackPlan:
    """Return every case of ``texts`` for ``questions``, or a sample drawn with ``seed``.

    The sample takes every template, for several questions of a seeded choice of them.
    """
    asked = sorted((q for q in questions if q.points), key=lambda question: question.id)
    chosen = asked
    if not full and len(asked) > SAMPLED_QUESTIONS:
        chosen = dice(seed, "attacked").sample(asked, SAMPLED_QUESTIONS)
        chosen.sort(key=lambda question: question.id)
    making = _Making(texts=texts, seed=seed)
    slots = [
        QuestionSlots(question=one, others=unrelated_claims(one, asked), seed=seed)
        for one in chosen
    ]
    fewest = max(FEWEST_A_TEMPLATE, SAMPLED_CASES // max(1, len(texts.templates)))
    for template in texts.templates:
        making.add(template, slots, most=None if full else fewest)
    return AttackPlan(
        trials=tuple(making.trials.values()),
        cases=tuple(making.cases),
        seed=seed,
        full=full,
        questions=len(chosen),
        of_questions=len(asked),
        templates=len(texts.templates),
        left_out=dict(making.left_out),
        tried=dict(making.tried),
    )


@dataclass(kw_only=True)
class _Making:
    """Collects the cases of one plan."""

    texts: AttackTexts
    seed: int
    trials: dict[str, Trial] = field(default_factory=dict)
    cases: list[AttackCase] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    tried: Counter[str] = field(default_factory=Counter)

    def add(
        self, template: AttackTemplate, slots: Sequence[QuestionSlots], *, most: int | None
    ) -> None:
        """Add the cases of ``template``: all, or so many drawn from those that can be made."""
        places = list(_places(template, slots))
        dice(self.seed, "order", template.id).shuffle(places)
        if most is not None and template.each_point:
            most *= _POINTWISE
        made: list[tuple[QuestionSlots, Point | None, str]] = []
        for filler, point in places:
            text = _filled(template, filler, point)
            self.tried[template.family.value] += 1
            if text is None:
                self.left_out[template.family.value] += 1
            elif most is None or len(made) < most:
                made.append((filler, point, text))
        made.sort(key=lambda case: (case[0].question.id, case[1].id if case[1] else ""))
        for filler, point, text in made:
            self._case(template, filler, point, text)

    def _case(
        self, template: AttackTemplate, filler: QuestionSlots, point: Point | None, text: str
    ) -> None:
        question = filler.question.id
        attacked = "/".join(
            ["attacks", question, template.id, *([point.id] if point is not None else [])]
        )
        self.cases.append(
            AttackCase(
                attacked=attacked,
                base=self._base(template, filler),
                question_id=question,
                family=template.family,
                kind=template.kind,
                template=template.id,
                point=point.id if point is not None else "",
                text=text,
            )
        )
        self._trial(attacked, question, text)

    def _base(self, template: AttackTemplate, filler: QuestionSlots) -> str:
        """Return the key of the answer without the attack; empty where that is blank."""
        kind = next((name for name in _BASES if name in template.slots), None)
        answer = self.texts.empty_handed if kind is None else filler.base(kind)
        if is_blank(answer):
            return ""
        key = f"attacks/{filler.question.id}/base:{kind or 'empty-handed'}"
        self._trial(key, filler.question.id, answer)
        return key

    def _trial(self, key: str, question_id: str, answer: str) -> None:
        row = GoldRow(id=key, answer=answer, question_id=question_id)
        self.trials.setdefault(key, Trial(key=key, row=row))


def _places(
    template: AttackTemplate, slots: Sequence[QuestionSlots]
) -> Iterator[tuple[QuestionSlots, Point | None]]:
    for filler in slots:
        if template.each_point:
            yield from ((filler, point) for point in filler.question.points)
        else:
            yield filler, None


def _filled(template: AttackTemplate, filler: QuestionSlots, point: Point | None) -> str | None:
    """Return the text of ``template``; None where a slot of it cannot be filled."""
    values: dict[str, str] = {}
    for slot in sorted(template.slots - {"hidden", "repeated", "number"}):
        value = filler.filled(slot) if point is None else _of_point(filler, slot, point)
        if value is None:
            return None
        values[slot] = value if isinstance(value, str) else template.join.join(value)
    if template.encoding is not None:
        values["hidden"] = encoded(_put(template.hidden, values), template.encoding)
    if template.repeat:
        values["repeated"] = _repeated(template, values)
    text = _put(template.text, values)
    return raised(text) if template.each_point else text


def _of_point(filler: QuestionSlots, slot: str, point: Point) -> str | list[str] | None:
    return filler.of_point(slot, point) if slot in POINT_SLOTS else filler.filled(slot)


def _repeated(template: AttackTemplate, values: dict[str, str]) -> str:
    said: list[str] = []
    size = 0
    while len(said) < template.times if template.times else size < template.size:
        said.append(_put(template.repeat, {**values, "number": str(len(said) + 1)}))
        size += len(f"{said[-1]}{template.join}".encode())
    return template.join.join(said)


def _put(text: str, values: dict[str, str]) -> str:
    """Fill the slots of ``text``; what is put in is not looked at for slots again."""
    return SLOT.sub(lambda found: values[found.group(1)], text)
