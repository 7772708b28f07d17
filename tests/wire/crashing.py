"""`lobby run` that kills itself at a chosen point, in a process forked from one that has imported everything.

The points are those a power cut could choose; the program itself knows nothing of them. Imports are most of a start and
tell nothing about power cuts; whatever comes after them, each process does anew.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.context import ForkServerProcess
from typing import Any

from bot.__main__ import main
from bot.channels.bot_api.channel import BotApiChannel
from bot.channels.telegram_duty import TelegramDuty
from bot.channels.telegram_rooms import TelegramRooms
from bot.delivery import Sent
from bot.endings import Endings
from bot.inbox import Inbox
from bot.reception import Reception
from handlers.pushes import daily_digest
from handlers.pushes.table import PUSHES
from storage.unit_of_work import UnitOfWork


class Countdown:
    """Dies the nth time."""

    def __init__(self, nth: int) -> None:
        self.left = nth

    def __call__(self) -> None:
        self.left -= 1
        if self.left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def before(owner: type, method: Callable[..., Any], die: Callable[[], None]) -> None:
    """Die just before a method does its work."""

    def dying(*arguments: Any, **named: Any) -> Any:
        die()
        return method(*arguments, **named)

    setattr(owner, method.__name__, dying)


def after(owner: type, method: Callable[..., Any], die: Callable[[], None]) -> None:
    """Die just after a coroutine method has done its work."""

    async def dying(*arguments: Any, **named: Any) -> Any:
        result = await method(*arguments, **named)
        die()
        return result

    setattr(owner, method.__name__, dying)


def before_the_mark(die: Callable[[], None]) -> None:
    """Die when sends have come back and how they ended is not written."""
    write = Endings.write

    def dying(endings: Endings, unit: UnitOfWork, ended: Sequence[Sent]) -> None:
        if ended:
            die()
        write(endings, unit, ended)

    Endings.write = dying  # type: ignore[method-assign]


def mid_commit(die: Callable[[], None]) -> None:
    """Die when an act has written everything and its batch is not committed."""
    method = Reception.receive

    def dying(*arguments: Any, **named: Any) -> Any:
        outcome = method(*arguments, **named)
        die()
        return outcome

    Reception.receive = dying  # type: ignore[method-assign]


def mid_digest(die: Callable[[], None]) -> None:
    """Die while the digest is being written."""
    fire = PUSHES[daily_digest.KIND].fire

    def dying(*arguments: Any) -> None:
        fire(*arguments)
        die()

    object.__setattr__(PUSHES[daily_digest.KIND], "fire", dying)


POINTS: dict[str, Callable[[Callable[[], None]], None]] = {
    "after get_updates": lambda die: before(Inbox, Inbox.store, die),
    "mid commit": mid_commit,
    "after commit, before the offset": lambda die: after(Inbox, Inbox.store, die),
    "after the offset, before the send": lambda die: before(BotApiChannel, BotApiChannel.send, die),
    "after the send, before its mark": lambda die: after(BotApiChannel, BotApiChannel.send, die),
    "before the mark is written": before_the_mark,
    "mid digest": mid_digest,
}

IMPORTED = (TelegramRooms, TelegramDuty)
"""`lobby run` imports them when its settings name them; here it happens before the fork."""


class Forked:
    """A Lobby of its own process, spoken to like a `subprocess.Popen`."""

    def __init__(self, settings: Mapping[str, str], crash_at: str, after: int) -> None:
        forks = multiprocessing.get_context("forkserver")
        forks.set_forkserver_preload([__name__])
        self._process: ForkServerProcess = forks.Process(target=_run, args=(dict(settings), crash_at, after))
        self._process.start()
        self.kill, self.terminate = self._process.kill, self._process.terminate

    def poll(self) -> int | None:
        """How it ended; None while it runs."""
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int | None:
        """Until it ends; how it did."""
        self._process.join(timeout)
        return self._process.exitcode


def _run(settings: dict[str, str], crash_at: str, after: int) -> None:
    os.environ.clear()
    os.environ.update(settings)
    if crash_at:
        POINTS[crash_at](Countdown(after))
    main(["run"])
