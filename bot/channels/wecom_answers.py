"""WeCom's refusals by number, as `SendFailed`. Only numbers of its public table are told apart; others keep theirs."""

from bot.channels.channel import SendFailed
from bot.channels.refusals import Refusal

MAY_HAVE_ARRIVED = -2
"""No number of the platform's: it was written, and nobody answered."""
MINUTE_PAUSE, TOKEN_PAUSE = 60.0, 30.0
BOT_REFUSED = frozenset({40001, 40013, 40014, 41001, 93000})
"""Not this bot, not with this secret, or no such key of a group's robot."""
SLOWED = frozenset({45009, 45033})


def refused(code: int | None) -> SendFailed:
    """What a failed call means for an outbox row; without a code there was no connection."""
    match code:
        case None:
            return SendFailed(Refusal.UNREACHABLE)
        case -2:
            return SendFailed(Refusal.UNANSWERED, unknown=True)
        case -1:
            return SendFailed(Refusal.SERVER_TROUBLE)
        case code if code in SLOWED:
            return SendFailed(Refusal.SLOWED, retry_after=MINUTE_PAUSE)
        case code if code in BOT_REFUSED:
            return SendFailed(Refusal.TOKEN_REFUSED, retry_after=TOKEN_PAUSE, whole_bot=True)
        case 60020:
            return SendFailed(Refusal.ADDRESS_REFUSED, retry_after=TOKEN_PAUSE, whole_bot=True)
        case 40008 | 40035 | 40058 | 44004 | 47001:
            return SendFailed(Refusal.UNFIT_FORM, permanent=True)
        case 45002 | 45001 | 40006 | 40009:
            return SendFailed(Refusal.TOO_BIG, permanent=True)
        case code:
            return SendFailed(f"WeCom {code}", permanent=True)
