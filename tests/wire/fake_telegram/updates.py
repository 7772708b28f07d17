"""What a bot has not yet confirmed: one queue per bot, read by `polling.py` or carried away by `webhook.py`.

Rules from tdlib's TQueue and from Client.cpp: an offset confirms everything below it, a negative one keeps
only the newest, and an update that nobody took in time is gone for good.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.wire.fake_telegram.clock import Clock

DAY = 86_400.0
CALLBACK_LIFETIME = 150.0
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
FUTURE = 10  # an offset further ahead than this is taken for a mistake and ignored


@dataclass(eq=False, slots=True)
class Waiting:
    """One update in the queue. `lane` is what the webhook keeps in order: a chat, or the person who pressed."""

    id: int
    lane: int
    body: dict[str, Any]
    expires_at: float
    fails: int = 0
    delay: float = 1.0

    def as_json(self) -> dict[str, Any]:
        return {"update_id": self.id, **self.body}


class UpdateQueue:
    def __init__(self, clock: Clock, first_id: int) -> None:
        self._clock = clock
        self._next_id = first_id
        self._waiting: deque[Waiting] = deque()
        self.allowed: frozenset[str] | None = None  # None: everything but NOT_BY_DEFAULT
        self.listeners: list[Callable[[Waiting], None]] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def wants(self, kind: str) -> bool:
        return kind not in NOT_BY_DEFAULT if self.allowed is None else kind in self.allowed

    def allow(self, kinds: Any) -> None:
        """`allowed_updates` as received: absent keeps the earlier choice, an empty list is the default set."""
        if isinstance(kinds, list):
            self.allowed = frozenset(str(kind) for kind in kinds) or None

    def put(self, kind: str, payload: dict[str, Any], lane: int, lifetime: float = DAY) -> None:
        if self.wants(kind):
            self.put_raw({kind: payload}, lane, lifetime)

    def put_raw(self, body: dict[str, Any], lane: int = 0, lifetime: float = DAY) -> int:
        """Whatever the test wants to send, unfiltered. An `update_id` in `body` wins over our own counter."""
        waiting = Waiting(self._next_id, lane, body, self._clock() + lifetime)
        self._next_id += 1
        self._waiting.append(waiting)
        for listener in tuple(self.listeners):
            listener(waiting)
        return int(body.get("update_id", waiting.id))

    def take(self, offset: int, limit: int) -> list[dict[str, Any]]:
        """Confirm what lies below `offset`, then show up to `limit` updates from there on."""
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
        if 0 < offset <= self._next_id + FUTURE:
            while self._waiting and self._waiting[0].id < offset:
                self._waiting.popleft()
        self._drop_expired()
        return [waiting.as_json() for _, waiting in zip(range(limit), self._waiting, strict=False)]

    def waiting(self) -> list[Waiting]:
        self._drop_expired()
        return list(self._waiting)

    def drop(self, done: Waiting) -> None:
        if done in self._waiting:
            self._waiting.remove(done)

    def clear(self) -> None:
        self._waiting.clear()

    def _drop_expired(self) -> None:
        now = self._clock()
        if any(waiting.expires_at <= now for waiting in self._waiting):
            self._waiting = deque(waiting for waiting in self._waiting if waiting.expires_at > now)
