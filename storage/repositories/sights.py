"""Which tickets a staff chat may look at: the one rule, as SQL for lists and as a question about one ticket."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_

from storage.models import Ticket
from storage.vocabulary import Group, Urgency


@dataclass(frozen=True, slots=True)
class Sight:
    """What one chat may see of its site. Whatever looks tickets up goes through here, and through nothing else."""

    site_id: int
    group: Group | None = None
    """Of one group only what is its own, and emergencies, which concern everybody; None sees every group's."""
    hidden: tuple[int, ...] = ()
    """Tickets about somebody who may read along."""

    def where(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions of a statement over tickets."""
        of_site: tuple[ColumnElement[bool], ...] = (Ticket.site_id == self.site_id,)
        if self.hidden:
            of_site = (*of_site, Ticket.id.not_in(self.hidden))
        if self.group is None:
            return of_site
        return (*of_site, or_(Ticket.group == self.group, Ticket.urgency == Urgency.EMERGENCY))

    def sees(self, ticket: Ticket) -> bool:
        """The same of one ticket."""
        is_theirs = self.group is None or ticket.group is self.group or ticket.urgency is Urgency.EMERGENCY
        return ticket.site_id == self.site_id and is_theirs and ticket.id not in self.hidden
