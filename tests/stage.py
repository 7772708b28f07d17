"""Who and what stands on the stage: the chats and what they show, the people who speak and tap, the clock."""

import itertools
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.channels.channel import Letter, SendFailed
from bot.channels.memory import MemoryChannel, Shown
from bot.clock import Clock
from handlers.events import (
    Attached,
    ButtonPressed,
    Command,
    DeskMembership,
    MessageEdited,
    MessageReceived,
    Speaker,
    SpeakerKind,
    Where,
)
from storage.vocabulary import AttachmentKind

if TYPE_CHECKING:
    from tests.world import World

ASKS = ("TicketCard", "WhichKind", "CallbackCheck")
MONDAY_MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
"""9:30 on a working Monday in Shanghai."""


class StandingClock(Clock):
    """Time passes only when the stage says so."""

    def __init__(self, start: datetime = MONDAY_MORNING) -> None:
        super().__init__()
        self.time = start

    def now(self) -> datetime:
        """What the stage says it is."""
        return self.time


@dataclass
class StageChannel(MemoryChannel):
    """Remembers every wording that was ever shown, also one that an edit has replaced."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.wordings: list[tuple[str, str]] = []
        self.sent: list[int] = []
        """Outbox rows in the order in which they first appeared or were repeated."""

    def stand_beside(self, other: "StageChannel", name: str) -> None:
        """From now on show what is said on the other's screens."""
        self.name = name
        self.screens, self.wordings, self.sent, self.toasts = other.screens, other.wordings, other.sent, other.toasts
        self._ids = other._ids

    async def send(self, letter: Letter) -> str:
        """Put it on the screen."""
        receipt = await super().send(letter)
        self.sent.append(int(letter.tap_prefix.rstrip("."), 36))
        self.wordings.append((letter.address, letter.speech.plain))
        return receipt

    async def edit(self, letter: Letter, receipt: str) -> None:
        """Change what stands there."""
        await super().edit(letter, receipt)
        self.wordings.append((letter.address, letter.speech.plain))


@dataclass
class ChatOnStage:
    """A chat and what stands on its screen."""

    world: "World"
    address: str
    is_private: bool
    title: str
    is_forum: bool = False
    channel: str = "memory"

    @property
    def where(self) -> Where:
        """As events name it."""
        return Where(self.channel, self.address, self.is_private, self.title, self.is_forum)

    @property
    def screen(self) -> list[Shown]:
        """Everything the desk has said here, as it reads now."""
        return self.world.channel.screens[self.address]

    @property
    def texts(self) -> list[str]:
        """The same as plain text."""
        return [shown.speech.plain for shown in self.screen]

    @property
    def last(self) -> Shown:
        """The newest message."""
        return self.screen[-1]

    @property
    def wordings(self) -> list[str]:
        """Everything the desk ever said here, with what edits have replaced."""
        return [text for address, text in self.world.channel.wordings if address == self.address]

    def refuses(self, failed: SendFailed | None) -> None:
        """From now on the platform fails like this here; None ends it."""
        self.world.channel.refusals.pop(self.address, None)
        if failed is not None:
            self.world.channel.refusals[self.address] = failed

    @property
    def labels(self) -> list[str]:
        """Every button that can be tapped here now."""
        rows = (row for shown in self.screen for row in shown.speech.buttons)
        return [button.label for button in itertools.chain.from_iterable(rows)]

    def hears(self, *words: str) -> bool:
        """Whether one message here holds all these words."""
        return any(all(word in text for word in words) for text in self.texts)

    def find(self, *words: str) -> Shown:
        """The newest message holding all these words."""
        for shown in reversed(self.screen):
            if all(word in shown.speech.plain for word in words):
                return shown
        raise AssertionError(f"nobody said {words} in {self.title}: {self.texts}")


@dataclass
class PersonOnStage:
    """Somebody who speaks and taps."""

    world: "World"
    name: str
    address: str
    said: dict[str, str] = field(default_factory=dict)
    channel: str = "memory"

    @property
    def private(self) -> ChatOnStage:
        """This person's private chat with the desk."""
        address = f"private-{self.address}"
        return self.world.chat(address, is_private=True, title=self.name, channel=self.channel)

    def on(self, channel: str) -> "PersonOnStage":
        """The same person with an account on another channel, of which the desk knows nothing."""
        return PersonOnStage(self.world, self.name, f"{self.address}-{channel}", channel=channel)

    @property
    def speaker(self) -> Speaker:
        """As events name them."""
        return Speaker(self.address, self.name)

    def message(
        self,
        chat: ChatOnStage,
        text: str = "",
        *,
        reply_to: str | None = None,
        attached: tuple[Attached, ...] = (),
        album: str | None = None,
        message_id: str | None = None,
        is_to_another: bool = False,
        kind: SpeakerKind = SpeakerKind.PERSON,
        sent_at: datetime | None = None,
        topic: str | None = None,
    ) -> MessageReceived:
        """A message, not yet heard."""
        name, _, argument = text.removeprefix("/").partition(" ")
        return MessageReceived(
            where=chat.where,
            speaker=replace(self.speaker, kind=kind),
            message_id=message_id or self.world.channel.new_message_id(),
            sent_at=sent_at or self.world.clock.now(),
            text=text,
            attached=attached,
            album=album,
            reply_to=reply_to,
            is_to_another=is_to_another,
            command=Command(name, argument) if text.startswith("/") else None,
            topic=topic,
        )

    def says(self, text: str, chat: ChatOnStage | None = None, **details: object) -> str:
        """Says something, in the room unless told where; returns the message id."""
        message = self.message(chat or self.world.room, text, **details)  # type: ignore[arg-type]
        self.world.happens(message)
        return message.message_id

    def sends(self, kind: AttachmentKind, caption: str = "", chat: ChatOnStage | None = None, **details: object) -> str:
        """Sends a file of this kind; returns the message id."""
        return self.says(caption, chat, attached=(self.world.file(kind),), **details)

    def edits(self, message_id: str, text: str, chat: ChatOnStage | None = None, **details: object) -> None:
        """Changes what was said."""
        message = self.message(chat or self.world.room, text, message_id=message_id, **details)  # type: ignore[arg-type]
        self.world.happens(MessageEdited(message))

    def replies(self, shown: Shown, text: str, chat: ChatOnStage, **details: object) -> str:
        """Answers a message of the desk."""
        return self.says(text, chat, reply_to=shown.message_id, **details)

    def taps(self, label: str, chat: ChatOnStage, shown: Shown | None = None) -> str:
        """Taps the newest button whose label holds these words; returns what the tap was answered."""
        for message in [shown] if shown else reversed(chat.screen):
            for button in itertools.chain.from_iterable(message.speech.buttons):
                if label in button.label:
                    return self.taps_raw(f"{message.tap_prefix}{button.verb}", chat, message.message_id)
        labels = [b.label for m in chat.screen for row in m.speech.buttons for b in row]
        raise AssertionError(f"no button {label!r} in {chat.title}: {labels}")

    def taps_more(self, label: str, chat: ChatOnStage, shown: Shown | None = None) -> str:
        """The same for what a card keeps behind its last button."""
        for message in [shown] if shown else reversed(chat.screen):
            labels = [button.label for row in message.speech.buttons for button in row]
            if not any(label in each for each in labels) and any("⋯" in each for each in labels):
                self.taps("⋯", chat, message)
                message = next(each for each in chat.screen if each.message_id == message.message_id)
                labels = [button.label for row in message.speech.buttons for button in row]
            if any(label in each for each in labels):
                return self.taps(label, chat, message)
        return self.taps(label, chat, shown)

    def taps_stale(self, verb: str, chat: ChatOnStage, shown: Shown | None = None) -> str:
        """Taps a button that stood there before an edit took it away; returns what the tap was answered."""
        message = shown or next(m for m in chat.screen if self.world.row_of(m).notification in ASKS)
        return self.taps_raw(f"{message.tap_prefix}{verb}", chat, message.message_id)

    def taps_raw(self, tap: str, chat: ChatOnStage, message_id: str | None) -> str:
        """Sends a tap as a client would, honest or not."""
        tap_id = self.world.channel.new_message_id()
        self.world.happens(ButtonPressed(chat.where, self.speaker, message_id, tap, tap_id))
        return self.world.channel.toasts.get(tap_id, "")

    def starts(self, payload: str = "") -> None:
        """Opens the private chat."""
        self.says(f"/start {payload}".strip(), self.private)

    def unblocks(self) -> None:
        """Lets the desk into the private chat again."""
        self.world.happens(DeskMembership(self.private.where, self.speaker, is_in=True))

    def blocks(self) -> None:
        """Shuts the desk out of the private chat."""
        self.world.happens(DeskMembership(self.private.where, self.speaker, is_in=False))
