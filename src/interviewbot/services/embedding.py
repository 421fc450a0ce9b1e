"""Encoded texts, each made once.

Owns the order of asking: this process's memory, then the cache on disk, then the encoder.
Refuses to know what the texts are for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from interviewbot.ports import EmbeddingCache, Encoder
from interviewbot.vectors import EncodedText

_BATCH = 256
_REMEMBERED = 20_000  # texts, about 150 MB; a corpus of 500 questions


class Embeddings:
    """Encoded texts by their content.

    ``made`` counts the texts that had to be run through the encoder.
    """

    def __init__(
        self,
        encoder: Encoder,
        cache: EmbeddingCache | None = None,
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """Use ``encoder`` for what ``cache`` does not have.

        ``progress`` gets (done, all) of what is encoded.
        """
        self.encoder = encoder
        self.made = 0
        self._cache = cache
        self._progress = progress
        self._memory: dict[str, EncodedText] = {}

    def __call__(self, texts: Sequence[str]) -> dict[str, EncodedText]:
        """Return every one of ``texts``, encoded; what is made is not kept on disk."""
        return self._encoded(texts, self._cache, keep=False)

    def kept(self, texts: Sequence[str]) -> dict[str, EncodedText]:
        """Return every one of ``texts``, encoded, and keep in the cache what was made.

        Right for questions, wrong for what candidates write.
        """
        return self._encoded(texts, self._cache, keep=True)

    def fresh(self, texts: Sequence[str]) -> dict[str, EncodedText]:
        """Return every one of ``texts``, encoded, without a look at the cache.

        Right for what candidates write: it is never kept there.
        """
        return self._encoded(texts, None, keep=False)

    def _encoded(
        self, texts: Sequence[str], cache: EmbeddingCache | None, *, keep: bool
    ) -> dict[str, EncodedText]:
        unique = list(dict.fromkeys(texts))
        found = {text: self._memory[text] for text in unique if text in self._memory}
        missing = [text for text in unique if text not in found]
        if missing and cache is not None:
            found.update(cache.get(missing))
            missing = [text for text in missing if text not in found]
        for start in range(0, len(missing), _BATCH):
            batch = missing[start : start + _BATCH]
            fresh = dict(zip(batch, self.encoder.encode(batch), strict=True))
            self.made += len(batch)
            if cache is not None and keep:
                cache.put(fresh)
            found.update(fresh)
            if self._progress is not None:
                self._progress(start + len(batch), len(missing))
        if len(self._memory) + len(found) > _REMEMBERED:
            self._memory.clear()
        self._memory.update(found)
        return found
