"""aiogram's errors as `SendFailed`."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)
from aiohttp import ClientConnectorError, ConnectionTimeoutError, InvalidURL

from bot.channels.bot_api.answers import refused, unanswered, unreachable
from bot.channels.channel import SendFailed

_STATUS: dict[type[TelegramAPIError], int] = {
    TelegramBadRequest: 400,
    TelegramUnauthorizedError: 401,
    TelegramForbiddenError: 403,
    TelegramNotFound: 404,
    TelegramConflictError: 409,
    TelegramEntityTooLarge: 413,
}
_BEFORE_WRITING = (ClientConnectorError, ConnectionTimeoutError, InvalidURL)


@contextmanager
def told_apart() -> Iterator[None]:
    """Raise `SendFailed` for whatever aiogram raises; the original is dropped, for its cause may quote the token."""
    try:
        yield
    except AiogramError as error:
        raise _failure(error) from None


def _failure(error: AiogramError) -> SendFailed:
    match error:
        case TelegramRetryAfter():
            return refused(429, error.message, retry_after=error.retry_after)
        case TelegramMigrateToChat():
            return refused(400, error.message, moved_to=error.migrate_to_chat_id)
        case TelegramEntityTooLarge():
            return refused(413, error.message)
        case TelegramNetworkError():
            return unreachable() if isinstance(error.__cause__, _BEFORE_WRITING) else unanswered()
        case TelegramAPIError():
            return refused(_STATUS.get(type(error), 500), error.message)
        case ClientDecodeError(data=str()):
            return unanswered()
        case ClientDecodeError(data={"error_code": int(status), "description": str(description)}):
            return refused(status, description)
        case _:
            return unanswered()
