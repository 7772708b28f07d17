"""Staff set right what the desk has read wrongly: the ticket goes where it belongs, the next like it at once."""

from dataclasses import replace

from handlers import authority, cards, ladder, neighbours, offers, promises
from handlers.complaints import concerns, guarding
from handlers.emergency_numbers import number_for
from handlers.kinds import KINDS
from handlers.notifications.to_duty import Menu, Toast, ToastKind
from handlers.notifications.to_manager import EmergencyPaged
from handlers.notifications.to_tenant import EmergencyReceived
from handlers.pushes import reminding
from handlers.scene import Outcome, Scene
from handlers.speaking import change, tell_reporter
from handlers.steps import Step, enter_by_staff
from handlers.understanding.exemplars import exemplar_form
from handlers.understanding.perils import peril_in
from storage.models import Correction, OutboxRow, Ticket, WrongState
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Aspect, Disposition, Group, Kind, Trade, Urgency

MENUS = {
    "": Menu.CORRECT,
    "kind": Menu.CORRECT_KIND,
    "trade": Menu.CORRECT_TRADE,
    "urgency": Menu.CORRECT_URGENCY,
    "place": Menu.CORRECT_PLACE,
}


def press(scene: Scene, row: OutboxRow, ticket: Ticket, choice: str) -> Outcome | None:
    """Open a menu, or set one thing right: `kind`, then `kind=repair`."""
    if not ticket.is_open:
        raise WrongState(ticket, "correct")
    name, is_chosen, value = choice.partition("=")
    if not is_chosen:
        card = cards.card_of(scene.unit, ticket, MENUS.get(name, Menu.MAIN))
        buildings = tuple(building.name for building in scene.unit.sites.list_buildings(ticket.site_id))
        change(scene.unit, row.id, replace(card, buildings=buildings), row.language)
        return Outcome(Disposition.ANSWERED, ticket.id)
    aspect = Aspect(name)
    before = _value(scene.unit, ticket, aspect)
    may_not = authority.refuse_to_reclassify(scene, ticket) if aspect is Aspect.KIND and value != before else None
    if may_not is not None:
        cards.refresh(scene.unit, ticket)
        return authority.refused(ticket, may_not, row.language)
    if value == before or not _set(scene, ticket, aspect, value):
        cards.refresh(scene.unit, ticket)
        return Outcome(Disposition.ANSWERED, ticket.id)
    _keep(scene, ticket, aspect, before, value)
    if aspect is not Aspect.PLACE:
        _go_on(scene, ticket, aspect)
    cards.refresh(scene.unit, ticket)
    toast = Toast(ToastKind.CORRECTED, ticket.number)
    return Outcome(Disposition.ANSWERED, ticket.id, toast=toast, language=row.language)


def _value(unit: UnitOfWork, ticket: Ticket, aspect: Aspect) -> str:
    match aspect:
        case Aspect.KIND:
            return ticket.kind
        case Aspect.TRADE:
            return ticket.trade
        case Aspect.URGENCY:
            return ticket.urgency
        case Aspect.PLACE:
            building = unit.sites.find_building(ticket.building_id)
            return building.name if building else ""


def _set(scene: Scene, ticket: Ticket, aspect: Aspect, value: str) -> bool:
    """False for what is no choice of ours."""
    match aspect:
        case Aspect.KIND:
            kind = Kind(value)
            if kind not in KINDS or not KINDS[kind].needs_work:
                return False
            ticket.kind = kind
        case Aspect.TRADE:
            ticket.trade = Trade(value)
        case Aspect.URGENCY:
            ticket.urgency = Urgency(value)
        case Aspect.PLACE:
            buildings = scene.unit.sites.list_buildings(ticket.site_id)
            found = [building for index, building in enumerate(buildings) if str(index) == value]
            if not found:
                return False
            ticket.building_id = found[0].id
    return True


def _keep(scene: Scene, ticket: Ticket, aspect: Aspect, before: str, value: str) -> None:
    now = _value(scene.unit, ticket, aspect) if aspect is Aspect.PLACE else value
    if concerns.is_guarded(scene.unit, ticket.id):
        enter_by_staff(scene, ticket, Step.CORRECTED, aspect, before, now)
        return  # as an example its words would be shown under others' cards
    scene.unit.corrections.add(
        Correction(
            site_id=ticket.site_id,
            ticket_id=ticket.id,
            person_id=scene.person.id,
            at=scene.now,
            aspect=aspect,
            was=before,
            became=now,
            language=ticket.language,
            words=exemplar_form(ticket.words),
        )
    )
    enter_by_staff(scene, ticket, Step.CORRECTED, aspect, before, now)


def _go_on(scene: Scene, ticket: Ticket, aspect: Aspect) -> None:
    """The promise counts from the opening as before; other hands are offered it without a word about whose it was."""
    unit = scene.unit
    promises.promise(unit, ticket)
    guarding.heed(unit, ticket, ticket.words)
    group = offers.find_group(unit, ticket)
    if group is not None and group is not ticket.group and aspect is not Aspect.URGENCY:
        ticket.reroute(group)
        ladder.offer_to_somebody(unit, ticket)
        reminding.stop(unit, ticket)
        reminding.plan(unit, ticket, offered_again=True)
        unit.flush()
        offers.post_to_group(unit, ticket, group)
    neighbours.follow(unit, ticket)
    if aspect is Aspect.URGENCY and ticket.urgency is Urgency.EMERGENCY:
        _alarm(scene, ticket)


def _alarm(scene: Scene, ticket: Ticket) -> None:
    """It is an emergency after all: this alone the tenant must hear, and everybody who is paged in one."""
    unit, site = scene.unit, scene.site
    building = unit.sites.find_building(ticket.building_id)
    seen = {chat.group for _, chat in cards.standing(unit, ticket)}
    if Group.SECURITY not in seen:
        offers.post_to_group(unit, ticket, Group.SECURITY)
    groups = tuple(dict.fromkeys(group for group in (ticket.group, Group.SECURITY) if group is not None))
    place = building.name if building else None
    page = EmergencyPaged(ticket.number, ticket.trade, place, groups, None, ticket.words)
    is_told = offers.tell_managers(unit, ticket, page)
    number = number_for(site, ticket.trade, peril_in(ticket.words))
    said = EmergencyReceived(ticket.number, ticket.trade, number, site.desk_phone, groups, is_manager_alerted=is_told)
    tell_reporter(unit, ticket, said, said)
