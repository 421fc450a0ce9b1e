"""What a generation of the local index says about itself, and whether that still holds.

Owns the manifest and the checksums in it. Refuses to decide what happens to a generation
that is not whole, and to import Chroma.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from interviewbot.adapters.chroma_errors import ChromaBroke
from interviewbot.adapters.chroma_rows import SCHEMA
from interviewbot.domain.index import RowKind

DATABASE = "chroma.sqlite3"
_MANIFEST = "manifest.json"
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation holds.

    ``digest`` is the corpus's, ``rows`` counts by kind, ``removed`` the rows taken out since
    the generation's first ancestor. ``files`` are size and CRC-32 of Chroma's graph files:
    on damaged ones Chroma crashes the whole process, so they are compared before it sees
    them. Its database is not among them, because reading changes it.
    """

    schema: int = SCHEMA
    encoder: str
    dimension: int
    digest: str
    rows: Mapping[RowKind, int]
    removed: int
    files: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def read_manifest(generation: Path) -> Manifest | None:
    """Return the manifest in the folder ``generation``; None where its schema is another.

    Raises:
        ChromaBroke: if there is none, or it is rubbish.
    """
    try:
        found = json.loads((generation / _MANIFEST).read_bytes())
        if found["schema"] != SCHEMA:
            return None
        return Manifest(
            encoder=str(found["encoder"]),
            dimension=int(found["dimension"]),
            digest=str(found["digest"]),
            rows={kind: int(found["rows"][kind]) for kind in RowKind},
            removed=int(found["removed"]),
            files={name: (int(size), int(crc)) for name, (size, crc) in found["files"].items()},
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise ChromaBroke(f"{_MANIFEST} cannot be read") from error


def write_manifest(generation: Path, manifest: Manifest) -> None:
    """Write ``manifest`` with its files and bring the folder ``generation`` onto the disk.

    Raises:
        OSError: if that cannot be done.
    """
    files = {
        path.relative_to(generation).as_posix(): (path.stat().st_size, _checksum(path))
        for path in sorted(generation.glob("*/*"))
    }
    content = json.dumps(asdict(replace(manifest, files=files)), indent=1)
    (generation / _MANIFEST).write_text(content, "utf-8")
    for path in generation.rglob("*"):
        flush(path)
    flush(generation)


def verify_files(generation: Path, manifest: Manifest) -> None:
    """Compare the graph files of ``generation`` with its ``manifest``.

    Raises:
        ChromaBroke: if one is missing or has changed.
    """
    for name, (size, checksum) in manifest.files.items():
        path = generation / name
        try:
            whole = path.stat().st_size == size and _checksum(path) == checksum
        except OSError as error:
            raise ChromaBroke(f"{path.name} cannot be read") from error
        if not whole:
            raise ChromaBroke(f"{path.name} has changed")
    if not (generation / DATABASE).is_file():  # or Chroma would make an empty one
        raise ChromaBroke(f"{DATABASE} is missing")


def flush(path: Path) -> None:
    """Bring the file or folder ``path`` onto the disk; Windows does not know it of folders.

    Raises:
        OSError: if that cannot be done.
    """
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _checksum(path: Path) -> int:
    total = 0
    for block in _blocks(path):
        total = zlib.crc32(block, total)
    return total


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
