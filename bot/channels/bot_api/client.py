"""What a client library does for a Telegram channel: parse, call, download. Each channel's folder has one."""

from dataclasses import dataclass
from typing import Any, Protocol

from bot.channels.bot_api.shapes import Ourselves, Restricted, Update, WebhookInfo
from bot.channels.bot_api.wording import Parcel, Wording


@dataclass(frozen=True, slots=True)
class Profile:
    """What getMe tells. `reads_all` is privacy mode switched off."""

    id: int
    username: str
    reads_all: bool

    @classmethod
    def of(cls, me: Ourselves) -> "Profile":
        """Of either library's user."""
        return cls(me.id, me.username or "", bool(me.can_read_all_group_messages))


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where Telegram sends updates, empty when it does not, and the last thing that went wrong there."""

    url: str
    last_error: str | None

    @classmethod
    def of(cls, now: WebhookInfo) -> "Webhook":
        """Of either library's answer."""
        return cls(now.url, now.last_error_message)


def standing_of(status: str, restricted: Restricted | None) -> str:
    """An account's status in a chat; whoever is restricted but may write counts as a member."""
    if restricted is None:
        return status
    if not restricted.is_member:
        return "left"
    return "member" if restricted.can_send_messages else "restricted"


class Library(Protocol):
    """Every call raises `SendFailed`, already told apart, and never an error of the library: those carry the token."""

    def parse(self, raw: dict[str, Any]) -> Update:
        """The update as objects; `Unreadable` when it is not one."""
        ...

    async def me(self) -> Profile:
        """Who this token is."""
        ...

    async def standing(self, address: str, account: int) -> str:
        """An account's status in a chat: `creator`, `administrator`, `member`, `restricted`, `left` or `kicked`."""
        ...

    async def webhook(self) -> Webhook:
        """What is set now."""
        ...

    async def say(self, address: str, wording: Wording, reply_to: str | None, topic: str | None) -> str:
        """Send words, into a topic of a group where one is named; the message's id."""
        ...

    async def hand_over(
        self, address: str, parcel: Parcel, wording: Wording, reply_to: str | None, topic: str | None
    ) -> str:
        """Send a file or a place with words under it; the message's id."""
        ...

    async def reword(self, address: str, message_id: str, wording: Wording) -> None:
        """Change a message's text and buttons."""
        ...

    async def recaption(self, address: str, message_id: str, wording: Wording) -> None:
        """Change the words and buttons under a file."""
        ...

    async def delete(self, address: str, message_id: str) -> None:
        """Delete a message of ours."""
        ...

    async def react(self, address: str, message_id: str, emoji: str) -> None:
        """Set our one reaction, or none."""
        ...

    async def answer(self, tap_id: str, text: str) -> None:
        """Stop the spinner on a tapped button and say something."""
        ...

    async def download(self, file_id: str, limit: int) -> bytes:
        """A file's bytes, or `FetchFailed`."""
        ...

    async def close(self) -> None:
        """Let go of every connection."""
        ...
