"""The duty card of a ticket: put into each duty chat it concerns, refreshed wherever it stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from handlers import topics
from handlers.complaints import limits
from handlers.kinds import KINDS
from handlers.notifications import Notification, unpack
from handlers.notifications.quoting import is_cut, parts
from handlers.notifications.to_duty import ComplaintShown, Menu, TenantSaid, TicketCard, VisitShown
from handlers.notifications.to_duty.reports import Report
from handlers.replies import CARRIERS, NOTICES
from handlers.speaking import change, language_of, tell
from handlers.understanding.floors import floor_in
from handlers.understanding.suspects import suspect_of
from handlers.understanding.unlisted import building_in
from storage.models import Chat, OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.visit_vocabulary import VisitState
from storage.vocabulary import Group, Lane, OutboxState, Side, Trade, Urgency

CARD = TicketCard.__name__
OF_ITS_MENU = (
    "menu",
    "reports",
    "buildings",
    "choices",
    "slots",
    "wish",
    "colleagues",
    "next_rung",
    "can_print",
    "has_answers",
)
"""What of a card belongs to the menu that is open on it."""
NEW_COMPLAINT = ComplaintShown()
REFUSED_WHY = {
    "blocked": "blocked",
    "cannot write first": "window_shut",
    "cut short": "cut_short",
    "taken over": "taken_over",
    "taken back": "taken_back",
}
"""A channel's reasons that have a word of their own in the family `delivery`."""


def post(unit: UnitOfWork, ticket: Ticket, chat: Chat, card: TicketCard) -> None:
    """Put the ticket's card into a duty chat, and under it all of the words where the card has no room for them."""
    lane = Lane.EMERGENCY if ticket.urgency is Urgency.EMERGENCY else Lane.NORMAL
    is_ours, language = is_for(ticket, chat), language_of(unit, chat)
    said = card if card.is_ours is is_ours else replace(card, is_ours=is_ours)
    whole = parts(ticket.words) if is_cut(ticket.words) else ()
    if chat.is_forum:
        topics.open_for(unit, ticket, chat, topics.topic_of(ticket, place_of(unit, ticket)), lane, language)
    row_id = tell(unit, chat, said, language, ticket_id=ticket.id, lane=lane, needs_id=bool(whole))
    for part in whole:
        line = TenantSaid(ticket.number, card.reporter, part)
        tell(unit, chat, line, language, ticket_id=ticket.id, lane=lane, under=row_id)


def renew(unit: UnitOfWork, ticket: Ticket) -> None:
    """What nobody tapped has changed, as a tenant's further words: a menu that is open stays under the thumb."""
    refresh(unit, ticket, keeps_menus=True)


def refresh(
    unit: UnitOfWork,
    ticket: Ticket,
    *,
    menu: Menu = Menu.MAIN,
    only: int | None = None,
    keeps_menus: bool = False,
) -> None:
    """Make every standing card of the ticket say how things are now; `only` opens a menu on one of them.

    A further report of an incident shows on the card of the first.
    """
    if ticket.incident_id is not None:
        refresh(unit, unit.tickets.get(ticket.incident_id), keeps_menus=keeps_menus)
    rows = [row for row in unit.outbox.list_messages(ticket.id, CARD) if only in (None, row.id)]
    card = card_of(unit, ticket, menu) if rows else None
    for row in rows:
        chat = unit.chats.get(row.chat_id)
        if card is not None and chat.is_open:
            is_ours = is_for(ticket, chat)
            shown = replace(card, is_ours=is_ours)
            change(unit, row.id, _with_its_menu(unit, row, shown) if keeps_menus else shown, row.language)
            if row.topic_id is not None and only is None:
                wanted = topics.topic_of(ticket, place_of(unit, ticket), is_ours=is_ours)
                topics.keep(unit, row.topic_id, wanted)


def standing(unit: UnitOfWork, ticket: Ticket) -> Sequence[tuple[OutboxRow, Chat]]:
    """The newest card of the ticket, or of its incident, in each duty chat that has one and may be written to."""
    newest = {row.chat_id: row for row in unit.outbox.list_messages(ticket.incident_id or ticket.id, CARD)}
    found = [(row, unit.chats.get(chat_id)) for chat_id, row in newest.items()]
    return [(row, chat) for row, chat in found if chat.is_open]


def say_under(
    unit: UnitOfWork,
    ticket: Ticket,
    said: Notification,
    *,
    key: str | None = None,
    attachment_id: int | None = None,
) -> None:
    """Say something under the newest card in each duty chat; with `key` once per chat."""
    for row, chat in standing(unit, ticket):
        tell(
            unit,
            chat,
            said,
            language_of(unit, chat),
            ticket_id=ticket.id,
            lane=row.lane,
            under=row.id,
            attachment_id=attachment_id,
            key=f"{key}:{chat.id}" if key else None,
        )


def say_words(unit: UnitOfWork, ticket: Ticket, speaker: str, words: str) -> None:
    """A tenant's further words under the card, all of them."""
    for part in parts(words):
        say_under(unit, ticket, TenantSaid(ticket.number, speaker, part))


def is_for(ticket: Ticket, chat: Chat) -> bool:
    """Whether a duty chat may act on a ticket: its own group, the desk, and in an emergency whoever was paged."""
    return ticket.urgency is Urgency.EMERGENCY or chat.group in (None, Group.DESK, ticket.group)


def card_of(unit: UnitOfWork, ticket: Ticket, menu: Menu = Menu.MAIN) -> TicketCard:
    """What the card says now."""
    callback = unit.afterwards.find_callback(ticket.id, ticket.round) if ticket.round else None
    reporter, files = unit.people.get(ticket.reporter_id).name, len(unit.attachments.list_by_ticket(ticket.id))
    written_at = unit.tickets.first_said_at(ticket.id) or ticket.opened_at
    members = unit.incidents.list_members(ticket.id) if ticket.incident_id is None else ()
    places = (place_of(unit, each) or each.place for each in (ticket, *members)) if members else ()
    return replace(
        new_card(unit, ticket, reporter, written_at, files),
        assignee=assignee_of(unit, ticket),
        is_late=ticket.is_open and ticket.finish_due_at is not None and ticket.finish_due_at < unit.now,
        waits_since=unit.rosters.find_pause(ticket.incident_id or ticket.id) if ticket.waits_for else None,
        reporters=len(members) + 1,
        places=tuple(dict.fromkeys(filter(None, places))),
        perhaps_same=_perhaps_same(unit, ticket),
        merged_into=unit.tickets.get(ticket.incident_id).number if ticket.incident_id else None,
        urged=ticket.urged + sum(member.urged for member in members),
        reopened=ticket.reopened,
        report=ticket.done_words,
        rating=callback.rating if callback else None,
        reply_states=reply_states(unit, ticket, members),
        complaint=limits.shown_of(unit, ticket) if KINDS[ticket.kind].steps else None,
        visit=_visit_of(unit, ticket),
        menu=menu,
    )


def new_card(unit: UnitOfWork, ticket: Ticket, reporter: str, written_at: datetime, files: int) -> TicketCard:
    """The card of a ticket opened a moment ago: nobody has taken it, nothing has been said."""
    return TicketCard(
        number=ticket.number,
        kind=ticket.kind,
        trade=ticket.trade,
        urgency=ticket.urgency,
        state=ticket.state,
        words=ticket.words,
        reporter=reporter,
        written_at=written_at,
        opened_at=ticket.opened_at,
        group=ticket.group,
        place=place_of(unit, ticket),
        suspect=suspect_of(ticket.words, ticket.unit) if ticket.trade is Trade.PLUMBING else None,
        phone=ticket.phone,
        visit_time=ticket.visit_time,
        finish_due_at=ticket.finish_due_at,
        answer_due_at=ticket.answer_due_at if ticket.first_answer_at is None else None,
        escalated_to=ticket.escalated_to,
        offered_to=_offered_to(unit, ticket),
        waits_for=ticket.waits_for,
        files=files,
        has_room=ticket.unit is not None,
        is_shadow=unit.chats.is_shadow_ticket(ticket.id),
        perhaps_same=_perhaps_same(unit, ticket),
        close_reason=ticket.close_reason,
        source=ticket.source,
        registered_by=unit.people.get(ticket.registered_by_id).name if ticket.registered_by_id else None,
        complaint=NEW_COMPLAINT if KINDS[ticket.kind].steps else None,
    )


def _with_its_menu(unit: UnitOfWork, row: OutboxRow, card: TicketCard) -> TicketCard:
    """With the menu that is open on this card, and what it offers, unless the ticket went on without it."""
    shown = unit.outbox.find_shown(row.id)
    before = unpack(shown.notification, shown.payload) if shown is not None else None
    if not isinstance(before, TicketCard) or (before.state, before.is_ours) != (card.state, card.is_ours):
        return card
    return replace(card, **{name: getattr(before, name) for name in OF_ITS_MENU})


def report_of(unit: UnitOfWork, ticket: Ticket) -> Report:
    """A ticket in one line, with enough to judge it by."""
    name = unit.people.get(ticket.reporter_id).name
    return Report(ticket.number, ticket.trade, name, ticket.words, place_of(unit, ticket) or ticket.place)


def _visit_of(unit: UnitOfWork, ticket: Ticket) -> VisitShown | None:
    visit = unit.visits.find_live(ticket.id) if ticket.is_open else None
    if visit is None:
        return None
    is_agreed = visit.state is VisitState.AGREED
    return VisitShown(visit.id, visit.starts_at, visit.ends_at, is_agreed, visit.side is Side.TENANT)


def _offered_to(unit: UnitOfWork, ticket: Ticket) -> str | None:
    if ticket.offered_to_id is None:
        return None
    member = unit.rosters.recall(ticket.site_id).find_member(ticket.offered_to_id)
    return member.name if member is not None else None


def _perhaps_same(unit: UnitOfWork, ticket: Ticket) -> Report | None:
    """What staff are asked to compare it with, while that is still open and a card of its own."""
    is_known = ticket.perhaps_same_id is not None and ticket.perhaps_same_id not in unit.complaints.guarded()
    other = unit.tickets.get(ticket.perhaps_same_id) if is_known and ticket.perhaps_same_id else None
    return report_of(unit, other) if other is not None and other.is_open and other.incident_id is None else None


def place_of(unit: UnitOfWork, ticket: Ticket) -> str | None:
    """Building and unit as the site writes them, else the tenant's own words for the place."""
    building = unit.sites.find_building(ticket.building_id)
    if building is None:
        return ticket.place or ticket.unit
    detail = ticket.unit or floor_in(ticket.place or "")
    return f"{building.name} {detail}" if detail else building.name


def place_for_all(unit: UnitOfWork, ticket: Ticket) -> str | None:
    """Building and floor: enough to run there, and no flat."""
    building = unit.sites.find_building(ticket.building_id)
    floor = floor_in(ticket.place or "")
    return " ".join(filter(None, (building.name if building else building_in(ticket.place), floor))) or None


def assignee_of(unit: UnitOfWork, ticket: Ticket) -> str | None:
    """The name of whoever has it."""
    return unit.people.get(ticket.assignee_id).name if ticket.assignee_id else None


def reply_states(
    unit: UnitOfWork, first: Ticket, members: Sequence[Ticket], entry_id: int | None = None
) -> tuple[str, ...]:
    """Of a staff reply about a ticket or an incident, the last where no entry is named, for each whom it was for."""
    tickets = {ticket.id: ticket for ticket in (first, *members)}
    carried: dict[int, list[OutboxRow]] = {}
    for row in unit.outbox.list_replies(list(tickets)):
        carried.setdefault(row.entry_id or 0, []).append(row)
    if not carried:
        return ()
    written = unit.tickets.list_same_reply(list(tickets), entry_id or max(carried)) if members else ()
    if len(written) <= 1:
        return (_reply_state(carried[entry_id or max(carried)]),)
    is_known = {entry.id: unit.chats.find_private(tickets[entry.ticket_id].reporter_id) for entry in written}
    return tuple(
        _reply_state(rows) if (rows := carried.get(entry.id)) else "queued" if is_known[entry.id] else "waits_for_start"
        for entry in written
    )


def _reply_state(rows: Sequence[OutboxRow]) -> str:
    """The true delivery state of a reply: never `sent` before the platform said so."""
    last = max(rows, key=lambda row: (row.notification in CARRIERS, row.id))
    on_the_way = (OutboxState.SENT, OutboxState.PENDING, OutboxState.SENDING)
    if last.notification in NOTICES and last.state in on_the_way:
        return "waits_for_start"
    match last.state:
        case OutboxState.SENT:
            return "sent"
        case OutboxState.REFUSED:
            return REFUSED_WHY.get(last.reason or "", "refused")
        case OutboxState.DEAD:
            return "unknown" if last.reason == "unknown" else "refused"
        case _:
            return "queued"
