"""To whom something is said: commands, mentions and replies, and the links that bring a person to us."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.bot_api.shapes import Entity, Message
from handlers.events import Command

_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@([A-Za-z0-9_]{1,64}))?(?:\s+(.*))?\s*", re.DOTALL)
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Self:
    """Our own bot. The name is unknown until Telegram has answered once."""

    id: int
    username: str | None = None

    def is_named(self, name: str) -> bool:
        """Whether `@name` is us. While we do not know our name, any bot's name may be ours; only bots' names end so."""
        if self.username is None:
            return name.lower().endswith("bot")
        return name.lower() == self.username.lower()


def command_in(text: str, me: Self) -> tuple[Command | None, bool]:
    """The command to us, if the text is one, and whether it is a command to another bot."""
    match = _COMMAND.fullmatch(text)
    if match is None:
        return None, False
    name, addressee, argument = match.groups()
    if addressee and not me.is_named(addressee):
        return None, True
    return Command(name.lower(), (argument or "").strip()), False


def replied_to(message: Message) -> Message | None:
    """The message this one answers. In a forum topic every message formally answers the topic's first: that is none."""
    reply = message.reply_to_message
    if reply is not None and message.is_topic_message and reply.message_id == message.message_thread_id:
        return None
    return reply


def is_to_another(message: Message, reply: Message | None, me: Self) -> bool:
    """Whether a message in a group answers or names somebody else, and not us as well."""
    if message.chat.type == "private":
        return False
    others = False
    for is_us in _named(message, me):
        if is_us:
            return False
        others = True
    if reply is None or reply.is_automatic_forward or reply.from_user is None:
        return others
    if reply.from_user.id == me.id:
        return False
    is_oneself = message.from_user is not None and reply.from_user.id == message.from_user.id
    return others or not is_oneself


def deep_link(username: str | None, payload: str) -> str | None:
    """`https://t.me/name?start=payload`, or None: our name is unknown yet, or Telegram would not carry that."""
    if username is None or _PAYLOAD.fullmatch(payload) is None:
        return None
    return f"https://t.me/{username}?start={payload}"


def _named(message: Message, me: Self) -> list[bool]:
    """For each account the message names, whether it is us."""
    text = message.text or message.caption or ""
    entities: Sequence[Entity] = message.entities or message.caption_entities or ()
    named: list[bool] = []
    for entity in entities:
        if entity.type == "text_mention" and entity.user is not None:
            named.append(entity.user.id == me.id)
        elif entity.type == "mention":
            named.append(me.is_named(_stretch(text, entity).lstrip("@")))
    return named


def _stretch(text: str, entity: Entity) -> str:
    units = text.encode("utf-16-le", "surrogatepass")
    return units[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le", "ignore")
