"""Lists of terms and echoes claim nothing; sentences do."""

from __future__ import annotations

import time
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewbot.domain.frames import Stance
from interviewbot.domain.grade import Aside
from interviewbot.domain.passages import echoes, read
from interviewbot.domain.question import Question
from interviewbot.domain.terms import FUNCTION_WORDS, content_words, is_list_of_terms, is_scrambled
from interviewbot.domain.text import sentences

PROMPT = "What is the bias-variance trade-off, and how does it show in practice?"


@pytest.mark.parametrize(
    "text",
    [
        "bias, variance, overfitting, regularisation",
        "layers; weights; biases; activation function; backpropagation",
        "Precision | recall | F1 score | ROC curve",
        "dropout / early stopping / weight decay / more data",
        "bias - variance - noise - error",
        "bias\nvariance\nnoise\nerror",
    ],
)
def test_short_terms_side_by_side_are_a_list(text: str) -> None:
    """However they are divided."""
    assert is_list_of_terms(text)


@pytest.mark.parametrize(
    "text",
    [
        "It learns the weights, the biases, and the scale, but not the rate.",
        "bias, variance, noise",  # three may be a sentence's end
        "The error has three parts, squared bias, variance and noise, and none of them is free.",
        "a high-variance model memorises, overfits badly, fails on new data, needs regularising",
        "Networks stack layers",
        "",
        ", , , ,",
    ],
)
def test_sentences_and_short_enumerations_are_no_list(text: str) -> None:
    """Function words, long chunks or fewer than four terms make a statement."""
    assert not is_list_of_terms(text)


@pytest.mark.parametrize(
    "text",
    [
        "Precision equals true positives divided by true positives plus false positives.",
        "Batch normalization lets networks train faster and tolerate larger learning rates.",
        "Overly large backward signals cause unstable steps and eventually numerical overflow.",
        "Model-based methods usually need far fewer real interactions.",
        "A weak instrument biases two-stage least squares towards ordinary least squares.",
        "A confusion matrix sets predicted class labels against actual ones.",
    ],
)
def test_terse_statements_are_no_list(text: str) -> None:
    """Wordings of the shipped corpus: who answers with them has answered."""
    assert not is_list_of_terms(text)


@given(terms=st.lists(st.text("bdfgkz", min_size=2, max_size=9), min_size=4, max_size=30))
@settings(deadline=None)
def test_any_four_unknown_words_with_commas_are_a_list(terms: list[str]) -> None:
    """Whatever the words mean."""
    assert is_list_of_terms(", ".join(terms))


def test_content_words_are_roughly_stemmed() -> None:
    """Endings go where enough of the word is left; function words go altogether."""
    found = content_words("The networks are overfitting, and it's trained on the boxes of a gas.")
    assert found == {"network", "overfitt", "train", "boxe", "gas"}
    assert content_words("It is what it is, isn't it?") == set()
    assert content_words("Layer layers LAYERED layering") == {"layer"}


@pytest.mark.parametrize(
    "text",
    [
        PROMPT,
        PROMPT.upper(),
        "what is the bias-variance trade-off and how does it show in practice well",
        "So, what is the bias-variance trade-off?",
    ],
)
def test_a_question_repeated_is_an_echo(text: str) -> None:
    """Case, marks and a few words around do not save it."""
    assert echoes(text, PROMPT)


@pytest.mark.parametrize(
    "text",
    [
        "The bias-variance trade-off is that bias falls where variance rises.",
        "In practice it does show: the trade-off is a U-shaped validation curve.",
        f"{PROMPT} Flexible models have low bias but change a lot with every new training sample.",
        "bias variance",
        "how does it",
        "",
        "...",
    ],
)
def test_an_answer_in_the_words_of_the_question_is_no_echo(text: str) -> None:
    """Only runs of four words count, and only where they are most of the text."""
    assert not echoes(text, PROMPT)


def test_nothing_echoes_a_short_question() -> None:
    """A prompt of three words has no run of four, and no prompt has none at all."""
    assert not echoes("What is dropout?", "What is dropout?")
    assert not echoes("What is dropout?", "")


@given(asked=st.lists(st.text("abcde", min_size=1, max_size=4), min_size=4, max_size=20))
@settings(deadline=None)
def test_every_text_of_four_words_echoes_itself(asked: list[str]) -> None:
    """And the same words twice over do so too."""
    text = " ".join(asked)
    assert echoes(text, text)
    assert echoes(f"{text} {text}", text)


def test_function_words_are_lower_case_words() -> None:
    """They are looked up in lower case; negations stay among them, numbers do not."""
    assert all(word == word.lower().strip() for word in FUNCTION_WORDS)
    assert {"not", "can't", "i'm"} <= FUNCTION_WORDS
    assert not {"one-hot", "two", "more-less"} & FUNCTION_WORDS


@pytest.mark.parametrize(
    "text",
    [
        "It is about bias and the variance and the noise and the error and the trade-off.",
        "We should talk about neurons, layers, gradients, activation, dropout and weights here.",
        "neurons layers hidden inputs outputs weighted sum bias activation function",
    ],
)
def test_a_list_within_a_sentence_is_a_list(text: str) -> None:
    """By the share of its terms, or by words on end with nothing between them."""
    assert is_list_of_terms(text)


@pytest.mark.parametrize(
    "text",
    [
        "Weights multiply inputs, bias gets added, training computes gradients, updates weights.",
        "Neuron: inputs times weights, sum plus bias, then activation function.",
        "Against overfitting one constrains the model by weight decay, dropout or early stopping.",
        "y equals gamma c times x hat plus beta c, both trained by gradient descent",
    ],
)
def test_terse_clauses_and_spoken_formulas_are_no_list(text: str) -> None:
    """Verbs and signs part their words."""
    assert not is_list_of_terms(text)


PROSE = """The network has layers, and each of them computes a weighted sum of its inputs, adds a
bias, and hands it to an activation function. Training lowers the error on the data."""


def test_prose_is_in_order_and_backwards_it_is_not() -> None:
    """By function words where English allows none; too few words tell nothing."""
    assert not is_scrambled(PROSE)
    assert is_scrambled(" ".join(reversed(PROSE.replace(".", "").split())) + ".")
    assert not is_scrambled("the of a")
    assert not is_scrambled("")


SYMBOLS = (
    (
        "The action value Q(s, a) is the expected return. Q(s, a) is learnt by moving Q(s, "
        "a) towards r + gamma max Q(s', a'). The policy picks the action a in state s with "
        "the largest Q(s, a)."
    ),
    (
        "a) the data are split, b) the model is fitted, c) it is scored. a) again is done "
        "for each fold."
    ),
    (
        "There are three cases: (a) too simple, (a) and (b) overlap, (c) too complex. In "
        "(a) the error is high; for (a) more data do not help."
    ),
    (
        "It is a probability, i.e. it lies in [0, 1], i.e. it is never negative. The odds, "
        "i.e. p/(1-p), are not bounded, i.e. they go to infinity."
    ),
    (
        "A threshold greater than or equal to 0.5 gives one class, less than or equal to "
        "0.4 the other. More than is needed costs time, and no more than is needed is "
        "used."
    ),
    (
        "It converges if and only if the step is small, if and only if the function is "
        "convex, and if and only if the data are separable. When and why it fails is open."
    ),
    (
        "This is because the gradient is small. That is because the weights are small. The "
        "question is whether it matters; the other question is because of what."
    ),
    (
        "What dropout does is delete units. What it does is average networks. What it has "
        "is a rate. What it is is a regulariser."
    ),
    (
        "The network can do an and gate, an or gate and a not gate. An or gate is easy, an "
        "and gate too, but a for loop or an if statement is none."
    ),
    (
        "Let a be the slope and b the offset; y = a x + b. If a is zero, it is flat. If a "
        "is large, it is steep. a and b are found by least squares, from a to b."
    ),
    (
        "In `for a in A:` the loop runs over actions. The call f(a, b) returns a. The `or` "
        "in `a or b` is lazy. In ```if a and b: return a``` nothing is new."
    ),
    (
        'The word “the” is frequent, and so are “of” and “is”. We map "the" of a text to 1 '
        "and 'the' and 'is' to 2. The “of the” bigram is common."
    ),
    (
        "The set we train on is large, the set we test on is small. It is what the model "
        "was trained on. It is slower, though. It was known ever since. If so, stop."
    ),
    (
        "Um, the, uh, gradient is, like, the, um, slope, and the, uh, step, the, you know, "
        "learning rate, scales it, so the, uh, weights move a, um, bit."
    ),
    (
        "Attention(Q, K, V) = softmax(Q K^T / sqrt(d)) V (Vaswani et al., 2017). Scores "
        "are of [batch, head, n, n]. As shown by [3], it is O(n^2)."
    ),
    (
        "The rate goes from 0.1 to 0.001, at 5 % per epoch; at 10 kHz it takes 5 ms. The "
        "range is from -1 to 1, or of from 3 to 5 cm."
    ),
    (
        "Data go to and from the device, to and from the host, and to and from the disk. "
        "Up to and including layer 3 all are frozen."
    ),
    (
        "P(a | s) is the policy. pi(a|s) of a is 0.3. For index i the value x_i is 3; i is "
        "at most n, and j is less than i. Sum over i. The row i, column j."
    ),
    (
        "The so called kernel trick. The so called dual. The so called margin. It is "
        "cheap, since it is sparse, and so is the other."
    ),
    ("I/O bound, a.k.a. slow; e.g. disks, a.k.a. HDD, vs. SSD, a.k.a. flash; cf. a. and b."),
)


@pytest.mark.parametrize("answer", SYMBOLS)
def test_symbols_code_and_speech_are_no_slips(answer: str) -> None:
    """No sentence of formulas, lists, abbreviations, units, citations or talk is scrambled."""
    assert not is_scrambled(answer)
    assert Aside.SCRAMBLED not in read(QUESTION, answer).aside


@pytest.mark.parametrize("seed", range(4))
def test_shuffled_prose_is_scrambled_with_symbols_in_it(seed: int) -> None:
    """A letter by itself does not make a name of every article."""
    said = f"{PROSE} With rate r and weight w it takes a step of r times the slope.".split()
    assert is_scrambled(" ".join(Random(seed).sample(said * 3, 3 * len(said))))


@pytest.mark.parametrize(
    "text",
    [
        "kernel, the stride, the padding, the channels, the depth",
        "It is about code, and then of noise, and then of cost, and then of drift, and then of use",
        "of the batch, of the epoch, of the optimiser, of the schedule, of the seed",
        "The rank, the trace, the norm, the kernel, the image and the span play together here.",
    ],
)
def test_terms_strung_with_small_words_are_a_list(text: str) -> None:
    """Articles and prepositions before terms say nothing about them."""
    assert is_list_of_terms(text)


@pytest.mark.parametrize(
    "text",
    [
        "UDP lacks the sequence number, the acknowledgement number, the flags and the window.",
        "Compare the mean, the variance, the minimum, the maximum and the share of the blanks.",
        "A usual order is: offline evaluation, shadow, canary, A/B test, full rollout.",
        "It depends on the data, on the model and on the noise, and less on the seed.",
        "It also has the length, the type, the checksum, the window, the flags, and many options.",
    ],
)
def test_what_says_something_of_its_terms_is_no_list(text: str) -> None:
    """A verb before them, or a row that is short."""
    assert not is_list_of_terms(text)


WORDS = ("labels", "copies", "dialects", "pairs", "hashes", "filters", "scores", "models")
QUESTION = Question(id="AA0001", prompt="What does a bias in a neuron do?", points=())


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("Does it shift the threshold?", Aside.QUESTION),
        ("bias, threshold, neuron, sum", Aside.LIST),
        ("Bias. Threshold. Neuron. Sum.", Aside.LIST),
        ("So, what does a bias in a neuron do.", Aside.ECHO),
        ("Please explain what the bias does.", Aside.REQUEST),
        ("I wonder whether it shifts the threshold.", Aside.UNCLAIMED),
        ("I doubt that the bias does not matter.", Aside.UNCLAIMED),
        (" ".join(reversed(PROSE.replace(".", "").split())) + ".", Aside.SCRAMBLED),
        ("Consider bias. Noise matters. The key is drift. Sums play a role.", Aside.LIST),
    ],
)
def test_what_is_set_aside(answer: str, reason: Aside) -> None:
    """It is no statement, and the reason is told."""
    found = read(QUESTION, answer)
    assert found.statements == ()
    assert set(found.aside) == {reason}


def test_a_list_is_one_however_long() -> None:
    """It is cut where a speaker would breathe, and its first piece has few of its terms."""
    opening = (
        "This is a question of training data, its filtering and its shuffling, and it has to do"
    )
    terms = [f"{first} {last}" for first in ("clean", "noisy", "rare") for last in WORDS]
    answer = f"{opening} with {', and also with '.join(terms)}."
    assert len(sentences(answer)) > 2
    found = read(QUESTION, answer)
    assert found.statements == ()
    assert set(found.aside) == {Aside.LIST}


def test_statements_stand_in_the_answer_as_given() -> None:
    """Once each, without tag and typography, with what becomes of them."""
    answer = "It shifts the thres\u00adhold, right? I doubt it scales. It works. That is a lie."
    found = read(QUESTION, answer + " It works. That is a lie.")
    assert [(s.text, s.stance) for s in found.statements] == [
        ("It shifts the threshold", Stance.SAID),
        ("I doubt it scales.", Stance.DENIED),
        ("It works.", Stance.DENIED),
    ]
    assert found.statements[0].span.of(answer) == "It shifts the thres\u00adhold"
    assert found.aside == ()


def test_nothing_but_an_echo_is_set_aside_against_a_reference() -> None:
    """There a list or a question may be what was asked for."""
    derived = replace(QUESTION, derived=True)
    found = read(derived, "bias, threshold, neuron, sum. What does a bias in a neuron do?")
    assert [s.text for s in found.statements] == ["bias, threshold, neuron, sum."]
    assert found.aside == (Aside.ECHO,)


@pytest.mark.parametrize(
    "text",
    [
        "a" + " " * 50_000 + "b?",
        "a " + "- " * 25_000 + "?",
        "(" * 50_000 + " that is",
        "a, " * 16_000,
    ],
)
def test_hostile_texts_are_read_in_bounded_time(text: str) -> None:
    """None of the rules looks twice at a long run; the square of it would take minutes."""
    begun = time.monotonic()
    read(QUESTION, text)
    assert time.monotonic() - begun < 10
