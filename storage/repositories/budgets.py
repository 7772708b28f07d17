"""What may be spent on a day, counted under a name: one row each, which a new day begins anew."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from storage.models import Kept


@dataclass
class Budgets:
    """Spends one at a time; acts come one after another, so none is spent twice."""

    session: Session

    def spend(self, name: str, today: date, most: int) -> bool:
        """Take one of the day's; False, and nothing is written, when all are spent."""
        kept = self.session.get(Kept, name)
        spent = self._spent(kept, today)
        if spent >= most:
            return False
        value = f"{today.isoformat()} {spent + 1}"
        if kept is None:
            self.session.add(Kept(name=name, value=value))
        else:
            kept.value = value
        self.session.flush()
        return True

    def _spent(self, kept: Kept | None, today: date) -> int:
        day, _, count = kept.value.partition(" ") if kept is not None else ("", "", "0")
        return int(count) if day == today.isoformat() else 0
