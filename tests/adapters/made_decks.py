"""Made questions, for what writes and reads them."""

from __future__ import annotations

from hypothesis import assume
from hypothesis import strategies as st

from interviewbot.adapters.draft_files import parse_draft
from interviewbot.domain.errors import CorpusInvalid
from interviewbot.domain.question import Level, Point, Question

# What gives formats trouble: quotes, separators, what a spreadsheet would run, markup, dollars.
_PIECES = st.sampled_from(
    [
        *"word Größe 42 , ; | \t \" ' ''x = =1+1 +2 -3 @a [\" ] # - * : x 层".split(" "),
        *"$x_{i}$ $5 \\nu & < > </script> --> <b> {{c1::x}}".split(),
        "\n",
    ]
)
_TEXTS = st.lists(_PIECES, min_size=1, max_size=6).map(lambda found: " ".join(["word", *found]))


@st.composite
def questions(draw: st.DrawFn, number: int = 1) -> Question:
    """Return a question that the corpus format holds."""
    wordings = iter(draw(st.lists(_TEXTS, min_size=12, max_size=12, unique=True)))
    points = tuple(
        Point(
            id=f"point-{place}",
            text=next(wordings).strip(),
            weight=draw(st.sampled_from([1.0, 2.0, 0.5, 0.1])),
            accept=tuple(next(wordings).strip() for _ in range(draw(st.integers(0, 2)))),
            misconceptions=tuple(next(wordings).strip() for _ in range(draw(st.integers(0, 2)))),
            follow_up=draw(st.one_of(st.just(""), _TEXTS.map(str.strip))),
        )
        for place in range(draw(st.integers(1, 2)))
    )
    question = Question(
        id=f"ML{number:04}",
        title=draw(_TEXTS).strip(),
        topic=draw(st.sampled_from(["machine-learning", "other"])),
        level=draw(st.sampled_from(list(Level))),
        prompt=draw(_TEXTS).strip(),
        points=points,
        tags=tuple(draw(st.lists(_TEXTS.map(str.strip), max_size=2, unique=True))),
        source=draw(_TEXTS).strip(),
        licence="MIT",
        reviewed=draw(st.sampled_from(["", "2026-01-31"])),
        draft=draw(st.booleans()),
        model_answer=draw(_TEXTS).strip(),
    )
    try:
        parse_draft(question)
    except CorpusInvalid:
        assume(False)
    return question


DECKS = st.integers(1, 3).flatmap(
    lambda count: st.tuples(*(questions(number) for number in range(1, count + 1)))
)
