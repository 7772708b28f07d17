"""Brings results from the writer's thread home to the event loop: one wake-up for all that are on their way."""

import asyncio
from collections import deque
from concurrent.futures import Future
from typing import Any


class Homecoming:
    """`asyncio.wrap_future` wakes the loop through a socket for each act: 50 of the 90 µs an act spent on the way."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._home: deque[tuple[asyncio.Future[Any], Future[Any]]] = deque()
        self._is_called = False

    async def of(self, future: "Future[Any]") -> Any:
        """The result, when it is there. Cancelling the caller takes the act back if its turn has not come."""
        here: asyncio.Future[Any] = self._loop.create_future()
        future.add_done_callback(lambda done: self._arrive(here, done))
        try:
            return await here
        except asyncio.CancelledError:
            future.cancel()
            raise

    def _arrive(self, here: asyncio.Future[Any], done: "Future[Any]") -> None:
        self._home.append((here, done))
        # Read after the append: whoever finds it set knows that `_hand_out` has still to look at the queue.
        if not self._is_called:
            self._is_called = True
            if not self._loop.is_closed():
                self._loop.call_soon_threadsafe(self._hand_out)

    def _hand_out(self) -> None:
        self._is_called = False
        while self._home:
            here, done = self._home.popleft()
            if here.done() or done.cancelled():
                continue
            error = done.exception()
            if error is None:
                here.set_result(done.result())
            else:
                here.set_exception(error)
