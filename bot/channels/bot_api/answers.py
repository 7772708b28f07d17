"""The Bot API's refusals by status and sentence, as `SendFailed`. The sentences are tdlib/telegram-bot-api's."""

from collections.abc import Mapping

from bot.channels.channel import SendFailed
from bot.channels.refusals import Refusal
from bot.channels.text import clean, clip

TOKEN_PAUSE = 30.0
"""Seconds before a refused token is tried again: an operator may be putting it right just now."""
FLOOD_PAUSE = 5.0
"""Seconds to wait when asked to wait without a figure."""
CHATS_OF_A_FLOOD = 3

_FORBIDDEN: Mapping[str, Refusal] = {
    "blocked by the user": Refusal.BLOCKED,
    "was kicked": Refusal.KICKED,
    "can't initiate conversation": Refusal.CANNOT_WRITE_FIRST,
    "is deactivated": Refusal.DEACTIVATED,
    "was deactivated": Refusal.DEACTIVATED,
    "is deleted": Refusal.DEACTIVATED,
    "not a member": Refusal.NOT_A_MEMBER,
}
_CLOSED: Mapping[str, Refusal] = {
    "chat not found": Refusal.CHAT_GONE,
    "user not found": Refusal.CHAT_GONE,
    "peer_id_invalid": Refusal.CHAT_GONE,
    "chat was deactivated": Refusal.DEACTIVATED,
    "is deactivated": Refusal.DEACTIVATED,
    "channel_private": Refusal.NOT_A_MEMBER,
}
_BAD: Mapping[str, Refusal] = {
    "message is not modified": Refusal.ALREADY_SO,
    "query is too old": Refusal.TAP_EXPIRED,
    "query id is invalid": Refusal.TAP_EXPIRED,
    "message thread not found": Refusal.TOPIC_GONE,
    "topic_closed": Refusal.TOPIC_GONE,
    "topic_deleted": Refusal.TOPIC_GONE,
    "topic_id_invalid": Refusal.TOPIC_GONE,
    "topic_not_modified": Refusal.ALREADY_SO,
    "chat is not a forum": Refusal.NO_TOPICS,
    "not enough rights": Refusal.MAY_NOT_WRITE,
    "have no rights": Refusal.MAY_NOT_WRITE,
    "chat_write_forbidden": Refusal.MAY_NOT_WRITE,
    "message can't be deleted": Refusal.MAY_NOT_DELETE,
    "message to delete not found": Refusal.MESSAGE_GONE,
    "message to edit not found": Refusal.MESSAGE_GONE,
    "message can't be edited": Refusal.MESSAGE_GONE,
    "message to react not found": Refusal.MESSAGE_GONE,
    "message_id_invalid": Refusal.MESSAGE_GONE,
    "too big": Refusal.TOO_BIG,
    "too large": Refusal.TOO_BIG,
    "too long": Refusal.TOO_BIG,
    # What a second try in plain form may get past: marks, links and pictures Telegram will not have.
    "can't parse entities": Refusal.UNFIT_FORM,
    "entity": Refusal.UNFIT_FORM,
    "inline keyboard button url": Refusal.UNFIT_FORM,
    "button_url_invalid": Refusal.UNFIT_FORM,
    "wrong http url": Refusal.UNFIT_FORM,
    "image_process_failed": Refusal.UNFIT_FORM,
    "photo_invalid_dimensions": Refusal.UNFIT_FORM,
    "voice_messages_forbidden": Refusal.UNFIT_FORM,
    "wrong type of the web page content": Refusal.UNFIT_FORM,
}


def refused(
    status: int, description: str, *, retry_after: float | None = None, moved_to: int | None = None
) -> SendFailed:
    """What an answer that is no success means for an outbox row. `retry_after` in seconds."""
    said = description.lower()
    if moved_to is not None:
        return SendFailed(Refusal.MOVED, moved_to=str(moved_to))
    if status == 429 or retry_after is not None:
        return SendFailed(Refusal.SLOWED, retry_after=retry_after or FLOOD_PAUSE)
    if status == 401 or (status == 404 and "method" not in said):
        return SendFailed(Refusal.TOKEN_REFUSED, retry_after=TOKEN_PAUSE, whole_bot=True)
    if status == 403:
        return SendFailed(_find(_FORBIDDEN, said) or Refusal.CHAT_CLOSED, permanent=True, closes_chat=True)
    if status == 413:
        return SendFailed(Refusal.TOO_BIG, permanent=True)
    if status in (400, 404):
        if closed := _find(_CLOSED, said):
            return SendFailed(closed, permanent=True, closes_chat=True)
        return SendFailed(
            _find(_BAD, said) or clip(clean(description.removeprefix("Bad Request: ")), 200), permanent=True
        )
    return SendFailed(Refusal.SERVER_TROUBLE)


def unanswered() -> SendFailed:
    """The request was written and no usable answer came: it may have been delivered, and there is no way to ask."""
    return SendFailed(Refusal.UNANSWERED, unknown=True)


def unreachable() -> SendFailed:
    """No connection, so nothing was written."""
    return SendFailed(Refusal.UNREACHABLE)


class Floods:
    """Tells a bot that must be quiet altogether from one busy chat: the answer itself does not say which it is."""

    def __init__(self) -> None:
        self._chats: set[str] = set()

    def passed(self) -> None:
        """Something was sent, so the bot as a whole may speak."""
        self._chats.clear()

    def is_whole_bot(self, address: str) -> bool:
        """Whether several chats were refused in a row, now that this one is."""
        self._chats.add(address)
        return len(self._chats) >= CHATS_OF_A_FLOOD


def _find(known: Mapping[str, Refusal], said: str) -> Refusal | None:
    return next((refusal for words, refusal in known.items() if words in said), None)
