"""Typography goes, offsets stay."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interviewbot.domain.folding import folded, is_blank
from interviewbot.domain.text import Span


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("net\u00adwork", "network"),
        ("net\u200bwork\ufeff", "network"),
        ("ｎｅｕｒｏｎ，１．", "neuron,1."),
        ("ﬁne-tuning, eﬀect", "fine-tuning, effect"),
        ("a\u00a0b", "a b"),
        ("𝑥 + 𝐖", "x + W"),
        ("x² ½ naïve café σ → …", "x² ½ naïve café σ → …"),
        ("plain text\n", "plain text\n"),
        ("a\u2028b", "a\u2028b"),
    ],
)
def test_what_folds(text: str, plain: str) -> None:
    """Looks only; superscripts, fractions and accents mean something."""
    assert folded(text).text == plain


def test_spans_lead_back() -> None:
    """Into the text as it was given, with what was left out inside."""
    text = "ﬁ. net\u00adwork \u200bend"
    plain = folded(text)
    start = plain.text.index("network")
    assert plain.back(Span(start, start + 7)).of(text) == "net\u00adwork"
    assert plain.back(Span(0, 2)).of(text) == "ﬁ"


@given(text=st.text(max_size=40))
@settings(deadline=None)
def test_every_character_leads_back(text: str) -> None:
    """To one place, in order."""
    plain = folded(text)
    places = [plain.back(Span(i, i + 1)) for i in range(len(plain.text))]
    assert places == sorted(places)
    assert all(0 <= span.start < span.end <= len(text) for span in places)


@pytest.mark.parametrize(
    ("text", "blank"), [("\u200b\u200b", True), (" \u00ad\n", True), ("", True), ("\u200ba", False)]
)
def test_what_cannot_be_seen_is_blank(text: str, blank: bool) -> None:
    """However many characters it has."""
    assert is_blank(text) is blank
