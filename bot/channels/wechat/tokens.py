"""One access token for everybody: fetched once, renewed early, kept where every replica finds it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Protocol

from bot.channels.wechat.gateway import FreshToken

EARLY = 300.0
"""Seconds before its end at which a token is renewed; the platform keeps the old one good that long."""
FORCE_EVERY = 60.0
"""The platform takes a forced refresh twice a minute and 20 times a day, and each kills the others' token."""


@dataclass(frozen=True, slots=True)
class KeptToken:
    """A token, until when we use it, and when a refresh was last forced; both in seconds since 1970."""

    token: str
    until: float
    forced: float = 0.0

    def to_json(self) -> str:
        """As it is kept."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "KeptToken":
        """As it was kept."""
        return cls(**json.loads(text))


class Shelf(Protocol):
    """Where the token is kept for all replicas."""

    async def load_token(self) -> KeptToken | None: ...
    async def save_token(self, token: KeptToken) -> None: ...


@dataclass
class MemoryShelf:
    """For one who only looks, such as `lobby check`."""

    token: KeptToken | None = None

    async def load_token(self) -> KeptToken | None:
        """What was saved."""
        return self.token

    async def save_token(self, token: KeptToken) -> None:
        """For this process alone."""
        self.token = token


class Tokens:
    """Gives the token out. However many ask at once, one fetch is under way."""

    def __init__(self, fetch: Callable[[bool], Awaitable[FreshToken]], now: Callable[[], float]) -> None:
        """`fetch(force)` asks the platform."""
        self.shelf: Shelf = MemoryShelf()
        self._fetch, self._now = fetch, now
        self._known: KeptToken | None = None
        self._lock = asyncio.Lock()

    async def current(self) -> str:
        """A token that should be good, or what `fetch` raises."""
        if self._known is None or self._now() >= self._known.until:
            async with self._lock:
                if self._known is None or self._now() >= self._known.until:
                    kept = await self.shelf.load_token()
                    is_good = kept is not None and self._now() < kept.until
                    self._known = kept if kept is not None and is_good else await self._renew(kept, force=False)
        return self._known.token

    async def renewed(self, stale: str) -> str:
        """A token in place of one that was refused. A refresh is forced only if the platform insists on that very one,
        and no replica has forced one lately; then the stale one is all there is.
        """
        async with self._lock:
            kept = await self.shelf.load_token() or self._known
            if kept is not None and kept.token != stale and self._now() < kept.until:
                self._known = kept
                return kept.token
            self._known = await self._renew(kept, force=False)
            if self._known.token == stale and self._now() - self._known.forced >= FORCE_EVERY:
                self._known = await self._renew(self._known, force=True)
            return self._known.token

    async def _renew(self, before: KeptToken | None, *, force: bool) -> KeptToken:
        fresh = await self._fetch(force)
        forced = self._now() if force else before.forced if before is not None else 0.0
        token = KeptToken(fresh.token, self._now() + max(fresh.seconds - EARLY, EARLY / 5), forced)
        await self.shelf.save_token(token)
        return token
