"""Whom nobody can write to: staff are told so under the card, and after a finish the desk is asked to call."""

from dataclasses import replace

from handlers import callbacks, cards
from handlers.notifications import unpack
from handlers.notifications.to_duty import CallbackByPhone, NobodyToWrite, Toast, ToastKind
from handlers.registering.books import has_chat
from handlers.scene import Outcome, Scene
from handlers.speaking import change, language_of, tell
from storage.models import OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import CallbackOutcome, ChatRole, Disposition, Group, TicketState


def tell_staff(unit: UnitOfWork, ticket: Ticket) -> None:
    """Staff's words reach nobody; once an hour is enough to know it."""
    if has_chat(unit, ticket):
        return
    said = NobodyToWrite(ticket.number, unit.people.get(ticket.reporter_id).name, ticket.phone)
    cards.say_under(unit, ticket, said, key=f"nobody_to_write:{ticket.id}:{unit.now:%Y%m%d%H}")


def ask_desk(unit: UnitOfWork, ticket: Ticket) -> bool:
    """Is it really fixed? Where the tenant cannot be asked in a chat, the desk is asked to call; once a finish."""
    if has_chat(unit, ticket):
        return False
    duty = unit.chats.list_by_role(ticket.site_id, ChatRole.DUTY)
    desks = [chat for chat in duty if chat.group is Group.DESK] or [chat for chat in duty if cards.is_for(ticket, chat)]
    callback = unit.afterwards.find_callback(ticket.id, ticket.round) or unit.afterwards.add_callback(
        ticket.id, ticket.round, ticket.reporter_id
    )
    for desk in desks[:1]:
        callback.sent_at = unit.now
        said = CallbackByPhone(
            ticket.number,
            ticket.trade,
            unit.people.get(ticket.reporter_id).name,
            cards.place_of(unit, ticket),
            ticket.phone,
            ticket.done_words,
        )
        tell(unit, desk, said, language_of(unit, desk), ticket_id=ticket.id, key=f"by_phone:{callbacks.key_of(ticket)}")
    return bool(desks)


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """What the tenant said on the phone, or that nobody answered."""
    said = unpack(row.notification, row.payload)
    if verb != "called" or row.ticket_id is None or not isinstance(said, CallbackByPhone):
        return None
    ticket = scene.unit.tickets.get(row.ticket_id)
    is_this_finish = (row.key or "").endswith(f":{ticket.round}")
    if ticket.state is not TicketState.DONE or not is_this_finish:
        settled = Toast(ToastKind.SETTLED, ticket.number)
        return Outcome(Disposition.ANSWERED, ticket.id, "answered before", settled, row.language)
    who, at = scene.person.name, scene.now
    if choice == "nobody":
        change(scene.unit, row.id, replace(said, tried_by=who, tried_at=at), row.language)
    else:
        outcome = CallbackOutcome(choice)
        callbacks.record(scene, ticket, outcome)
        change(scene.unit, row.id, replace(said, outcome=outcome, tried_by=who, tried_at=at), row.language)
    recorded = Toast(ToastKind.RECORDED, ticket.number)
    return Outcome(Disposition.ANSWERED, ticket.id, toast=recorded, language=row.language)
