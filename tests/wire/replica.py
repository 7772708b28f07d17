"""One replica of `lobby run` inside the test: real channels, real pages, no signals."""

import asyncio
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import ClientError, ClientSession

from bot.channels import make_channels
from bot.clock import Clock
from bot.serving import serve_until
from bot.settings import Settings
from storage.engine import open_engine
from storage.writer import Writer
from tests.wire.running_lobby import DUTY, TENANTS, Stage

PATIENCE = 30.0
SECRET = "a-secret-of-the-tests"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@dataclass
class Replica:
    """Serves until it `stops`."""

    settings: Settings
    port: int
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)
    _task: "asyncio.Task[None] | None" = None

    @property
    def is_running(self) -> bool:
        """Whether it still serves."""
        return self._task is not None and not self._task.done()

    def starts(self) -> None:
        """Begin to serve."""
        self._task = asyncio.create_task(self._serve())

    async def _serve(self) -> None:
        engine = open_engine(self.settings.database)
        clock = Clock()
        writer = Writer(engine, clock.now)
        try:
            await serve_until(self._stopped, self.settings, writer, clock, make_channels(self.settings))
        finally:
            await asyncio.to_thread(writer.close)
            engine.dispose()

    async def stops(self) -> None:
        """As SIGTERM would make it; raises what broke it."""
        self._stopped.set()
        if self._task is not None:
            await asyncio.wait_for(asyncio.shield(self._task), PATIENCE)

    async def ends(self) -> None:
        """Until it ends by itself; raises what broke it."""
        assert self._task is not None
        await asyncio.wait_for(asyncio.shield(self._task), PATIENCE)

    async def health(self) -> dict[str, Any]:
        """What its health page says, with the status it answers; empty while nobody answers."""
        try:
            async with (
                ClientSession() as session,
                session.get(f"http://127.0.0.1:{self.port}/health") as answer,
            ):
                return {**json.loads(await answer.text()), "answer": answer.status}
        except (ClientError, OSError):
            return {}

    async def leads(self) -> bool:
        """Whether it says it leads."""
        return bool((await self.health()).get("leader"))


def replica_of(stage: Stage, **changes: Any) -> Replica:
    """A replica on the stage's database and bots."""
    port = changes.pop("port", 0) or free_port()
    values: dict[str, Any] = {
        "database": stage.database,
        "rooms_token": TENANTS,
        "duty_token": DUTY,
        "rooms_api": stage.fake.url,
        "duty_api": stage.fake.url,
        "public_url": f"http://127.0.0.1:{port}",
        "webhook_secret": SECRET,
        "port": port,
        "group_minute": 100_000,
        "chat_seconds": 0,
        "lease_seconds": 1,
    }
    return Replica(Settings(_env_file=None, **(values | changes)), port)


async def until(is_so: Callable[[], Any], what: str) -> None:
    """Until it is so; `is_so` may be a coroutine function."""
    loop = asyncio.get_running_loop()
    end = loop.time() + PATIENCE
    while True:
        answer = is_so()
        if await answer if asyncio.iscoroutine(answer) else answer:
            return
        assert loop.time() < end, f"waited in vain for {what}"
        await asyncio.sleep(0.05)
