"""The candidates: Lobby's whole loop, and bare echo bots on the same fake server."""

import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from benchmarks.traffic import PEOPLE, ROOMS, SITES, duty_address, person_address, room_address
from storage.engine import open_engine
from storage.models import Chat, Site
from storage.schema import upgrade
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group
from storage.writer import Writer

TENANTS, DUTY = "111:bench-rooms", "222:bench-duty"


@dataclass(frozen=True, slots=True)
class Candidate:
    """How to start one, and how many sends one message of a tenant makes."""

    name: str
    command: list[str]
    environment: dict[str, str]
    sends: int


def candidates(api: str, folder: Path) -> list[Candidate]:
    """Lobby last, on a database of its own."""
    echo = [sys.executable, "-m", "benchmarks.echo_aiogram", api, TENANTS]
    return [
        Candidate("aiogram echo", echo, {}, 1),
        Candidate("aiogram echo, collector tuned", [*echo, "tuned"], {}, 1),
        Candidate("python-telegram-bot echo", [sys.executable, "-m", "benchmarks.echo_ptb", api, TENANTS], {}, 1),
        lobby(api, folder),
    ]


def lobby(api: str, folder: Path) -> Candidate:
    """The whole loop: durable intake, understanding, ticket, two sends; the platform's pace lifted for all alike."""
    database = f"sqlite:///{folder / 'bench.db'}"
    furnished(database, PEOPLE).dispose()
    environment = {
        "LOBBY_DATABASE": database,
        "LOBBY_ROOMS_TOKEN": TENANTS,
        "LOBBY_DUTY_TOKEN": DUTY,
        "LOBBY_ROOMS_API": api,
        "LOBBY_DUTY_API": api,
        "LOBBY_PORT": "0",
        "LOBBY_LOG_LEVEL": "ERROR",
        "LOBBY_GROUP_MINUTE": "1000000",
        "LOBBY_CHAT_SECONDS": "0",
        "LOBBY_BOT_SECOND": "1000000",
    }
    return Candidate("Lobby, whole loop", [sys.executable, "-m", "bot", "run"], environment, 2)


def furnished(database: str, people: int) -> Engine:
    """A new database with the sites, rooms and duty chats of the traffic, and so many of its people."""
    engine = open_engine(database)
    upgrade(engine)
    writer = Writer(engine, now)

    def act(unit: UnitOfWork) -> None:
        ids = [unit.sites.add(_site(number)).id for number in range(SITES)]
        for number, site_id in enumerate(ids):
            for building in ("3栋", "5栋"):
                unit.sites.add_building(site_id, building, [])
            duty = Chat(channel="telegram_duty", address=str(duty_address(number)), role=ChatRole.DUTY)
            duty.site_id, duty.group = site_id, Group.ENGINEERING
            unit.chats.add(duty)
        for number in range(ROOMS):
            room = Chat(channel="telegram_rooms", address=str(room_address(number)), role=ChatRole.ROOM)
            room.site_id = ids[number % SITES]
            unit.chats.add(room)
        for number in range(people):
            tenant = unit.people.add("telegram_rooms", str(person_address(number)), f"Tenant {number}")
            tenant.site_id, tenant.language = ids[number % ROOMS % SITES], "zh_CN"

    writer.submit(act).result()
    writer.close()
    return engine


def _site(number: int) -> Site:
    return Site(name=f"Site {number}", timezone="Asia/Shanghai", language="zh_CN", emergency_number="119")


def now() -> datetime:
    """The time, as acts are told it."""
    return datetime.now(UTC)


def environment_of(candidate: Candidate) -> dict[str, str]:
    """The candidate's environment: nothing of the caller's own Lobby settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("LOBBY_")}
    return clean | candidate.environment
