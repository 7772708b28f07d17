"""Cards somebody has just tapped: for five seconds such a card, and no other, can be changed where it stands."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from bot.channels.wecom_duty.reading import Tap

CHANGES_FOR = 4.5
"""Seconds; WeCom gives five from the tap on."""
Answer = Callable[[dict[str, Any]], Awaitable[bool]]


class Tapped:
    """One tap, until it is answered. `answer` sends the changed card and tells whether that was in time."""

    def __init__(self, tap: Tap, tap_id: str, address: str, answer: Answer) -> None:
        self.task_id, self.tap_id, self.address = tap.task_id, tap_id, address
        self.answer = answer
        self.is_changed = asyncio.Event()
        self.until = time.monotonic() + CHANGES_FOR


class Taps:
    """The taps of the last seconds, by the message they were made under; of several under one, the newest counts."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, str], Tapped] = {}

    def note(self, tap: Tap, tap_id: str, address: str, answer: Answer) -> None:
        """Somebody has tapped."""
        now = time.monotonic()
        self._open = {where: each for where, each in self._open.items() if each.until > now}
        if tap.task_id:
            self._open[address, tap.prefix] = Tapped(tap, tap_id, address, answer)

    def is_open(self, address: str, prefix: str) -> bool:
        """Whether this message may be changed where it stands."""
        tapped = self._open.get((address, prefix))
        return tapped is not None and tapped.until > time.monotonic()

    def take(self, address: str, prefix: str) -> Tapped | None:
        """The tap that lets this message be changed; it is used up by that."""
        return self._open.pop((address, prefix)) if self.is_open(address, prefix) else None

    def find(self, tap_id: str) -> Tapped | None:
        """A tap that has not been used up."""
        return next((each for each in self._open.values() if each.tap_id == tap_id), None)
