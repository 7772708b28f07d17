"""Long polling that loses nothing: a batch is committed before the offset moves, so a crash only brings it again."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiohttp import ClientSession, ClientTimeout

from bot.intake.calls import CallFailed, call
from bot.intake.health import IntakeHealth, utc_now
from bot.intake.raw import raw_of, update_id
from bot.intake.setting import delete_webhook
from storage.repositories.inbox import Raw

log = structlog.get_logger(__name__)

Store = Callable[[str, Sequence[Raw]], Awaitable[None]]
"""Keeps a batch of one source and returns after its commit; repeats are left as they are."""

LONGEST_POLL = 50
"""Seconds; the Bot API server caps a long poll here."""
BATCH = 100
REFUSED_PAUSE = 5.0
"""Seconds between tries while the token is refused or somebody else polls."""
LONGEST_PAUSE = 10.0
LONGEST_SILENCE = timedelta(seconds=120)
"""A long poll answers or fails well before; a poller silent for longer is stuck."""


class Poller:
    """Asks one bot for updates until it is stopped. Every trouble ends by itself once its cause does."""

    def __init__(
        self,
        source: str,
        api_base: str,
        token: str,
        allowed_updates: Sequence[str],
        store: Store,
        session: ClientSession,
        *,
        now: Callable[[], datetime] = utc_now,
        poll_seconds: int = LONGEST_POLL,
    ) -> None:
        self.health = IntakeHealth(source, now, longest_silence=LONGEST_SILENCE)
        self._source, self._store, self._session = source, store, session
        self._api_base, self._token, self._allowed = api_base, token, list(allowed_updates)
        self._poll_seconds = min(poll_seconds, LONGEST_POLL)
        self._offset: int | None = None
        self._webhook_removed = False
        self._failures = 0
        self._stopping = asyncio.Event()
        self._stopped = asyncio.Event()
        self._stopped.set()

    async def run(self) -> None:
        """Poll until `stop`."""
        self._stopped.clear()
        try:
            while not self._stopping.is_set():
                pause = await self._round()
                if pause:
                    await self._unless_stopped(asyncio.sleep(pause))
        finally:
            self._stopped.set()

    async def stop(self) -> None:
        """Leave the long poll at once; a batch being committed is waited for. Unconfirmed updates come again."""
        self._stopping.set()
        await self._stopped.wait()

    async def _round(self) -> float:
        """Ask once and keep what comes; the pause before the next round, in seconds."""
        try:
            batch = await self._unless_stopped(self._ask())
            if batch is None:
                return 0
        except CallFailed as failure:
            return self._after(failure)
        try:
            if batch:
                await self._store(self._source, [raw_of(update) for update in batch])
        except Exception as error:
            # Whatever it was, the offset stays, and Telegram keeps the batch for a day.
            self.health.went_wrong(f"storage: {type(error).__name__}", "see the database; nothing is lost for 24 h")
            return self._growing_pause()
        self.health.went_well(len(batch))
        return self._move(batch)

    async def _ask(self) -> list[Any]:
        if not self._webhook_removed:
            await delete_webhook(self._session, self._api_base, self._token)
            self._webhook_removed = True
        wanted: dict[str, Any] = {"limit": BATCH, "timeout": self._poll_seconds, "allowed_updates": self._allowed}
        if self._offset is not None:
            wanted["offset"] = self._offset
        patience = ClientTimeout(total=self._poll_seconds + 15, connect=5)
        batch = await call(self._session, self._api_base, self._token, "getUpdates", wanted, patience)
        if not isinstance(batch, list):
            raise CallFailed("getUpdates answered with no list")
        return batch

    def _move(self, batch: list[Any]) -> float:
        """Confirm a kept batch with the next call."""
        numbers = [number for update in batch if (number := update_id(update)) is not None]
        if numbers:
            self._offset, self._failures = max(numbers) + 1, 0
            return 0
        if batch:
            # Nothing in it has a number, so it cannot be confirmed and will come again at once.
            self.health.went_wrong("updates without a number", "ask who runs this Bot API server")
            return self._growing_pause()
        # All is confirmed. After a week of silence Telegram starts anew at a random number, perhaps a lower one.
        self._offset, self._failures = None, 0
        return 0

    def _after(self, failure: CallFailed) -> float:
        match failure.status:
            case 401 | 404:
                self.health.went_wrong("token refused", f"put a valid token of {self._source} into the settings")
                return REFUSED_PAUSE
            case 409:
                # Somebody set a webhook meanwhile, or another process polls. The first is undone in the next round.
                self._webhook_removed = "webhook" not in failure.reason.lower()
                self.health.went_wrong(f"conflict: {failure.reason}", "only one process may poll a bot: stop the other")
                return REFUSED_PAUSE
            case 429:
                self.health.went_wrong("asked to wait")
                return failure.retry_after or REFUSED_PAUSE
            case _:
                self.health.went_wrong(failure.reason, "check the network and the Bot API server")
                return self._growing_pause()

    def _growing_pause(self) -> float:
        self._failures += 1
        return min(2.0 ** (self._failures - 1), LONGEST_PAUSE)

    async def _unless_stopped(self, work: Any) -> Any:
        """The result of what may be broken off, or None once `stop` was called."""
        task = asyncio.ensure_future(work)
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({task, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return await task if task.done() else None
        finally:
            stopping.cancel()
            if not task.done():
                task.cancel()
                await asyncio.wait({task})
