"""Chats of every kind: who is in, what was said, which topics there are. `groups.py` adds what admins do."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.wire.fake_telegram.accounts import Account, BotAccount
from tests.wire.fake_telegram.messages import Message, Screen

if TYPE_CHECKING:
    from tests.wire.fake_telegram.person import Person
    from tests.wire.fake_telegram.world import World

BOT_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(eq=False)
class Member:
    """Somebody's standing in a chat; `status` as the Bot API calls it (creator, administrator, member …)."""

    account: Account
    status: str = "member"
    rights: frozenset[str] = frozenset()

    @property
    def is_inside(self) -> bool:
        return self.status not in ("left", "kicked")

    @property
    def is_admin(self) -> bool:
        return self.status in ("creator", "administrator")

    def can(self, right: str) -> bool:
        return self.status == "creator" or (self.status == "administrator" and right in self.rights)

    def as_json(self) -> dict[str, Any]:
        member: dict[str, Any] = {"user": self.account.as_json(), "status": self.status}
        if self.status == "creator":
            return member | {"is_anonymous": False}
        if self.status == "administrator":
            rights = {right: right in self.rights for right in BOT_RIGHTS}
            return member | {"can_be_edited": False, "is_anonymous": False} | rights
        return member | ({"until_date": 0} if self.status == "kicked" else {})


@dataclass(eq=False)
class Topic:
    """A topic of a forum. `id` is the message_thread_id: the id of the service message that opened it."""

    chat: Chat
    id: int
    name: str
    icon_color: int
    root: Message
    is_closed: bool = False

    def as_json(self) -> dict[str, Any]:
        return {"message_thread_id": self.id, "name": self.name, "icon_color": self.icon_color}

    @property
    def messages(self) -> Screen:
        return Screen(message for message in self.chat.messages if message.topic is self)


@dataclass(eq=False)
class Chat:
    world: World = field(repr=False)
    id: int
    kind: str
    title: str = ""
    is_forum: bool = False
    username: str = ""
    person: Person | None = None  # private chats: the human half
    members: dict[int, Member] = field(default_factory=dict, repr=False)
    topics: dict[int, Topic] = field(default_factory=dict, repr=False)
    history: dict[int, Message] = field(default_factory=dict, repr=False)
    whispers: dict[int, Message] = field(default_factory=dict, repr=False)  # ephemeral messages, own ids
    upgraded_to: Chat | None = field(default=None, repr=False)
    last_bot_heard: BotAccount | None = field(default=None, repr=False)
    _ids: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False)

    @property
    def messages(self) -> Screen:
        """Everything still there, oldest first, with edited texts and the buttons of now."""
        return Screen(message for message in self.history.values() if not message.is_deleted)

    @property
    def bots(self) -> list[BotAccount]:
        return [m.account for m in self.members.values() if m.is_inside and isinstance(m.account, BotAccount)]

    def member(self, account: Account) -> Member:
        """The standing of `account`; somebody never seen here counts as left."""
        return self.members.get(account.id) or Member(account, "left")

    def find(self, message_id: int) -> Message | None:
        message = self.history.get(message_id)
        return None if message is None or message.is_deleted else message

    def next_id(self) -> int:
        return next(self._ids)

    def as_json(self) -> dict[str, Any]:
        chat: dict[str, Any] = {"id": self.id, "type": self.kind}
        if self.person is not None:
            optional = self.person.as_json()
            return chat | {key: optional[key] for key in ("first_name", "last_name", "username") if key in optional}
        if self.username:
            chat["username"] = self.username
        return chat | {"title": self.title} | ({"is_forum": True} if self.is_forum else {})

    def full_json(self) -> dict[str, Any]:
        """getChat: ChatFullInfo."""
        gifts = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
        full = self.as_json() | {
            "accent_color_id": self.id % 7,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(gifts, False),
        }
        if self.person is None:
            talk = ("messages", "audios", "documents", "photos", "videos", "video_notes", "voice_notes", "polls")
            full["permissions"] = dict.fromkeys([f"can_send_{what}" for what in talk], True)
        return full
