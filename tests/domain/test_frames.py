"""Frames assert, deny, report or dream; one table of sentences for each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewbot.domain.denials import Scope, verdict_on
from interviewbot.domain.frames import Stance, framed, inside_frames

CLAIM = "dropout deletes rows"
ASSERTING = (
    "There is no doubt that",
    "Don't forget that",
    "Don’t forget",
    "I'm not entirely sure, but",
    "No wonder",
    "It is no wonder that",
    "Not surprisingly,",
    "Nobody denies that",
    "I cannot stress enough that",
    "It is not wrong to say that",
    "It's not false that",
    "I'm no expert, but",
    "Without going into detail,",
    "It goes without saying that",
    "If I'm not mistaken,",
    "There is no question that",
    "Not only that:",
    "Why not say it plainly:",
    "I think there is no doubt that",
    "Few people know that",
    "It is hard to deny that",
    "No, I think that",
    "Contrary to popular belief,",
)
DENYING = (
    "I doubt that",
    "I doubt",
    "I doubt the",
    "It is unlikely that",
    "I disagree with the idea that",
    "I deny that",
    "It is a lie that",
    "It is a myth that",
    "It isn’t true that",
    "It would be incorrect to say that",
    "A common mistake is to think that",
    "I don't think",
    "Nobody believes that",
    "Some people wrongly believe that",
    "There is no evidence that",
    "It does not follow that",
    "I refuse to believe that",
    "I would never say:",
    "A myth:",
)
REPORTING = (
    "Beginners often assume that",
    "One might expect that",
    "Many people think",
    "You sometimes hear this:",
)
DREAMING = (
    "It would be nice if",
    "In my dream",
    "In my dream the",
    "I wish that",
    "I do not know if",
    "I wonder whether",
    "I never understood how",
    "I have no idea whether",
)


@pytest.mark.parametrize(
    ("frame", "stance"),
    [
        *((frame, Stance.SAID) for frame in ASSERTING),
        *((frame, Stance.DENIED) for frame in DENYING),
        *((frame, Stance.REPORTED) for frame in REPORTING),
        *((frame, Stance.UNCLAIMED) for frame in DREAMING),
    ],
)
def test_what_a_frame_does(frame: str, stance: Stance) -> None:
    """The claim stays inside, the frame does not."""
    found = framed(f"{frame} {CLAIM}.")
    assert found.stance is stance
    inside = inside_frames(f"{frame} {CLAIM}.")
    assert CLAIM in inside
    assert "not" not in inside.split()
    assert len(inside) == len(f"{frame} {CLAIM}.")


@pytest.mark.parametrize(
    "text",
    [
        "Without that mask it cannot tell the two apart.",
        "There's no formula that gives the weights directly.",
        "Mistakes that cost nothing are ignored.",
        "That neurons form layers is true.",
        "The weights are adjusted so that the error falls.",
        "We do not expect linear models to bend.",
        "You cannot assume independence.",
        "Wrong labels hurt accuracy.",
        "Doubt grows with the variance.",
        "Imagine that the loss is a valley.",
        "",
        "...",
    ],
)
def test_statements_of_the_subject_are_said(text: str) -> None:
    """Words of frames stand in honest sentences too."""
    assert framed(text).stance is Stance.SAID


@pytest.mark.parametrize(
    ("tail", "stance"),
    [
        (", which is wrong", Stance.DENIED),
        (", but that is not true", Stance.DENIED),
        (" - but this is a myth", Stance.DENIED),
        (", which is not wrong", Stance.SAID),
        (", no doubt", Stance.SAID),
        (", if I'm not mistaken", Stance.SAID),
        (", which is slow", Stance.SAID),
    ],
)
def test_what_a_tail_does(tail: str, stance: Stance) -> None:
    """A verdict behind the claim denies it, an assurance does not."""
    assert framed(f"So {CLAIM}{tail}.").stance is stance


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("The claim that {} is false.", Stance.DENIED),
        ("The widespread belief that {} has been disproved.", Stance.DENIED),
        ("The notion that {} does not hold.", Stance.DENIED),
        ("Any suggestion that {} cannot be right.", Stance.DENIED),
        ("The view that {} is not one I accept.", Stance.DENIED),
        ("Your assertion that {} is, of course, nonsense.", Stance.DENIED),
        ("The conclusion that {} would be mistaken.", Stance.DENIED),
        ("I think the claim that {} is a myth.", Stance.DENIED),
        ("Anyone who says that {} is mistaken.", Stance.DENIED),
        ("Whoever tells you that {} is wrong.", Stance.DENIED),
        ("The claim that {} isn't wrong.", Stance.SAID),
        ("The claim that {} is right.", Stance.SAID),
        ("The statement that {} is hard to deny.", Stance.SAID),
        ("The paper refutes the claim that {} and the labels are wrong.", Stance.SAID),
        ("The authors reject claims that {} and labels are wrong.", Stance.SAID),
        ("The claim that {} and labels are wrong is right.", Stance.SAID),
        ("The assumption that {} is often violated.", Stance.SAID),
    ],
)
def test_a_verdict_on_a_claim_stands_behind_it(text: str, stance: Stance) -> None:
    """On the claim, not on what is said in it; twice denied is said."""
    assert framed(text.format(CLAIM)).stance is stance


@pytest.mark.parametrize(
    ("frame", "stance"),
    [
        ("Under no circumstances would I say that", Stance.DENIED),
        ("In no way do I believe that", Stance.DENIED),
        ("On no account should you think that", Stance.DENIED),
        ("By no stretch of the imagination can one claim that", Stance.DENIED),
        ("Never would anyone competent argue that", Stance.DENIED),
        ("No serious textbook would say that", Stance.DENIED),
        ("None of the lecturers would ever claim that", Stance.DENIED),
        ("Under no circumstances would I deny that", Stance.SAID),
        ("Not once did I doubt that", Stance.SAID),
        ("Never would I forget that", Stance.SAID),
        ("Not only would I say that", Stance.SAID),
    ],
)
def test_a_denial_may_stand_in_front(frame: str, stance: Stance) -> None:
    """With verb and subject turned round behind it."""
    text = f"{frame} {CLAIM}."
    assert framed(text).stance is stance
    assert inside_frames(text).strip() == f"{CLAIM}."


@pytest.mark.parametrize(
    "text",
    [
        "Under no load does the server have requests that wait.",
        "No layer can have weights that are all zero.",
        "Never has a model weights that it was not given.",
        "Not every sample has a label that is known.",
        "In no case does the test give a p-value that is wrong.",
    ],
)
def test_a_denial_in_front_of_the_subject_matter_is_said(text: str) -> None:
    """Nobody says or thinks anything there."""
    assert framed(text).stance is Stance.SAID


def test_a_subject_clause_may_be_called_wrong() -> None:
    """What stands between "that" and "is wrong" is denied."""
    assert framed(f"That {CLAIM} is simply WRONG.").stance is Stance.DENIED
    assert framed(f"The idea that {CLAIM} is not wrong.").stance is Stance.SAID


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("That is wrong.", Scope.LAST),
        ("Wrong!", Scope.LAST),
        ("That is a lie.", Scope.LAST),
        ("No, that's not true.", Scope.LAST),
        ("But that is a myth.", Scope.LAST),
        ("Which is not the case.", Scope.LAST),
        ("Everything in the following paragraph is false.", Scope.AFTER),
        ("None of what I just said is true.", Scope.BEFORE),
        ("That is not wrong.", None),
        ("No doubt.", None),
        ("It is wrong.", None),  # the model's prediction, say
        ("This is the error.", None),
        ("That is the question.", None),
        ("All predictions above the threshold are wrong.", None),
        ("Right.", None),
        ("", None),
    ],
)
def test_a_sentence_may_call_others_untrue(text: str, scope: Scope | None) -> None:
    """Only one that says nothing else."""
    assert verdict_on(text) is scope


@given(text=st.text(max_size=60))
@settings(deadline=None)
def test_the_inside_lies_in_the_text(text: str) -> None:
    """Whatever the text."""
    found = framed(text)
    assert 0 <= found.start <= found.end <= len(text)
