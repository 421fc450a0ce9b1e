"""The ``interviewbot`` command: names its subcommands and imports none until asked.

Owns the list of commands. ``--help`` and ``--version`` import click and the standard
library only.
"""

from __future__ import annotations

import errno
import importlib
import os
import sys
from typing import ClassVar

import click

from interviewbot import __version__


class LazyGroup(click.Group):
    """A group whose commands live in modules that are imported when they are called."""

    lazy: ClassVar[dict[str, tuple[str, str]]] = {
        "interview": (
            "interviewbot.cli.interview:interview",
            "Practise an interview; also what you get without a command.",
        ),
        "grade": ("interviewbot.cli.grade:grade", "Grade one answer file, or a batch of rows."),
        "eval": ("interviewbot.cli.evaluate:evaluate", "Measure the grader against people."),
        "corpus": ("interviewbot.cli.corpus:corpus", "List, show, search, check, index questions."),
        "progress": (
            "interviewbot.cli.progress:progress",
            "Show what is due and what you know; export answers.",
        ),
        "doctor": (
            "interviewbot.cli.doctor:doctor",
            "Say what works here, and how to mend the rest.",
        ),
        "completion": (
            "interviewbot.cli.completion:completion",
            "Print a shell completion script.",
        ),
    }

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what names no command for the interview's options, and nothing for all of it."""
        ours = {"-h", "--help", "--version"}
        unnamed = not args or (args[0].startswith("-") and args[0] not in ours)
        if unnamed and not ctx.resilient_parsing:  # which is how completion asks
            args = ["interview", *args]
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names, in the order of the table."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import and return one command."""
        if cmd_name not in self.lazy:
            return None
        module, _, attribute = self.lazy[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101 - the table above is ours
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands from the table, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in self.lazy.items()])


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="interviewbot", message="%(prog)s %(version)s")
def main() -> None:
    """Practise technical interviews: answers graded point by point, offline.

    \b
    interviewbot                                   practise an interview
    interviewbot grade answer.txt                  find the question and grade
    interviewbot grade answer.txt --question ID    grade against one question
    interviewbot corpus list                       what there is to practise
    """  # noqa: D301 - \b is click's mark for keeping the lines


def run() -> None:
    """Run the command line; ``TERM=dumb`` and ``NO_COLOR`` switch colours off."""
    plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"
    try:
        main(color=False if plain else None, prog_name="interviewbot")
    except OSError as error:  # what commands leave: the help and the version, on a full disk
        if error.errno != errno.ENOSPC:
            raise
        sys.stderr.write("error: no space left on the disk; free some and run again\n")
        raise SystemExit(2) from error
