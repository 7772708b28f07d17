"""What goes next: chosen from who is first in each line, as each bot and chat has room, and claimed for one worker."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.channels.refusals import Refusal
from bot.delivery import StartBy, is_group
from bot.pacing import Pacer
from handlers import cards, gathering
from storage.repositories.claims import Due, Head, choose
from storage.repositories.companions import Companions
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Lane

LOOK_AHEAD_SECONDS = 0.25
"""How long a look at who is first in line is good for: the most an emergency may wait behind a storm."""
AHEAD = 256
"""Heads of lines remembered from a look."""


class Room(NamedTuple):
    """How many messages each channel may send at a moment, which chats must rest, and who is known to be first."""

    widths: Mapping[str, int]
    resting: Collection[int]
    emergencies_only: Collection[int]
    ahead: Sequence[Head]

    @property
    def is_full(self) -> bool:
        """Whether nothing may go."""
        return not any(width > 0 for width in self.widths.values())


class Claim(NamedTuple):
    """What is ours to send, each until when, and who is next in line, as this look or the one before it told."""

    rows: Sequence[tuple[Due, StartBy]] = ()
    ahead: Sequence[Head] = ()
    has_looked: bool = False


class Claiming:
    """One worker's claims: `room` and `keep` in the event loop, `claim` inside an act, in the writer's thread."""

    def __init__(
        self,
        worker: str,
        pacers: Mapping[str, Pacer],
        lease: timedelta,
        share: int,
        merging: Collection[str] = frozenset(),
    ) -> None:
        """`share` is how many sends a channel may have on the wire, so that a slow bot holds up no other; on channels
        that are `merging`, what waits for a chat goes together.
        """
        self._worker, self._pacers, self._lease, self._share = worker, pacers, lease, share
        self._merging = merging
        self._ahead: Sequence[Head] = ()
        self._looked_at = float("-inf")
        self.may_more_wait = True
        """Whether a channel took all it had room for."""

    def room(self, at: float, busy: Mapping[str, int]) -> Room:
        """What may go now; `busy` is how many sends each channel has on the wire."""
        widths = {name: min(self._share - busy[name], pacer.room(at)) for name, pacer in self._pacers.items()}
        alone: list[int] = []
        emergencies_only: list[int] = []
        for pacer in self._pacers.values():
            resting = pacer.resting(at)
            alone += resting[0]
            emergencies_only += resting[1]
        return Room(widths, alone, emergencies_only, self._ahead if at - self._looked_at < LOOK_AHEAD_SECONDS else ())

    def claim(self, unit: UnitOfWork, room: Room) -> Claim:
        """Claim as much as there is room for."""
        chosen, ahead = choose(room.ahead, *room[:3])
        must_look = len(chosen) < sum(max(0, width) for width in room.widths.values())
        if must_look:
            slow = {*room.resting, *room.emergencies_only}
            if slow:
                for chat_id in unit.outbox.list_crowded(cards.CARD, Lane.NORMAL, gathering.GATHER_FROM) & slow:
                    gathering.gather(unit, chat_id)
            # Of all channels at once: to find who may go is a walk over what waits, 0.2 µs a row.
            chosen, ahead = choose(unit.outbox.list_heads(unit.now), *room[:3])
        start_by = StartBy.of(unit.now, self._lease)
        unit.claims_what_waits = True
        taken = unit.outbox.take(self._worker, unit.now, unit.now + self._lease, self._with_others(unit, chosen))
        return Claim([(due, start_by) for due in taken], ahead, must_look)

    def _with_others(self, unit: UnitOfWork, chosen: Sequence[Head]) -> Sequence[Head]:
        if not any(head.channel in self._merging for head in chosen):
            return chosen
        companions = Companions(unit.session)
        with_others: list[Head] = []
        for head in chosen:
            with_others.append(head)
            if head.channel in self._merging:
                with_others += companions.list_for(head, unit.now)
        return with_others

    def keep(self, claim: Claim, room: Room, at: float) -> None:
        """After the commit: what was claimed counts as said, and who is next is known for a while."""
        taken = Counter(due.channel for due, _ in claim.rows)
        self.may_more_wait = any(taken[name] >= width for name, width in room.widths.items())
        self._ahead = claim.ahead
        if claim.has_looked:
            self._looked_at = at
            self._ahead = claim.ahead[:AHEAD]
        for due, _ in claim.rows:
            self._pacers[due.channel].said(due.chat_id, is_group=is_group(due), at=at)

    def keep_orders(self, slowed: Iterable[tuple[str, int, str, datetime]], now: datetime, at: float) -> None:
        """The platform's "not before" stands on the rows it refused, so it outlives whoever heard it."""
        for channel, chat_id, reason, until in slowed:
            pacer, rest = self._pacers.get(channel), at + (until - now).total_seconds()
            if pacer is not None and reason == Refusal.BOT_SLOWED:
                pacer.rest_all(rest)
            elif pacer is not None:
                pacer.rest(chat_id, rest)
