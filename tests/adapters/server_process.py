"""A real Chroma server for tests, on loopback."""

from __future__ import annotations

import http.client
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

from tests.adapters.made_rows import DIMENSION

from interviewbot.adapters.chroma_server import ChromaServerIndex

CHROMA = Path(sys.executable).with_name("chroma")


class Server:
    """A Chroma server on a free loopback port, with its data in a folder."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.folder = folder
        self.url = f"http://127.0.0.1:{self.port}"
        self.notices: list[str] = []
        self.start()

    def start(self) -> None:
        """Start the process and wait for its heartbeat."""
        self.log = (self.folder.parent / "log").open("ab")
        where = ["--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [str(CHROMA), "run", *where], stdout=self.log, stderr=self.log
        )
        ends = time.monotonic() + 30
        while time.monotonic() < ends and self.process.poll() is None:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
                with closing(connection):
                    connection.request("GET", "/api/v2/heartbeat")
                    if connection.getresponse().status == http.HTTPStatus.OK:
                        return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise AssertionError((self.folder.parent / "log").read_text())

    def stop(self) -> None:
        """End this very process and wait until it is gone."""
        self.process.terminate()
        self.process.wait(30)
        self.log.close()

    def index(self, encoder: str, dimension: int = DIMENSION) -> ChromaServerIndex:
        """Return an index on this server; every test has its own encoder."""
        return ChromaServerIndex(
            self.url, encoder_id=encoder, dimension=dimension, notice=self.notices.append
        )
