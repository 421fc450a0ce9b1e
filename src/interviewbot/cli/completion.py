"""``interviewbot completion``: the script that a shell loads for completing commands."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from interviewbot.cli import output


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    r"""Print the completion script for SHELL.

    \b
    bash:  interviewbot completion bash > ~/.local/share/bash-completion/completions/interviewbot
    zsh:   interviewbot completion zsh > "${fpath[1]}/_interviewbot"
    fish:  interviewbot completion fish > ~/.config/fish/completions/interviewbot.fish
    """
    from interviewbot.cli.main import main

    found = get_completion_class(shell)
    assert found is not None  # noqa: S101 - the choices above are click's own
    output.text(found(main, {}, "interviewbot", "_INTERVIEWBOT_COMPLETE").source())
