"""What the tests of all screens share."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator

import pytest
from textual.app import App
from textual.pilot import Pilot


@pytest.fixture(autouse=True)
def _utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Show every moment in one time zone."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture(autouse=True)
def _workers_end_before_widgets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave an app as one that is quit is left: no worker runs on while its screen is closed."""
    shutdown = App._shutdown

    async def leave(app: App[object]) -> None:
        async with asyncio.timeout(10):
            while app.is_running:
                app.workers.cancel_all()
                await Pilot(app).pause()  # what is on its way may have started another
                if all(worker.is_finished for worker in app.workers):
                    break
        await shutdown(app)

    monkeypatch.setattr(App, "_shutdown", leave)
