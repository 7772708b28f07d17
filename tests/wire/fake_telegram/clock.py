"""The far end's own time. Tests move it to make updates expire and buttons go stale without waiting."""

import time
from datetime import timedelta


class Clock:
    def __init__(self) -> None:
        self._ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self._ahead

    def passes(self, **span: float) -> None:
        """Move on by a `timedelta`'s worth: `passes(hours=25)`."""
        self._ahead += timedelta(**span).total_seconds()
