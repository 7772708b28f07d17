"""A complaint about somebody of ours goes above them: to the managers, and out of every chat they might read."""

from collections.abc import Sequence
from dataclasses import replace

from handlers import answering_taps, cards, catching_up, merging, offers, topics
from handlers.complaints import blaming, concerns
from handlers.kinds import KINDS
from handlers.notifications import pack, unpack
from handlers.notifications.to_duty import Choice, FoundTickets, LookedAfterElsewhere, Menu, ToastKind
from handlers.pushes import reminding
from handlers.scene import Outcome, Scene
from handlers.speaking import change, withdraw
from storage.models import Concern, OutboxRow, Ticket, WrongState
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Disposition, Group, Operation, OutboxState

STUB = LookedAfterElsewhere.__name__
STAFF = (ChatRole.DUTY, ChatRole.MANAGER)
MOST_MEMBERS = 20
"""Shown to choose from; more would be a wall of buttons."""


def guard(unit: UnitOfWork, ticket: Ticket, about: Sequence[Concern]) -> None:
    """From now on it is about these: what stands in chats that may not know is taken out of them."""
    if ticket.incident_id is not None:
        ticket.leave()
    else:
        merging.let_go(unit, ticket)
    ticket.shared = ticket.perhaps_same_id = None
    unit.complaints.guard(ticket.id, [_of(ticket, each) for each in about])
    unit.corrections.unlearn(ticket.id, unit.now)
    _withdraw(unit, ticket)
    if ticket.is_open:
        offer_above(unit, ticket)


def offer_above(unit: UnitOfWork, ticket: Ticket) -> bool:
    """To whoever may look after it; False where nobody may, and then it waits for somebody who may."""
    seeing = concerns.list_seeing(unit, ticket.site_id, ticket.id)
    ticket.raise_above(has_chat=bool(seeing))
    reminding.stop(unit, ticket)
    reminding.plan(unit, ticket, offered_again=True)
    unit.flush()
    shown = {chat.id for _, chat in cards.standing(unit, ticket)}
    for chat in seeing:
        if chat.id not in shown:
            catching_up.post_whole(unit, ticket, chat)
    cards.refresh(unit, ticket)
    return bool(seeing)


def keep_apart(unit: UnitOfWork, ticket: Ticket) -> None:
    """Somebody it is about has been heard where it stands: it goes on elsewhere."""
    _withdraw(unit, ticket)
    if ticket.is_open:
        offer_above(unit, ticket)


def mind(unit: UnitOfWork, ticket: Ticket) -> None:
    """Before more is said of it: where one of those it is about has been heard since, nothing would reach anybody."""
    if not ticket.is_open or not concerns.is_guarded(unit, ticket.id):
        return
    if any(concerns.is_hidden(unit, chat, ticket.id) for _, chat in cards.standing(unit, ticket)):
        keep_apart(unit, ticket)


def heed(unit: UnitOfWork, ticket: Ticket, words: str) -> None:
    """More words for a complaint: if they tell whom of ours it is about, it is guarded before anybody reads them."""
    if concerns.is_guarded(unit, ticket.id):
        mind(unit, ticket)
        return
    if not KINDS[ticket.kind].steps:
        return
    about = blaming.concerns_in(unit, ticket, words)
    if about:
        guard(unit, ticket, about)


def press(scene: Scene, row: OutboxRow, ticket: Ticket, choice: str) -> Outcome | None:
    """Staff say whom it is about: a group, then one of it, or that it is about nobody of ours."""
    if not ticket.is_open:
        raise WrongState(ticket, "concern")
    unit, (name, _, value) = scene.unit, choice.partition("=")
    match name:
        case "":
            return _show(scene, row, ticket, _choices(unit, ticket))
        case "g":
            return _show(scene, row, ticket, _members(unit, ticket, Group(value)))
        case "w":
            about = [Concern(ticket_id=ticket.id, group=Group(value))]
        case "m":
            member = unit.rosters.recall(ticket.site_id).find_member(int(value))
            if member is None:
                return None
            about = [Concern(ticket_id=ticket.id, member_id=member.id)]
        case "above":
            about = [Concern(ticket_id=ticket.id, is_above=True)]
        case "any":
            about = [Concern(ticket_id=ticket.id)]
        case "nobody":
            _release(scene, ticket)
            return answering_taps.done(ticket, row, ToastKind.RECORDED)
        case _:
            return None
    guard(unit, ticket, about)
    return answering_taps.done(ticket, row, ToastKind.RECORDED)


def _release(scene: Scene, ticket: Ticket) -> None:
    """It is about nobody of ours after all: it goes the way of every complaint."""
    unit = scene.unit
    if not concerns.is_guarded(unit, ticket.id):
        cards.refresh(unit, ticket)
        return
    unit.complaints.guard(ticket.id, ())
    group = offers.find_group(unit, ticket)
    if group is not None:
        ticket.reroute(group)
        unit.flush()
        offers.post_to_group(unit, ticket, group)
        reminding.stop(unit, ticket)
        reminding.plan(unit, ticket, offered_again=True)
    cards.refresh(unit, ticket)


def _withdraw(unit: UnitOfWork, ticket: Ticket) -> None:
    """Every message about it in a chat that may not know says nothing of it any more."""
    stub = LookedAfterElsewhere(ticket.number)
    for row in unit.outbox.list_by_ticket(ticket.id):
        is_ours = row.operation in (Operation.SEND, Operation.OPEN_TOPIC)
        stands = is_ours and row.state not in (OutboxState.REFUSED, OutboxState.DEAD)
        is_message = stands and row.notification != STUB
        if not is_message or not concerns.is_hidden(unit, unit.chats.get(row.chat_id), ticket.id):
            continue
        if row.operation is Operation.OPEN_TOPIC:
            topics.empty(unit, row, ticket.number)
        else:
            withdraw(unit, row, stub)
    _take_off_lists(unit, ticket)


def _take_off_lists(unit: UnitOfWork, ticket: Ticket) -> None:
    """What somebody looked for in such a chat quotes it no more."""
    staff = [chat for role in STAFF for chat in unit.chats.list_by_role(ticket.site_id, role)]
    hidden = [chat.id for chat in staff if concerns.is_hidden(unit, chat, ticket.id)]
    for row in unit.outbox.list_said_in(hidden, FoundTickets.__name__, ticket.opened_at):
        shown = unit.outbox.find_shown(row.id) or row
        said = unpack(shown.notification, shown.payload)
        if isinstance(said, FoundTickets) and any(line.number == ticket.number for line in said.lines):
            lines = tuple(line for line in said.lines if line.number != ticket.number)
            kept = replace(said, lines=lines, total=said.total - 1)
            change(unit, row.id, kept, row.language)
            row.payload = pack(kept)


def _of(ticket: Ticket, about: Concern) -> Concern:
    return Concern(
        ticket_id=ticket.id,
        member_id=about.member_id,
        person_id=about.person_id,
        group=about.group,
        is_above=about.is_above,
    )


def _choices(unit: UnitOfWork, ticket: Ticket) -> tuple[Choice, ...]:
    groups = tuple(Choice(f"g={group}", group=group) for group in Group)
    nobody = (Choice("nobody"),) if concerns.is_guarded(unit, ticket.id) else ()
    return (*groups, Choice("above"), Choice("any"), *nobody)


def _members(unit: UnitOfWork, ticket: Ticket, group: Group) -> tuple[Choice, ...]:
    roster = unit.rosters.recall(ticket.site_id)
    of_group = [member for member in roster.members if member.group is group][:MOST_MEMBERS]
    return (*(Choice(f"m={member.id}", name=member.name) for member in of_group), Choice(f"w={group}"))


def _show(scene: Scene, row: OutboxRow, ticket: Ticket, choices: tuple[Choice, ...]) -> Outcome:
    card = replace(cards.card_of(scene.unit, ticket, Menu.CONCERN), choices=choices)
    change(scene.unit, row.id, card, row.language)
    return Outcome(Disposition.ANSWERED, ticket.id)
