"""What the bots asked of the far end. Tests read it; a lean log (benches) keeps only methods and times."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(eq=False, slots=True)
class Call:
    """`status` is the HTTP status given back, 0 while the call is open or when no answer was ever sent.

    `was_done` says whether the work happened, which a broken connection hides from the caller.
    """

    bot: str
    method: str
    values: dict[str, Any]
    at: float
    chat_id: str = ""
    uploads: tuple[str, ...] = ()
    status: int = 0
    description: str = ""
    was_done: bool = False
    fault: str = ""

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}


class CallLog:
    def __init__(self, lean: bool = False) -> None:
        self.lean = lean
        self.happened = threading.Condition()
        self.clear()

    def clear(self) -> None:
        self._calls: list[Call] = []
        self.counts: Counter[str] = Counter()
        self.times: dict[str, list[float]] = {}

    def __iter__(self) -> Iterator[Call]:
        return iter(tuple(self._calls))

    def open(self, call: Call) -> Call:
        if not self.lean:
            self._calls.append(call)
        return call

    def close(self, call: Call) -> None:
        """The call is over: count it if its work was done, and wake whoever waits for something to happen."""
        if call.was_done:
            self.counts[call.method.lower()] += 1
            if self.lean:
                self.times.setdefault(call.method.lower(), []).append(time.monotonic())
        with self.happened:
            self.happened.notify_all()

    def of(self, method: str = "", *, chat_id: int | None = None, bot: str = "") -> list[Call]:
        """Calls in the order they came, filtered by what is given."""
        return [
            call
            for call in self
            if (not method or call.method.lower() == method.lower())
            and (chat_id is None or call.chat_id == str(chat_id))
            and (not bot or call.bot == bot)
        ]
