"""Callbacks that wait for their answer: what is said to a person within that time goes out in the answer itself.

Such a reply is counted by nobody, arrives faster, and needs no token.
"""

import asyncio
from collections import defaultdict, deque

from aiohttp import web

from bot.channels.leaving import has_left


class Waiting:
    """One callback kept open."""

    def __init__(self) -> None:
        loop = asyncio.get_running_loop()
        self.words: asyncio.Future[str] = loop.create_future()
        self.is_written: asyncio.Future[bool] = loop.create_future()

    async def hear(self, seconds: float) -> str | None:
        """What is to be said, if somebody gives it within that time; afterwards nobody can."""
        await asyncio.wait([self.words], timeout=max(0.0, seconds))
        if self.words.done():
            return self.words.result()
        self.words.cancel()
        return None

    async def write(self, request: web.Request, response: web.Response) -> web.Response:
        """Write the answer and tell the one who gave the words whether it left; else they go another way."""
        await response.prepare(request)
        await response.write_eof()
        self.end(is_written=request.transport is not None and await has_left(request.transport))
        return response

    def end(self, *, is_written: bool) -> None:
        """The answer is on its way, or the platform has hung up."""
        if not self.is_written.done():
            self.is_written.set_result(is_written)


class Callers:
    """Who waits, by address; the first who came is answered first."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Waiting]] = defaultdict(deque)

    def wait(self, address: str) -> Waiting:
        """From now on what is said to this person may be the answer."""
        waiting = Waiting()
        self._waiting[address].append(waiting)
        return waiting

    def leave(self, address: str, waiting: Waiting) -> None:
        """Too late, or answered: nothing more goes this way."""
        queue = self._waiting.get(address)
        if queue is not None:
            if waiting in queue:
                queue.remove(waiting)
            if not queue:
                del self._waiting[address]

    async def answer(self, address: str, words: str) -> bool:
        """Whether somebody waited and the words were written to an open connection."""
        queue = self._waiting.get(address)
        if not queue:
            return False
        waiting = queue.popleft()
        if waiting.words.done():
            return False
        waiting.words.set_result(words)
        return await waiting.is_written
