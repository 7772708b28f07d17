"""Writes a request into the books for somebody else: the same ticket, card and promise as if they had written it."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.hearing import named_building, read_at
from handlers.opening import Case, open_ticket, with_kind
from handlers.registering.one_line import Told
from handlers.scene import Scene
from handlers.speaking import find_private
from handlers.understanding.understanding import Place, Understanding
from storage.models import Person, Ticket
from storage.registration_vocabulary import Source
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Kind, Trade

UNNAMED = "?"


def register(scene: Scene, told: Told, files: Sequence[int] = ()) -> Ticket:
    """Open it for the tenant whom the phone or the door tells; what they hear goes to their own chat, or nowhere.

    A chat of staff never hears what is meant for the tenant: `opening.acknowledge` knows it by its role.
    """
    reading = _reading_of(scene, told)
    building_id = named_building(scene, reading.place.building)
    tenant = _find_tenant(scene, told, reading, building_id) or _new_tenant(scene, told, reading, building_id)
    chat = find_private(scene.unit, tenant.id) or scene.chat
    author = replace(scene, chat=chat, person=tenant)
    registered = (told.source or Source.PHONE, scene.person.id)
    case = Case(reading, told.words or "", None, scene.now, len(files), registered=registered)
    ticket = open_ticket(author, case)
    for inbox_id in files:
        scene.unit.attachments.give_to_ticket(inbox_id, ticket.id)
    return ticket


def _reading_of(scene: Scene, told: Told) -> Understanding:
    """Somebody of staff calls it a request, so it is one, whatever the words alone would be."""
    words = told.words or ""
    reading = read_at(scene.unit, scene.site.id, words)
    if reading.kind is Kind.CHATTER:
        reading = with_kind(reading, Kind.REPAIR if reading.trade not in (None, Trade.OTHER) else Kind.INQUIRY)
    place = read_at(scene.unit, scene.site.id, told.place).place if told.place else reading.place
    if told.place and place.words is None:
        place = Place(words=told.place)
    return replace(reading, place=place, phone=told.phone or reading.phone)


def _find_tenant(scene: Scene, told: Told, reading: Understanding, building_id: int | None) -> Person | None:
    """Somebody the desk knows: by the phone, else by the name behind this door. A door alone may be a neighbour's."""
    people = scene.unit.people
    if reading.phone:
        known = people.find_by_phone(scene.site.id, reading.phone)
        if known is not None:
            return known
    if told.name and reading.place.unit:
        return people.find_behind(scene.site.id, building_id, reading.place.unit, told.name)
    return None


def _new_tenant(scene: Scene, told: Told, reading: Understanding, building_id: int | None) -> Person:
    person = Person(
        name=told.name or told.place or UNNAMED,
        site_id=scene.site.id,
        building_id=building_id,
        unit=reading.place.unit,
        phone=reading.phone,
    )
    return scene.unit.people.add_unheard(person)


def has_chat(unit: UnitOfWork, ticket: Ticket) -> bool:
    """Whether anything can be written to whom the ticket is for; else somebody has to call."""
    return ticket.source is None or find_private(unit, ticket.reporter_id) is not None
