"""Tells every open page what changed, as server-sent events. A page that falls behind is cut off and starts anew."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bot.demo.face import Message

BACKLOG = 200
GATHER_SECONDS = 0.03
"""Changes this close together are told together."""

Told = dict[str, Any]


class Hub:
    """`messages_of` gives a chat as it stands, `budget_of` what may still be said in it where that is counted; only
    what differs from the last telling goes out."""

    def __init__(
        self, messages_of: Callable[[str], list[Message]], budget_of: Callable[[str], Told | None] = lambda _: None
    ) -> None:
        self._messages_of, self._budget_of = messages_of, budget_of
        self._pages: set[asyncio.Queue[str | None]] = set()
        self._told: dict[str, dict[str, str]] = {}
        self._changed: set[str] = set()
        self._telling: asyncio.TimerHandle | None = None

    def change(self, address: str) -> None:
        """A chat looks different now; called from inside the event loop."""
        self._changed.add(address)
        if self._telling is None:
            self._telling = asyncio.get_running_loop().call_later(GATHER_SECONDS, self._tell_changes)

    def tell(self, kind: str, told: Told) -> None:
        """Tell every page."""
        event = event_of(kind, told)
        for page in list(self._pages):
            if page.full():
                self._pages.discard(page)
                page.get_nowait()
                page.put_nowait(None)
            else:
                page.put_nowait(event)

    def forget(self) -> None:
        """Everything is told anew from here on, as the whole state."""
        self._told.clear()
        self._changed.clear()

    def close(self) -> None:
        """Let every page go."""
        for page in list(self._pages):
            self._pages.discard(page)
            if page.full():
                page.get_nowait()
            page.put_nowait(None)

    @contextmanager
    def listen(self) -> Iterator["asyncio.Queue[str | None]"]:
        """Events for one page, from now on; None when it should go."""
        page: asyncio.Queue[str | None] = asyncio.Queue(BACKLOG)
        self._pages.add(page)
        try:
            yield page
        finally:
            self._pages.discard(page)

    def _tell_changes(self) -> None:
        self._telling = None
        changed, self._changed = self._changed, set()
        for address in sorted(changed):
            before = self._told.setdefault(address, {})
            fresh = []
            for message in self._messages_of(address):
                now = json.dumps(message, ensure_ascii=False, sort_keys=True)
                if before.get(message["id"]) != now:
                    before[message["id"]] = now
                    fresh.append(message)
            budget = self._budget_of(address)
            if fresh or budget is not None:
                self.tell("messages", {"chat": address, "messages": fresh, "budget": budget})


def event_of(kind: str, told: Told) -> str:
    """One server-sent event."""
    return f"event: {kind}\ndata: {json.dumps(told, ensure_ascii=False)}\n\n"
