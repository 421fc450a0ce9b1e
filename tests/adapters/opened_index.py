"""A local index in a folder, with what it noticed."""

from __future__ import annotations

from pathlib import Path

from tests.adapters.made_rows import DIMENSION, unit

from interviewbot.adapters.chroma_index import ChromaIndex

OPEN = (
    "from interviewbot.adapters.chroma_index import ChromaIndex;"
    f"index = ChromaIndex(Path({{!r}}), encoder_id='e1', dimension={DIMENSION}, notice=print)"
)  # for another process; to be formatted with the folder


class Opened:
    """A folder with an index in it, and what was noticed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.notices: list[str] = []
        self.index = self.another()

    def another(self, encoder: str = "e1", dimension: int = DIMENSION) -> ChromaIndex:
        """Return a further object on the same folder, as another process would have."""
        return ChromaIndex(
            self.folder,
            encoder_id=encoder,
            dimension=dimension,
            notice=self.notices.append,
            lock_wait_s=1.0,
        )

    @property
    def live(self) -> Path:
        """The live generation's folder."""
        return self.folder / (self.folder / "current").read_text()

    def names(self, pattern: str) -> list[str]:
        """Return the names in the folder that match."""
        return sorted(path.name for path in self.folder.glob(pattern))


def ask(index: ChromaIndex) -> list[str]:
    """Ask something that every whole index of made rows answers; return the ids."""
    (found,) = index.nearest(unit(1, 99), kind="claim", count=5)
    return [one.row_id for one in found]
