"""A stranger's judge over real HTTP: answers as it is told to, and remembers everything it was sent."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from bot.second_opinion import make_advice
from bot.settings import Settings
from handlers.events import Event
from tests.world import World

KEY = "sk-a-secret-key"
Reply = Callable[[], Awaitable[web.Response]]


def saying(content: object) -> Reply:
    """An ordinary completion."""

    async def reply() -> web.Response:
        return web.json_response({"choices": [{"message": {"role": "assistant", "content": content}}]})

    return reply


def judging(kind: str, trade: str | None, urgency: str = "normal") -> Reply:
    """A completion with a whole opinion."""
    return saying(json.dumps({"kind": kind, "trade": trade, "urgency": urgency}))


def failing(status: int) -> Reply:
    """An error page."""

    async def reply() -> web.Response:
        return web.Response(status=status, text="no", headers={"Location": "/elsewhere"})

    return reply


def stalling() -> Reply:
    """Nothing, for much longer than anybody waits."""

    async def reply() -> web.Response:
        await asyncio.sleep(60)
        return web.Response()

    return reply


@dataclass
class Endpoint:
    """Stands beside a stage; `reply` is what it says next."""

    world: World
    reply: Reply = field(default_factory=lambda: judging("repair", "plumbing"))
    seconds: float = 5.0
    per_day: int = 50

    def __post_init__(self) -> None:
        self.bodies: list[str] = []
        self.paths: list[str] = []
        self.keys: list[str] = []
        self._answering: set[asyncio.Task[web.Response]] = set()
        self.world.runner.run(self._open())

    async def _open(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._hear)
        self._runner = web.AppRunner(app, shutdown_timeout=0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        settings = Settings(
            _env_file=None,
            second_opinion_url=f"http://{host}:{port}/v1",
            second_opinion_model="a-model",
            second_opinion_key=KEY,
            second_opinion_seconds=self.seconds,
            second_opinion_per_day=self.per_day,
        )
        self.advice = make_advice(settings, self.world.writer, self.world.lobby.wake)
        assert self.advice is not None
        self.world.lobby.inbox._advice = self.advice

    async def _hear(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.text())
        self.paths.append(request.path)
        self.keys.append(request.headers.get("Authorization", ""))
        answering = asyncio.ensure_future(self.reply())
        self._answering.add(answering)
        return await answering

    @property
    def asked(self) -> list[str]:
        """The redacted words of each question."""
        return [json.loads(json.loads(body)["messages"][1]["content"]) for body in self.bodies]

    def hears(self, *events: Event) -> None:
        """These updates come in and everything that follows happens, the answers too."""
        self.world.runner.run(self._happen([self.world.raw(event) for event in events]))

    async def _happen(self, batch: list[Any]) -> None:
        await self.world.lobby.inbox.store("memory", batch)
        await self.settle()

    async def settle(self) -> None:
        """Until nobody waits for anything."""
        assert self.advice is not None
        for _ in range(5):
            await self.world.settle()
            await self.advice.settle()
        await self.world.settle()

    def closes(self) -> None:
        """It is gone."""
        self.world.runner.run(self._close())

    async def _close(self) -> None:
        await self.world.lobby.inbox.close()
        for answering in self._answering:
            answering.cancel()  # else the server waits until the one that stalls has slept
        await self._runner.cleanup()
