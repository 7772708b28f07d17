"""Time passes in the demo: what falls due on the way fires at its own time, through the real ticker."""

import asyncio
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.demo.building import ZONE
from bot.demo.stage import Stage

BREATH_SECONDS = 0.12
"""Between two pushes, so that a reader sees them come one after the other."""
EVENING = time(18, 0)
MORNING = time(10, 0)


class Leap(StrEnum):
    """How far the reader may move the clock."""

    HOUR = "hour"
    EVENING = "evening"
    MORNING = "morning"
    TOMORROW = "tomorrow"


def target_of(leap: Leap, now: datetime) -> datetime:
    """Where a leap ends."""
    match leap:
        case Leap.HOUR:
            return now + timedelta(hours=1)
        case Leap.EVENING:
            return _next(now, EVENING)
        case Leap.MORNING:
            return _next(now, MORNING, tomorrow=True)
        case Leap.TOMORROW:
            return _next(now, EVENING, tomorrow=True)


def _next(now: datetime, hour: time, *, tomorrow: bool = False) -> datetime:
    zone = ZoneInfo(ZONE)
    day = now.astimezone(zone).date() + timedelta(days=int(tomorrow))
    at = datetime.combine(day, hour, zone)
    return at if at > now else at + timedelta(days=1)


async def pass_until(stage: Stage, until: datetime) -> None:
    """Move on to a moment, stopping at each push that is due before it."""
    await stage.settle()
    while (due := await _next_due(stage)) is not None and due <= until:
        _set(stage, max(due, stage.clock.now()))
        await stage.lobby.ticker.tick()
        await stage.settle()
        await asyncio.sleep(BREATH_SECONDS)
    _set(stage, max(until, stage.clock.now()))
    await stage.settle()


async def _next_due(stage: Stage) -> datetime | None:
    return await stage.lobby.writer.read(lambda unit: unit.pushes.find_next_due())


def _set(stage: Stage, at: datetime) -> None:
    stage.clock.ahead += at - stage.clock.now()
    stage.on_time()
