"""The only place where things are built and joined."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.channels.channel import Abilities, Channel, KeepsItself, Pace
from bot.clock import Clock
from bot.fetching import MEGABYTE, Fetcher
from bot.inbox import Inbox
from bot.outbox import Outbox
from bot.pacing import Pacer
from bot.reception import Reception
from bot.second_opinion import make_advice
from bot.settings import Settings
from bot.signals import Wake
from bot.ticker import Ticker
from handlers.scene import Desk
from storage.writer import Writer


@dataclass
class Lobby:
    """Everything that runs, joined. Loops are started by `lead`, on the one elected leader."""

    settings: Settings
    writer: Writer
    clock: Clock
    wake: Wake
    desk: Desk
    channels: Mapping[str, Channel]
    inbox: Inbox
    outbox: Outbox
    fetcher: Fetcher
    ticker: Ticker
    leads: bool = False
    """Whether the loops run here, so that what is said goes out from this very process."""

    async def lead(self, *others: Callable[[], Awaitable[None]]) -> None:
        """Run every loop until cancelled or one of them breaks; `others` are the pollers."""
        self.wake.attach()
        self.ticker.start()
        self.leads = True
        try:
            async with asyncio.TaskGroup() as group:
                for loop in (self.inbox.run, self.outbox.run, self.fetcher.run, *others):
                    group.create_task(_as_coroutine(loop))
        finally:
            self.leads = False
            await self.ticker.stop()
            await self.inbox.close()


async def _as_coroutine(loop: Callable[[], Awaitable[None]]) -> None:
    await loop()


def join(
    settings: Settings,
    writer: Writer,
    clock: Clock,
    channels: Mapping[str, Channel],
    tenant_channels: frozenset[str],
    desk: Desk,
) -> Lobby:
    """Join the rooms around one writer."""
    staff_channels = frozenset(channels) - tenant_channels or frozenset(channels)  # a bot alone serves everybody
    wordy = frozenset(name for name, channel in channels.items() if _asks_by_number(channel.abilities))
    desk = replace(desk, asks_by_number=wordy)
    reception = Reception(desk, tenant_channels, staff_channels)
    wake = Wake()
    writer.on_signal(wake.listen)
    for channel in channels.values():
        if isinstance(channel, KeepsItself):
            channel.attach(writer)
    pacers = {name: Pacer(_pace(settings, channel.pace)) for name, channel in channels.items()}
    lease = timedelta(seconds=settings.lease_seconds)
    outbox = Outbox(writer, channels, pacers, desk, clock, wake, width=settings.send_width, lease=lease)
    advice = make_advice(settings, writer, wake)
    return Lobby(
        settings=settings,
        writer=writer,
        clock=clock,
        wake=wake,
        desk=desk,
        channels=channels,
        inbox=Inbox(writer, channels, reception, wake, advice, outbox.run_and_claim),
        outbox=outbox,
        fetcher=Fetcher(writer, channels, wake, settings.media_limit_mb * MEGABYTE),
        ticker=Ticker(writer, desk, clock),
    )


def _asks_by_number(abilities: Abilities) -> bool:
    return abilities.hears and (not abilities.buttons or abilities.most_buttons is not None)


def _pace(settings: Settings, pace: Pace) -> Pace:
    """The platform's own pace, unless the operator knows better."""
    changes: dict[str, float | int] = {}
    if settings.chat_seconds is not None:
        changes["per_chat_seconds"] = settings.chat_seconds
    if settings.group_minute is not None:
        changes["per_group_minute"] = settings.group_minute
    if settings.bot_second is not None:
        changes["per_second"] = settings.bot_second
    return replace(pace, **changes)  # type: ignore[arg-type]  # the keys are Pace's own
