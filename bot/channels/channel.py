"""The contract every channel keeps: what it can do, how it reads a raw update, how it speaks, how it fails."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from aiohttp import web

from bot.intake.health import IntakeHealth
from handlers.events import Event
from handlers.notifications.speech import Speech
from storage.vocabulary import AttachmentKind, Lane, Urgency
from storage.writer import Writer


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a channel can do, so that the desk never asks which channel it is."""

    buttons: bool
    """Without them, choices are numbered in the text and a bare number is the answer."""
    edits: bool
    reactions: bool
    writes_first: bool
    """Whether a person can be written to who has never written to us."""
    groups: bool
    text_limit: int
    """UTF-16 units in one message."""
    merges: bool = False
    """Whether what waits for one person goes as one message, since each of them is counted."""
    hears: bool = True
    """Whether anybody can answer there; where nobody can, a message says nothing of numbers."""
    most_buttons: int | None = None
    """A message's choices beyond so many are numbered in the text, and answered by number; None for no bound."""
    topics: bool = False
    """Whether a group can hold a topic of its own for each ticket: then the channel also `KeepsTopics`."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast the platform lets us speak."""

    per_chat_seconds: float
    """Between two messages to one chat."""
    per_group_minute: int
    """Messages to one group in a minute."""
    per_second: int
    """Messages of the whole bot in a second."""


@dataclass(frozen=True, slots=True)
class Media:
    """A file to send: its bytes were kept when it came, since a platform's ids are good for one bot only."""

    kind: AttachmentKind
    content: bytes
    name: str
    media_type: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """One outbox row on its way out."""

    address: str
    speech: Speech
    tap_prefix: str
    """Goes before each button's verb, so that a tap leads back to this row."""
    reply_to: str | None = None
    media: Media | None = None
    lane: Lane = Lane.NORMAL
    is_last_word: bool = False
    """Worth the last message a platform lets us send to this person."""
    language: str = "en"
    """What the words are in."""
    topic: str | None = None
    """The platform's id of the group's topic it goes into; None for the group itself."""


@dataclass(frozen=True, slots=True)
class TopicShape:
    """How a ticket's topic looks: the name on its list, how urgent it was when it opened, whether it is open."""

    name: str
    urgency: Urgency
    is_open: bool


class SendFailed(Exception):
    """The platform did not take it.

    `permanent`: trying again is useless, and `closes_chat` says why nothing more can go to this chat.
    `retry_after`: seconds the platform asked us to wait; `whole_bot` when that holds for every chat.
    `moved_to`: the chat's new address. `unknown`: it was written to the wire and nobody knows whether it arrived.
    """

    def __init__(
        self,
        reason: str,
        *,
        permanent: bool = False,
        closes_chat: bool = False,
        retry_after: float | None = None,
        whole_bot: bool = False,
        moved_to: str | None = None,
        unknown: bool = False,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent, self.closes_chat = permanent, closes_chat
        self.retry_after, self.whole_bot = retry_after, whole_bot
        self.moved_to, self.unknown = moved_to, unknown


class Unreadable(Exception):
    """A raw update its library cannot parse. It is kept, shown as failed, and blocks nothing."""


class FetchFailed(Exception):
    """The bytes of an attachment could not be had; `permanent` when they never will be."""

    def __init__(self, reason: str, *, permanent: bool) -> None:
        super().__init__(reason)
        self.reason, self.permanent = reason, permanent


@dataclass(frozen=True, slots=True)
class Trouble:
    """Something wrong with the set-up, in plain words, and how to mend it."""

    what: str
    mend: str
    is_fatal: bool = True


class Channel(Protocol):
    """One way to hear and speak. A channel knows no rules of the desk and no other channel."""

    name: str
    abilities: Abilities
    pace: Pace

    def read(self, update: dict[str, Any]) -> Event:
        """The event a raw update is; `Unreadable` when its library cannot parse it."""
        ...

    async def send(self, letter: Letter) -> str:
        """Say something; returns the platform's message id, or raises `SendFailed`."""
        ...

    async def edit(self, letter: Letter, receipt: str) -> None:
        """Change a message of ours. A message that reads so already is no failure."""
        ...

    async def react(self, address: str, message_id: str, emoji: str) -> None:
        """Put a reaction on somebody's message, taking the place of our last one; an empty `emoji` takes it off."""
        ...

    async def answer_tap(self, tap_id: str, text: str) -> None:
        """Tell the one who tapped; late or repeated answers are no failure."""
        ...

    async def fetch(self, file_id: str, limit: int) -> bytes:
        """The bytes behind an attachment, at most `limit`, or `FetchFailed`."""
        ...

    async def check(self, linked: Sequence[tuple[str, str]], /) -> list[Trouble]:
        """What is wrong before anything runs; `linked` are `(address, title)` of the chats it should reach."""
        ...

    async def open(self) -> None:
        """Make ready to speak."""
        ...

    async def close(self) -> None:
        """Let go of every connection."""
        ...


@runtime_checkable
class KeepsItself(Protocol):
    """A channel that must remember more than the outbox does: shared tokens, counted messages."""

    def attach(self, writer: Writer) -> None:
        """Where to keep it."""
        ...


@runtime_checkable
class ChangesTapped(Protocol):
    """A channel that can change a message only for a moment after somebody tapped it; later it is said anew."""

    def may_change(self, address: str, tap_prefix: str) -> bool:
        """Whether that moment is now, for the message these buttons belong to."""
        ...


@runtime_checkable
class HoldsLine(Protocol):
    """A channel that is told of things on a line of its own, which only the one replica that leads may hold."""

    health: IntakeHealth

    async def hold(self) -> None:
        """Hold the line until cancelled; every trouble ends by itself once its cause does."""
        ...


@runtime_checkable
class CalledBack(Protocol):
    """A channel whose platform calls us and is never asked for updates; the channel itself answers those calls."""

    def mount(self, app: web.Application, path: str, answers: Callable[[], bool]) -> IntakeHealth:
        """Take the platform's calls at `path`; `answers` tells whether this replica speaks just now."""
        ...


@runtime_checkable
class TakesBack(Protocol):
    """A channel that can delete what it has said."""

    async def take_back(self, address: str, receipt: str) -> None:
        """Delete a message of ours, or raise `SendFailed`. One that is gone already is no failure."""
        ...


@runtime_checkable
class KeepsTopics(Protocol):
    """A channel whose groups may hold topics."""

    async def open_topic(self, address: str, shape: TopicShape) -> str:
        """Open one; returns the platform's id of it, or raises `SendFailed`. Asked twice, it opens two."""
        ...

    async def shape_topic(self, address: str, topic: str, shape: TopicShape) -> None:
        """Give it this name, and close it or open it again. One that looks so already is no failure."""
        ...


@runtime_checkable
class Invites(Protocol):
    """A channel that a code on a wall can lead to."""

    async def invitation(self, code: str) -> str:
        """The link that opens a talk with us and brings this code along; `SendFailed` when there is none."""
        ...
