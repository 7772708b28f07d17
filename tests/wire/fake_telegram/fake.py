"""FakeTelegram: the world, its HTTP server, and the handles tests hold. The only class tests construct.

`async with FakeTelegram() as fake` serves from the running loop; `with FakeTelegram() as fake` serves from a
thread of its own, for sync tests and benches. People, groups and faults are scripted the same way in both.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from aiohttp import web

from tests.wire.fake_telegram.accounts import BotAccount
from tests.wire.fake_telegram.calls import CallLog
from tests.wire.fake_telegram.chats import Chat
from tests.wire.fake_telegram.control import Control
from tests.wire.fake_telegram.faults import Damage, Fault, Faults
from tests.wire.fake_telegram.http import LARGEST_BODY, Front
from tests.wire.fake_telegram.person import Person
from tests.wire.fake_telegram.world import World

if TYPE_CHECKING:
    from tests.wire.fake_telegram.arguments import Arguments

PATIENCE = 5.0
GLANCE = 0.01


class FakeTelegram(World):
    """`lean` keeps only counts and times of calls and checks nothing; `checked` needs aiogram (2.9 s import)."""

    def __init__(
        self, *, port: int = 0, host: str = "127.0.0.1", lean: bool = False, checked: bool | None = None
    ) -> None:
        super().__init__()
        self.calls = CallLog(lean)
        self.faults = Faults()
        self.violations: list[str] = []
        self._checks = not lean if checked is None else checked
        self._host, self._port = host, port
        self._runner: web.AppRunner | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def url(self) -> str:
        """The base for both libraries, no slash at the end: `{url}/bot<token>/getMe`."""
        return f"http://{self._host}:{self._port}"

    def reset(self) -> None:
        """As just started: no bots, no people, no calls, no faults; waiting webhooks are stopped."""
        with self.lock:
            for bot in self.bots.values():
                if bot.webhook is not None and bot.webhook.courier is not None:
                    bot.webhook.courier.stop()
            self.forget_everything()
            self.calls.clear()
            self.faults.clear()
            self.violations.clear()

    def raw_update(self, bot: BotAccount, body: dict[str, Any], *, lane: int = 0) -> int:
        """Queue any JSON as an update, however malformed; `update_id` is added unless given. Returns that id."""
        with self.lock:
            return bot.updates.put_raw(body, lane)

    def breaks(
        self,
        method: str,
        damage: Damage,
        *,
        bot: BotAccount | None = None,
        chat: Chat | Person | None = None,
        times: int | None = None,
        spare: int = 0,
    ) -> Fault:
        """Damage the next `times` calls of `method` ('' for all) after sparing some; lift with `mends`."""
        token, where = bot.token if bot else "", str(chat.id) if chat else ""
        return self.faults.add(Fault(damage, method, token, where, times, spare))

    def mends(self, fault: Fault | None = None) -> None:
        """Lift one fault, or all."""
        self.faults.clear(fault)

    def waits_until(self, is_true: Callable[[], object], within: float = PATIENCE) -> None:
        """For sync tests: block until it holds, looking again after each call of a bot; AssertionError if not."""
        deadline = time.monotonic() + within
        while not is_true():
            left = deadline - time.monotonic()
            if left <= 0:
                raise AssertionError(f"still not so after {within} s; calls: {self._latest()}")
            with self.calls.happened:
                self.calls.happened.wait(min(left, 5 * GLANCE))

    async def until(self, is_true: Callable[[], object], within: float = PATIENCE) -> None:
        """For async tests: the same without blocking the loop."""
        deadline = time.monotonic() + within
        while not is_true():
            if time.monotonic() > deadline:
                raise AssertionError(f"still not so after {within} s; calls: {self._latest()}")
            await asyncio.sleep(GLANCE)

    def check(self, method: str, arguments: Arguments) -> None:
        if self._checks:
            from tests.wire.fake_telegram.validation import violations

            self.violations += violations(method, arguments)

    async def start(self) -> None:
        if self._checks:
            # Paid here and not by the first call, which would look like a slow server.
            import tests.wire.fake_telegram.validation  # noqa: F401
        self.closing = asyncio.Event()
        application = web.Application(client_max_size=LARGEST_BODY)
        application.add_routes([*Front(self).routes(), *Control(self).routes()])
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port, backlog=1024)
        await site.start()
        self._port = int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        with self.lock:
            for bot in self.bots.values():
                if bot.webhook is not None and bot.webhook.courier is not None:
                    bot.webhook.courier.stop()
                    bot.webhook = None
                if bot.poll is not None:
                    bot.poll.wake()
        self.closing.set()
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    def __enter__(self) -> Self:
        ready = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, args=(self._loop, ready), daemon=True)
        self._thread.start()
        ready.wait()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._loop is not None and self._thread is not None:
            asyncio.run_coroutine_threadsafe(self.stop(), self._loop).result(PATIENCE)
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join(PATIENCE)

    def _serve(self, loop: asyncio.AbstractEventLoop, ready: threading.Event) -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(self.start())
        ready.set()
        loop.run_forever()
        loop.close()

    def _latest(self) -> str:
        return ", ".join(f"{call.method}={call.status}" for call in list(self.calls)[-10:])
