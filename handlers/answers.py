"""A tenant answers in private what the desk asked: which room, a free line after a rating."""

from datetime import timedelta

from handlers import calling, cards, follow_up, keeping, which_building
from handlers.hearing import Heard, named_building
from handlers.notifications.to_duty import Toast, ToastKind
from handlers.notifications.to_tenant import Noted, Received, WordsKept
from handlers.opening import is_on_a_floor, needs_floor, needs_unit
from handlers.scene import Outcome, Scene
from handlers.speaking import change, tell
from handlers.understanding.moves import is_confident
from handlers.understanding.spots import is_of_a_building
from handlers.understanding.understanding import Sense
from storage.models import Asking, Callback, OutboxRow, Ticket
from storage.vocabulary import (
    AskingKind,
    AskingState,
    CallbackOutcome,
    Disposition,
    Kind,
    Trade,
    Urgency,
)

UNIT_LENGTH = 40
SURE_OF_ANOTHER = 0.9
"""Confidence from which words about another trade are a case of their own, even when the desk has just asked."""
FREE_LINE = timedelta(minutes=30)
"""How long after a rating a line in private is taken as its comment."""


def hear(heard: Heard, scene: Scene) -> Outcome | None:
    """The answer to an open question. None when nothing was asked, or these words are something else."""
    reading = heard.reading
    placed = hear_place(heard, scene)
    if placed is not None:
        return placed
    asking = scene.unit.askings.find_open(scene.person.id, scene.chat.id, AskingKind.WHICH_UNIT)
    if asking is not None and reading.sense is Sense.NEW and _names_a_room(heard):
        return _hear_unit(heard, scene, asking)
    callback = scene.unit.afterwards.find_wordless_callback(scene.person.id, scene.now - FREE_LINE)
    if callback is None or reading.sense not in (Sense.NEW, Sense.THANKS):
        return None
    if callback.outcome is CallbackOutcome.FIXED:
        return _hear_comment(heard, scene, callback)
    return _hear_what_is_wrong(heard, scene, callback)


def hear_place(heard: Heard, scene: Scene) -> Outcome | None:
    """Where an emergency is, as was asked; None when these words are no bare place or nothing of that kind was asked.

    Bare places are few, so a room's other messages pay nothing for this.
    """
    if not heard.is_bare_place:
        alarm = calling.find_alarm(scene) if calling.is_place_of_lift(heard) else None
        return follow_up.place(heard, scene, alarm) if alarm is not None and alarm.trade is Trade.LIFT else None
    asking = scene.unit.askings.find_open(scene.person.id, scene.chat.id, AskingKind.WHICH_UNIT)
    ticket = scene.unit.tickets.get(asking.ticket_id) if asking is not None and asking.ticket_id is not None else None
    if ticket is None and heard.reading.place.words:
        ticket = calling.find_alarm(scene)
    if ticket is None or ticket.urgency is not Urgency.EMERGENCY or not ticket.is_open:
        return None
    return follow_up.place(heard, scene, ticket)


def _hear_comment(heard: Heard, scene: Scene, callback: Callback) -> Outcome | None:
    """A free line after a rating; a new case is a new case."""
    if callback.rating is None or (heard.is_sure and heard.reading.kind is not Kind.PRAISE):
        return None
    callback.words = heard.event.text
    tell(scene.unit, scene.chat, WordsKept(), heard.reading.language, ticket_id=callback.ticket_id)
    return Outcome(Disposition.ADDED, callback.ticket_id, "free line")


def _hear_what_is_wrong(heard: Heard, scene: Scene, callback: Callback) -> Outcome | None:
    """What is still wrong, as the desk asked when it opened the ticket again; another trade is another case."""
    ticket = scene.unit.tickets.get(callback.ticket_id)
    is_named = heard.named_trade not in (None, Trade.OTHER, ticket.trade)
    is_heard = heard.reading.trade not in (None, Trade.OTHER, ticket.trade)
    if is_named and is_heard and heard.reading.confidence >= SURE_OF_ANOTHER:
        return None
    callback.words = heard.event.text
    return follow_up.add(heard, scene, ticket)


def skip_unit(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """The tenant would rather not say; or taps the building it is in."""
    if verb == "building":
        return which_building.press(scene, row, verb, choice)
    if (verb, choice) != ("skip", "") or row.ticket_id is None:
        return None
    ticket = scene.unit.tickets.get(row.ticket_id)
    waiting = scene.unit.askings.list_open_by_ticket(ticket.id)
    for asking in waiting:
        asking.end(AskingState.SKIPPED, scene.now)
    if waiting:
        said = Received(ticket.number, ticket.kind, ticket.trade, ticket.group, is_private=True)
        change(scene.unit, row.id, said, row.language)
    return Outcome(Disposition.ANSWERED, ticket.id, toast=Toast(ToastKind.RECORDED), language=row.language)


def _names_a_room(heard: Heard) -> bool:
    """ "1202" or "Block 3, flat B" does; a request of its own or "hello" does not."""
    place, text = heard.reading.place, heard.event.text
    if heard.is_bare_place:
        return True
    if heard.reading.kind is not Kind.CHATTER and is_confident(heard.reading):
        return False
    if not place.unit and (heard.visit_time or heard.phone):
        return False  # digits, and no door: staff asked for an hour or a phone
    return bool(place.unit or place.building) or (len(text) <= UNIT_LENGTH and any(map(str.isdigit, text)))


def _hear_unit(heard: Heard, scene: Scene, asking: Asking) -> Outcome:
    """The answer holds for every open ticket of this person that lacks its room."""
    if asking.ticket_id is None:
        raise LookupError("a question for the room of no ticket")
    ticket = scene.unit.tickets.get(asking.ticket_id)
    if which_building.tell_unknown(heard, scene, ticket):
        return Outcome(Disposition.ADDED, ticket.id, "no such building")
    asking.end(AskingState.ANSWERED, scene.now)
    lacks = needs_floor if is_on_a_floor(ticket) else needs_unit
    lacking = [open_ for open_ in scene.unit.tickets.list_open_of(scene.person.id) if lacks(open_)]
    for each in {ticket.id: ticket, **{other.id: other for other in lacking}}.values():
        _set_unit(heard, scene, each)
        cards.renew(scene.unit, each)
    keeping.write(heard, scene, ticket)
    if which_building.is_missing(scene.unit, ticket):
        which_building.ask(scene, ticket, scene.chat)
    else:
        tell(scene.unit, scene.chat, Noted(ticket.number), heard.reading.language, ticket_id=ticket.id)
    return Outcome(Disposition.ADDED, ticket.id, "room")


def _set_unit(heard: Heard, scene: Scene, ticket: Ticket) -> None:
    """Where it is, and where this person lives; a corridor or a noise may be anywhere."""
    place, words = heard.reading.place, heard.event.text.strip()[:UNIT_LENGTH]
    is_shared = is_on_a_floor(ticket) or is_of_a_building(ticket.words)
    is_home = ticket.trade is not Trade.NOISE and not is_shared
    named = named_building(scene, place.building)
    if named is not None:
        ticket.building_id = named
        scene.person.building_id = named if is_home else scene.person.building_id
    if is_shared:
        ticket.place = place.words or words
    elif place.unit or named is None or ticket.unit is None:
        ticket.unit = (place.unit or words)[:UNIT_LENGTH]
        scene.person.unit = ticket.unit if is_home else scene.person.unit
    ticket.phone = ticket.phone or heard.phone
