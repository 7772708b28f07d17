"""getUpdates, with the real server's patience and its refusals. Called by `http.py`, since only it can wait."""

import asyncio

from tests.wire.fake_telegram.accounts import BotAccount, LongPoll
from tests.wire.fake_telegram.arguments import Arguments
from tests.wire.fake_telegram.refusals import OTHER_POLLER, WEBHOOK_IS_SET, WEBHOOK_TOOK_OVER, Refused, conflict
from tests.wire.fake_telegram.world import World

LONGEST_POLL = 50
CONFLICT_PAUSE = 3.0


async def get_updates(world: World, bot: BotAccount, arguments: Arguments) -> list[dict[str, object]]:
    offset = arguments.number("offset")
    limit = arguments.number("limit", 100, 1, 100)
    timeout = arguments.number("timeout", 0, 0, LONGEST_POLL)
    loop = asyncio.get_running_loop()
    with world.lock:
        if bot.webhook is not None:
            refusal = WEBHOOK_IS_SET
        else:
            refusal = ""
            bot.updates.allow(arguments.parsed("allowed_updates"))
            timeout, limit = _slowed_down(bot, offset, timeout, limit, loop.time())
            batch = bot.updates.take(offset, limit)
            if batch or timeout == 0:
                return batch
            abort_poll(bot, OTHER_POLLER)
            poll = bot.poll = LongPoll(asyncio.Event(), loop)
            bot.updates.listeners.append(poll.wake)
    if refusal:
        raise await _refused_in_time(bot, refusal)
    try:
        await asyncio.wait_for(poll.woken.wait(), timeout)
    except TimeoutError:
        pass
    finally:
        bot.updates.listeners.remove(poll.wake)
        if bot.poll is poll:
            bot.poll = None
    if poll.conflict:
        raise await _refused_in_time(bot, poll.conflict)
    with world.lock:
        return bot.updates.take(offset, limit)


def abort_poll(bot: BotAccount, why: str = WEBHOOK_TOOK_OVER) -> None:
    """End the waiting getUpdates with 409: the newer call wins, the older one is told."""
    if bot.poll is not None:
        bot.poll.conflict = why
        bot.poll.wake()
        bot.poll = None


def _slowed_down(bot: BotAccount, offset: int, timeout: int, limit: int, now: float) -> tuple[int, int]:
    """A bot that asks again and again with one offset is made to wait, and gets one update at a time."""
    if offset == bot.last_offset:
        if timeout < 3 and now < bot.last_poll_at + 3.0:
            timeout = 3
        if now < bot.last_poll_at + 0.5:
            limit = 1
    bot.last_offset, bot.last_poll_at = offset, now
    return timeout, limit


async def _refused_in_time(bot: BotAccount, why: str) -> Refused:
    """The first conflict is told at once; those that follow within three seconds are held three seconds."""
    now = asyncio.get_running_loop().time()
    if now < bot.next_conflict_at:
        await asyncio.sleep(CONFLICT_PAUSE)
    else:
        bot.next_conflict_at = now + CONFLICT_PAUSE
    return conflict(why)
