"""A message on the screen and its JSON. Written by people (`person.py`) and by bots (`methods/`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.wire.fake_telegram.markup import buttons_of
from tests.wire.fake_telegram.utf16 import utf16_cut

if TYPE_CHECKING:
    from tests.wire.fake_telegram.accounts import Account
    from tests.wire.fake_telegram.chats import Chat, Topic
    from tests.wire.fake_telegram.person import Person


@dataclass(eq=False)
class Message:
    """`content` holds the Bot API's own fields (text, entities, photo, pinned_message …).

    Values in `content` may be callables: they are asked each time, for parts that change later.
    """

    chat: Chat
    id: int
    date: int
    sender: Account | None
    content: dict[str, Any]
    sender_chat: Chat | None = None
    reply_to: Message | None = None
    topic: Topic | None = None
    thread_id: int | None = None
    markup: dict[str, Any] | None = None
    edited_at: int | None = None
    album: str | None = None
    is_service: bool = False
    is_deleted: bool = False
    receiver: Person | None = None
    ephemeral_id: int | None = None
    reactions: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """What can be read: the text, or the caption of a photo or a file."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def buttons(self) -> list[str]:
        return [str(button["text"]) for button in buttons_of(self.markup)]

    @property
    def is_from_bot(self) -> bool:
        return self.sender is not None and self.sender.is_bot

    @property
    def kind(self) -> str:
        """The update this message arrives in when it is new."""
        return "channel_post" if self.chat.kind == "channel" else "message"

    def button(self, label_or_data: str) -> dict[str, Any] | None:
        """The button with this callback data, this label, or else this piece of a label."""
        shown = list(buttons_of(self.markup))
        tests: tuple[Callable[[dict[str, Any]], bool], ...] = (
            lambda button: button.get("callback_data") == label_or_data,
            lambda button: button["text"] == label_or_data,
            lambda button: label_or_data in button["text"],
        )
        return next((button for test in tests for button in shown if test(button)), None)

    def covered_by(self, kind: str) -> list[str]:
        """The pieces of the text marked as `kind` (bold, text_link …)."""
        marked = self.content.get("entities") or self.content.get("caption_entities") or []
        return [utf16_cut(self.text, e["offset"], e["length"]) for e in marked if e["type"] == kind]

    def as_json(self, with_reply: bool = True) -> dict[str, Any]:
        optional: dict[str, Any] = {
            "from": self.sender and self.sender.as_json(),
            "sender_chat": self.sender_chat and self.sender_chat.as_json(),
            "message_thread_id": self.topic.id if self.topic else self.thread_id,
            "is_topic_message": self.topic is not None or None,
            "edit_date": self.edited_at,
            "media_group_id": self.album,
            "reply_markup": self.markup,
            "receiver_user": self.receiver and self.receiver.as_json(),
            "ephemeral_message_id": self.ephemeral_id,
        }
        if with_reply and self.reply_to is not None:
            # One level only: the quoted message never quotes in its turn.
            optional["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        message = {"message_id": self.id, "date": self.date, "chat": self.chat.as_json()}
        message |= {key: value for key, value in optional.items() if value is not None}
        return message | {key: value() if callable(value) else value for key, value in self.content.items()}

    def __str__(self) -> str:
        who = self.sender.first_name if self.sender else self.chat.title
        keyboard = "".join(f" [{label}]" for label in self.buttons)
        other = next((key for key in self.content if key not in ("text", "entities")), "")
        return f"{who}: {self.text or f'<{other}>'}{keyboard}"


class Screen(list[Message]):
    """What somebody sees in a chat now, oldest first."""

    def shows(self, words: str) -> bool:
        """Whether these words stand anywhere: in a text, a caption or on a button."""
        return any(words in str(message) for message in self)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self]

    def __str__(self) -> str:
        return "\n".join(map(str, self))
