"""The memory channel with a face: what people said stands between what the desk said, each with its time."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.channels.channel import Letter
from bot.channels.memory import CountedMemoryChannel, MemoryChannel


@dataclass(frozen=True, slots=True)
class Said:
    """What a person wrote. `command` stands for words that are a button on a real platform."""

    message_id: str
    person: str
    text: str
    at: datetime
    photo: str | None = None
    reply_to: str | None = None
    command: str | None = None


@dataclass
class DemoChannel(MemoryChannel):
    """Remembers people's own messages, when each message came, and who waits for the answer to a tap."""

    now: Callable[[], datetime] = field(kw_only=True)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.said: dict[str, list[Said]] = defaultdict(list)
        self.shown_at: dict[str, datetime] = {}
        self._tapped: dict[str, asyncio.Future[str]] = {}

    def put(self, address: str, said: Said) -> None:
        """A person's message appears at once, before the desk has heard it."""
        self.said[address].append(said)
        self.on_change(address)

    async def send(self, letter: Letter) -> str:
        """Put it on the screen, and remember when."""
        at = self.now()
        message_id = await super().send(letter)
        self.shown_at[message_id] = at
        return message_id

    def expect_answer(self, tap_id: str) -> asyncio.Future[str]:
        """What this tap will be answered."""
        self._tapped[tap_id] = asyncio.get_running_loop().create_future()
        return self._tapped[tap_id]

    async def answer_tap(self, tap_id: str, text: str) -> None:
        """Give it to whoever waits."""
        waiting = self._tapped.pop(tap_id, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(text)


@dataclass
class CountedDemoChannel(CountedMemoryChannel, DemoChannel):
    """The tenant in WeChat, on the same screens as everybody else."""

    def stand_beside(self, other: DemoChannel) -> None:
        """From now on show and remember where the other does."""
        self.screens, self.said, self.shown_at, self.files = other.screens, other.said, other.shown_at, other.files
        self._ids = other._ids
        self.on_change = lambda address: other.on_change(address)
