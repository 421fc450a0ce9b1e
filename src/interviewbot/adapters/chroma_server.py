"""Questions and points as vectors on a Chroma server, for those who run one.

Owns the address, the collections' names there and the mark that says which corpus they hold.
Updates are in place: the mark is gone while one is under way. Refuses to keep anything on
this side.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from interviewbot.adapters.chroma_errors import ChromaBroke, vendor_errors
from interviewbot.adapters.chroma_read import PublicReader
from interviewbot.adapters.chroma_rows import ATTEMPTS, NAMES, SCHEMA, RowWriter
from interviewbot.domain.errors import BadInput, IndexUnavailable, InterviewbotError
from interviewbot.domain.index import Neighbour
from interviewbot.domain.text import one_line
from interviewbot.vectors import Matrix, Vector

if TYPE_CHECKING:
    import httpx
    from chromadb import Collection
    from chromadb.api import ClientAPI

_ABSENT, _FAULT = "NotFoundError", "InternalError"  # of chromadb.errors
_PORTS = {"http": 80, "https": 443}
_KNOCK_S = 5.0
_ANSWER_S = 120.0  # for one request; Chroma's own client would wait for ever
_SYNC_EVERY = 1_000  # a server keeps its graphs in memory: Chroma's default


class ChromaServerIndex:
    """The index on the server at ``url``, for one encoder; fulfils ``ports.QuestionIndex``.

    Everybody who uses one encoder on one server shares one index. ``notice`` is told in one
    line when the server could not read the index and it was dropped.
    """

    def __init__(
        self, url: str, *, encoder_id: str, dimension: int, notice: Callable[[str], None]
    ) -> None:
        """Parse ``url``, such as ``http://localhost:8000``; nothing is opened yet.

        Raises:
            BadInput: if ``url`` is not that of a server.
        """
        self._scheme, self._host, self._port = parse_url(url)
        self._url = f"{self._scheme}://{self._host}:{self._port}"
        self._dimension = dimension
        self._notice = notice
        identity = hashlib.sha256(f"{SCHEMA}\x1f{dimension}\x1f{encoder_id}".encode())
        prefix = f"interviewbot-{identity.hexdigest()[:12]}"
        self._names = {kind: f"{prefix}-{name}" for kind, name in NAMES.items()}
        self._mark_name = f"{prefix}-state"
        self._mutex = threading.Lock()
        self._client: ClientAPI | None = None

    def digest(self) -> str | None:
        """Return the digest of the corpus that is indexed; None where nothing whole is.

        Raises:
            IndexUnavailable: if the server does not answer.
        """
        with self._talking() as client:
            try:
                with vendor_errors():
                    state = client.get_collection(self._mark_name, embedding_function=None)
            except ChromaBroke as error:
                if _kind(error) == _ABSENT:
                    return None
                raise
            return _mark(state).get("digest") or None

    def vectors(self, row_ids: Sequence[str]) -> dict[str, Vector]:
        """Return the stored vectors, float32 ``[dimension]``, of those of ``row_ids`` there are.

        Raises:
            IndexUnavailable: if the server does not answer, or nothing is indexed there.
        """
        with self._talking() as client:
            return PublicReader(client, self._names).vectors(row_ids)

    def nearest(self, vectors: Matrix, *, kind: str, count: int) -> list[list[Neighbour]]:
        """Return for every row of ``vectors`` ``[n, dimension]`` its ``count`` nearest rows.

        Raises:
            IndexUnavailable: if the server does not answer, or nothing is indexed there.
        """
        with self._talking() as client:
            return PublicReader(client, self._names).nearest(vectors, kind=kind, count=count)

    @contextmanager
    def update(self, digest: str) -> Iterator[RowWriter]:
        """Open an update that, once done, stands for the corpus with that ``digest``.

        Raises:
            IndexUnavailable: if the server fails, or somebody else updates at the same time.
        """
        with self._talking() as client:
            ticket = secrets.token_hex(8)
            with vendor_errors():
                self._state(client).modify(metadata={"digest": "", "writer": ticket})
            writer = RowWriter(client, self._names, self._dimension, sync_every=_SYNC_EVERY)
            yield writer
            writer.check()
            for _ in range(ATTEMPTS):
                if not writer.has_lost_rows():
                    break
                writer = self._made_anew(client, writer)
            with vendor_errors():
                state = self._state(client)
                if _mark(state).get("writer") != ticket:
                    raise IndexUnavailable(
                        f"somebody else is updating the index at {self._url}", "try again"
                    )
                state.modify(metadata={"digest": digest, "writer": ticket})

    def close(self) -> None:
        """Let go of the connections; the next call opens them again."""
        with self._mutex:
            client, self._client = self._client, None
        if client is not None:
            with vendor_errors():
                for session in _sessions(client):  # Chroma's close leaves them open (1.5.9)
                    session.close()
                client.close()

    def _made_anew(self, client: ClientAPI, worn: RowWriter) -> RowWriter:
        rows = list(worn.everything())
        with vendor_errors():
            for name in self._names.values():
                client.delete_collection(name)
        fresh = RowWriter(client, self._names, self._dimension, sync_every=_SYNC_EVERY)
        fresh.apply(add=rows, remove=())
        fresh.check()
        return fresh

    def _state(self, client: ClientAPI) -> Collection:
        """Return the empty collection whose metadata is the mark."""
        with vendor_errors():
            return client.get_or_create_collection(self._mark_name, embedding_function=None)

    @contextmanager
    def _talking(self) -> Iterator[ClientAPI]:
        client = self._connected()
        try:
            yield client
        except ChromaBroke as error:
            if _kind(error) == _ABSENT:
                raise IndexUnavailable(
                    f"there is no vector index at {self._url} yet",
                    "'interviewbot corpus index' builds it",
                ) from error
            # The server says so itself: a fault of its files, not of the way to it.
            if _kind(error) == _FAULT:
                self._drop(client, error.message)
            raise IndexUnavailable(
                f"the Chroma server at {self._url} failed: {error.message}", self._hint
            ) from error

    @property
    def _hint(self) -> str:
        return f"check that a Chroma server answers at {self._url}, or leave out --chroma-url"

    def _connected(self) -> ClientAPI:
        with self._mutex:
            if self._client is None:
                self._client = self._connect()
            return self._client

    def _connect(self) -> ClientAPI:
        try:
            with vendor_errors():
                knock = f"{self._url}/api/v2/heartbeat"
                with urllib.request.urlopen(knock, timeout=_KNOCK_S):  # noqa: S310 - http(s) only
                    pass
                import chromadb
                from chromadb.config import Settings

                client = chromadb.HttpClient(
                    host=self._host,
                    port=self._port,
                    ssl=self._scheme == "https",
                    settings=Settings(anonymized_telemetry=False),
                )
                for session in _sessions(client):
                    session.timeout = _ANSWER_S
        except ChromaBroke as error:
            raise IndexUnavailable(
                f"no Chroma server answers at {self._url}: {error.message}", self._hint
            ) from error
        return client

    def _drop(self, client: ClientAPI, reason: str) -> None:
        for name in (self._mark_name, *self._names.values()):
            with suppress(InterviewbotError), vendor_errors():  # what is not there need not go
                client.delete_collection(name)
        self._notice(f"the vector index at {self._url} was damaged ({reason}) and is dropped")


def parse_url(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port of ``url``.

    Raises:
        BadInput: if it is not ``http(s)://host[:port]``.
    """
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        parts, port = urlsplit(""), None
    extra = parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc
    if not port or not parts.hostname or extra or parts.scheme not in _PORTS:
        shown = "it" if "@" in url else f"“{one_line(url)}”"  # there may be a password in it
        raise BadInput(
            f"the Chroma server's address cannot be used: {shown} is not http(s)://host:port",
            "give scheme, host and port, for example http://localhost:8000",
        )
    return parts.scheme, parts.hostname, port


def _kind(error: ChromaBroke) -> str:
    """Return which of Chroma's errors is behind ``error``, without importing Chroma."""
    return type(error.__cause__).__name__


def _mark(state: Collection) -> dict[str, str]:
    return dict(state.metadata or {})


def _sessions(client: ClientAPI) -> list[httpx.Client]:
    """Return the HTTP clients inside ``client``, as far as they are where they were in 1.5."""
    holders = (client, getattr(client, "_admin_client", None))
    servers = [getattr(holder, "_server", None) for holder in holders]
    sessions = [getattr(server, "_session", None) for server in servers]
    return [session for session in sessions if session is not None]
