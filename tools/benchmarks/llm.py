"""Grading with a language model, against the bare round trips to the same server.

    python -m tools.benchmarks.llm HOME ROUNDS        # prints the figures
    python -m tools.benchmarks.llm serve SECONDS      # the server, in a process of its own

Both sides send the same request over a connection that is kept; the bare side reads the reply's
bytes and throws them away. Every answer is a new one, and no reply is kept.
"""

from __future__ import annotations

import http.client
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from tools.benchmarks.prepare import QUESTION, WORDS
from tools.benchmarks.texts import SEED, Composer
from tools.loopback.__main__ import plausible
from tools.loopback.server import Loopback

from interviewbot.domain.grade import Grade
from interviewbot.domain.language_model import LanguageModel
from interviewbot.domain.question import Question
from interviewbot.paths import shipped_folder
from interviewbot.services.side_by_side import in_order
from interviewbot.wiring import Wiring

WAITS = {"at_once": 0.0, "in_half_a_second": 0.5}  # seconds that the server takes
AT_ONCE = 8
IN_FLIGHT_ROUNDS = 6  # times eight


def main() -> None:
    """Serve, or measure and print one JSON line."""
    if sys.argv[1] == "serve":
        _serve(float(sys.argv[2]))
        return
    home, rounds = Path(sys.argv[1]), int(sys.argv[2])
    composer = Composer(random.Random(SEED + 2))
    found: dict[str, float] = {}
    for name, wait in WAITS.items():
        with _server(wait) as url, tempfile.TemporaryDirectory() as kept:
            wiring = _wiring(home, url)
            question = wiring.question(QUESTION)
            grade = _grader(wiring, Path(kept), question)
            few = rounds if not wait else max(8, rounds // 4)
            ours, bare = _by_turns(grade, wiring, url, question, composer, few)
            found |= {f"{name}_ours": ours, f"{name}_bare": bare}
            if wait:
                found["rate"] = _rate(grade, question, composer)
    print(json.dumps(found))


def _wiring(home: Path, url: str) -> Wiring:
    chosen = LanguageModel(name="openai:bench", base_url=url, workers=AT_ONCE)
    return Wiring(
        roots=[shipped_folder("corpus")], home=home, judge_name="llm", language_model=chosen
    )


def _grader(wiring: Wiring, kept: Path, question: Question) -> Callable[[str], None]:
    """Return what grades an answer; no reply is found among those kept earlier."""
    from dataclasses import replace

    from interviewbot.adapters.reply_cache import ReplyFiles

    made = wiring.language_models.grading(wiring.grading())
    grading = replace(made, cache=ReplyFiles(kept, notice=lambda _: None))

    def grade(answer: str) -> None:
        result = grading.grade(question, answer)
        if not isinstance(result, Grade) or result.judge != "llm":
            sys.exit("an answer was not graded by the model")

    return grade


def _by_turns(
    grade: Callable[[str], None],
    wiring: Wiring,
    url: str,
    question: Question,
    composer: Composer,
    rounds: int,
) -> tuple[float, float]:
    """Return the median seconds of grading an answer, and of the bare round trip."""
    ours: list[float] = []
    bare: list[float] = []
    with _bare(url) as post:
        for turn in range(rounds + 2):
            answer = composer.answer(question, words=WORDS)
            body = _body(wiring, question, answer)
            sides: list[tuple[list[float], Callable[[], Any]]] = [
                (ours, partial(grade, answer)),
                (bare, partial(post, body)),
            ]
            for times, act in sides if turn % 2 else reversed(sides):
                begun = time.perf_counter()
                act()
                times.append(time.perf_counter() - begun)
    return median(ours[2:]), median(bare[2:])


def _rate(grade: Callable[[str], None], question: Question, composer: Composer) -> float:
    """Return how many times as many answers come per second with eight in flight as with one."""

    def spent(answers: Sequence[str], workers: int) -> float:
        begun = time.perf_counter()
        for _ in in_order(answers, grade, workers):
            pass
        return (time.perf_counter() - begun) / len(answers)

    def answers(count: int) -> list[str]:
        return [composer.answer(question, words=WORDS) for _ in range(count)]

    return spent(answers(AT_ONCE), 1) / spent(answers(AT_ONCE * IN_FLIGHT_ROUNDS), AT_ONCE)


def _body(wiring: Wiring, question: Question, answer: str) -> bytes:
    """Return the request about ``answer`` as the clients would send it, near enough."""
    request = wiring.language_models.requesting.about(question, answer).request
    messages = [{"role": m.role.value, "content": m.content} for m in request.messages]
    shape = {"name": request.schema_name, "strict": True, "schema": request.schema}
    form = {"type": "json_schema", "json_schema": shape}
    return json.dumps({"model": "bench", "messages": messages, "response_format": form}).encode()


@contextmanager
def _bare(url: str) -> Iterator[Callable[[bytes], bytes]]:
    where = urlsplit(url)
    connection = http.client.HTTPConnection(where.hostname or "", where.port)

    def post(body: bytes) -> bytes:
        headers = {"Content-Type": "application/json"}
        connection.request("POST", f"{where.path}/chat/completions", body, headers)
        return connection.getresponse().read()

    try:
        yield post
    finally:
        connection.close()


@contextmanager
def _server(wait: float) -> Iterator[str]:
    """Yield the address of a server in a process of its own."""
    command = [sys.executable, "-m", "tools.benchmarks.llm", "serve", str(wait)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()


def _serve(wait: float) -> None:
    from dataclasses import replace

    with Loopback(lambda request: replace(plausible(request), delay=wait)) as server:
        print(server.url, flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
