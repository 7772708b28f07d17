"""The clock's wake-ups: every second, never two at once, and a stop lets the one that runs end."""

import asyncio
import logging

import pytest

from bot import ticker as module
from bot.clock import Clock
from bot.ticker import Ticker
from handlers.scene import Desk
from storage.writer import Writer

DESK = Desk("http://desk.test", "secret", lambda _: None)


class SlowTicker(Ticker):
    """Its ticks take as long as the test wants."""

    def __init__(self, writer: Writer) -> None:
        super().__init__(writer, DESK, Clock())
        self.begun, self.may_end = asyncio.Event(), asyncio.Event()
        self.ended = 0

    async def tick(self) -> int:
        """Begin, wait, end."""
        self.begun.set()
        await self.may_end.wait()
        self.ended += 1
        return await super().tick()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_stop_lets_the_running_tick_end_and_nobody_calls_it_an_error(
    writer: Writer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "TICK_SECONDS", 0.05)
    slow = SlowTicker(writer)
    with caplog.at_level(logging.WARNING, logger="apscheduler"):
        slow.start()
        await slow.begun.wait()
        stopping = asyncio.create_task(slow.stop())
        await asyncio.sleep(0.1)
        assert not stopping.done()
        slow.may_end.set()
        await stopping
        await asyncio.sleep(0.1)
    assert slow.ended == 1
    assert [record for record in caplog.records if record.exc_info or record.levelno >= logging.ERROR] == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_ticker_stops_at_any_moment_and_twice(
    writer: Writer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "TICK_SECONDS", 0.001)
    await Ticker(writer, DESK, Clock()).stop()
    with caplog.at_level(logging.WARNING, logger="apscheduler.executors"):
        for pause in (0, 0, 0.001, 0.002, 0.003, 0.005, 0.01):
            ticker = Ticker(writer, DESK, Clock())
            ticker.start()
            await asyncio.sleep(pause)
            await ticker.stop()
            await ticker.stop()
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == []
