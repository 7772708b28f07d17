"""What can happen in a chat, in no channel's words. Channels make these; handlers answer them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.vocabulary import AttachmentKind


class SpeakerKind(StrEnum):
    """Only a PERSON is answered; the others are recorded and left alone."""

    PERSON = "person"
    ANONYMOUS_ADMIN = "anonymous_admin"
    BOT = "bot"
    CHANNEL = "channel"
    SERVICE = "service"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who spoke: the platform's account address and the name it shows."""

    address: str
    name: str
    kind: SpeakerKind = SpeakerKind.PERSON
    language: str | None = None
    """The platform's own hint, such as `zh-hans`."""


@dataclass(frozen=True, slots=True)
class Where:
    """The chat it happened in."""

    channel: str
    address: str
    is_private: bool
    title: str = ""
    is_forum: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """One file or place, by the platform's own id. `size` is in bytes, as far as the platform says."""

    kind: AttachmentKind
    file_id: str | None = None
    name: str | None = None
    size: int | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """`/name argument`, with our own bot's name already taken off."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class MessageReceived:
    """Somebody said something."""

    where: Where
    speaker: Speaker
    message_id: str
    sent_at: datetime
    text: str = ""
    attached: tuple[Attached, ...] = ()
    album: str | None = None
    reply_to: str | None = None
    is_forwarded: bool = False
    is_to_another: bool = False
    """It answers or names another human, so it is not said to the desk."""
    command: Command | None = None
    topic: str | None = None
    """The group's topic it was said in, by the platform's own id."""
    about: int | None = None
    """The ticket's number it names, on a channel that cannot say which message is answered."""


@dataclass(frozen=True, slots=True)
class MessageEdited:
    """Somebody changed what they had said; `message` is how it reads now."""

    message: MessageReceived

    @property
    def where(self) -> Where:
        """The chat it happened in."""
        return self.message.where

    @property
    def speaker(self) -> Speaker:
        """Who changed it."""
        return self.message.speaker


@dataclass(frozen=True, slots=True)
class ButtonPressed:
    """Somebody tapped a button of ours. `tap` is what the button carried, `tap_id` what the platform wants answered."""

    where: Where
    speaker: Speaker
    message_id: str | None
    tap: str
    tap_id: str


@dataclass(frozen=True, slots=True)
class ChatMoved:
    """A group became a supergroup: the same people, a new address."""

    where: Where
    speaker: Speaker
    new_address: str


@dataclass(frozen=True, slots=True)
class DeskMembership:
    """We were let into a chat or shut out of it. In a private chat `is_in=False` means the person blocked us."""

    where: Where
    speaker: Speaker
    is_in: bool


@dataclass(frozen=True, slots=True)
class Unheard:
    """Something the desk records and leaves alone, with the reason: a service message, a bot, a channel post."""

    where: Where | None
    reason: str
    message_id: str | None = None


Event = MessageReceived | MessageEdited | ButtonPressed | ChatMoved | DeskMembership | Unheard
