"""Where the user's choices come from: environment, then ``config.toml``, then defaults.

Owns the choices there are and their bounds. Refuses to know where files lie (``paths``).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from interviewbot.domain.errors import BadInput
from interviewbot.domain.spending import Prices
from interviewbot.paths import config_file, shipped_folder

_PREFIX = "INTERVIEWBOT_"
_NO_NUMBER, _NO_WHOLE = "it is no number", "it is no whole number"
_NO_TEXT = "it is no text; put it in quotation marks"
_WRONG = {  # by pydantic's names for what can be wrong
    "float_parsing": _NO_NUMBER,
    "float_type": _NO_NUMBER,
    "finite_number": _NO_NUMBER,
    "int_parsing": _NO_WHOLE,
    "int_type": _NO_WHOLE,
    "int_from_float": _NO_WHOLE,
    "string_type": _NO_TEXT,
    "path_type": _NO_TEXT,
    "bool_parsing": "it is neither true nor false",
    "bool_type": "it is neither true nor false",
    "greater_than": "it has to be more than {gt}",
    "greater_than_equal": "it has to be {ge} or more",
    "less_than_equal": "it has to be {le} or less",
    "literal_error": "it has to be {expected}",
    "string_pattern_mismatch": "it has to be three letters, as in EUR",
}


class Settings(BaseSettings):
    """The user's choices. ``corpus`` are folders of questions on top of the shipped ones.

    ``journal_url`` names a database in place of the file in the data folder (it may hold a
    password). An empty ``theme`` is the app's own. ``questions`` are asked in an interview if
    nobody says how many; ``mock_minutes`` is the time for each of them in a mock interview.

    ``judge`` is what grades where no option says so, ``model`` the language model as
    ``provider:name``, ``base_url`` the address of a server that speaks its protocol. The key
    comes from the provider's own variable or from ``api_key_file``. ``timeout`` (seconds) is for
    one answer, ``workers`` are asked for at once, at most ``requests_per_minute`` calls in all.
    Prices are for a million tokens. ``langsmith`` lets LangChain trace, which sends the answers
    to its makers.
    """

    model_config = SettingsConfigDict(env_prefix=_PREFIX, extra="forbid", frozen=True)

    corpus: Annotated[tuple[Path, ...], NoDecode] = ()
    encoder: str = "bundled"
    chroma_url: str = ""
    journal_url: SecretStr = SecretStr("")
    theme: str = ""
    questions: Annotated[int, Field(ge=1, le=50)] = 5
    mock_minutes: Annotated[float, Field(ge=0.5, le=120, allow_inf_nan=False)] = 6.0
    judge: Literal["local", "llm"] = "local"
    model: str = ""
    base_url: str = ""
    api_key_file: Path | None = None
    timeout: Annotated[float, Field(gt=0, le=3600, allow_inf_nan=False)] = 60.0
    workers: Annotated[int, Field(ge=1, le=64)] = 8
    requests_per_minute: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    price_input: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    price_output: Annotated[float, Field(ge=0, allow_inf_nan=False)] | None = None
    currency: Annotated[str, Field(pattern="^[A-Za-z]{3}$")] = "USD"
    langsmith: bool = False

    @field_validator("corpus", mode="before")
    @classmethod
    def _folders(cls, value: object) -> object:
        """Take several folders from the environment as PATH does."""
        return tuple(filter(None, value.split(os.pathsep))) if isinstance(value, str) else value

    @field_validator("encoder")
    @classmethod
    def _named(cls, value: str) -> str:
        """Take an empty name, as an empty option is taken, for the default."""
        return value or "bundled"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the base class names it
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - likewise
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Environment over ``config.toml``; no ``.env`` file, which would follow the folder."""
        toml = TomlConfigSettingsSource(settings_cls, config_file())
        return init_settings, env_settings, toml

    @cached_property
    def roots(self) -> tuple[Path, ...]:
        """The corpus folders: the shipped one, then the user's."""
        return (shipped_folder("corpus"), *(folder.expanduser() for folder in self.corpus))

    @property
    def prices(self) -> Prices | None:
        """The prices that are set, None where one of the two is not."""
        if self.price_input is None or self.price_output is None:
            return None
        return Prices(
            input=self.price_input, output=self.price_output, currency=self.currency.upper()
        )


def from_environment() -> dict[str, str]:
    """Return, by name of the setting, the environment variable that sets it."""
    names = {name: f"{_PREFIX}{name.upper()}" for name in Settings.model_fields}
    present = {name.upper() for name in os.environ}
    return {name: variable for name, variable in names.items() if variable in present}


def read_settings(changed: Mapping[str, object] | None = None) -> Settings:
    """Return the settings, as they would be with ``changed`` in place of what is set.

    Raises:
        BadInput: if a value does not fit or ``config.toml`` cannot be read.
    """
    if config_file().exists() and not config_file().is_file():  # it would be passed over
        raise BadInput(f"{config_file()} is not a file", "move or remove it")
    try:
        return Settings.model_validate(dict(changed)) if changed else Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _refused(str(first["loc"][0]), first["type"], first.get("ctx", {})) from error
    except (OSError, ValueError) as error:
        raise BadInput(
            f"{config_file()} cannot be read: {error}",
            'mend or remove the file; a text needs quotation marks, as in encoder = "bundled"',
        ) from error


def _refused(name: str, kind: str, bounds: Mapping[str, object]) -> BadInput:
    """Return what is wrong with the setting ``name``; ``kind`` and ``bounds`` are pydantic's."""
    if name not in Settings.model_fields:
        from difflib import get_close_matches

        near = get_close_matches(name, Settings.model_fields, n=1)
        meant = f"; did you mean {near[0]}?" if near else ""
        return BadInput(f"there is no setting “{name}”{meant}", f"mend {config_file()}")
    wrong = _WRONG.get(kind, "its value does not fit").format_map(bounds)
    place = from_environment().get(name) or config_file()
    return BadInput(f"the setting {name} cannot be used: {wrong}", f"mend {place}")
