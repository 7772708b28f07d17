"""What a user would write instead: a bare python-telegram-bot that answers each message with its own text."""

import logging
import sys

from telegram import Update
from telegram.ext import Application, ContextTypes, MessageHandler, filters


async def echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    """Answer with the same words."""
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


def main(api: str, token: str) -> None:
    """Poll until killed."""
    logging.disable(logging.CRITICAL)
    builder = Application.builder().token(token).base_url(f"{api}/bot").base_file_url(f"{api}/file/bot")
    app = builder.build()
    app.add_handler(MessageHandler(filters.TEXT, echo))
    app.run_polling(stop_signals=())


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
