"""What an export holds, in no messenger's words: one line of a chat's past after another."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.backtest.faults import Unreadable
from storage.vocabulary import AttachmentKind


@dataclass(frozen=True, slots=True)
class Spoken:
    """One message. `number` is its place in the file as people count; `speaker` tells people of one name apart."""

    number: int
    at: datetime
    speaker: str
    name: str
    text: str
    message_id: str
    reply_to: str | None = None
    attached: AttachmentKind | None = None
    names_another: bool = False
    """Whether it mentions somebody by account."""
    is_forwarded: bool = False
    is_edited: bool = False
    """Exports keep the last wording only."""
    passed_over: str | None = None
    """Why it is nobody's words: a service message, a channel's post, a bot's."""


@dataclass(frozen=True, slots=True)
class Export:
    """A chat as it was saved. `unreadable` are numbers of lines or messages, with why."""

    title: str
    counted: str
    """What `number` counts: lines, or messages."""
    spoken: list[Spoken]
    unreadable: list[tuple[int, Unreadable]] = field(default_factory=list)


class NotAnExport(Exception):
    """The file cannot be replayed; the text says why and what to do."""
