"""A whole `lobby run` in a process of its own, on real wires, ready to be killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from handlers.linking import new_code
from storage.engine import open_engine
from storage.models import Chat, Site
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group
from storage.writer import Writer
from tests.wire.crashing import Forked
from tests.wire.fake_telegram import BotAccount, FakeTelegram
from tests.wire.fake_telegram import Group as FakeGroup

T = TypeVar("T")
TENANTS, DUTY = "111:rooms-token-of-the-tests", "222:duty-token-of-the-tests"
PATIENCE = 60.0
LEASE = 2.0
WIDTH = 8


@dataclass
class Stage:
    """Two bots, a room, a duty chat and a manager chat at the far end, and the database they are linked in."""

    fake: FakeTelegram
    database: str
    process: "subprocess.Popen[bytes] | Forked | None" = None

    def __post_init__(self) -> None:
        self.rooms: BotAccount = self.fake.bot(TENANTS, "rooms_bot")
        self.duty: BotAccount = self.fake.bot(DUTY, "duty_bot", reads_all=False)
        self.room: FakeGroup = self.fake.group("3栋业主群")
        self.engineering: FakeGroup = self.fake.supergroup("工程组")
        self.managers: FakeGroup = self.fake.supergroup("管理处")

    def furnish(self) -> None:
        """Link the chats, as codes would."""

        def act(unit: UnitOfWork) -> None:
            site = unit.sites.add(
                Site(name="阳光花园", timezone="Asia/Shanghai", language="zh_CN", emergency_number="119")
            )
            for channel, group, role, of in (
                ("telegram_rooms", self.room, ChatRole.ROOM, None),
                ("telegram_duty", self.engineering, ChatRole.DUTY, Group.ENGINEERING),
                ("telegram_duty", self.managers, ChatRole.MANAGER, None),
            ):
                chat = Chat(channel=channel, address=str(group.id), role=role, title=group.title, code=f"code-{role}")
                chat.site_id, chat.group = site.id, of
                unit.chats.add(chat)

        self.act(act)

    def act(self, act: Callable[[UnitOfWork], object]) -> None:
        """Write to the database while Lobby is not running."""
        engine = open_engine(self.database)
        writer = Writer(engine, lambda: datetime.now(UTC))
        try:
            writer.submit(act).result()
        finally:
            writer.close()
            engine.dispose()

    def code(self, role: ChatRole, group: Group | None = None) -> str:
        """A one-time code as `lobby link` prints it."""
        codes: list[str] = []
        self.act(lambda unit: codes.append(new_code(unit, role, unit.sites.list_all()[0].id, group=group)))
        return codes[0]

    def look(self, look: Callable[[UnitOfWork], T]) -> T:
        """Look at the database."""
        engine = open_engine(self.database)
        writer = Writer(engine, lambda: datetime.now(UTC))
        try:
            return writer.read_now(look)
        finally:
            writer.close()
            engine.dispose()

    def settings(self) -> dict[str, str]:
        """The environment of this Lobby: its own settings and nothing of the caller's."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LOBBY_")}
        return environment | {
            "LOBBY_DATABASE": self.database,
            "LOBBY_ROOMS_TOKEN": TENANTS,
            "LOBBY_DUTY_TOKEN": DUTY,
            "LOBBY_ROOMS_API": self.fake.url,
            "LOBBY_DUTY_API": self.fake.url,
            "LOBBY_PUBLIC_URL": "https://lobby.example",
            "LOBBY_PORT": "0",
            "LOBBY_LOG_LEVEL": "WARNING",
            "LOBBY_GROUP_MINUTE": "100000",
            "LOBBY_CHAT_SECONDS": "0",
            "LOBBY_BOT_SECOND": "100000",
            "LOBBY_SEND_WIDTH": str(WIDTH),
            "LOBBY_LEASE_SECONDS": str(LEASE),
        }

    def starts(self) -> None:
        """Start Lobby as an operator does."""
        self.process = subprocess.Popen([sys.executable, "-m", "bot", "run"], env=self.settings())

    def starts_quickly(self, crash_at: str = "", after: int = 1) -> None:
        """Start Lobby forked; `crash_at` names a point where it kills itself, the `after`-th time it gets there."""
        self.process = Forked(self.settings(), crash_at, after)

    def waits_for_death(self) -> None:
        """Until Lobby has killed itself."""
        assert self.process is not None
        assert self.process.wait(PATIENCE) == -signal.SIGKILL

    def kills(self) -> None:
        """kill -9, now."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def stops(self) -> int | None:
        """SIGTERM; returns the exit code."""
        assert self.process is not None
        self.process.terminate()
        return self.process.wait(PATIENCE)

    def waits_until(self, is_so: Callable[[], bool], what: str) -> None:
        """Until it is so, while Lobby lives."""
        until = time.monotonic() + PATIENCE
        while not is_so():
            assert self.process is None or self.process.poll() is None, f"Lobby died while waiting for {what}"
            assert time.monotonic() < until, f"waited in vain for {what}"
            time.sleep(0.1)
