"""WeChat's refusals by number, as `SendFailed`. The numbers are those of its table of global return codes."""

from bot.channels.channel import SendFailed
from bot.channels.refusals import Refusal
from bot.channels.wechat.gateway import STALE, CallFailed

TOKEN_PAUSE = 30.0
"""Seconds before a refused token or address is tried again: an operator may be putting it right just now."""
MINUTE_PAUSE = 60.0
QUOTA_PAUSE = 600.0
"""Seconds to rest when the day's quota is used up: an operator can clear it, and midnight in Beijing does."""
WINDOW = frozenset({45015, 45047, 95001, 95002, 95013})
"""Over 48 hours or unfollowed, too many messages, and WeCom's three for the same: nothing may go until they write."""
NOT_OURS = frozenset({40013, 40125, 41002, 41004, 61024, *STALE})
IP_REFUSED = 40164


def refused(failed: CallFailed) -> SendFailed:
    """What a failed call means for an outbox row."""
    match failed.code:
        case None if failed.http_status is not None:
            return SendFailed(Refusal.SERVER_TROUBLE)
        case None if not failed.is_written:
            return SendFailed(Refusal.UNREACHABLE)
        case None:
            return SendFailed(Refusal.UNANSWERED, unknown=True)
        case code if code in WINDOW:
            return SendFailed(Refusal.CANNOT_WRITE_FIRST, permanent=True)
        case code if code in NOT_OURS:
            return SendFailed(Refusal.TOKEN_REFUSED, retry_after=TOKEN_PAUSE, whole_bot=True)
        case 40164 | 60020:
            return SendFailed(Refusal.ADDRESS_REFUSED, retry_after=TOKEN_PAUSE, whole_bot=True)
        case 45009:
            return SendFailed(Refusal.SLOWED, retry_after=QUOTA_PAUSE, whole_bot=True)
        case 45011 | 45033:  # 45033: too many calls at once
            return SendFailed(Refusal.SLOWED, retry_after=MINUTE_PAUSE, whole_bot=True)
        case 40003 | 40096:
            return SendFailed(Refusal.CHAT_GONE, permanent=True, closes_chat=True)
        case 43004 | 43019 | 50005:
            return SendFailed(Refusal.BLOCKED, permanent=True, closes_chat=True)
        case 95018:  # a colleague has taken the talk over in WeCom; customer service asks whether it has ended
            return SendFailed(Refusal.TAKEN_OVER, permanent=True)
        case 48001 | 48002 | 50001 | 50002 | 95017:
            return SendFailed(Refusal.MAY_NOT_WRITE, permanent=True)
        case 45002 | 40006 | 40009 | 45001 | 45007:
            return SendFailed(Refusal.TOO_BIG, permanent=True)
        case 40004 | 40005 | 40007 | 40008 | 40010:
            return SendFailed(Refusal.UNFIT_FORM, permanent=True)
        case 87014 | 45026:
            return SendFailed(Refusal.WORDS_REFUSED, permanent=True)
        case -1 | 50003:
            return SendFailed(Refusal.SERVER_TROUBLE)
        case code:
            return SendFailed(f"WeChat {code}", permanent=True)


def may_have_arrived(failed: CallFailed) -> bool:
    """Whether it counts as sent, as far as anybody knows."""
    return failed.code is None and failed.is_written and failed.http_status is None
