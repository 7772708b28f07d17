"""Telegram's updates on their way in, as raw JSON. They are kept before Telegram hears that we have them.

Neither client library does so: both move the offset, or answer 200, before anything is on disk. `Poller` and
`add_webhook` know no library and no event; reading is the channels' work, later and one update at a time.
"""

from bot.intake.health import IntakeHealth
from bot.intake.polling import Poller
from bot.intake.setting import set_webhook
from bot.intake.webhook import add_webhook

__all__ = ["IntakeHealth", "Poller", "add_webhook", "set_webhook"]
