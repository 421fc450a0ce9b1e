"""Journals that a URL names: what can be said of them without a server."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import create_mock_engine
from sqlalchemy.schema import ExecutableDDLElement

from interviewbot.adapters.journal import SqlJournal
from interviewbot.adapters.journal_schema import metadata
from interviewbot.domain.errors import BadInput, StorageFailed


def test_every_table_can_be_made_in_postgresql() -> None:
    """Times keep their zone there, numbers their bits, and no key counts by itself."""
    made: list[str] = []

    def note(statement: ExecutableDDLElement, *_: object, **__: object) -> None:
        made.append(str(statement.compile(dialect=engine.dialect)))

    engine = create_mock_engine("postgresql+psycopg://", note)
    metadata.create_all(engine, checkfirst=False)
    assert len([one for one in made if "CREATE TABLE" in one]) == len(metadata.tables)
    assert "TIMESTAMP WITH TIME ZONE" in "".join(made)
    assert "DOUBLE PRECISION" in "".join(made)
    assert "SERIAL" not in "".join(made)


@pytest.mark.parametrize("url", ["nonsense", "sqlite://", "sqlite:///:memory:"])
def test_a_url_that_names_no_journal_is_refused(tmp_path: Path, url: str) -> None:
    """At once, with an example of one that does."""
    with pytest.raises(BadInput, match="URL") as caught:
        SqlJournal(tmp_path, url=url)
    assert "://" in caught.value.hint


@pytest.mark.parametrize(
    "url", ["oddbase://me:secret@host/db", "postgresql+nodriver://me:secret@host/db"]
)
def test_a_missing_driver_is_told_without_the_password(tmp_path: Path, url: str) -> None:
    """And what to install."""
    with pytest.raises(StorageFailed, match="no driver") as caught:
        SqlJournal(tmp_path, url=url).unfinished()
    assert "install" in caught.value.hint
    assert "secret" not in f"{caught.value} {caught.value.__cause__}"
