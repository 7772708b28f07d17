"""Tenants' groups and private chats: a Telegram bot on aiogram. aiogram is imported in this folder only."""

from bot.channels.bot_api.channel import BotApiChannel, bot_id
from bot.channels.bot_api.limits import PATIENCE
from bot.channels.telegram_rooms.client import Aiogram


class TelegramRooms(BotApiChannel):
    """The tenants' bot. `api` is the Bot API server without a slash at the end; `webhook_url` is empty when polling.

    `patience`: seconds for an answer before it counts as unknown whether a message arrived.
    `ValueError` when the token is none.
    """

    def __init__(self, token: str, api: str, *, webhook_url: str = "", patience: float = PATIENCE) -> None:
        account = bot_id(token)
        super().__init__(
            "telegram_rooms",
            Aiogram(token, api, patience),
            account,
            called="the tenants' bot",
            setting="LOBBY_ROOMS",
            hears_all=True,
            webhook_url=webhook_url,
        )
