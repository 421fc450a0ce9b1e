"""``interviewbot corpus new``: an empty question to fill in.

Owns the options and the words that stand where an author's words go. Refuses to write the format
(``adapters.draft_files``).
"""

from __future__ import annotations

from pathlib import Path

import click

from interviewbot.cli import new_questions, options, output
from interviewbot.cli.diagnostics import say
from interviewbot.cli.number_types import WholeNumber
from interviewbot.domain.text import one_line
from interviewbot.wiring import Wiring

_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")


@click.command()
@click.argument("title")
@click.option("--topic", metavar="TOPIC", required=True, help="As in machine-learning.")
@click.option("--level", metavar="LEVEL", help="foundation (if not said), intermediate, advanced.")
@click.option("--id", "question_id", metavar="ID", help="As in ML0042; the next free one if not.")
@click.option(
    "--points", type=WholeNumber(1, 7), default=5, show_default=True, help="How many points."
)
@click.option(
    "--output",
    "target",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The corpus folder to write into, made if need be; your first if not, else this one.",
)
@options.wired
def new(
    title: str,
    topic: str,
    level: str | None,
    question_id: str | None,
    points: int,
    target: Path | None,
    wiring: Wiring,
) -> None:
    """Write an empty question called TITLE, to fill in with an editor.

    It is marked as a draft, so that no interview asks it until you delete that line.
    'corpus lint --watch' says what is missing while you write, 'corpus try ID' grades an answer.
    """
    from interviewbot.adapters.draft_files import check_folder, write_draft
    from interviewbot.domain.question import Level, Point, Question
    from interviewbot.domain.question_names import next_id

    root = new_questions.folder(wiring, target)
    check_folder(root)
    folder = new_questions.topic(topic)
    taken = new_questions.taken(wiring, root)
    known = new_questions.known(wiring.roots)
    wanted = new_questions.question_id(question_id)
    new_questions.refuse_taken(wanted, taken)
    question = Question(
        id=wanted or next_id(folder, known, taken),
        title=one_line(title),
        topic=folder,
        level=new_questions.level(level) or Level.FOUNDATION,
        prompt="Write the question as an interviewer would ask it.",
        points=tuple(
            Point(
                id=f"point-{number}",
                text=f"Write the {name} claim that a good answer makes, as one full sentence.",
                accept=tuple(
                    f"Say the {name} claim {how}."
                    for how in ("as an expert would", "as people say it aloud", "by an example")
                ),
                misconceptions=tuple(
                    f"Write what people get wrong about the {name} claim, {how}."
                    for how in ("plainly", "with the roles or the direction exchanged")
                ),
                follow_up="Ask for it without giving it away.",
            )
            for number, name in enumerate(_ORDINALS[:points], start=1)
        ),
        tags=("a tag",),
        source="general knowledge",
        licence="MIT",
        model_answer="Write a model answer of 120 to 250 words that says every point.",
        draft=True,
    )
    output.text(one_line(str(write_draft(question, (), root))))
    say("the format is in docs/writing-questions.md; 'corpus lint --watch' checks as you write")
    new_questions.say_how_to_practise(wiring, root, draft=True)
