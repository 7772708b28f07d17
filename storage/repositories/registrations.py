"""Forms that staff are filling in for others."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.models import Registration


@dataclass
class Registrations:
    """Adds forms and finds the one somebody is filling in."""

    session: Session

    def add(self, form: Registration) -> Registration:
        """Save a new form and learn its id."""
        self.session.add(form)
        self.session.flush()
        return form

    def find_open(self, person_id: int, chat_id: int, since: datetime) -> Registration | None:
        """The newest form of a person in a chat that was touched since then."""
        return self.session.scalar(
            select(Registration)
            .where(
                Registration.person_id == person_id,
                Registration.chat_id == chat_id,
                Registration.ended_at.is_(None),
                Registration.touched_at >= since,
            )
            .order_by(Registration.id.desc())
            .limit(1)
        )

    def find_by_message(self, outbox_id: int) -> Registration | None:
        """The form a message of ours shows; looked for only when somebody taps it."""
        return self.session.scalar(select(Registration).where(Registration.outbox_id == outbox_id))
