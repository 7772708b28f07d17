"""Somebody in an emergency calls again, asks how it goes or says where they are: heard loudly, answered at once."""

from dataclasses import replace
from datetime import timedelta

from handlers import cards, offers
from handlers.answering import answer
from handlers.belonging import is_beside_alarm, is_elsewhere, is_same_cry
from handlers.emergency_numbers import number_for
from handlers.hearing import Heard
from handlers.notifications import unpack
from handlers.notifications.to_duty import TenantSaid
from handlers.notifications.to_manager import CalledAgain
from handlers.notifications.to_tenant import CallHeard
from handlers.scene import Scene
from handlers.speaking import change
from handlers.staff_names import told_assignee
from handlers.understanding.asking import is_calling
from handlers.understanding.floors import floor_in
from handlers.understanding.perils import Peril, peril_in
from storage.models import OutboxRow, Ticket
from storage.vocabulary import Trade, Urgency

STILL_ON = timedelta(hours=24)
"""How long after it was opened an emergency that is still open is what a call for help means."""
GATHERED_FOR = timedelta(minutes=10)
"""How long further calls of one kind change the managers' last message and make no sound of their own."""
PLACE_LENGTH = 30
"""Characters of a message that says where and no more."""
SAME_DANGER = timedelta(hours=2)
"""How long the same person naming the same danger again means the one already paged."""


def find_alarm(scene: Scene) -> Ticket | None:
    """The newest emergency of this person that is not over."""
    mine = (ticket for ticket in scene.unit.tickets.list_open_of(scene.person.id) if _is_on(scene, ticket))
    return max(mine, key=lambda ticket: ticket.id, default=None)


def find_called(heard: Heard, scene: Scene) -> Ticket | None:
    """The emergency of theirs that "is anyone coming?" is about; None for other words, and where none is open."""
    if not is_calling(heard.event.text):
        return None
    alarm = find_alarm(scene)
    if alarm is None or is_beside_alarm(heard, scene, alarm):
        return None
    return None if heard.is_sure and heard.trade not in (None, Trade.OTHER, alarm.trade) else alarm


def is_place_of_lift(heard: Heard) -> bool:
    """ "Block 3 lift, 5th floor": where a lift is, and nothing wrong with it."""
    text = heard.event.text
    is_short = len(text) <= PLACE_LENGTH and heard.reading.trade in (None, Trade.LIFT)
    return is_short and heard.named_trade is Trade.LIFT and bool(heard.reading.place.words or floor_in(text))


def find_same(heard: Heard, scene: Scene) -> Ticket | None:
    """Their own emergency that a further cry tells of again."""
    for ticket in scene.unit.tickets.list_open_of(scene.person.id):
        is_young = scene.now - ticket.opened_at <= SAME_DANGER
        if is_young and is_same_cry(heard, ticket) and not is_elsewhere(heard, scene, ticket):
            return ticket
    return None


def spread(heard: Heard, scene: Scene, ticket: Ticket) -> None:
    """Staff and managers are told again at once, and so is whoever called."""
    words, assignee = heard.event.text, cards.assignee_of(scene.unit, ticket)
    cards.say_under(scene.unit, ticket, TenantSaid(ticket.number, scene.person.name, words))
    place = cards.place_for_all(scene.unit, ticket)
    _tell_managers(scene, ticket, CalledAgain(ticket.number, ticket.trade, place, words, assignee))
    answer(
        heard,
        scene,
        CallHeard(
            ticket.number,
            told_assignee(scene.unit, ticket),
            number_for(scene.site, ticket.trade, peril_in(words)),
        ),
        ticket,
    )


def _tell_managers(scene: Scene, ticket: Ticket, said: CalledAgain) -> None:
    """The first call of each kind rings; the same danger at the same place again soon after is counted there."""
    unit, kind = scene.unit, (peril_in(said.words), said.place)
    rung = [
        row
        for row in unit.outbox.list_messages(ticket.id, CalledAgain.__name__)
        if row.created_at > scene.now - GATHERED_FOR and _kind_of(row) == kind
    ]
    if not rung:
        offers.tell_managers(unit, ticket, said)
    for row in rung:
        change(unit, row.id, replace(said, times=ticket.urged), row.language)


def _kind_of(row: OutboxRow) -> tuple[Peril | None, str | None]:
    said = unpack(row.notification, row.payload)
    return (peril_in(said.words), said.place) if isinstance(said, CalledAgain) else (None, None)


def _is_on(scene: Scene, ticket: Ticket) -> bool:
    is_here = ticket.site_id == scene.site.id
    return is_here and ticket.urgency is Urgency.EMERGENCY and scene.now - ticket.opened_at <= STILL_ON
