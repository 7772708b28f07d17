"""Keeps what a tenant says about a ticket: the line in its thread, and what it tells that the card still lacked."""

from handlers import offers, promises, waiting
from handlers.hearing import Heard, keep_attachments
from handlers.notifications.to_tenant import Noted
from handlers.opening import lacks_place
from handlers.scene import Scene
from handlers.speaking import change
from handlers.understanding.floors import floor_in
from handlers.understanding.unlisted import building_in
from storage.models import Ticket
from storage.vocabulary import AskingState, Audience, EntryKind, Side, Trade, Urgency

PLACE_LENGTH = 60
"""Characters of a place in somebody's own words."""


def write(heard: Heard, scene: Scene, ticket: Ticket, kind: EntryKind = EntryKind.WORDS) -> None:
    """Words and files into the thread."""
    keep_attachments(heard.event, scene, ticket)
    waiting.tenant_spoke(scene.unit, ticket)
    if heard.event.text:
        scene.unit.tickets.add_entry(
            ticket.id,
            heard.said_at,
            kind,
            Side.TENANT,
            Audience.REPORTER,
            heard.event.text,
            person_id=scene.person.id,
            inbox_id=scene.inbox_id,
        )


def fill(heard: Heard, scene: Scene, ticket: Ticket) -> None:
    """Whatever the words tell that was missing: place, phone, a time, how soon."""
    reading, place = heard.reading, heard.reading.place
    if place.building and ticket.building_id is None:
        named = (b for b in scene.unit.sites.list_buildings(ticket.site_id) if b.name == place.building)
        ticket.building_id = next((b.id for b in named), None)
    ticket.place = ticket.place or place.words
    ticket.phone = ticket.phone or heard.phone
    ticket.visit_time = heard.visit_time or ticket.visit_time
    if reading.urgency is Urgency.URGENT and ticket.urgency in (Urgency.NORMAL, Urgency.LOW):
        ticket.urgency = Urgency.URGENT
        promises.hasten(scene.unit, ticket)
    if ticket.unit is None and place.unit:
        ticket.unit = place.unit
        stop_asking_unit(scene, ticket)
    if ticket.urgency is Urgency.EMERGENCY and (place.words or floor_in(heard.event.text)):
        _move(heard, scene, ticket)
        offers.place_pages(scene.unit, ticket)
        if not lacks_place(ticket):
            stop_asking_unit(scene, ticket)


def _move(heard: Heard, scene: Scene, ticket: Ticket) -> None:
    """Whoever runs there needs the floor; of a lift's place the last word holds, as it may have moved on."""
    place, told = heard.reading.place, heard.event.text
    if floor_in(told) and (ticket.trade is Trade.LIFT or not floor_in(ticket.place or "")):
        unlisted = building_in(ticket.place) if ticket.building_id is None and not place.building else None
        ticket.place = (f"{unlisted} {told}" if unlisted else told)[:PLACE_LENGTH]
        ticket.unit = place.unit if ticket.trade is Trade.LIFT else ticket.unit
    if place.building and ticket.trade is Trade.LIFT:
        named = (b.id for b in scene.unit.sites.list_buildings(ticket.site_id) if b.name == place.building)
        ticket.building_id = next(named, ticket.building_id)


def stop_asking_unit(scene: Scene, ticket: Ticket) -> None:
    """The room is known now."""
    for asking in scene.unit.askings.list_open_by_ticket(ticket.id):
        asking.end(AskingState.ANSWERED, scene.now)
        row = scene.unit.outbox.find_by_key(f"which_unit:{ticket.id}")
        if row is not None:
            change(scene.unit, row.id, Noted(ticket.number), row.language)
