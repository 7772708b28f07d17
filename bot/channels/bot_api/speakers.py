"""Who speaks and where: Telegram's accounts and chats as the desk's `Speaker` and `Where`."""

from bot.channels.bot_api.limits import ANONYMOUS_ADMIN, SERVICE_ACCOUNT
from bot.channels.bot_api.shapes import Account, Chat, Message
from bot.channels.text import clean_name
from handlers.events import Speaker, SpeakerKind, Where


def where_of(channel: str, chat: Chat) -> Where:
    """The chat; a private one has its person's name for a title."""
    title = chat.title or _full(chat.first_name, chat.last_name)
    return Where(channel, str(chat.id), chat.type == "private", clean_name(title), bool(chat.is_forum))


def speaker_of(account: Account) -> Speaker:
    """A person, or what only looks like one."""
    kind = SpeakerKind.PERSON
    if account.id == SERVICE_ACCOUNT:
        kind = SpeakerKind.SERVICE
    elif account.id == ANONYMOUS_ADMIN:
        kind = SpeakerKind.ANONYMOUS_ADMIN
    elif account.is_bot:
        kind = SpeakerKind.BOT
    name = clean_name(_full(account.first_name, account.last_name)) or clean_name(account.username or "")
    return Speaker(str(account.id), name or str(account.id), kind, account.language_code)


def author_of(message: Message) -> Speaker | None:
    """Who wrote a message: a chat that signs for its people hides which of them it was."""
    voice = message.sender_chat
    if voice is not None:
        hidden = voice.id == message.chat.id and not message.is_automatic_forward
        kind = SpeakerKind.ANONYMOUS_ADMIN if hidden else SpeakerKind.CHANNEL
        return Speaker(str(voice.id), clean_name(voice.title or "") or str(voice.id), kind)
    if message.from_user is None:
        return None
    return speaker_of(message.from_user)


def _full(first: str | None, last: str | None) -> str:
    return f"{first or ''} {last or ''}".strip()
