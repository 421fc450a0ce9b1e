"""Listening to a language model while it speaks.

Owns the thread that waits for the model, so that whoever listens can stop at any moment, and
the time that it may take. Refuses to know what is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Thread

from interviewbot.domain.chat import ChatFailed, ChatFault, ChatRequest
from interviewbot.domain.pieces import Pieces
from interviewbot.ports import ChatModel

_LOOK = 0.05  # seconds between two looks at whether the words are still wanted

_Heard = str | Exception | None  # None: that was all


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Sends ``request`` to ``model``, which has ``seconds`` for all of its reply.

    ``wanted`` says whether somebody still listens; ``clock`` gives seconds that only grow.
    """

    model: ChatModel
    request: ChatRequest
    seconds: float
    wanted: Callable[[], bool]
    clock: Callable[[], float]

    def into(self, pieces: Pieces) -> Iterator[str]:
        """Yield what can be shown of the reply whenever that has grown, all of it each time.

        Ends where the reply does, where ``pieces`` are full, and where it is not wanted any more.

        Raises:
            ChatFailed: if the model fails or takes too long; ``pieces`` hold what came before.
        """
        shown = ""
        for piece in self._relayed():
            pieces.add(piece)
            if len(pieces.shown) > len(shown):
                shown = pieces.shown
                yield shown
            if pieces.full:
                return

    def _relayed(self) -> Iterator[str]:
        """Yield the pieces; the model is waited for in a thread, which nobody waits for."""
        heard: SimpleQueue[_Heard] = SimpleQueue()
        gone = Event()
        Thread(target=self._relay, args=(heard, gone), name="listening", daemon=True).start()
        until = self.clock() + self.seconds
        try:
            while self.wanted():
                left = until - self.clock()
                if left <= 0:
                    raise ChatFailed(
                        ChatFault.TIMEOUT,
                        f"the model took more than {self.seconds:g} s",
                        "use a faster --model",
                    )
                try:
                    piece = heard.get(timeout=min(_LOOK, left))
                except Empty:
                    continue
                if piece is None:
                    return
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            gone.set()

    def _relay(self, heard: SimpleQueue[_Heard], gone: Event) -> None:
        try:
            for piece in self.model.stream(self.request, timeout=self.seconds):
                heard.put(piece)
                if gone.is_set():
                    break
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            heard.put(error)
        finally:
            heard.put(None)
