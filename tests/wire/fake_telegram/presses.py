"""A tap on an inline button, and what the bot answered to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.wire.fake_telegram.accounts import BotAccount
    from tests.wire.fake_telegram.messages import Message


@dataclass(frozen=True, slots=True)
class Toast:
    """What answerCallbackQuery showed: empty text means the little clock just went away."""

    text: str
    is_alert: bool
    url: str


@dataclass(eq=False, slots=True)
class Press:
    """`toast` stays None until the bot answers; a URL button has `url` and no callback query at all."""

    id: str
    message: Message
    data: str
    at: float
    bot: BotAccount | None = None
    url: str = ""
    toast: Toast | None = None
