"""What people do on their phones. Tests script them: `ann.says(group, "水管爆了")`, `ann.presses(card, "接单")`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.wire.fake_telegram.accounts import Account, BotAccount
from tests.wire.fake_telegram.chats import Chat, Member, Topic
from tests.wire.fake_telegram.delivery import announce
from tests.wire.fake_telegram.files import JPEG, MP4, OGG, PDF, WEBP, media_content
from tests.wire.fake_telegram.messages import Message, Screen
from tests.wire.fake_telegram.presses import Press
from tests.wire.fake_telegram.standing import change_standing
from tests.wire.fake_telegram.text import typed
from tests.wire.fake_telegram.updates import CALLBACK_LIFETIME

# Where people write: a group or channel, a topic of a forum, or a bot (their private chat with it).
Place = Chat | Topic | BotAccount


class Person(Account):
    """A human. Writing somewhere makes them a member; writing to a bot counts as having pressed Start."""

    def says(self, where: Place, text: str, **details: Any) -> Message:
        return self._sends(where, typed(text), **details)

    def replies(self, message: Message, text: str) -> Message:
        return self.says(message.topic or message.chat, text, reply_to=message)

    def sends_photo(self, where: Place, caption: str = "", *, content: bytes = JPEG, **details: Any) -> Message:
        return self._sends_file(where, "photo", content, caption, **details)

    def sends_video(self, where: Place, caption: str = "", *, content: bytes = MP4, **details: Any) -> Message:
        return self._sends_file(where, "video", content, caption, **details)

    def sends_voice(self, where: Place, caption: str = "", *, content: bytes = OGG, **details: Any) -> Message:
        return self._sends_file(where, "voice", content, caption, **details)

    def sends_document(
        self,
        where: Place,
        caption: str = "",
        *,
        content: bytes = PDF,
        name: str = "report.pdf",
        mime: str = "application/pdf",
        size: int = 0,
        **details: Any,
    ) -> Message:
        """`size` larger than the content makes a file that getFile refuses as too big."""
        return self._sends_file(where, "document", content, caption, name, mime, size, **details)

    def sends_sticker(self, where: Place, **details: Any) -> Message:
        return self._sends_file(where, "sticker", WEBP, "", **details)

    def sends_album(self, where: Place, photos: int = 3, caption: str = "", **details: Any) -> list[Message]:
        """Photos with one `media_group_id`, the caption on the first, as clients send them."""
        with self.world.lock:
            album = str(13_000_000_000 + self.world.number())
            return [
                self._sends_file(where, "photo", JPEG, "" if number else caption, album=album, **details)
                for number in range(photos)
            ]

    def sends_location(self, where: Place, latitude: float = 31.23, longitude: float = 121.47) -> Message:
        return self._sends(where, {"location": {"latitude": latitude, "longitude": longitude}})

    def sends_contact(self, where: Place, phone: str) -> Message:
        contact = {"phone_number": phone, "first_name": self.first_name, "user_id": self.id}
        return self._sends(where, {"contact": contact})

    def sends_content(self, where: Place, content: dict[str, Any], **details: Any) -> Message:
        """Anything else, in the Bot API's own fields: `{"dice": {"emoji": "🎲", "value": 4}}`."""
        return self._sends(where, content, **details)

    def forwards(self, message: Message, to: Place) -> Message:
        """Forward without hiding who wrote it."""
        origin: dict[str, Any] = {"date": message.date}
        if message.chat.kind == "channel":
            channel = {"chat": message.chat.as_json(), "message_id": message.id}
            origin |= {"type": "channel"} | channel
        elif message.sender_chat is not None:
            origin |= {"type": "chat", "sender_chat": message.sender_chat.as_json()}
        else:
            origin |= {"type": "user", "sender_user": message.sender.as_json() if message.sender else {}}
        return self._sends(to, {**message.content, "forward_origin": origin})

    def edits(self, message: Message, text: str) -> Message:
        """Change one's own message: its text, or its caption if it has no text."""
        with self.world.lock:
            field = "text" if "text" in message.content else "caption"
            for marks in ("entities", "caption_entities"):
                message.content.pop(marks, None)
            message.content |= typed(text, field)
            message.edited_at = int(self.world.clock())
            announce(message, f"edited_{message.kind}")
            return message

    def deletes(self, message: Message) -> None:
        """Gone from every screen; bots are not told about deletions."""
        message.is_deleted = True

    def presses(self, message: Message, button: str, *, stale: bool = False) -> Press:
        """Tap a button, named by label, piece of label or callback data. `stale` sends data that is no longer shown.

        A link to a bot of ours (t.me/bot?start=…) is followed: the person starts that bot.
        """
        with self.world.lock:
            shown = message.button(button)
            if shown is None and not stale:
                raise LookupError(f"{button!r} is not under this message: {message.buttons}")
            shown = shown or {"text": button, "callback_data": button}
            number = str(4_382_000_000_000_000 + self.world.number())
            press = Press(number, message, shown.get("callback_data", ""), self.world.clock())
            if not press.data:
                press.url = str(shown.get("url", ""))
                self._follows(press.url)
                return press
            sender = message.sender
            if not isinstance(sender, BotAccount):
                raise LookupError("only messages of bots have buttons")
            press.bot = sender
            self.world.presses[press.id] = press
            query = {
                "id": press.id,
                "from": self.as_json(),
                "message": message.as_json(),
                "chat_instance": str(-8_000_000_000 + message.chat.id),
                "data": press.data,
            }
            # Queued by person, not by chat: a press and a message in the same chat may swap places.
            lane = self.id + (3 << 33)
            sender.updates.put("callback_query", query, lane, CALLBACK_LIFETIME)
            return press

    def reacts(self, message: Message, emoji: str = "") -> None:
        """Put an emoji on a message, or take it away with ''. Told only to admin bots that asked for reactions."""
        with self.world.lock:
            before = message.reactions.get(self.id, [])
            after = [{"type": "emoji", "emoji": emoji}] if emoji else []
            message.reactions[self.id] = after
            update = {
                "chat": message.chat.as_json(),
                "message_id": message.id,
                "user": self.as_json(),
                "date": int(self.world.clock()),
                "old_reaction": before,
                "new_reaction": after,
            }
            for bot in message.chat.bots:
                if message.chat.kind == "private" or message.chat.member(bot).is_admin:
                    bot.updates.put("message_reaction", update, message.chat.id + (8 << 33))

    def starts(self, bot: BotAccount, payload: str = "") -> Message:
        """Press Start, with the payload of a deep link if there is one."""
        with self.world.lock:
            if self.world.private_chat(bot, self).member(bot).status == "kicked":
                self.unblocks(bot)
            return self.says(bot, f"/start {payload}".strip())

    def blocks(self, bot: BotAccount) -> None:
        change_standing(self.world.private_chat(bot, self), bot, "kicked", by=self)

    def unblocks(self, bot: BotAccount) -> None:
        change_standing(self.world.private_chat(bot, self), bot, "member", by=self)

    def sees(self, where: Place) -> Screen:
        """What is on this person's screen: edits and buttons of now, whispers only if they are the receiver."""
        with self.world.lock:
            if isinstance(where, Topic):
                return where.messages
            chat = self.world.private_chat(where, self) if isinstance(where, BotAccount) else where
            if not chat.member(self).is_inside:
                return Screen()
            whispers = [message for message in chat.whispers.values() if message.receiver is self]
            return Screen(sorted([*chat.messages, *whispers], key=lambda message: message.date))

    def _sends(self, where: Place, content: dict[str, Any], **details: Any) -> Message:
        with self.world.lock:
            chat = self.world.private_chat(where, self) if isinstance(where, BotAccount) else where
            if isinstance(chat, Topic):
                details.setdefault("topic", chat)
                details.setdefault("reply_to", chat.root)  # every message of a topic answers its first one
                chat = chat.chat
            if not chat.member(self).is_inside:
                chat.members[self.id] = Member(self)
            reply = details.get("reply_to")
            if reply is not None and chat.kind == "supergroup" and not details.get("topic"):
                # Outside topics a reply carries the id of the thread's first message, is_topic_message unset.
                details["thread_id"] = reply.thread_id or reply.id
            return self.world.post(chat, self, content, **details)

    def _sends_file(
        self,
        where: Place,
        kind: str,
        content: bytes,
        caption: str,
        name: str = "",
        mime: str = "",
        size: int = 0,
        **details: Any,
    ) -> Message:
        stored = self.world.files.keep(kind, content, name, mime, size)
        return self._sends(where, media_content(self.world.files, stored) | typed(caption, "caption"), **details)

    def _follows(self, url: str) -> None:
        link = urlsplit(url)
        name = link.path.strip("/").lower()
        payload: Sequence[str] = parse_qs(link.query).get("start", [])
        for bot in self.world.bots.values():
            if link.hostname in ("t.me", "telegram.me") and bot.username.lower() == name:
                self.starts(bot, *payload)
