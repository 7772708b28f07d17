"""Who can be in a chat: people (`person.py` adds what they do) and bots with their tokens and settings."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.wire.fake_telegram.updates import UpdateQueue

if TYPE_CHECKING:
    from tests.wire.fake_telegram.webhook import Webhook
    from tests.wire.fake_telegram.world import World

# The service accounts Telegram signs with when nobody in particular has written: id, name, username.
TELEGRAM = (777000, "Telegram", "")
ANONYMOUS_ADMIN = (1087968824, "Group", "GroupAnonymousBot")
CHANNEL_VOICE = (136817688, "Channel", "Channel_Bot")


@dataclass(eq=False)
class Account:
    """Somebody with an id and a name. `as_json` is the Bot API's User."""

    world: World = field(repr=False)
    id: int
    first_name: str
    username: str = ""
    last_name: str = ""
    language_code: str = ""
    is_bot: bool = False

    def as_json(self) -> dict[str, Any]:
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language_code,
        }
        user = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        return user | {key: value for key, value in optional.items() if value}


@dataclass(eq=False)
class LongPoll:
    """One getUpdates call that waits. `conflict` is what ended it, if another call did."""

    woken: asyncio.Event
    loop: asyncio.AbstractEventLoop
    conflict: str = ""

    def wake(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self.woken.set)


@dataclass(eq=False)
class BotAccount(Account):
    """A bot under test. `reads_all` is privacy mode switched off with BotFather."""

    token: str = ""
    reads_all: bool = False
    is_logged_out: bool = False
    updates: UpdateQueue = field(init=False, repr=False)
    webhook: Webhook | None = field(default=None, repr=False)
    poll: LongPoll | None = field(default=None, repr=False)
    last_offset: int | None = None
    last_poll_at: float = 0.0
    next_conflict_at: float = 0.0
    next_webhook_at: float = 0.0
    commands: dict[tuple[str, str], list[dict[str, str]]] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.is_bot = True
        # Real update ids start anywhere; a bot that assumes 1 should notice.
        self.updates = UpdateQueue(self.world.clock, first_id=100_000_000 + self.id % 1_000_000)

    def about_itself(self) -> dict[str, Any]:
        """getMe: a User and what only the bot itself is told."""
        return self.as_json() | {
            "can_join_groups": True,
            "can_read_all_group_messages": self.reads_all,
            "can_manage_bots": False,
            "supports_inline_queries": False,
            "can_connect_to_business": False,
            "has_main_web_app": False,
            "has_topics_enabled": False,
            "allows_users_to_create_topics": False,
        }
