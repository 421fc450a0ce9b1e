"""Markdown with questions under its headings."""

from __future__ import annotations

from interviewbot.domain.pages.markdown import read_markdown

PAGE = """\
# My notes

Some words.

## What is **dropout**?

It is a regulariser.

- **Zeroing**: sets units to zero
- `scaling`: keeps the [mean](https://example.org)

### Limits
Too much underfits.

```python
# not a heading
x = 1
```

## Q2: Why normalise?

### Answer
It helps.

### Key points
1. less sensitive
2. faster

![a plot](plot.png)
## Nothing below?
"""


def test_questions_are_the_headings_that_ask() -> None:
    """Sub-headings belong to the answer; marks for bold, code and links are dropped."""
    found = read_markdown(PAGE)
    assert [(q.prompt, q.title) for q in found.questions] == [
        ("What is dropout?", "What is dropout"),
        ("Why normalise?", "Why normalise"),
    ]
    assert [claim.text for claim in found.questions[0].claims] == [
        "Zeroing: sets units to zero",
        "scaling: keeps the mean",
        "Limits: Too much underfits.",
    ]
    assert [claim.text for claim in found.questions[1].claims] == ["less sensitive", "faster"]
    assert "```python\n# not a heading\nx = 1\n```" in found.questions[0].model_answer
    assert [(piece.line, piece.text) for piece in found.left_out] == [
        (1, "My notes"),
        (3, "Some words."),
        (29, "![a plot](plot.png)"),
        (30, "Nothing below"),
    ]


def test_headings_without_a_question_mark() -> None:
    """The deepest headings with text of their own are what is asked."""
    found = read_markdown("# Topic\n## Overfitting\nIt is bad. It is common.\n## Bias\nAn error.")
    assert [(q.title, q.prompt) for q in found.questions] == [
        ("Overfitting", "Overfitting"),
        ("Bias", "Bias"),
    ]
    assert len(found.questions[0].claims) == 2


def test_without_headings_it_is_a_plain_page() -> None:
    """Questions and answers in bold are found."""
    found = read_markdown("**Q: What is it?**\n\n**A:** It is red.")
    assert [question.prompt for question in found.questions] == ["What is it?"]
    assert [claim.text for claim in found.questions[0].claims] == ["It is red."]
