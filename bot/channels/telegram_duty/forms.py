"""Wordings as python-telegram-bot's own objects."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity, ReplyParameters

from bot.channels.bot_api.wording import Wording


def bold(wording: Wording) -> list[MessageEntity] | None:
    """The title's stretch, in UTF-16 units."""
    return [MessageEntity("bold", 0, wording.bold)] if wording.bold else None


def keyboard(wording: Wording) -> InlineKeyboardMarkup | None:
    """The buttons under a message."""
    if not wording.keys:
        return None
    return InlineKeyboardMarkup(
        [[InlineKeyboardButton(key.label, callback_data=key.data, url=key.url) for key in row] for row in wording.keys]
    )


def answering(reply_to: str | None) -> ReplyParameters | None:
    """What is answered; if it was deleted meanwhile, the words still go out."""
    return None if reply_to is None else ReplyParameters(int(reply_to), allow_sending_without_reply=True)
