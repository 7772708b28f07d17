"""Duty chats and managers: a second Telegram bot, on python-telegram-bot, which is imported in this folder only."""

from bot.channels.bot_api.channel import BotApiChannel, bot_id
from bot.channels.bot_api.limits import PATIENCE
from bot.channels.telegram_duty.client import PythonTelegramBot


class TelegramDuty(BotApiChannel):
    """The duty bot. `api` is the Bot API server without a slash at the end; `webhook_url` is empty when polling.

    `patience`: seconds for an answer before it counts as unknown whether a message arrived.
    `ValueError` when the token is none.
    """

    def __init__(self, token: str, api: str, *, webhook_url: str = "", patience: float = PATIENCE) -> None:
        account = bot_id(token)
        super().__init__(
            "telegram_duty",
            PythonTelegramBot(token, api, patience),
            account,
            called="the duty bot",
            setting="LOBBY_DUTY",
            # Staff answer cards and give commands, and both reach a bot whose privacy mode is on.
            hears_all=False,
            webhook_url=webhook_url,
        )
