"""Options that several commands share, and how they become a wiring.

Owns the precedence: an option beats the settings. Refuses to do anything else.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial, wraps
from pathlib import Path
from typing import TYPE_CHECKING

import click

from interviewbot.cli.diagnostics import Progress, guarded, say

if TYPE_CHECKING:
    from interviewbot.wiring import Wiring

LONGEST_WAIT = 3_600  # seconds for one answer

JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")


def wired(command: Callable[..., None]) -> Callable[..., None]:
    """Give ``command`` the options of the corpus, and the ``wiring`` they make.

    Errors, those of the settings included, become a line and an exit code.
    """

    @wraps(command)
    def run(*, wire: Callable[[], Wiring], **others: object) -> None:
        command(wiring=wire(), **others)

    return wired_later(run)


def wired_later(command: Callable[..., None]) -> Callable[..., None]:
    """Give ``command`` the options of the corpus, and ``wire``, which makes the wiring of them.

    For a face that paints before it reads the settings.
    """

    @wraps(command)
    def run(
        *,
        corpus_folders: tuple[Path, ...],
        encoder: str | None,
        chroma_url: str | None,
        **others: object,
    ) -> None:
        offline = bool(others.pop("offline", False))
        made = partial(_wire, corpus_folders, encoder, chroma_url, offline=offline)
        command(wire=cache(made), **others)

    with_options: Callable[..., None] = guarded(run)
    for option in (
        click.option(
            "--chroma-url", default=None, metavar="URL", help="Use a Chroma server for the index."
        ),
        click.option(
            "--encoder",
            default=None,
            metavar="NAME",
            help="'bundled' or 'st:NAME_OR_PATH' for a sentence-transformers model.",
        ),
        click.option(
            "--corpus",
            "corpus_folders",
            multiple=True,
            type=click.Path(path_type=Path),
            metavar="DIR",
            help="Questions to use instead of the shipped ones (repeatable).",
        ),
    ):
        with_options = option(with_options)
    return with_options


def _wire(
    corpus_folders: tuple[Path, ...],
    encoder: str | None,
    chroma_url: str | None,
    *,
    offline: bool,
) -> Wiring:
    from interviewbot.domain.language_model import LanguageModel
    from interviewbot.paths import home_folder
    from interviewbot.settings import read_settings
    from interviewbot.wiring import Wiring

    bars: dict[int, Progress] = {}

    def progress(done: int, total: int) -> None:
        if total not in bars:
            bars[total] = Progress("encoding", total, done=done)
        bars[total].to(done)
        if done >= total:
            bars.pop(total).close()

    settings = read_settings()
    return Wiring(
        roots=corpus_folders or settings.roots,
        home=home_folder(),
        encoder_name=encoder or settings.encoder,
        chroma_url=settings.chroma_url if chroma_url is None else chroma_url,
        journal_url=settings.journal_url.get_secret_value(),
        questions=settings.questions,
        mock_minutes=settings.mock_minutes,
        offline=offline,
        judge_name=settings.judge,
        language_model=LanguageModel(
            name=settings.model,
            base_url=settings.base_url,
            key_file=settings.api_key_file,
            timeout=settings.timeout,
            workers=settings.workers,
            per_minute=settings.requests_per_minute,
            prices=settings.prices,
            tracing=settings.langsmith,
        ),
        notice=say,
        progress=progress,
    )
