"""Who guesses at links: refused tries per address, in a bounded memory.

Only refusals count, and a good link always opens, so nobody is shut out by a neighbour behind the same address.
"""

from collections import OrderedDict, deque
from time import monotonic

from aiohttp import web

TRIES = 20
WINDOW_SECONDS = 600.0
REMEMBERED = 10_000
"""Addresses; the one quiet for longest is forgotten first."""


class Guesses:
    """Counts refused tries. Times are the machine's own, in seconds."""

    def __init__(self) -> None:
        self._refused: OrderedDict[str, deque[float]] = OrderedDict()

    def are_too_many(self, address: str) -> bool:
        """Whether this address has guessed enough for now."""
        times = self._refused.get(address)
        return times is not None and len(times) == TRIES and times[0] > monotonic() - WINDOW_SECONDS

    def count(self, address: str) -> None:
        """One more that opened nothing."""
        self._refused.setdefault(address, deque(maxlen=TRIES)).append(monotonic())
        self._refused.move_to_end(address)
        if len(self._refused) > REMEMBERED:
            self._refused.popitem(last=False)


GUESSES = web.AppKey("guesses", Guesses)
