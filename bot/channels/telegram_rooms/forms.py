"""Wordings and parcels as aiogram's own objects."""

from typing import Any

from aiogram.methods import (
    SendDocument,
    SendLocation,
    SendPhoto,
    SendSticker,
    SendVenue,
    SendVideo,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import (
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    MessageEntity,
    ReplyParameters,
)

from bot.channels.bot_api.wording import Parcel, Wording


def bold(wording: Wording) -> list[MessageEntity] | None:
    """The title's stretch, in UTF-16 units."""
    return [MessageEntity(type="bold", offset=0, length=wording.bold)] if wording.bold else None


def keyboard(wording: Wording) -> InlineKeyboardMarkup | None:
    """The buttons under a message."""
    if not wording.keys:
        return None
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text=key.label, callback_data=key.data, url=key.url) for key in row]
            for row in wording.keys
        ]
    )


def answering(reply_to: str | None) -> ReplyParameters | None:
    """What is answered; if it was deleted meanwhile, the words still go out."""
    if reply_to is None:
        return None
    return ReplyParameters(message_id=int(reply_to), allow_sending_without_reply=True)


def thread_of(topic: str | None) -> int | None:
    """A topic as Telegram names it."""
    return None if topic is None else int(topic)


def method_for(
    address: str, parcel: Parcel, wording: Wording, reply_to: str | None, topic: str | None
) -> TelegramMethod[Message]:
    """The call that sends this parcel."""
    common: dict[str, Any] = {
        "chat_id": address,
        "message_thread_id": thread_of(topic),
        "reply_parameters": answering(reply_to),
        "reply_markup": keyboard(wording),
    }
    if parcel.method in ("location", "venue"):
        common |= {"latitude": parcel.latitude, "longitude": parcel.longitude}
        if parcel.method == "location":
            return SendLocation(**common)
        title, _, rest = wording.text.partition("\n")
        return SendVenue(**common, title=title, address=rest or title)
    file = BufferedInputFile(parcel.content, parcel.name)
    if parcel.method == "sticker":
        return SendSticker(**common, sticker=file)
    common |= {"caption": wording.text or None, "caption_entities": bold(wording), "parse_mode": None}
    match parcel.method:
        case "photo":
            return SendPhoto(**common, photo=file)
        case "video":
            return SendVideo(**common, video=file)
        case "voice":
            return SendVoice(**common, voice=file)
        case _:
            return SendDocument(**common, document=file)
