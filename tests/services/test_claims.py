"""The texts of a question, ready for comparing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from tests.fakes.hashed_encoder import HashedEncoder
from tests.services.made_questions import DROPOUT

from interviewbot.domain.question import Question
from interviewbot.services.alignment import TokenWeights
from interviewbot.services.claims import PointClaims, claims_of

WEIGHTS = TokenWeights(idf={}, unknown=1.0)


def ready(question: Question) -> dict[str, PointClaims]:
    """Return the claims of ``question``."""
    encoded = dict(zip(question.texts, HashedEncoder().encode(question.texts), strict=True))
    return claims_of(question, encoded, WEIGHTS)


def test_wordings_and_misconceptions_are_kept_apart() -> None:
    """Point by point, the point's own text first."""
    found = ready(DROPOUT)
    assert list(found) == ["silence", "scale"]
    for point in DROPOUT.points:
        assert tuple(claim.text for claim in found[point.id].right) == point.claims
        assert tuple(claim.text for claim in found[point.id].wrong) == point.misconceptions


def test_words_of_the_prompt_weigh_less() -> None:
    """In a question without a prompt they weigh as others do."""
    (first, *_) = ready(DROPOUT)["silence"].right
    assert first.weights[0] < first.weights[1] / 4  # dropout, silences
    (first, *_) = ready(replace(DROPOUT, prompt=""))["silence"].right
    np.testing.assert_allclose(first.weights[0], first.weights[1])


def test_texts_without_a_token_are_left_out() -> None:
    """There is nothing in them to compare."""
    point = replace(DROPOUT.points[0], text=" ", misconceptions=("\t", "No."))
    found = ready(replace(DROPOUT, points=(point,)))["silence"]
    assert [claim.text for claim in found.right] == list(point.accept)
    assert [claim.text for claim in found.wrong] == ["No."]
