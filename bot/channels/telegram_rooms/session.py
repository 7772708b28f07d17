"""aiogram's HTTP session, with timeouts that tell "not written" from "not answered"; it knows a proxy's error page."""

import json
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramServerError
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import InputFile
from aiohttp import BytesPayload, ClientTimeout

from bot.channels.bot_api.limits import CALL, CONNECT


class Session(AiohttpSession):
    """`api` is the Bot API server's address, `patience` how many seconds it may be silent."""

    def __init__(self, api: str, patience: float) -> None:
        super().__init__(api=TelegramAPIServer.from_base(api))
        # aiogram hands it to aiohttp as it is; only aiogram's own poller, not used here, counts with it.
        self.timeout: Any = ClientTimeout(total=CALL, connect=CONNECT, sock_read=patience)

    def build_form_data(self, bot: Bot, method: TelegramMethod[Any]) -> Any:
        """As aiogram does where there are files; else the same fields as JSON, for a third of a form's price."""
        files: dict[str, InputFile] = {}
        fields = {
            key: prepared
            for key, value in method.model_dump(warnings=False, exclude_none=True).items()
            if (prepared := self.prepare_value(value, bot=bot, files=files))
        }
        if files:
            return super().build_form_data(bot, method)
        return BytesPayload(json.dumps(fields).encode(), content_type="application/json")

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        """As aiogram does, but a server's error without JSON is still a server's error, not an unreadable success."""
        if status_code >= 500 and not _is_json(content):
            raise TelegramServerError(method=method, message=f"HTTP {status_code}")
        return super().check_response(bot, method, status_code, content)


def _is_json(content: str) -> bool:
    try:
        return isinstance(json.loads(content), dict)
    except ValueError:
        return False
