"""Fetches what people wrote to WeChat customer service: the platform only tells that there is something.

A page and the cursor behind it are one commit, so nothing is lost and a page fetched twice changes nothing.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import structlog

from bot.channels.wechat.gateway import STALE, CallFailed
from bot.channels.wechat.kf_reading import address_of, wants_a_person
from bot.channels.wechat.ledger import Ledger
from bot.intake.health import IntakeHealth

log = structlog.get_logger(__name__)

Call = Callable[[Callable[[Any], Any]], Awaitable[Any]]
PAGE = 1000
AGAIN = frozenset({None, -1, 45009, 45033, 60020, *STALE})
"""What another try, and no other token of the callback's, may mend."""
NEWS_LIVES = timedelta(minutes=10)
"""How long the token of a callback is good: what brought it was written no earlier."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0


class Syncer:
    """Works through accounts that have news until they have none.

    What came while nothing ran was told to nobody, so at the start `desk` is asked for in any case. The very first time
    the platform hands out three days, most of it talk with somebody else.
    """

    def __init__(
        self,
        call: Call,
        ledger: Callable[[], Ledger],
        health: IntakeHealth,
        desk: str,
        hand_over: Callable[[str], Awaitable[None]] | None = None,
    ) -> None:
        self._call, self._ledger, self.health = call, ledger, health
        self._hand_over = hand_over
        self._unasked = {desk: ""} if desk else {}
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin, with what was left over."""
        self._news.set()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Let go; a page that is not committed comes again."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    def wake(self) -> None:
        """Somebody has news."""
        self._news.set()

    async def _run(self) -> None:
        pause = FIRST_PAUSE
        while True:
            await self._news.wait()
            self._news.clear()
            try:
                await self._fetch_all()
                pause = FIRST_PAUSE
            except Exception as error:
                what = error if isinstance(error, CallFailed) else type(error).__name__
                self.health.went_wrong(f"sync: {what}", "it is tried again by itself; lobby check tells more")
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                self._news.set()

    async def _fetch_all(self) -> None:
        ledger, failed = self._ledger(), None
        for desk, token in (self._unasked | await ledger.load_news()).items():
            await ledger.begin(desk, NEWS_LIVES if token else timedelta(0))
            try:
                while await self._fetch_page(ledger, desk, token):
                    pass
            except CallFailed as error:  # an account that is refused holds up no other
                failed = error
                continue
            self._unasked.pop(desk, None)
            if token:
                await ledger.forget_news(desk, token)
        if failed is not None:
            raise failed

    async def _fetch_page(self, ledger: Ledger, desk: str, token: str) -> bool:
        wanted = {"cursor": await ledger.load_cursor(desk), "token": token, "open_kfid": desk, "limit": PAGE}
        try:
            page = await self._call(lambda client: client.post("kf/sync_msg", data=wanted))
        except CallFailed as failed:
            if failed.code in AGAIN or not token:
                raise
            # The token of a callback is good for ten minutes; without one it goes too, only not often.
            page = await self._call(lambda client: client.post("kf/sync_msg", data=wanted | {"token": ""}))
        messages = [each for each in page.get("msg_list") or () if isinstance(each, dict) and each.get("msgid")]
        cursor = str(page.get("next_cursor") or "")
        for message in await ledger.keep_page(desk, messages, cursor):
            if self._hand_over is not None and wants_a_person(message):
                await self._hand_over(address_of(message))
        self.health.went_well(len(messages))
        return bool(page.get("has_more")) and bool(cursor) and cursor != wanted["cursor"]
