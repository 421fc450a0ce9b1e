"""How many threads a matrix product of numpy may take.

Owns that number, by threadpoolctl. Refuses to touch any other pool of threads.
"""

from __future__ import annotations


def use_one_thread() -> None:
    """Run the matrix products of this process on the thread that asks for them.

    They are small, and the encoder's own pool has the cores. A second thread saved a
    millisecond of an answer; but waiting for the next product it spins, so that on two
    cores the encoder took twice as long, and every product waits for it while other
    programs are busy.
    """
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    threadpool_limits(1, user_api="blas")
