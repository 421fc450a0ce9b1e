"""Matrix products stay on one thread."""

from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_info  # type: ignore[import-untyped]

from interviewbot.adapters.blas_threads import use_one_thread


def _threads() -> list[int]:
    return [pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"]


def test_products_take_one_thread() -> None:
    """Every BLAS library that is loaded is held to one, and products still come out right."""
    if not _threads():
        pytest.skip("numpy's BLAS on this platform is none that threadpoolctl knows")
    use_one_thread()
    assert set(_threads()) == {1}
    left, right = np.arange(6.0).reshape(2, 3), np.ones((3, 2))
    assert (left @ right).tolist() == [[3.0, 3.0], [12.0, 12.0]]
