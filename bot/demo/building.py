"""Opens the demo's building: a fresh database, a site, a room, five duty chats and a manager chat, linked by codes."""

import asyncio
import secrets
import tomllib
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.demo.cast import (
    CHANNEL,
    COUNTED,
    GROUPS,
    MANAGERS,
    ROOM,
    TENANTS,
    all_names_of,
    duty_address,
    private_address,
    words,
)
from bot.demo.screens import CountedDemoChannel, DemoChannel
from bot.demo.stage import Stage
from bot.settings import Settings
from bot.wiring import join
from handlers.linking import new_code
from handlers.scene import Desk
from storage.engine import open_engine
from storage.fresh import make_schema
from storage.models import ListedQuestion, ReadyAnswer, Site
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group
from storage.writer import Writer

ZONE = "Asia/Shanghai"
OPENS = time(9, 5)
SATURDAY = 5
OPERATOR = "he"
SECRET_BYTES = 32


@asynccontextmanager
async def open_stage(
    database: Path, language: str, address: str, on_change: Callable[[str], None]
) -> AsyncIterator[Stage]:
    """A building that runs until it is left. `address` is where the page is, for links."""
    clock = Clock()
    clock.ahead = _next_morning(clock.now()) - clock.now()
    engine = open_engine(f"sqlite:///{database}")
    make_schema(engine)
    writer = Writer(engine, clock.now)
    channel = DemoChannel(name=CHANNEL, now=clock.now)
    desk = Desk(address, secrets.token_urlsafe(SECRET_BYTES), lambda payload: f"{address}/?start={payload}")
    counted = CountedDemoChannel(name=COUNTED, now=clock.now)
    counted.stand_beside(channel)
    channels = {CHANNEL: channel, COUNTED: counted}
    lobby = join(Settings(_env_file=None), writer, clock, channels, frozenset(channels), desk)
    working = asyncio.create_task(lobby.lead())
    try:
        site_id = await writer.run(lambda unit: _furnish(unit, language))
        stage = Stage(lobby, channel, counted, clock, site_id, language)
        await _link_chats(stage)
        channel.on_change = on_change
        yield stage
    finally:
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
        writer.close()
        engine.dispose()


def _next_morning(now: datetime) -> datetime:
    """Today at nine, or on Monday: a working day with everything still to come."""
    day = now.astimezone(ZoneInfo(ZONE)).date()
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, ZoneInfo(ZONE)).astimezone(UTC)


def _furnish(unit: UnitOfWork, language: str) -> int:
    own = words(language)
    site = unit.sites.add(
        Site(
            name=own.site["name"],
            timezone=ZONE,
            language=language,
            emergency_number=own.site["emergency_number"],
            desk_phone=own.site["desk_phone"],
        )
    )
    for key, names in own.buildings.items():
        unit.sites.add_building(site.id, names[0], [name for name in all_names_of(key) if name != names[0]])
    page = tomllib.loads(files("bot.demo").joinpath("questions.toml").read_text("utf-8"))
    for key, each in page.items():
        owner = each["owner"][language]
        listed = ListedQuestion(
            site_id=site.id, key=key, wordings=each["wordings"], answers=each["answers"], owner=owner
        )
        unit.questions.add(listed)
    ready = tomllib.loads(files("bot.demo").joinpath("answers.toml").read_text("utf-8"))
    for each in ready.values():
        group = Group(each["group"]) if "group" in each else None
        unit.ready_answers.add(
            ReadyAnswer(site_id=site.id, key=each["name"][language], texts=each["text"], group=group)
        )
    return site.id


async def _link_chats(stage: Stage) -> None:
    """As an operator would, by one-time codes; then tenants open their private chats. The page starts after that."""
    chats: list[tuple[str, ChatRole, Group | None]] = [(ROOM, ChatRole.ROOM, None), (MANAGERS, ChatRole.MANAGER, None)]
    chats += [(duty_address(group), ChatRole.DUTY, group) for group in GROUPS]
    for address, role, group in chats:
        code = await stage.lobby.writer.run(_code_for(stage, role, group))
        await stage.say(OPERATOR, address, f"/link {code}")
    await stage.settle()
    for member in TENANTS:
        if member.has_started:
            await stage.say(member.key, private_address(member.key), "/start")
    await stage.settle()
    for address, *_ in chats:
        stage.channel.screens[address].clear()
        stage.channel.said[address].clear()


def _code_for(stage: Stage, role: ChatRole, group: Group | None) -> Callable[[UnitOfWork], str]:
    return lambda unit: new_code(unit, role, stage.site_id, group=group, language=stage.language)
