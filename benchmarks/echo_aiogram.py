"""What a user would write instead: a bare aiogram bot that answers each message with its own text. No database."""

import asyncio
import gc
import sys

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import Message


async def main(api: str, token: str, *, is_tuned: bool) -> None:
    """Poll until killed; `is_tuned` raises the collector's thresholds as Lobby does."""
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    if is_tuned:
        gc.freeze()
        gc.set_threshold(50_000, 20, 100)
    await dispatcher.start_polling(bot, handle_signals=False)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], is_tuned="tuned" in sys.argv))
