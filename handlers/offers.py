"""Who is offered a ticket: the group's duty chat, the desk in its place, in an emergency everybody at once."""

from dataclasses import dataclass, replace
from datetime import datetime

from handlers import cards, promises, steps
from handlers.catching_up import post_whole
from handlers.complaints import concerns
from handlers.kinds import KINDS
from handlers.notifications import unpack
from handlers.notifications.notification import Notification
from handlers.notifications.to_duty import NobodyOnDuty, Reachable
from handlers.notifications.to_duty.card import WORTH_TELLING, TicketCard
from handlers.notifications.to_manager import EmergencyPaged
from handlers.notifications.to_tenant import EmergencyReceived
from handlers.pushes import reminding
from handlers.roster.offering import choose, find_gap
from handlers.roster.turns import leads_of
from handlers.speaking import change, language_of, tell
from handlers.steps import Step
from handlers.understanding.perils import Peril, peril_in
from handlers.untaken import tell_of_untaken
from storage.models import Chat, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group, TicketState, Trade, Urgency

PAGE = EmergencyPaged.__name__


@dataclass(frozen=True, slots=True)
class Alerted:
    """Who was told of a ticket at once."""

    groups: tuple[Group, ...] = ()
    has_manager: bool = False


def find_group(unit: UnitOfWork, ticket: Ticket) -> Group | None:
    """Whose hands it needs, else the customer desk, in an emergency anybody, as far as they have a duty chat."""
    if ticket.id and concerns.is_guarded(unit, ticket.id):
        return None  # it is with those above the groups
    wanted = KINDS[ticket.kind].group_for(ticket.trade)
    others = tuple(Group) if ticket.urgency is Urgency.EMERGENCY else ()
    for group in dict.fromkeys((wanted, Group.DESK, *others)):
        if unit.chats.list_by_role(ticket.site_id, ChatRole.DUTY, group):
            return group
    return None


def offer(
    unit: UnitOfWork, ticket: Ticket, group: Group | None, reporter: str, written_at: datetime, files: int
) -> Alerted:
    """A new ticket to its group's duty chat; an emergency to security and the managers too; to nobody is an alarm."""
    roster = unit.rosters.recall(ticket.site_id)
    if roster.members and ticket.is_open:
        choose(unit, ticket)
    card = cards.new_card(unit, ticket, reporter, written_at, files)
    is_emergency = ticket.urgency is Urgency.EMERGENCY
    wanted = dict.fromkeys((group, *_also_paged(ticket)) if is_emergency else (group,))
    told = tuple(each for each in wanted if each and _post(unit, ticket, each, card))
    if ticket.is_open:
        reminding.plan(unit, ticket)
        if not roster.is_empty:
            promises.watch(unit, ticket)
            alarm_nobody(unit, ticket)
    if is_emergency:
        return Alerted(told, _page_managers(unit, ticket, told, written_at))
    if not told and ticket.is_open:
        tell_of_untaken(unit, ticket)
    return Alerted(told)


def _also_paged(ticket: Ticket) -> tuple[Group, ...]:
    """Guards run to every emergency; the desk calls for help where people are hurt or in danger from others."""
    is_for_people = ticket.trade is Trade.SECURITY or peril_in(ticket.words) is Peril.HURT
    return (Group.SECURITY, Group.DESK) if is_for_people else (Group.SECURITY,)


def offer_again(unit: UnitOfWork, ticket: Ticket) -> bool:
    """A ticket that found no duty chat tries once more; False when there still is none."""
    group = find_group(unit, ticket)
    if group is None:
        return False
    ticket.assign(group)
    choose(unit, ticket)
    for member in unit.incidents.list_members(ticket.id):
        member.keep_step(ticket)
    reminding.stop(unit, ticket)
    reminding.plan(unit, ticket, offered_again=True)
    return post_to_group(unit, ticket, group)


def offer_what_waits(unit: UnitOfWork, chat: Chat) -> None:
    """A duty chat was linked or let us in again: open tickets of its group, each with a card as things are now.

    The desk is also given those that no chat shows.
    """
    if chat.site_id is None:
        return
    for ticket in unit.tickets.list_open(chat.site_id):
        if ticket.incident_id is not None:
            continue  # the first report's card speaks for it
        if ticket.state is TicketState.RECEIVED:
            offer_again(unit, ticket)
            continue
        seen_in = {seen.id for _, seen in cards.standing(unit, ticket)}
        if chat.id in seen_in:
            cards.refresh(unit, ticket)
        elif ticket.group is chat.group or (chat.group is Group.DESK and not seen_in):
            post_whole(unit, ticket, chat)


def post_to_group(unit: UnitOfWork, ticket: Ticket, group: Group) -> bool:
    """A fresh card into each duty chat of a group; False when it has none."""
    chats = unit.chats.list_by_role(ticket.site_id, ChatRole.DUTY, group)
    for chat in chats:
        post_whole(unit, ticket, chat)
    return bool(chats)


def _post(unit: UnitOfWork, ticket: Ticket, group: Group, card: TicketCard) -> bool:
    chats = unit.chats.list_by_role(ticket.site_id, ChatRole.DUTY, group)
    for chat in chats:
        cards.post(unit, ticket, chat, card)
    return bool(chats)


def alarm_nobody(unit: UnitOfWork, ticket: Ticket) -> None:
    """The roster names nobody for this hour: the lead and the managers hear of it, for what can wait once a gap."""
    roster, site = unit.rosters.recall(ticket.site_id), unit.sites.get(ticket.site_id)
    if not roster.shifts or ticket.group is None:
        return
    is_gap, coming = find_gap(roster, site, ticket.group, unit.now)
    if not is_gap:
        return
    leads = tuple(Reachable(member.name, member.phone or None) for member in leads_of(roster, ticket.group))
    name, at = (coming.member.name, coming.start) if coming else (None, None)
    said = NobodyOnDuty(ticket.number, ticket.trade, ticket.group, leads, name, at)
    can_wait = ticket.urgency in (Urgency.NORMAL, Urgency.LOW)
    of = f"{ticket.group}:{int(at.timestamp()) if at else unit.now.date()}" if can_wait else f"{ticket.id}"
    key = f"nobody:{ticket.site_id}:{of}"
    steps.enter(unit, ticket, Step.NOBODY_ON_DUTY)
    cards.say_under(unit, ticket, said, key=key)
    tell_managers(unit, ticket, said, key=key)


def tell_managers(unit: UnitOfWork, ticket: Ticket, said: Notification, key: str | None = None) -> bool:
    """To every manager chat of the ticket's site; False when there is none."""
    return tell_managers_of(unit, ticket.site_id, said, ticket_id=ticket.id, key=key)


def tell_managers_of(
    unit: UnitOfWork, site_id: int, said: Notification, *, ticket_id: int | None = None, key: str | None = None
) -> bool:
    """To every manager chat of a site; False when there is none."""
    managers = unit.chats.list_by_role(site_id, ChatRole.MANAGER)
    for manager in managers:
        tell(
            unit,
            manager,
            said,
            language_of(unit, manager),
            ticket_id=ticket_id,
            key=f"{key}:{manager.id}" if key else None,
        )
    return bool(managers)


def place_pages(unit: UnitOfWork, ticket: Ticket) -> None:
    """It has become known where the emergency is, or what it was rewritten to: the managers' pages say so too."""
    for row in unit.outbox.list_messages(ticket.id, PAGE):
        page = unpack(PAGE, row.payload)
        if isinstance(page, EmergencyPaged):
            true = replace(page, place=cards.place_for_all(unit, ticket), words=ticket.words)
            if true != page:
                change(unit, row.id, true, row.language)


def page_again(unit: UnitOfWork, ticket: Ticket) -> None:
    """The emergency is in another building than the managers were told: the old page is set right, a new one rings."""
    place_pages(unit, ticket)
    _page_managers(unit, ticket, _alerted_now(unit, ticket).groups, ticket.opened_at)


def correct_claims(unit: UnitOfWork, ticket: Ticket) -> None:
    """Somebody who was to be alerted cannot be: the one who cried is told of nobody else than we reach."""
    row = unit.outbox.find_by_key(f"received:{ticket.id}")
    said = unpack(row.notification, row.payload) if row is not None else None
    if row is None or not isinstance(said, EmergencyReceived):
        return
    now = _alerted_now(unit, ticket)
    true = replace(said, alerted=now.groups, is_manager_alerted=now.has_manager)
    change(unit, row.id, true, row.language)
    if not (now.groups or now.has_manager):  # an edit makes no sound
        chat, key = unit.chats.get(row.chat_id), f"unreached:{ticket.id}"
        tell(unit, chat, true, row.language, ticket_id=ticket.id, reply_to=ticket.message_id, key=key)


def _alerted_now(unit: UnitOfWork, ticket: Ticket) -> Alerted:
    """Whom the alarm has reached, or is still on its way to."""
    groups = dict.fromkeys(chat.group for _, chat in cards.standing(unit, ticket) if chat.group is not None)
    pages = unit.outbox.list_messages(ticket.id, PAGE)
    return Alerted(tuple(groups), any(unit.chats.get(row.chat_id).is_open for row in pages))


def _page_managers(unit: UnitOfWork, ticket: Ticket, told: tuple[Group, ...], written_at: datetime) -> bool:
    is_old = ticket.opened_at - written_at >= WORTH_TELLING
    said = EmergencyPaged(
        ticket.number,
        ticket.trade,
        cards.place_for_all(unit, ticket),
        told,
        written_at if is_old else None,
        ticket.words,
        unit.chats.is_shadow_ticket(ticket.id),
    )
    return tell_managers(unit, ticket, said)
