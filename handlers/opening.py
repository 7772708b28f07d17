"""Opens a ticket: number, thread, duty card, what the tenant hears, what is planned. One act, whole or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers import incidents, offers, promises, which_building
from handlers.complaints import blaming, guarding, limits
from handlers.emergency_numbers import number_for
from handlers.hearing import named_building
from handlers.kinds import FLAT_TRADES, KINDS
from handlers.notifications import Notification
from handlers.notifications.to_tenant import EmergencyReceived, Received, Thanked, WhichUnit
from handlers.scene import Scene
from handlers.speaking import change, find_private, tell
from handlers.understanding.likeness import OF_THE_SITE
from handlers.understanding.perils import is_for_people, peril_in
from handlers.understanding.spots import is_shared_place, may_be_anywhere
from handlers.understanding.understanding import Understanding
from storage.models import Asking, Chat, Concern, OutboxRow, Ticket
from storage.models.base import fresh
from storage.registration_vocabulary import Source
from storage.vocabulary import AskingKind, ChatRole, Kind, Lane, SharedThing, Trade, Urgency

NOBODY = offers.Alerted()
NEVER_IN_A_FLAT = OF_THE_SITE | {SharedThing.CORRIDOR_LIGHT, SharedThing.LIFT, SharedThing.PUBLIC_LEAK}


@dataclass(frozen=True, slots=True)
class Case:
    """What a ticket is opened from: somebody's words with their reading, and when they were written."""

    reading: Understanding
    words: str
    message_id: str | None
    said_at: datetime
    files: int = 0
    """How many come with it."""
    question: OutboxRow | None = None
    """The desk's question these words answer; the acknowledgement takes its place."""
    same_as: Ticket | None = None
    """A neighbour's ticket these words point at: "same here"."""
    points_at: Ticket | None = None
    """The same where nothing is shared, and so nothing is joined."""
    registered: tuple[Source, int] | None = None
    """How it came and who wrote it down, where staff did so for the tenant."""
    told: str | None = None
    """What was written, where `words` leave out what tells who wrote it."""
    is_told_later: bool = False
    """Whether the caller tells its number together with others'; an emergency never waits for that."""


def open_ticket(scene: Scene, case: Case) -> Ticket:
    """A tenant's words become a ticket, with everything that follows at once; its files are the caller's to give."""
    reading = blaming.as_complaint(scene, case.reading, case.words)
    case = case if reading is case.reading else replace(case, reading=reading)
    ticket = _ticket_of(scene, case)
    kind = KINDS[ticket.kind]
    about = _about(scene, case, ticket) if kind.steps else ()
    if about:
        return _open_guarded(scene, case, ticket, about)
    match = _match(scene, case, ticket)
    if match is not None and match.is_sure:
        return _join(scene, case, ticket, match.first)
    ticket.perhaps_same_id = match.first.id if match is not None else None
    group = offers.find_group(scene.unit, ticket)
    if not kind.needs_work:
        ticket.log(scene.now)
    elif group is not None:
        ticket.assign(group)
    scene.unit.tickets.add(ticket)
    scene.unit.tickets.add_words(ticket.id, case.said_at, case.words, scene.person.id, scene.inbox_id)
    if kind.steps:
        limits.begin_new(scene.unit, ticket)
    alerted = offers.offer(scene.unit, ticket, group, scene.person.name, case.said_at, case.files)
    if not case.is_told_later or ticket.urgency is Urgency.EMERGENCY:
        acknowledge(scene, ticket, alerted, case.question)
    return ticket


def _about(scene: Scene, case: Case, ticket: Ticket) -> Sequence[Concern]:
    """Whom of ours it is about: as its words say, or as the neighbour's to which it says "same here"."""
    same = case.same_as or case.points_at
    told = scene.unit.complaints.guarded().get(same.id, ()) if same is not None else ()
    return told or blaming.concerns_in(scene.unit, ticket, case.told or case.words)


def _open_guarded(scene: Scene, case: Case, ticket: Ticket, about: Sequence[Concern]) -> Ticket:
    """About somebody of ours: nobody but those above them hears of it, and it joins nothing."""
    ticket.shared = None
    scene.unit.tickets.add(ticket)
    scene.unit.tickets.add_words(ticket.id, case.said_at, case.words, scene.person.id, scene.inbox_id)
    limits.begin_new(scene.unit, ticket)
    guarding.guard(scene.unit, ticket, about)
    if not case.is_told_later:
        acknowledge(scene, ticket, NOBODY, case.question)
    return ticket


def _match(scene: Scene, case: Case, ticket: Ticket) -> incidents.Match | None:
    if case.same_as is not None and case.same_as.shared is not None:
        return incidents.Match(incidents.first_of(scene.unit, case.same_as), is_sure=True)
    if ticket.urgency is Urgency.EMERGENCY and is_for_people(ticket.words):
        return None  # somebody hurt is an alarm of its own, whatever else is going on
    return incidents.find_match(scene, ticket.kind, ticket.urgency, ticket.words, ticket.building_id)


def _join(scene: Scene, case: Case, ticket: Ticket, first: Ticket) -> Ticket:
    """One more report of what is known: a number of its own, no card of its own."""
    ticket.shared = ticket.shared or first.shared
    scene.unit.tickets.add(ticket)
    scene.unit.tickets.add_words(ticket.id, case.said_at, case.words, scene.person.id, scene.inbox_id)
    incidents.join(scene.unit, ticket, first)
    incidents.tell_staff(scene, ticket, first)
    has_private = scene.chat.role is ChatRole.PRIVATE or find_private(scene.unit, scene.person.id) is not None
    incidents.acknowledge(scene, ticket, first, None if has_private else private_link(scene), case.question)
    return ticket


def _ticket_of(scene: Scene, case: Case) -> Ticket:
    kind, reading = KINDS[case.reading.kind], case.reading
    trade = reading.trade or Trade.OTHER
    promised = (
        promises.of_new(scene.unit, scene.site, reading.kind, trade, reading.urgency) if kind.needs_work else None
    )
    return fresh(
        Ticket,
        site_id=scene.site.id,
        number=scene.unit.sites.take_number(scene.site.id),
        kind=reading.kind,
        trade=trade,
        urgency=reading.urgency,
        words=case.words,
        language=reading.language,
        reporter_id=scene.person.id,
        chat_id=scene.chat.id,
        message_id=case.message_id,
        opened_at=scene.now,
        building_id=building_id_of(scene, reading),
        unit=reading.place.unit or _known_unit(scene, trade, reading),
        place=reading.place.words,
        phone=reading.phone or scene.person.phone,
        visit_time=reading.visit_time,
        source=case.registered[0] if case.registered else None,
        registered_by_id=case.registered[1] if case.registered else None,
        answer_due_at=promised.answer_due_at if promised else None,
        finish_due_at=promised.finish_due_at if promised else None,
        finish_within=promised.finish_within if promised else None,
        shared=None if is_for_people(case.words) else incidents.thing_of(reading.kind, case.words),
    )


def acknowledge(
    scene: Scene, ticket: Ticket, alerted: offers.Alerted = NOBODY, question: OutboxRow | None = None
) -> None:
    """The short public line or the private one; the room's number is only ever asked for in private."""
    if scene.chat.role in (ChatRole.DUTY, ChatRole.MANAGER):
        return  # registered for somebody who has no chat with us: staff are never told what is meant for them
    private = find_private(scene.unit, scene.person.id)
    said = _receipt_of(scene, ticket, alerted, private)
    if question is not None:
        question.ticket_id = ticket.id
        scene.unit.flush()
        change(scene.unit, question.id, said, ticket.language)
    else:
        lane = Lane.EMERGENCY if ticket.urgency is Urgency.EMERGENCY else Lane.NORMAL
        tell(
            scene.unit,
            scene.chat,
            said,
            ticket.language,
            ticket_id=ticket.id,
            lane=lane,
            reply_to=ticket.message_id,
            key=f"received:{ticket.id}",
            needs_id=private is not None and private.id == scene.chat.id,  # before the question, which has one too
        )
    if needs_place(ticket) and private is not None:
        ask_unit(scene, ticket, private)
    elif private is not None and which_building.is_wanted(scene.unit, ticket):
        which_building.ask(scene, ticket, private)
    if ticket.urgency is Urgency.EMERGENCY and lacks_place(ticket):
        _await_place(scene, ticket)


def _receipt_of(scene: Scene, ticket: Ticket, alerted: offers.Alerted, private: Chat | None) -> Notification:
    is_private = scene.chat.role is ChatRole.PRIVATE
    link = None if is_private or (private and not needs_place(ticket)) else private_link(scene)
    if ticket.urgency is Urgency.EMERGENCY:
        site = scene.site
        return EmergencyReceived(
            ticket.number,
            ticket.trade,
            number_for(site, ticket.trade, peril_in(ticket.words)),
            site.desk_phone,
            alerted.groups,
            alerted.has_manager,
            link,
            asks_where=lacks_place(ticket),
            is_private=is_private,
            peril=peril_in(ticket.words),
        )
    if ticket.kind in (Kind.PRAISE, Kind.SUGGESTION):
        return Thanked(ticket.number, ticket.kind)
    return Received(ticket.number, ticket.kind, ticket.trade, ticket.group, is_private, link)


def needs_place(ticket: Ticket) -> bool:
    """Whether it is worth asking where it is: which flat, or on which floor of what all share."""
    return needs_unit(ticket) or needs_floor(ticket)


def needs_floor(ticket: Ticket) -> bool:
    """Whether a corridor's light or its rubbish may be in any building."""
    return is_on_a_floor(ticket) and _is_nowhere(ticket)


def is_on_a_floor(ticket: Ticket) -> bool:
    """Whether it is in what all share, on some floor of some building, and in no flat."""
    if ticket.urgency is Urgency.EMERGENCY or ticket.kind not in (Kind.REPAIR, Kind.COMPLAINT):
        return False
    is_shared = ticket.shared is SharedThing.CORRIDOR_LIGHT or ticket.trade is Trade.CLEANING
    is_shared = is_shared or (ticket.trade is Trade.NOISE and is_shared_place(ticket.words))
    return is_shared and may_be_anywhere(ticket.words)


def needs_unit(ticket: Ticket) -> bool:
    """Whether somebody would have to search for the flat; a corridor's light or the garage is in none."""
    if ticket.trade is Trade.NOISE and ticket.kind in (Kind.REPAIR, Kind.COMPLAINT):
        is_calm = ticket.urgency is not Urgency.EMERGENCY
        return is_calm and _is_nowhere(ticket) and not is_shared_place(ticket.words)
    return (
        KINDS[ticket.kind].asks_unit
        and ticket.unit is None
        and ticket.trade in FLAT_TRADES
        and ticket.urgency is not Urgency.EMERGENCY
        and ticket.shared not in NEVER_IN_A_FLAT
        and not is_shared_place(ticket.words)
    )


def _is_nowhere(ticket: Ticket) -> bool:
    return ticket.building_id is None and ticket.place is None and ticket.unit is None


def lacks_place(ticket: Ticket) -> bool:
    """Whether whoever runs there would not know where to."""
    return ticket.building_id is None or (ticket.place is None and ticket.unit is None)


def _await_place(scene: Scene, ticket: Ticket) -> None:
    """The one who cried was asked where: a bare place is the answer, also a while later."""
    asked = Asking(
        kind=AskingKind.WHICH_UNIT,
        chat_id=scene.chat.id,
        person_id=ticket.reporter_id,
        asked_at=scene.now,
        ticket_id=ticket.id,
    )
    scene.unit.askings.add(asked)


def ask_unit(scene: Scene, ticket: Ticket, private: Chat) -> None:
    """Ask once, in private; a question already put is not put again."""
    person_id = ticket.reporter_id
    said, key = WhichUnit(ticket.number, is_on_a_floor(ticket)), f"which_unit:{ticket.id}"
    asked = tell(
        scene.unit, private, said, ticket.language, ticket_id=ticket.id, person_id=person_id, key=key, needs_id=True
    )
    if asked is not None:
        scene.unit.askings.add(
            Asking(
                kind=AskingKind.WHICH_UNIT,
                chat_id=private.id,
                person_id=person_id,
                asked_at=scene.now,
                ticket_id=ticket.id,
            )
        )


def private_link(scene: Scene) -> str | None:
    """The deep link of this room; it says which room, never which ticket."""
    return scene.desk.deep_link(scene.chat.code) if scene.chat.code else None


def building_id_of(scene: Scene, reading: Understanding) -> int | None:
    """The building named; unnamed, the room's own, else where the person lives."""
    named = named_building(scene, reading.place.building)
    return named or scene.chat.building_id or (scene.person.building_id if reading.place.words is None else None)


def _known_unit(scene: Scene, trade: Trade, reading: Understanding) -> str | None:
    """The flat the person told us before, for work that is mostly inside flats and names no other place."""
    return scene.person.unit if trade in FLAT_TRADES and reading.place.words is None else None


def with_kind(reading: Understanding, kind: Kind) -> Understanding:
    """The reading, now that somebody has said what it is."""
    return replace(reading, kind=kind, trade=reading.trade or Trade.OTHER, confidence=1.0)
