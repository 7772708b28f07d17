"""The channel of the tests and of the demo: chats held in memory, each a list of what stands on the screen."""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeVar

from pydantic import TypeAdapter, ValidationError

from bot.channels.channel import (
    Abilities,
    FetchFailed,
    Letter,
    Media,
    Pace,
    SendFailed,
    TopicShape,
    Trouble,
    Unreadable,
)
from bot.channels.refusals import Refusal
from handlers import windows
from handlers.events import Event
from handlers.notifications.speech import Speech
from storage.unit_of_work import UnitOfWork
from storage.writer import Writer

T = TypeVar("T")
PLAIN = Abilities(
    buttons=False, edits=False, reactions=False, writes_first=False, groups=False, text_limit=680, merges=True
)
"""What a WeChat account can do: words, and numbers for buttons."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on a screen. `taps` are what its buttons carry, in the order of `speech.buttons`."""

    message_id: str
    speech: Speech
    tap_prefix: str
    reply_to: str | None = None
    media: Media | None = None
    is_edited: bool = False
    topic: str | None = None


@dataclass
class MemoryChannel:
    """Speaks into lists. `refusals` maps an address to what sending there raises."""

    name: str = "memory"
    abilities: Abilities = field(
        default_factory=lambda: Abilities(
            buttons=True, edits=True, reactions=True, writes_first=True, groups=True, text_limit=4096, topics=True
        )
    )
    pace: Pace = field(default_factory=lambda: Pace(per_chat_seconds=0, per_group_minute=10_000, per_second=10_000))
    files: dict[str, bytes] = field(default_factory=dict)
    refusals: dict[str, SendFailed] = field(default_factory=dict)
    on_change: Callable[[str], None] = field(default=lambda _: None)
    """Called with the address of a chat whose screen changed."""

    def __post_init__(self) -> None:
        self.screens: dict[str, list[Shown]] = defaultdict(list)
        self.reactions: dict[tuple[str, str], str] = {}
        self.toasts: dict[str, str] = {}
        self.topics: dict[tuple[str, str], TopicShape] = {}
        self._ids = itertools.count(1)

    def new_message_id(self) -> str:
        """An id for a person's message, in the same run as our own."""
        return f"m{next(self._ids)}"

    def read(self, update: dict[str, Any]) -> Event:
        """The update is an event's own fields under its name: `{"MessageReceived": {...}}`."""
        try:
            ((name, fields),) = update.items()
            event: Event = EVENT_TYPES[name].validate_python(fields)
        except (KeyError, ValueError, ValidationError) as error:
            raise Unreadable(type(error).__name__) from error
        return event

    async def send(self, letter: Letter) -> str:
        """Put it on the screen."""
        await asyncio.sleep(0)
        self._refuse(letter.address)
        if letter.topic is not None and (letter.address, letter.topic) not in self.topics:
            raise SendFailed(Refusal.TOPIC_GONE, permanent=True)
        message_id = self.new_message_id()
        self.screens[letter.address].append(
            Shown(message_id, letter.speech, letter.tap_prefix, letter.reply_to, letter.media, topic=letter.topic)
        )
        self.on_change(letter.address)
        return message_id

    async def edit(self, letter: Letter, receipt: str) -> None:
        """Change what stands there."""
        self._refuse(letter.address)
        screen = self.screens[letter.address]
        for index, shown in enumerate(screen):
            if shown.message_id == receipt:
                screen[index] = replace(shown, speech=letter.speech, tap_prefix=letter.tap_prefix, is_edited=True)
                self.on_change(letter.address)
                return
        raise SendFailed(Refusal.MESSAGE_GONE, permanent=True)

    async def react(self, address: str, message_id: str, emoji: str) -> None:
        """Put a reaction on somebody's message."""
        self._refuse(address)
        self.reactions[address, message_id] = emoji
        self.on_change(address)

    async def take_back(self, address: str, receipt: str) -> None:
        """Take it off the screen."""
        self._refuse(address)
        self.screens[address][:] = [shown for shown in self.screens[address] if shown.message_id != receipt]
        self.on_change(address)

    async def open_topic(self, address: str, shape: TopicShape) -> str:
        """A new one in this chat."""
        self._refuse(address)
        topic = self.new_message_id()
        self.topics[address, topic] = shape
        return topic

    async def shape_topic(self, address: str, topic: str, shape: TopicShape) -> None:
        """Change what it looks like."""
        if (address, topic) not in self.topics:
            raise SendFailed(Refusal.TOPIC_GONE, permanent=True)
        self.topics[address, topic] = shape

    async def answer_tap(self, tap_id: str, text: str) -> None:
        """Keep the answer where the one who tapped looks."""
        self.toasts[tap_id] = text

    async def fetch(self, file_id: str, limit: int) -> bytes:
        """The bytes put into `files` under this id."""
        content = self.files.get(file_id)
        if content is None or len(content) > limit:
            raise FetchFailed("no such file" if content is None else Refusal.TOO_BIG, permanent=True)
        return content

    async def check(self, _linked: Sequence[tuple[str, str]], /) -> list[Trouble]:
        """Nothing can be wrong with it."""
        return []

    async def open(self) -> None:
        """Always ready."""

    async def close(self) -> None:
        """Nothing to let go of."""

    def _refuse(self, address: str) -> None:
        if address in self.refusals:
            raise self.refusals[address]


class Budget(NamedTuple):
    """How many messages may still go to somebody, and until when."""

    left: int
    shuts_at: datetime


@dataclass
class CountedMemoryChannel(MemoryChannel):
    """The same where a platform counts what we say, as WeChat does: so many messages within so long after theirs."""

    abilities: Abilities = PLAIN
    allowed: int = 5
    lasting: timedelta = timedelta(hours=48)
    kept_back: int = 1
    """For the last word, such as that the work is done."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.budgets: dict[str, Budget] = {}
        self.greetings: set[str] = set()
        """Who has come in without a word: one greeting may go, and is not counted."""
        self._writer: Writer | None = None

    def attach(self, writer: Writer) -> None:
        """Where the counts are kept."""
        self._writer = writer

    async def hear(self, address: str) -> None:
        """Somebody writes: so many messages may go from now on, and what has waited for that goes first."""

        def act(unit: UnitOfWork) -> None:
            if unit.windows.open(self.name, address, self.allowed, unit.now + self.lasting, unit.now):
                windows.hear_again(unit, self.name, address)

        self.greetings.discard(address)
        await self._count(address, act)

    async def send(self, letter: Letter) -> str:
        """Put it on the screen if it may go; nobody sees what it answers."""
        letter = replace(letter, reply_to=None)
        if letter.address in self.greetings:
            self.greetings.remove(letter.address)
            return await super().send(letter)
        keep = 0 if letter.is_last_word else self.kept_back
        if not await self._count(
            letter.address, lambda u: u.windows.spend(self.name, letter.address, u.now, keep=keep)
        ):
            self.on_change(letter.address)
            raise SendFailed(Refusal.CANNOT_WRITE_FIRST, permanent=True)
        return await super().send(letter)

    async def _count(self, address: str, act: Callable[[UnitOfWork], T]) -> T:
        if self._writer is None:
            raise RuntimeError("attach a writer first")

        def acted(unit: UnitOfWork) -> tuple[T, Budget | None]:
            done = act(unit)
            window = unit.windows.find(self.name, address)
            return done, Budget(window.left(unit.now), window.shuts_at) if window is not None else None

        done, budget = await self._writer.run(acted)
        if budget is not None:
            self.budgets[address] = budget
        return done


EVENT_TYPES: dict[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in Event.__args__}


def raw_of(event: Event) -> dict[str, Any]:
    """An event as a raw update of this channel, ready for JSON."""
    return {type(event).__name__: EVENT_TYPES[type(event).__name__].dump_python(event, mode="json")}
