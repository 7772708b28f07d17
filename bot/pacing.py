"""How fast we may speak: one message a second to a chat, twenty a minute to a group, thirty a second from a bot.

Emergencies may use what is kept back for them. Times are the event loop's, so moving the clock changes nothing.
"""

from collections import deque
from dataclasses import dataclass, field

from bot.channels.channel import Pace

MINUTE = 60.0
KEPT_FOR_EMERGENCIES = 6
"""Messages of a group's minute that only an emergency may use."""


@dataclass
class _Told:
    times: deque[float] = field(default_factory=deque)
    is_group: bool = False
    rest_until: float = 0.0

    def forget(self, at: float) -> None:
        """What was said more than a minute ago counts no more."""
        while self.times and self.times[0] <= at - MINUTE:
            self.times.popleft()


class Pacer:
    """One bot's memory of what it said lately, and when the platform wants to hear it again."""

    def __init__(self, pace: Pace) -> None:
        self.pace = pace
        self._chats: dict[int, _Told] = {}
        self._watched: set[int] = set()
        """Chats that may have to wait; of all others nothing need be asked."""
        self._second: deque[float] = deque()
        self._rest_until = 0.0
        self._swept = 0.0

    def said(self, chat_id: int, *, is_group: bool, at: float) -> None:
        """A message goes out now."""
        told = self._chats.setdefault(chat_id, _Told())
        told.is_group = is_group
        told.forget(at)
        told.times.append(at)
        self._second.append(at)
        if self._is_full(told) or self._is_slow(told, at):
            self._watched.add(chat_id)

    def rest(self, chat_id: int, until: float) -> None:
        """The platform wants nothing for this chat before then."""
        told = self._chats.setdefault(chat_id, _Told())
        told.rest_until = max(told.rest_until, until)
        self._watched.add(chat_id)

    def rest_all(self, until: float) -> None:
        """The platform wants nothing from this bot before then."""
        self._rest_until = max(self._rest_until, until)

    def rest_left(self, chat_id: int, at: float) -> float:
        """For how many seconds yet the platform wants nothing from this bot, or nothing for this chat."""
        told = self._chats.get(chat_id)
        return max(self._rest_until, told.rest_until if told else 0.0) - at

    def room(self, at: float) -> int:
        """How many messages the bot may send right now."""
        if at < self._rest_until:
            return 0
        while self._second and self._second[0] <= at - 1.0:
            self._second.popleft()
        return max(0, self.pace.per_second - len(self._second))

    def resting(self, at: float) -> tuple[list[int], list[int]]:
        """Chats to leave alone, and chats only an emergency may be sent to."""
        alone: list[int] = []
        emergencies_only: list[int] = []
        for chat_id in list(self._watched):
            told = self._chats[chat_id]
            told.forget(at)
            if told.rest_until > at or self._is_full(told):
                alone.append(chat_id)
            elif self._is_slow(told, at):
                emergencies_only.append(chat_id)
            else:
                self._watched.discard(chat_id)
        if at - self._swept >= MINUTE:
            self._sweep(at)
        return alone, emergencies_only

    def _sweep(self, at: float) -> None:
        """Forget chats nothing was said in for a minute."""
        self._swept = at
        for chat_id, told in list(self._chats.items()):
            told.forget(at)
            if not told.times and chat_id not in self._watched:
                del self._chats[chat_id]

    def _is_full(self, told: _Told) -> bool:
        return told.is_group and len(told.times) >= self.pace.per_group_minute

    def _is_slow(self, told: _Told, at: float) -> bool:
        if told.times and at - told.times[-1] < self.pace.per_chat_seconds:
            return True
        return told.is_group and len(told.times) >= max(1, self.pace.per_group_minute - KEPT_FOR_EMERGENCIES)
