"""python-telegram-bot's errors as `SendFailed`. Beware: its `BadRequest` is a `NetworkError`, so order matters here."""

from collections.abc import Iterator
from contextlib import contextmanager

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.channels.bot_api.answers import refused, unanswered, unreachable
from bot.channels.channel import SendFailed
from bot.channels.telegram_duty.request import NotAnswered, NotWritten


@contextmanager
def told_apart() -> Iterator[None]:
    """Raise `SendFailed` for whatever the library raises, also where it cannot read an answer that came with a 200."""
    try:
        yield
    except TelegramError as error:
        raise _failure(error) from None
    except (KeyError, TypeError, ValueError, AttributeError):
        raise unanswered() from None


def _failure(error: TelegramError) -> SendFailed:
    match error:
        case RetryAfter():
            return refused(429, error.message, retry_after=_seconds(error))
        case ChatMigrated():
            return refused(400, error.message, moved_to=error.new_chat_id)
        case BadRequest():
            return refused(400, error.message)
        case Forbidden():
            return refused(403, error.message)
        case InvalidToken():
            return refused(401, error.message)
        case Conflict():
            return refused(409, error.message)
        case NotWritten():
            return unreachable()
        case NotAnswered() | TimedOut():
            return unanswered()
        case NetworkError():
            # The library keeps no status here: all that is left is 413, 429 without a figure, and 5xx.
            said = error.message.lower()
            status = 413 if "entity too large" in said else 429 if "too many requests" in said else 500
            return refused(status, error.message)
        case _:
            return unanswered()


def _seconds(error: RetryAfter) -> float:
    # A timedelta as this house asks for it, a number if the operator's environment says otherwise.
    wait = error.retry_after
    return float(wait) if isinstance(wait, int | float) else wait.total_seconds()
