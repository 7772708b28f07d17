"""A tenant rewrote what a ticket was opened from: its place, kind and trade follow, and so does its card."""

from dataclasses import replace

from handlers import cards, incidents, ladder, merging, offers, promises
from handlers.hearing import Heard, understand_words
from handlers.kinds import KINDS
from handlers.notifications import unpack
from handlers.notifications.quoting import is_cut
from handlers.notifications.to_duty import TenantSaid
from handlers.notifications.to_tenant import Received
from handlers.opening import ask_unit, needs_place
from handlers.pushes import reminding
from handlers.scene import Scene
from handlers.speaking import change, find_private
from handlers.understanding.moves import is_confident
from handlers.understanding.understanding import Understanding
from storage.models import Ticket
from storage.vocabulary import TicketState, Urgency


def follow(heard: Heard, scene: Scene, ticket: Ticket) -> None:
    """Nobody has taken it yet: it is what it says now."""
    reading = heard.reading
    if ticket.words.strip() != heard.event.text.strip():  # other lines of the burst stand beside it
        reading = understand_words(ticket.words, scene)
    has_moved, is_other = move(heard, scene, ticket), _set_kind(scene, reading, ticket)
    if is_cut(ticket.words):
        cards.say_words(scene.unit, ticket, scene.person.name, heard.event.text)
    if has_moved or is_other:
        _part_from_neighbours(scene, ticket)
    if is_other:
        _offer_to_others(scene, ticket)
        _correct_receipt(scene, ticket)


def move(heard: Heard, scene: Scene, ticket: Ticket) -> bool:
    """To another building, if these words name one. An emergency's is told aloud: an edited page makes no sound."""
    place, unit = heard.reading.place, scene.unit
    named = (each.id for each in unit.sites.list_buildings(ticket.site_id) if each.name == place.building)
    building_id = next(named, None)
    if building_id is None or building_id == ticket.building_id:
        ticket.unit, ticket.place = place.unit or ticket.unit, place.words or ticket.place
        return False
    is_move = ticket.building_id is not None
    ticket.building_id, ticket.place = building_id, place.words
    ticket.unit = place.unit if is_move else place.unit or ticket.unit
    if is_move and ticket.urgency is Urgency.EMERGENCY:
        if ticket.state is not TicketState.ACCEPTED:  # else the words come under the card anyhow
            cards.say_under(unit, ticket, TenantSaid(ticket.number, scene.person.name, heard.event.text))
        offers.page_again(unit, ticket)
    return is_move


def _set_kind(scene: Scene, reading: Understanding, ticket: Ticket) -> bool:
    """What is sure; an emergency stays one, whatever it is called now."""
    is_work = reading.kind in KINDS and KINDS[reading.kind].needs_work
    if not is_work or not is_confident(reading) or ticket.urgency is Urgency.EMERGENCY:
        return False
    trade = reading.trade or ticket.trade
    if (reading.kind, trade) == (ticket.kind, ticket.trade):
        return False
    ticket.kind, ticket.trade = reading.kind, trade
    promises.promise(scene.unit, ticket)
    return True


def _part_from_neighbours(scene: Scene, ticket: Ticket) -> None:
    """It is no report of theirs any more; theirs stays what it was."""
    unit = scene.unit
    ticket.shared, ticket.perhaps_same_id = incidents.thing_of(ticket.kind, ticket.words), None
    first = unit.tickets.get(ticket.incident_id) if ticket.incident_id is not None else None
    if first is None:
        merging.let_go(unit, ticket)
        return
    ticket.leave()
    unit.flush()
    merging.give_card(unit, ticket)
    cards.refresh(unit, first)


def _offer_to_others(scene: Scene, ticket: Ticket) -> None:
    """Other hands are needed for it now."""
    unit, group = scene.unit, offers.find_group(scene.unit, ticket)
    if ticket.state is not TicketState.ASSIGNED or group is None or group is ticket.group:
        return
    ticket.reroute(group)
    ladder.offer_to_somebody(unit, ticket)
    reminding.stop(unit, ticket)
    reminding.plan(unit, ticket, offered_again=True)
    unit.flush()
    offers.post_to_group(unit, ticket, group)


def _correct_receipt(scene: Scene, ticket: Ticket) -> None:
    unit = scene.unit
    row = unit.outbox.find_by_key(f"received:{ticket.id}")
    said = unpack(row.notification, row.payload) if row is not None else None
    if row is not None and isinstance(said, Received):
        true = replace(said, kind=ticket.kind, trade=ticket.trade, group=ticket.group)
        change(unit, row.id, true, row.language)
    private = find_private(unit, ticket.reporter_id)
    if private is not None and needs_place(ticket):
        ask_unit(scene, ticket, private)
