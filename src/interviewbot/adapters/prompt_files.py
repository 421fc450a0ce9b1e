"""Prompts out of ``NAME.md`` files, filled with Jinja2.

Owns finding the file, later folders over earlier ones, and filling its templates in a
sandbox. A value is data: the file is cut into sections and compiled before any value is seen,
so no value can open a section or be run as a template. Refuses to know the format
(``prompt_format``) and what a prompt says.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from interviewbot.adapters.prompt_format import NAME, PromptText, parse_prompt
from interviewbot.domain.chat import Message, Role
from interviewbot.domain.errors import BadInput, CorpusInvalid
from interviewbot.domain.prompt import RenderedPrompt
from interviewbot.domain.text import one_line

if TYPE_CHECKING:
    from jinja2 import Template
    from jinja2.sandbox import SandboxedEnvironment

MAX_BYTES = 64 * 1024
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_TEMPLATE = "<template>"  # what Jinja calls a template without a file
# What "{{ a / b }}" can raise: the author's fault, not the program's.
_OF_AN_EXPRESSION = (ArithmeticError, LookupError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prompt:
    """A prompt that is ready to be filled: its templates, with the lines they begin in."""

    path: Path
    text: PromptText
    digest: str
    sections: tuple[tuple[Role, Template, int], ...]


class PromptFiles:
    """The prompts in ``folders``, the last one that has a file wins; fulfils ``ports.Prompts``.

    A folder need not be there. A file is read once, so that all answers of a batch are asked
    about in the same words; threads may share an object.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        """Name the folders: the shipped one, then the user's; nothing is opened yet."""
        self._folders = tuple(folders)
        self._prompts: dict[str, _Prompt] = {}

    def render(self, name: str, variables: Mapping[str, object]) -> RenderedPrompt:
        """Return the prompt ``name`` filled with exactly the variables that it names.

        Raises:
            BadInput: if there is none, it is not valid, or the variables are others.
        """
        prompt = self._prompts.get(name)
        if prompt is None:
            prompt = self._prompts[name] = self._read(name)
        _refuse_others(prompt, variables)
        return RenderedPrompt(
            id=prompt.text.id,
            version=prompt.text.version,
            digest=prompt.digest,
            messages=tuple(
                Message(role=role, content=_filled(template, variables, prompt.path, line))
                for role, template, line in prompt.sections
            ),
        )

    def _read(self, name: str) -> _Prompt:
        path = self._find(name)
        content = _content(path)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            raise BadInput(f"{path}:{line} is not UTF-8", "save the file as UTF-8") from error
        try:
            parsed = parse_prompt(text, path=str(path), name=name, check=_check)
        except CorpusInvalid as error:
            raise BadInput(
                f"the prompt {one_line(str(path))} is not valid: {len(error.faults)} fault(s)",
                "mend the lines above, or delete the file if it is your own",
                [str(fault) for fault in error.faults],
            ) from error
        environment = _environment()
        return _Prompt(
            path=path,
            text=parsed,
            digest=f"sha256:{hashlib.sha256(content).hexdigest()}",
            sections=tuple(
                (section.role, environment.from_string(section.template), section.line)
                for section in parsed.sections
            ),
        )

    def _find(self, name: str) -> Path:
        if NAME.fullmatch(name):
            for folder in reversed(self._folders):
                path = folder / f"{name}.md"
                if os.path.lexists(path):
                    _refuse_escape(path, folder)
                    return path
        folders = ", ".join(one_line(str(folder)) for folder in self._folders)
        raise BadInput(
            f"there is no prompt '{one_line(name)}' in {folders}", "install interviewbot again"
        )


def _refuse_escape(path: Path, folder: Path) -> None:
    if not path.resolve().is_relative_to(folder.resolve()):
        raise BadInput(
            f"the prompt {one_line(str(path))} leads out of its folder", "put a copy in its place"
        )


def _content(path: Path) -> bytes:
    shown = one_line(str(path))
    try:
        with os.fdopen(os.open(path, _READ), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise BadInput(f"the prompt {shown} is not a regular file", "put one in its place")
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(
            f"the prompt {shown} cannot be read: {error.strerror}", "make it readable, or delete it"
        ) from error
    if len(content) > MAX_BYTES:
        raise BadInput(f"the prompt {shown} is over {MAX_BYTES // 1024} KiB", "shorten it")
    return content


def _refuse_others(prompt: _Prompt, variables: Mapping[str, object]) -> None:
    faults = [
        *(f"'{name}' is not given" for name in sorted(prompt.text.variables - variables.keys())),
        *(f"'{name}' is unknown" for name in sorted(variables.keys() - prompt.text.variables)),
    ]
    if faults:
        raise BadInput(
            f"the variables of the prompt {one_line(str(prompt.path))} are others than the"
            f" program's: {'; '.join(faults)}",
            f"write 'variables: [{', '.join(sorted(variables))}]' and use those",
        )


def _filled(template: Template, variables: Mapping[str, object], path: Path, line: int) -> str:
    from jinja2 import TemplateError

    try:
        return template.render(variables)
    except (TemplateError, *_OF_AN_EXPRESSION) as error:
        raise _faulty(error, path, line) from error


def _faulty(error: Exception, path: Path, line: int) -> BadInput:
    """Return ``error`` with the line of the file that it is about."""
    within, trace = 1, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == _TEMPLATE:
            within = trace.tb_lineno
        trace = trace.tb_next
    return BadInput(
        f"the prompt cannot be filled: {one_line(str(path))}:{line + within - 1}:"
        f" {one_line(str(error))}",
        "mend that line, or delete the file if it is your own",
    )


def _check(template: str) -> tuple[frozenset[str], tuple[int, str] | None]:
    from jinja2 import TemplateSyntaxError, meta

    environment = _environment()
    try:
        used = frozenset(meta.find_undeclared_variables(environment.parse(template)))
        environment.compile(template)
    except TemplateSyntaxError as error:
        return frozenset(), (error.lineno, one_line(error.message or "it cannot be read"))
    except RecursionError:
        return frozenset(), (1, "it is nested too deep")
    return used, None


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        autoescape=False,  # a model reads text, not HTML
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.clear()  # what a prompt knows is its variables
    return environment
