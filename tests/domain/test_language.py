"""Foreign answers are told apart, English ones never turned away."""

from __future__ import annotations

import pytest

from interviewbot.domain.language import is_foreign


@pytest.mark.parametrize(
    "text",
    [
        "Ein Netz besteht aus Schichten, und jedes Neuron addiert die gewichteten Eingaben.",
        "Le modèle apprend par cœur les données et ne généralise pas du tout.",
        "La red está formada por capas de neuronas y una función de activación.",
        "La rete è formata da strati di neuroni che sommano gli ingressi pesati.",
        "Sieć składa się z warstw, a każdy neuron nie mnoży się przez wagi.",
        "神经网络由多层神经元组成，包括输入层、隐藏层和输出层。",
        "Нейронная сеть состоит из слоёв нейронов.",
    ],
)
def test_other_languages(text: str) -> None:
    """By their function words, or by their script."""
    assert is_foreign(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "neurons, layers",
        "La batch norm",
        "A network has layers, and each of them adds a bias to the weighted sum of its inputs.",
        "Weights multiply inputs, bias gets added, network computes gradient, layer by layer.",
        "y = f(Wx + b); dL/dW = x σ'(z) δ; θ ← θ − η ∇L; ∑ xᵢ wᵢ + b ≥ 0",
        "tort estoppel laches replevin trover detinue easement servitude usufruct lien escrow bail",
        "void inorder(ptNode ptr) { if (ptr) { inorder(ptr->left); cout << ptr->data; } }",
        "漢字 is how one writes it, and the tokenizer splits it into bytes.",
        "The word 神经网络 means neural network, and 神经元 is a neuron of one of its layers.",
    ],
)
def test_english_in_all_its_forms(text: str) -> None:
    """Terse, with formulas, code, or quotes of another language."""
    assert not is_foreign(text)
