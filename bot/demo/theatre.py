"""The demo as a whole: the building that is open now, who looks at it, and the day that may be playing."""

import asyncio
import contextlib
import secrets
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.demo.building import ZONE, open_stage
from bot.demo.cast import (
    CAST,
    COUNTED,
    COUNTED_CHATS,
    GROUPS,
    MANAGERS,
    ROOM,
    TENANTS,
    duty_address,
    private_address,
    words,
)
from bot.demo.day import DAY, captions
from bot.demo.face import Message, messages_of
from bot.demo.hub import Hub
from bot.demo.passing import Leap, pass_until, target_of
from bot.demo.player import FASTEST, Player
from bot.demo.stage import Stage
from bot.demo.texts import texts
from bot.demo.translating import translate
from bot.web.rendering import html_language
from bot.wiring import Lobby
from locales import LOCALES, Voice

ADDRESSES = (
    ROOM,
    *(private_address(tenant.key) for tenant in TENANTS),
    *(duty_address(group) for group in GROUPS),
    MANAGERS,
)


class Theatre:
    """Opens, changes and closes the building. `database` names its file; each new start has a file of its own."""

    def __init__(self, language: str, address: str, database: Path, on_open: Callable[[Lobby], None]) -> None:
        self._language, self._address, self._database, self._on_open = language, address, database, on_open
        self.hub = Hub(self._messages_of, self._budget_of)
        self._stage: Stage | None = None
        self._closing = AsyncExitStack()
        self._starts = 0
        self._run = ""
        self._player: Player | None = None
        self._playing: asyncio.Task[None] | None = None
        self._changing = asyncio.Lock()

    @property
    def stage(self) -> Stage:
        """The building that is open."""
        if self._stage is None:
            raise LookupError("the demo is not open")
        return self._stage

    async def open(self) -> None:
        """Open a fresh building and let the one before go."""
        language = self._stage.language if self._stage else self._language
        self._starts += 1
        name = self._database.with_stem(f"{self._database.stem}-{self._starts}") if self._starts > 1 else self._database
        closing = AsyncExitStack()
        stage = await closing.enter_async_context(open_stage(name, language, self._address, self.hub.change))
        stage.on_time = lambda: self.hub.tell("clock", {"now": _now(stage)})
        before, self._closing, self._stage = self._closing, closing, stage
        self._run = secrets.token_hex(4)
        self._on_open(stage.lobby)
        await before.aclose()

    async def close(self) -> None:
        """Let everything go."""
        await self.stop()
        self.hub.close()
        await self._closing.aclose()

    async def again(self) -> None:
        """Start again with an empty building."""
        await self.stop()
        async with self._changing:
            await self.open()
            self._player = None
        self._tell_state()

    async def translate(self, language: str) -> None:
        """Everything in another language."""
        async with self._changing:
            await translate(self.stage, language)
        self._tell_state()

    async def leap(self, leap: Leap) -> None:
        """Move the clock on; not while the day plays, which has a clock of its own."""
        if self._playing is None:
            async with self._changing:
                await pass_until(self.stage, target_of(leap, self.stage.clock.now()))

    async def play(self) -> None:
        """Play the day in a fresh building."""
        await self.again()
        self._player = Player(self.stage, self._tell_play)
        self._playing = asyncio.create_task(self._player.play())
        self._playing.add_done_callback(self._end_play)
        self._tell_play(self._player)

    def speed_up(self) -> None:
        """Twice as fast, and from the fastest back to the beginning."""
        if self._player is not None:
            self._player.speed = self._player.speed * 2 if self._player.speed < FASTEST else 1.0
            self._tell_play(self._player)

    async def stop(self) -> None:
        """Stop the day where it is."""
        if self._playing is not None:
            self._playing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._playing

    def state(self) -> dict[str, Any]:
        """Everything a page needs to draw itself."""
        stage, own = self.stage, words(self.stage.language)
        voice = Voice(stage.language, ZONE)
        return {
            "run": self._run,
            "language": stage.language,
            "lang": html_language(stage.language),
            "languages": [{"code": code, "name": name, "lang": html_language(code)} for code, name in LOCALES.items()],
            "texts": texts(voice),
            "captions": captions(voice),
            "site": own.site["name"],
            "titles": {ROOM: own.site["room"], MANAGERS: own.site["managers"]},
            "zone": ZONE,
            "now": _now(stage),
            "people": [
                {
                    "key": member.key,
                    "part": member.part,
                    "group": member.group,
                    "name": own.people[member.key],
                    "isCounted": member.channel == COUNTED,
                }
                for member in CAST.values()
            ],
            "groups": [
                {"key": group, "name": voice.term("group", group), "chat": duty_address(group)} for group in GROUPS
            ],
            "tries": own.tries,
            "chats": {address: messages_of(stage, address) for address in ADDRESSES},
            "budgets": {address: self._budget_of(address) for address in COUNTED_CHATS},
            "play": self._play_state(),
        }

    def _play_state(self) -> dict[str, Any] | None:
        player = self._player
        if player is None:
            return None
        return {
            "isRunning": player.is_running,
            "step": player.step,
            "total": len(DAY),
            "speed": player.speed,
            "caption": player.caption,
            "chat": player.chat,
        }

    def _tell_play(self, player: Player) -> None:
        if player is self._player:
            self.hub.tell("play", {"play": self._play_state()})

    def _end_play(self, task: "asyncio.Task[None]") -> None:
        if self._playing is task:
            self._playing = None

    def _tell_state(self) -> None:
        self.hub.forget()
        self.hub.tell("state", self.state())

    def _messages_of(self, address: str) -> list[Message]:
        return messages_of(self.stage, address)

    def _budget_of(self, address: str) -> dict[str, Any] | None:
        counted = self.stage.counted
        budget = counted.budgets.get(address)
        if budget is None:
            return None
        return {
            "left": budget.left,
            "of": counted.allowed,
            "kept": counted.kept_back,
            "shutsAt": budget.shuts_at.isoformat(),
        }


def _now(stage: Stage) -> str:
    moment: datetime = stage.clock.now()
    return moment.isoformat()
