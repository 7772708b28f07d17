"""The lobby, the lift, on a site of several buildings, and nobody has said of which: asked once, in private."""

from handlers import cards, keeping
from handlers.answering import answer
from handlers.hearing import Heard
from handlers.notifications.to_duty import Toast, ToastKind
from handlers.notifications.to_tenant import BuildingChoice, NoSuchBuilding, Noted, WhichBuilding
from handlers.scene import Outcome, Scene
from handlers.speaking import change, tell
from handlers.understanding.reading import read
from handlers.understanding.spots import is_of_a_building
from storage.models import Asking, Chat, OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AskingKind, AskingState, Disposition, Kind, Urgency

MOST = 12
"""Buildings as buttons; of more the name is written."""


def is_wanted(unit: UnitOfWork, ticket: Ticket) -> bool:
    """Whether whoever goes there would have to look in every building. In an emergency nothing is asked here."""
    if ticket.building_id is not None or ticket.incident_id is not None:
        return False
    if ticket.unit is not None:
        return is_missing(unit, ticket)
    if ticket.place is not None:
        return False
    if ticket.urgency is Urgency.EMERGENCY or ticket.kind not in (Kind.REPAIR, Kind.COMPLAINT):
        return False
    return is_of_a_building(ticket.words) and len(unit.sites.list_buildings(ticket.site_id)) > 1


def is_missing(unit: UnitOfWork, ticket: Ticket) -> bool:
    """Whether a room is told that each of several buildings may have, and it has not been asked in which."""
    if ticket.building_id is not None or ticket.unit is None or ticket.urgency is Urgency.EMERGENCY:
        return False
    asked = unit.outbox.list_messages(ticket.id, WhichBuilding.__name__)
    return not asked and len(unit.sites.list_buildings(ticket.site_id)) > 1


def tell_unknown(heard: Heard, scene: Scene, ticket: Ticket) -> bool:
    """A building that is not one of the site's: said once and asked again. False where there is none such."""
    buildings = scene.unit.sites.list_buildings(scene.site.id)
    named = read(heard.event.text).place.building if heard.reading.place.building is None else None
    if named is None or not buildings or scene.unit.outbox.list_messages(ticket.id, NoSuchBuilding.__name__):
        return False
    names = tuple(each.name for each in buildings) if len(buildings) <= MOST else ()
    keeping.write(heard, scene, ticket)
    answer(heard, scene, NoSuchBuilding(ticket.number, named.removesuffix("栋"), names), ticket)
    return True


def ask(scene: Scene, ticket: Ticket, private: Chat) -> None:
    """One question; a name written instead of a tap answers it as well."""
    unit, person_id = scene.unit, ticket.reporter_id
    buildings = unit.sites.list_buildings(ticket.site_id)
    choices = tuple(BuildingChoice(each.id, each.name) for each in buildings) if len(buildings) <= MOST else ()
    said, key = WhichBuilding(ticket.number, choices), f"which_building:{ticket.id}"
    asked = tell(unit, private, said, ticket.language, ticket_id=ticket.id, person_id=person_id, key=key, needs_id=True)
    if asked is not None:
        asking = Asking(
            kind=AskingKind.WHICH_UNIT,
            chat_id=private.id,
            person_id=person_id,
            asked_at=scene.now,
            ticket_id=ticket.id,
        )
        unit.askings.add(asking)


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """The building it is in."""
    if verb != "building" or row.ticket_id is None:
        return None
    unit, ticket = scene.unit, scene.unit.tickets.get(row.ticket_id)
    building = unit.sites.find_building(int(choice))
    if building is None or building.site_id != ticket.site_id:
        return None
    for asking in unit.askings.list_open_by_ticket(ticket.id):
        asking.end(AskingState.ANSWERED, scene.now)
    if ticket.building_id is None:
        ticket.building_id = building.id
        cards.refresh(unit, ticket)
    change(unit, row.id, Noted(ticket.number), row.language)
    toast = Toast(ToastKind.RECORDED, ticket.number)
    return Outcome(Disposition.ANSWERED, ticket.id, toast=toast, language=row.language)
