"""Wakes the loops: the writer's thread signals what a commit left to do; loops wait for that or a short time."""

import asyncio

from storage.signals import Signal

PATIENCE_SECONDS = 0.5
"""Another replica's work shows only in the database, so every loop looks again after this long."""


class Wake:
    """One event per signal, set from any thread."""

    def __init__(self) -> None:
        self._events = {signal: asyncio.Event() for signal in Signal}
        self._loop: asyncio.AbstractEventLoop | None = None

    def listen(self, signal: Signal) -> None:
        """Called in the writer's thread after a commit."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._events[signal].set)

    def attach(self) -> None:
        """Signals go to the running loop from now on."""
        self._loop = asyncio.get_running_loop()

    def now(self, signal: Signal) -> None:
        """Wake a loop from inside the event loop."""
        self._events[signal].set()

    async def wait(self, signal: Signal, seconds: float = PATIENCE_SECONDS) -> None:
        """Until the signal, or for so long."""
        event = self._events[signal]
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            pass
        event.clear()
