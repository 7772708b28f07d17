"""The customer desk says that the reporters of two tickets are one tenant, who writes to us in two places."""

import re

from handlers import binding
from handlers.complaints import concerns
from handlers.notifications import Notification
from handlers.notifications.to_duty import TenantsBound, TenantsNotBound, TenantsParted
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from storage.models import Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import COMMAND, ChatRole, Disposition, Group

NAMES = (binding.BIND, binding.UNBIND)
_NUMBER = re.compile(r"#?(\d{1,9})")


def obey(scene: Scene, name: str, argument: str) -> Outcome | None:
    """`/bind 1001 1002` and `/unbind 1002`; None where it is none of this chat's business."""
    if scene.chat.group is not Group.DESK and scene.chat.role is not ChatRole.MANAGER:
        return None
    tickets = [_ticket(scene, number) for number in _NUMBER.findall(argument)]
    known = [ticket for ticket in tickets if ticket is not None]
    said = change(scene.unit, name, known) if len(known) == len(tickets) else None
    tell(scene.unit, scene.chat, said or TenantsNotBound(), scene.language)
    return Outcome(Disposition.ANSWERED if said else Disposition.REFUSED, reason=f"{COMMAND}{name}")


def change(unit: UnitOfWork, name: str, tickets: list[Ticket]) -> Notification | None:
    """What came of it; None where nothing did."""
    match name, tickets:
        case binding.BIND, [first, second]:
            kept, other = unit.people.get(first.reporter_id), unit.people.get(second.reporter_id)
            return TenantsBound(first.number, second.number) if binding.bind(unit, kept, other) else None
        case binding.UNBIND, [ticket]:
            return TenantsParted(ticket.number) if binding.part(unit, unit.people.get(ticket.reporter_id)) else None
    return None


def _ticket(scene: Scene, number: str) -> Ticket | None:
    """A ticket this chat may hear of."""
    ticket = scene.unit.tickets.find_by_number(scene.site.id, int(number))
    return None if ticket is None or concerns.is_hidden(scene.unit, scene.chat, ticket.id) else ticket
