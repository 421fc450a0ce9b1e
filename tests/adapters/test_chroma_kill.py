"""Whenever a writer of the local index is killed, the old index lives; two writers take turns."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.adapters.made_rows import DIMENSION, Rows, assert_holds, fill, made

from interviewbot.adapters.chroma_index import ChromaIndex

ROOT = Path(__file__).parents[2]
OLD, NEW, FEW = made(300), made(2_000, edition="new"), made(600, edition="new")

# Says "ready" once Chroma is imported, starts when told, says "done" at the end. The third
# argument names where to die by one's own hand: a function, and whether before or after it.
WRITER = f"""
import os, signal, sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
import chromadb
from interviewbot.adapters import chroma_generations, chroma_rows
from interviewbot.adapters.chroma_index import ChromaIndex
from tests.adapters.made_rows import fill, made

def deadly(owner, name, when):
    original = getattr(owner, name)
    def wrapper(*arguments, **options):
        if when == "after":
            original(*arguments, **options)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(owner, name, wrapper)

folder, digest, count, edition, spot = sys.argv[1:]
owners = {{
    "_copy_database": chroma_generations,
    "upsert": __import__("chromadb.api.models.Collection").api.models.Collection.Collection,
    "write_manifest": chroma_generations,
    "replace": Path,
    "prune": chroma_generations.Generations,
}}
if spot:
    name, when = spot.split()
    deadly(owners[name], name, when)
print("ready", flush=True)
sys.stdin.readline()
index = ChromaIndex(Path(folder), encoder_id="e1", dimension={DIMENSION}, notice=print)
fill(index, digest, made(int(count), edition=edition))
print("done", flush=True)
"""


def opened(folder: Path, notices: list[str]) -> ChromaIndex:
    """Return the index in ``folder``."""
    return ChromaIndex(folder, encoder_id="e1", dimension=DIMENSION, notice=notices.append)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the old index, to be copied."""
    folder = tmp_path_factory.mktemp("old") / "index"
    fill(opened(folder, []), "old", OLD)
    return folder


def writer(
    folder: Path, digest: str, count: int, edition: str, spot: str = ""
) -> subprocess.Popen[str]:
    """Start a process that will write ``made(count, edition=edition)`` when told to."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), digest, str(count), edition, spot],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def go(process: subprocess.Popen[str]) -> None:
    """Tell a writer to start."""
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def assert_old_or_new(folder: Path, new: Rows) -> str:
    """Check that the index is the old or the ``new`` one, whole; return which."""
    notices: list[str] = []
    index = opened(folder, notices)
    digest = index.digest()
    assert_holds(index, {"old": OLD, "new": new}[digest or ""])
    assert notices == []
    index.close()
    return digest or ""


def test_killed_at_random_moments(tmp_path: Path, old: Path) -> None:
    """At every kill the old index answers, or the new one does; the next update succeeds."""
    dice = random.Random(20240607)
    folder = tmp_path / "index"
    shutil.copytree(old, folder)
    timed = shutil.copytree(old, tmp_path / "timed")
    whole = writer(timed, "new", len(NEW), "new")
    started = time.monotonic()
    go(whole)
    assert whole.communicate(timeout=60)[0] == "done\n"
    span = time.monotonic() - started
    kills = 6
    for number in range(kills):
        process = writer(folder, "new", len(NEW), "new")
        go(process)
        time.sleep(span * (number + dice.random()) / kills)
        process.kill()
        process.communicate(timeout=60)
        if assert_old_or_new(folder, NEW) == "new":  # killed after the swap: go back
            fill(opened(folder, []), "old", OLD)
    assert len(list(folder.glob("gen-*"))) >= 2  # leftovers of the killed
    fill(opened(folder, []), "new", NEW)
    assert assert_old_or_new(folder, NEW) == "new"
    assert len(list(folder.glob("gen-*"))) == 2


@pytest.mark.parametrize(
    ("spot", "left"),
    [
        ("_copy_database after", "old"),
        ("upsert after", "old"),
        ("write_manifest after", "old"),
        ("replace before", "old"),
        ("replace after", "new"),
        ("prune before", "new"),
    ],
)
def test_killed_at_every_step(tmp_path: Path, old: Path, spot: str, left: str) -> None:
    """A writer killed just before the swap leaves the old index, just after it the new one."""
    folder = shutil.copytree(old, tmp_path / "index")
    process = writer(folder, "new", len(FEW), "new", spot)
    go(process)
    assert process.communicate(timeout=60)[0] == ""
    assert process.returncode == -signal.SIGKILL
    assert assert_old_or_new(folder, FEW) == left
    fill(opened(folder, []), "new", FEW)
    assert assert_old_or_new(folder, FEW) == "new"
    assert len(list(folder.glob("gen-*"))) == 2


def test_two_processes_update_at_once(tmp_path: Path) -> None:
    """Both writers succeed one after the other, and the index is exactly what the last wrote."""
    rows = {"one": made(1_500, edition="one"), "two": made(1_200, edition="three")}
    processes = [
        writer(tmp_path, "one", 1_500, "one"),
        writer(tmp_path, "two", 1_200, "three"),
    ]
    for process in processes:
        go(process)
    for process in processes:
        assert process.communicate(timeout=60)[0] == "done\n"
        assert process.returncode == 0
    notices: list[str] = []
    index = opened(tmp_path, notices)
    digest = index.digest()
    assert digest in rows
    assert_holds(index, rows[digest])
    assert notices == []
    assert len(list(tmp_path.glob("gen-*"))) == 2


def test_reading_goes_on_while_others_write(tmp_path: Path, old: Path) -> None:
    """A reader gets a whole answer, old or new, at every moment of another's update."""
    folder = shutil.copytree(old, tmp_path / "index")
    process = writer(folder, "new", len(NEW), "new")
    notices: list[str] = []
    reader = opened(folder, notices)
    seen: set[int] = set()
    go(process)
    while process.poll() is None:
        (found,) = reader.nearest(OLD[0][1][None], kind="prompt", count=1_000)
        seen.add(len(found))
    assert process.communicate()[0] == "done\n"
    (found,) = reader.nearest(OLD[0][1][None], kind="prompt", count=1_000)
    seen.add(len(found))
    assert seen == {30, 200}
    assert notices == []
