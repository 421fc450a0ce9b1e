"""The local judge's numbers, from the file that the fit wrote.

Owns reading ``models/judge/judge.json``. Refuses to know what the numbers do.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from interviewbot.domain.calibration import Calibration, Weights
from interviewbot.domain.errors import ModelUnavailable

BUNDLED = Path(__file__).resolve().parent.parent / "models" / "judge" / "judge.json"


def read_calibration(path: Path = BUNDLED) -> Calibration:
    """Return the calibration in ``path``; its digest is that of the file.

    Raises:
        ModelUnavailable: if the file is missing or is not such a file.
    """
    try:
        content = path.read_bytes()
        values = json.loads(content)
        numbers = dict(values["calibration"])
        for name in ("taught", "new"):
            if name in numbers:
                numbers[name] = _weights(numbers[name])
        return Calibration(**numbers, digest=hashlib.sha256(content).hexdigest()[:12])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnavailable(
            f"the judge's numbers in {path} cannot be read: {error}", "install interviewbot again"
        ) from error


def _weights(values: dict[str, Any]) -> Weights:
    return Weights(
        inputs=tuple(values["inputs"]),
        mean=tuple(values["mean"]),
        scale=tuple(values["scale"]),
        weights=tuple(tuple(row) for row in values["weights"]),
        bias=tuple(values["bias"]),
        temperature=values["temperature"],
        sharpness=values["sharpness"],
        contradicted_from=values["contradicted_from"],
    )
