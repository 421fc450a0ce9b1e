"""What is measured about one point before anything is decided.

Owns the signals: likeness to the point's wordings and misconceptions, opposites, negation,
and which sentence each of them comes from. Refuses to turn them into a verdict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from interviewbot.domain.copies import has_the_words_of
from interviewbot.domain.frames import Stance, inside_frames
from interviewbot.domain.grade import Verdict
from interviewbot.domain.polarity import Opposition, denies, negates, oppositions
from interviewbot.services.alignment import Alignment, Claim, Passages, nearness
from interviewbot.services.known_examples import ExampleLikeness
from interviewbot.vectors import Vector

_COPY_LENGTH = 1.2  # times the tokens of the claim
ALIKE = 0.85  # likeness below which a sentence does not hold the words of a claim
_FRAME_LENGTH = 6  # tokens of "it is not true that" and the like


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSignals:
    """Everything the verdict of one point was made from.

    All likenesses are weighted means of square roots of cosines, 0..1. ``raw`` is what the
    curve turns into credit: a quarter the best wording's likeness to the whole answer, half
    the average wording's, a quarter the best wording's to a single sentence. The shares did
    best across questions on ``eval/gold/dev.jsonl`` (log loss 0.210 against 0.214 to 0.222).

    ``likeness`` to known examples, and the ``chances`` of the verdicts, are there with an
    encoder that was taught.
    """

    raw: float
    best_wording: str
    best_likeness: float
    mean_likeness: float
    sentence: int
    wrong_sentence: int | None
    denying_sentence: int
    sentence_likeness: float
    misconception: str
    misconception_likeness: float
    misconception_margin: float
    misconception_denied: bool
    opposed: tuple[Opposition, ...]
    negated: bool
    denied: bool
    unmatched: tuple[str, ...]
    likeness: ExampleLikeness | None = None
    chances: Mapping[Verdict, float] | None = None


def signals_of(
    aligned: Sequence[Alignment],
    misconceptions: Sequence[Alignment],
    explained: Vector,
    passages: Passages,
) -> PointSignals:
    """Return the signals of the point whose claims were ``aligned`` with ``passages``.

    ``explained`` float32 ``[s]`` is how well each sentence is explained by any point's right
    claims; there must be a right claim.
    """
    best = max(aligned, key=lambda item: item.whole)
    said, sentence = _nearest(aligned)
    likeness = float(said.by_sentence[sentence])
    claim = said.claim
    wrong, wrong_at = _nearest(misconceptions) if misconceptions else (None, 0)
    wrong_likeness = float(wrong.by_sentence[wrong_at]) if wrong else 0.0
    mean = sum(item.whole for item in aligned) / len(aligned)
    return PointSignals(
        raw=best.whole / 4 + mean / 2 + likeness / 4,
        best_wording=best.claim.text,
        best_likeness=best.whole,
        mean_likeness=mean,
        sentence=_agreed(aligned),
        wrong_sentence=wrong_at if wrong else None,
        denying_sentence=sentence,
        sentence_likeness=likeness,
        misconception=wrong.claim.text if wrong else "",
        misconception_likeness=wrong_likeness,
        misconception_margin=wrong_likeness - float(explained[wrong_at]),
        misconception_denied=wrong is not None and _denies(wrong.claim, passages, wrong_at),
        opposed=_opposed(claim, passages, sentence),
        negated=_negates_a_copy(claim, passages, sentence),
        denied=likeness >= ALIKE and is_denied(claim, passages, sentence),
        unmatched=_unmatched(aligned[0]),
    )


def _denies(claim: Claim, passages: Passages, sentence: int) -> bool:
    """Return whether a sentence that is like ``claim`` says the reverse of it."""
    said = inside_frames(passages.texts[sentence])
    return denies(claim.text, said) or bool(_opposed(claim, passages, sentence))


def _opposed(claim: Claim, passages: Passages, sentence: int) -> tuple[Opposition, ...]:
    said = passages.encoded[sentence]
    return tuple(
        oppositions(
            claim.text,
            inside_frames(passages.texts[sentence]),
            lambda ours, theirs: nearness(claim.encoded, said, ours, theirs),
        )
    )


def _negates_a_copy(claim: Claim, passages: Passages, sentence: int) -> bool:
    """Return whether a sentence is no longer than a copy of ``claim``, but for a negation."""
    longest = _COPY_LENGTH * len(claim.weights) + _FRAME_LENGTH
    said = inside_frames(passages.texts[sentence])
    short = len(passages.encoded[sentence].token_ids) <= longest
    return short and negates(claim.text, said)


def is_denied(claim: Claim, passages: Passages, sentence: int) -> bool:
    """Return whether a sentence says ``claim`` word for word, but for a negation."""
    return (
        passages.stances[sentence] is Stance.SAID
        and _negates_a_copy(claim, passages, sentence)
        and has_the_words_of(claim.text, inside_frames(passages.texts[sentence]))
    )


def _nearest(aligned: Sequence[Alignment]) -> tuple[Alignment, int]:
    """Return the alignment with the likest single sentence, and that sentence."""
    best = max(aligned, key=lambda item: float(item.by_sentence.max()))
    return best, int(best.by_sentence.argmax())


def _agreed(aligned: Sequence[Alignment]) -> int:
    """Return the sentence that the wordings together are likest to: the one to quote."""
    return int(np.sum([item.by_sentence for item in aligned], axis=0).argmax())


def _unmatched(alignment: Alignment, *, most: int = 3) -> tuple[str, ...]:
    """Return the words of the point that found the least in the answer, in their order."""
    claim = alignment.claim
    lost = claim.weights * (1 - alignment.by_token**2)
    worst = sorted(np.argsort(-lost, kind="stable")[:most].tolist())
    found: dict[str, None] = {}
    for index in worst:
        if alignment.by_token[index] ** 2 < 0.55 and claim.weights[index] > 0:
            start, end = claim.encoded.spans[index].tolist()
            found[_whole_word(claim.text, start, end)] = None
    return tuple(found)


def _whole_word(text: str, start: int, end: int) -> str:
    while start > 0 and _is_inside(text, start - 1):
        start -= 1
    while end < len(text) and _is_inside(text, end):
        end += 1
    return text[start:end]


def _is_inside(text: str, place: int) -> bool:
    """Return whether the character at ``place`` belongs to a word, as does a hyphen in one."""
    around = text[max(0, place - 1) : place + 2]
    hyphen = text[place] == "-" and len(around) == 3 and around[0].isalnum() and around[2].isalnum()
    return text[place].isalnum() or hyphen
