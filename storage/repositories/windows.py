"""Who may be written to, for how long and how often, where a platform counts; and what waits for them to speak."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from storage.models import Window
from storage.models.base import table_of
from storage.prepared import Prepared, wire

KEPT_FOR = timedelta(days=30)
"""After it has shut. What waits for somebody who is silent for longer is told by their ticket, not by this."""
# What nearly every message does; where it changes nothing, the long way is taken.
_REOPEN = Prepared(
    update(table_of(Window))
    .where(
        Window.channel == bindparam("of_channel"),
        Window.address == bindparam("of_address"),
        Window.refused_at.is_(None),
        Window.shuts_at <= bindparam("until"),
    )
    .values(shuts_at=bindparam("until"), allowed=bindparam("most"), spent=0, nudged_at=None)
)


@dataclass
class Windows:
    """One row for each account that ever spoke on such a channel."""

    session: Session

    def find(self, channel: str, address: str) -> Window | None:
        """The window of an account that has spoken."""
        return self.session.scalar(select(Window).where(Window.channel == channel, Window.address == address))

    def open(self, channel: str, address: str, allowed: int, shuts_at: datetime, now: datetime) -> bool:
        """The person spoke or tapped, which lets us send so many until then; True when something waited for that.

        What a lesser sign allows never takes away what a message has allowed, and what was said too long ago allows
        nothing.
        """
        if shuts_at <= now:
            return False
        given = {"of_channel": channel, "of_address": address, "until": shuts_at, "most": allowed}
        if _REOPEN.change(wire(self.session), given):
            return False
        window = self.find(channel, address)
        if window is None:
            self.session.add(Window(channel=channel, address=address, shuts_at=shuts_at, allowed=allowed))
            self.session.flush()
            self._end_before(now - KEPT_FOR)
            return False
        if shuts_at >= window.shuts_at or window.left(now) == 0:
            window.shuts_at, window.allowed, window.spent = shuts_at, allowed, 0
        has_waited = window.refused_at is not None
        window.refused_at = window.nudged_at = None
        return has_waited

    def spend(self, channel: str, address: str, now: datetime, *, count: int = 1, keep: int = 0) -> bool:
        """Take leave for `count` messages where `keep` are left for later; a refusal is remembered."""
        window = self.find(channel, address)
        if window is not None and window.left(now) - count >= keep:
            window.spent += count
            return True
        if window is None:
            window = Window(channel=channel, address=address, shuts_at=now, allowed=0)
            self.session.add(window)
        window.refused_at = window.refused_at or now
        return False

    def give_back(self, channel: str, address: str, count: int = 1) -> None:
        """These never went out."""
        window = self.find(channel, address)
        if window is not None:
            window.spent = max(0, window.spent - count)

    def shut(self, channel: str, address: str, now: datetime) -> None:
        """The platform itself says that nothing more may go; it knows better than we do."""
        window = self.find(channel, address)
        if window is None:
            window = Window(channel=channel, address=address, shuts_at=now, allowed=0)
            self.session.add(window)
        window.spent, window.refused_at = window.allowed, window.refused_at or now

    def nudge(self, channel: str, address: str, now: datetime) -> bool:
        """Whether nobody has told this person yet that something waits; from now on somebody has."""
        window = self.find(channel, address)
        if window is None or window.nudged_at is not None:
            return False
        window.nudged_at = now
        return True

    def _end_before(self, when: datetime) -> None:
        """Whoever is new makes room: nobody has come back through these for long."""
        self.session.execute(delete(Window).where(Window.shuts_at < when))
