"""The far end's memory: bots, people, chats, files. `person.py` and `groups.py` act in it, `methods/` read it.

Everything that changes it holds `lock`, so that a test may script people from its own thread while the server
answers from another.
"""

from __future__ import annotations

import itertools
import threading
from typing import TYPE_CHECKING, Any

from tests.wire.fake_telegram.accounts import TELEGRAM, Account, BotAccount
from tests.wire.fake_telegram.chats import BOT_RIGHTS, Chat, Member
from tests.wire.fake_telegram.clock import Clock
from tests.wire.fake_telegram.delivery import announce
from tests.wire.fake_telegram.files import FileStore
from tests.wire.fake_telegram.groups import Channel, Group
from tests.wire.fake_telegram.messages import Message
from tests.wire.fake_telegram.person import Person

if TYPE_CHECKING:
    from tests.wire.fake_telegram.presses import Press

SUPERGROUP_BASE = -1_000_000_000_000


class World:
    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.forget_everything()

    def forget_everything(self) -> None:
        """An empty world; objects a test still holds are no longer connected to it."""
        with self.lock:
            self.clock = Clock()
            self.files = FileStore()
            self.bots: dict[str, BotAccount] = {}
            self.people: dict[int, Person] = {}
            self.chats: dict[int, Chat] = {}
            self.private: dict[tuple[int, int], Chat] = {}
            self.presses: dict[str, Press] = {}
            self.callback_lifetime = 60.0
            self.webhook_pace = 1.0  # 0.01 makes the pauses between webhook retries a hundred times shorter
            self._numbers = itertools.count(1)

    def number(self) -> int:
        return next(self._numbers)

    def bot(self, token: str, username: str = "", reads_all: bool = True) -> BotAccount:
        """Register a token. `reads_all=False` is privacy mode left on, as BotFather creates bots."""
        with self.lock:
            known = self.bots.get(token)
            if known is None:
                number = int(token.partition(":")[0])
                name = username or f"bot{number}_bot"
                known = BotAccount(self, number, name, name, token=token, reads_all=reads_all)
                self.bots[token] = known
            return known

    def user(
        self, first_name: str, *, username: str = "", last_name: str = "", language_code: str = "", number: int = 0
    ) -> Person:
        with self.lock:
            number = number or 5_000_000_000 + self.number()
            person = Person(self, number, first_name, username, last_name, language_code)
            self.people[number] = person
            return person

    def group(self, title: str, *, bots: list[BotAccount] | None = None, admins: bool = False) -> Group:
        """A basic group with these bots in it (default: all known), as admins or not. Nobody is told."""
        return self._group(-(4_000_000_000 + self.number()), "group", title, bots, admins)

    def supergroup(self, title: str, *, bots: list[BotAccount] | None = None, admins: bool = False) -> Group:
        return self._group(SUPERGROUP_BASE - self.number() - 2_000_000_000, "supergroup", title, bots, admins)

    def forum(self, title: str, *, bots: list[BotAccount] | None = None, admins: bool = True) -> Group:
        """A supergroup with topics; the bots may manage them unless `admins` says no."""
        forum = self.supergroup(title, bots=bots, admins=admins)
        forum.is_forum = True
        return forum

    def channel(self, title: str, *, bots: list[BotAccount] | None = None) -> Channel:
        with self.lock:
            channel = Channel(self, SUPERGROUP_BASE - self.number() - 2_500_000_000, "channel", title)
            self._move_in(channel, bots, admins=True)
            return channel

    def private_chat(self, bot: BotAccount, person: Person) -> Chat:
        """Their chat; the first use by the person is what opens it (pressing Start)."""
        with self.lock:
            chat = self.private.get((bot.id, person.id))
            if chat is None:
                chat = Chat(self, person.id, "private", person=person)
                for account in (bot, person):
                    chat.members[account.id] = Member(account)
                self.private[bot.id, person.id] = chat
            return chat

    def ghost(self, who: tuple[int, str, str]) -> Account:
        """The service accounts Telegram signs anonymous and forwarded messages with."""
        return Account(self, who[0], who[1], who[2], is_bot=who is not TELEGRAM)

    def post(self, chat: Chat, sender: Account | None, content: dict[str, Any], **details: Any) -> Message:
        """Put a new message on the screen and tell the bots. `details` are fields of `Message`."""
        even_from_bots = details.pop("even_from_bots", False)
        with self.lock:
            message_id = details.pop("id", None) or chat.next_id()
            message = Message(chat, message_id, int(self.clock()), sender, content, **details)
            chat.history[message.id] = message
            if isinstance(sender, BotAccount) and not message.is_service:
                chat.last_bot_heard = sender
            announce(message, message.kind, even_from_bots)
            return message

    def _group(self, number: int, kind: str, title: str, bots: list[BotAccount] | None, admins: bool) -> Group:
        with self.lock:
            group = Group(self, number, kind, title)
            self._move_in(group, bots, admins)
            return group

    def _move_in(self, chat: Chat, bots: list[BotAccount] | None, admins: bool) -> None:
        self.chats[chat.id] = chat
        for bot in self.bots.values() if bots is None else bots:
            status, rights = ("administrator", frozenset(BOT_RIGHTS)) if admins else ("member", frozenset[str]())
            chat.members[bot.id] = Member(bot, status, rights)
