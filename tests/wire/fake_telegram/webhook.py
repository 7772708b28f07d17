"""Webhook delivery as WebhookActor.cpp does it: lanes in strict order, backoff per lane, Retry-After honoured.

`methods/intake.py` sets it up; the `Courier` runs in the server's event loop.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import random
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp

from tests.wire.fake_telegram.updates import Waiting

if TYPE_CHECKING:
    from tests.wire.fake_telegram.accounts import BotAccount
    from tests.wire.fake_telegram.world import World

LONGEST_RETRY_AFTER = 3600
LONGEST_RESEND = 60
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(eq=False)
class Webhook:
    url: str
    secret: str = ""
    max_connections: int = 40
    ip_address: str = ""
    has_certificate: bool = False
    last_error_at: int = 0
    last_error: str = ""
    courier: Courier | None = None

    def as_json(self, waiting: int, allowed: frozenset[str] | None) -> dict[str, Any]:
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": self.has_certificate,
            "pending_update_count": waiting,
            "max_connections": self.max_connections,
            "ip_address": self.ip_address or "127.0.0.1",
        }
        if self.last_error:
            info |= {"last_error_date": self.last_error_at, "last_error_message": self.last_error}
        return info | ({"allowed_updates": sorted(allowed)} if allowed else {})


class Courier:
    """Carries one bot's updates to its URL, up to `max_connections` at a time, one per lane."""

    def __init__(self, world: World, bot: BotAccount, webhook: Webhook) -> None:
        self._world, self._bot, self._webhook = world, bot, webhook
        self._lanes: dict[int, deque[Waiting]] = {}
        self._due: list[tuple[float, int, int]] = []  # wake-up time, tie breaker, lane
        self._order = itertools.count()
        self._woken = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._trips: set[asyncio.Task[None]] = set()
        self._round = self._loop.create_task(self._run())

    def stop(self) -> None:
        """From any thread: no further update leaves; what is under way is broken off."""
        self._bot.updates.listeners.remove(self._notice)
        for task in (self._round, *self._trips):
            self._loop.call_soon_threadsafe(task.cancel)

    def start(self) -> None:
        for waiting in self._bot.updates.waiting():
            self._queue(waiting)
        self._bot.updates.listeners.append(self._notice)

    def _notice(self, waiting: Waiting) -> None:
        self._loop.call_soon_threadsafe(self._queue, waiting)

    def _queue(self, waiting: Waiting) -> None:
        lane = self._lanes.setdefault(waiting.lane or -waiting.id, deque())
        lane.append(waiting)
        if len(lane) == 1:
            self._wake_lane(waiting.lane or -waiting.id, self._loop.time())

    def _wake_lane(self, lane: int, at: float) -> None:
        heapq.heappush(self._due, (at, next(self._order), lane))
        self._woken.set()

    async def _run(self) -> None:
        connector = aiohttp.TCPConnector(limit=self._webhook.max_connections)
        timeout = aiohttp.ClientTimeout(total=60)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
            while True:
                self._woken.clear()
                while self._due and self._has_room() and self._due[0][0] <= self._loop.time():
                    _, _, lane = heapq.heappop(self._due)
                    trip = self._loop.create_task(self._carry(session, lane))
                    self._trips.add(trip)
                    trip.add_done_callback(self._back)
                pause = self._due[0][0] - self._loop.time() if self._due and self._has_room() else None
                try:
                    await asyncio.wait_for(self._woken.wait(), pause)
                except TimeoutError:
                    continue

    def _has_room(self) -> bool:
        return len(self._trips) < self._webhook.max_connections

    def _back(self, trip: asyncio.Task[None]) -> None:
        self._trips.discard(trip)
        self._woken.set()

    async def _carry(self, session: aiohttp.ClientSession, lane: int) -> None:
        waiting = self._lanes[lane][0]
        headers = {SECRET_HEADER: self._webhook.secret} if self._webhook.secret else {}
        error, retry_after = "", 0
        try:
            async with session.post(
                self._webhook.url, json=waiting.as_json(), headers=headers, allow_redirects=False
            ) as answer:
                await answer.read()
                if not 200 <= answer.status <= 299:
                    error = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                    asked = answer.headers.get("Retry-After", "0")
                    retry_after = min(int(asked), LONGEST_RETRY_AFTER) if asked.isdigit() else 0
        except TimeoutError:
            error = "Read timeout expired"
        except aiohttp.ClientConnectorError:
            error = "Connection refused"
        except aiohttp.ClientError:
            error = "Webhook connection closed"
        with self._world.lock:
            self._settle(lane, waiting, error, retry_after)

    def _settle(self, lane: int, waiting: Waiting, error: str, retry_after: int) -> None:
        if error:
            self._webhook.last_error = error
            self._webhook.last_error_at = int(self._world.clock())
            pause = float(retry_after)
            if not retry_after and waiting.fails:
                # The second try comes at once; from then on 2, 4, 8 … up to one or two minutes.
                waiting.delay = min(waiting.delay * 2, random.uniform(LONGEST_RESEND, 2 * LONGEST_RESEND))  # noqa: S311
                pause = waiting.delay * self._world.webhook_pace
            waiting.fails += 1
            if self._world.clock() + pause <= waiting.expires_at:
                self._wake_lane(lane, self._loop.time() + pause)
                return
        self._bot.updates.drop(waiting)
        self._lanes[lane].popleft()
        if self._lanes[lane]:
            self._wake_lane(lane, self._loop.time())
        else:
            del self._lanes[lane]
