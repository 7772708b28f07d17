"""The channel of the tests and of the demo: chats held in memory, each a list of what stands on the screen."""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import TypeAdapter, ValidationError

from bot.channels.channel import Abilities, FetchFailed, Letter, Media, Pace, SendFailed, Trouble, Unreadable
from bot.channels.refusals import Refusal
from handlers.events import Event
from handlers.notifications.speech import Speech


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on a screen. `taps` are what its buttons carry, in the order of `speech.buttons`."""

    message_id: str
    speech: Speech
    tap_prefix: str
    reply_to: str | None = None
    media: Media | None = None
    is_edited: bool = False


@dataclass
class MemoryChannel:
    """Speaks into lists. `refusals` maps an address to what sending there raises."""

    name: str = "memory"
    abilities: Abilities = field(
        default_factory=lambda: Abilities(
            buttons=True, edits=True, reactions=True, writes_first=True, groups=True, text_limit=4096
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
        message_id = self.new_message_id()
        self.screens[letter.address].append(
            Shown(message_id, letter.speech, letter.tap_prefix, letter.reply_to, letter.media)
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


EVENT_TYPES: dict[str, TypeAdapter[Any]] = {kind.__name__: TypeAdapter(kind) for kind in Event.__args__}


def raw_of(event: Event) -> dict[str, Any]:
    """An event as a raw update of this channel, ready for JSON."""
    return {type(event).__name__: EVENT_TYPES[type(event).__name__].dump_python(event, mode="json")}
