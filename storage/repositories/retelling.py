"""Tells everything anew in another language, names too: what the demo does when its reader switches."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from storage.models import Building, OutboxRow, Site
from storage.vocabulary import Operation, OutboxState


@dataclass
class Retelling:
    """Finds what stands on a screen and changes the language it will be said in from now on."""

    session: Session

    def find_standing(self, outbox_id: int) -> OutboxRow | None:
        """The row whose words a message shows now: its newest edit, else the row itself."""
        edit = self.session.scalar(
            select(OutboxRow)
            .where(
                OutboxRow.target_id == outbox_id,
                OutboxRow.operation == Operation.EDIT,
                OutboxRow.state == OutboxState.SENT,
            )
            .order_by(OutboxRow.id.desc())
            .limit(1)
        )
        return edit or self.session.get(OutboxRow, outbox_id)

    def list_together(self, chat_id: int, receipt: str) -> Sequence[OutboxRow]:
        """The rows that were said in one message, oldest first."""
        said = select(OutboxRow).where(OutboxRow.chat_id == chat_id, OutboxRow.receipt == receipt)
        return self.session.scalars(said.order_by(OutboxRow.id)).all()

    def speak(self, chat_id: int, language: str) -> None:
        """Everything said in this chat, and what still waits, belongs to this language now."""
        self.session.connection().execute(
            update(OutboxRow).where(OutboxRow.chat_id == chat_id, OutboxRow.language != "").values(language=language)
        )

    def rename_site(self, site_id: int, name: str, language: str, buildings: Sequence[str]) -> None:
        """Give a site and its buildings, in the order they were entered, other names; the old ones stay as aliases."""
        site = self.session.get_one(Site, site_id)
        site.name, site.language = name, language
        found = self.session.scalars(select(Building).where(Building.site_id == site_id).order_by(Building.id))
        for building, new in zip(found.all(), buildings, strict=True):
            known = dict.fromkeys([building.name, *building.aliases])
            building.aliases = [alias for alias in known if alias != new]
            building.name = new
