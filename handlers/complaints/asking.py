"""The tenant is told our account, or our proposal, and answers with one tap or a word; both only in private."""

from dataclasses import replace

from handlers import cards, keeping, replies, waiting
from handlers.complaints import limits
from handlers.hearing import Heard
from handlers.notifications import Notification, pack, unpack
from handlers.notifications.to_duty import TenantAnswered, Toast, ToastKind
from handlers.notifications.to_tenant import AccountAsked, ProposalMade
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, change, react, tell
from handlers.understanding.complaining import yes_or_no
from storage.complaint_vocabulary import ComplaintStep
from storage.models import Chat, Complaint, OutboxRow, Ticket, WrongState, WrongStep
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Disposition, EntryKind, Kind

ASKED = (AccountAsked.__name__, ProposalMade.__name__)


def ask(scene: Scene, ticket: Ticket, complaint: Complaint, entry_id: int) -> None:
    """In private; who has no private chat is told in the room that something waits there."""
    private = scene.unit.chats.find_private(ticket.reporter_id)
    if private is None:
        replies.notify_in_room(scene.unit, scene.desk, ticket, entry_id)
    else:
        _ask(scene.unit, private, ticket, complaint, entry_id)


def deliver_waiting(unit: UnitOfWork, private: Chat, person_id: int) -> None:
    """The tenant has opened the private chat: what they were to be asked there."""
    for ticket in unit.tickets.list_open_of(person_id):
        complaint = unit.complaints.find(ticket.id) if ticket.kind is Kind.COMPLAINT else None
        if complaint is not None and complaint.is_asked and not _standing(unit, ticket):
            asked = [e for e in unit.tickets.list_entries(ticket.id) if e.kind is EntryKind.QUESTION]
            _ask(unit, private, ticket, complaint, asked[-1].id if asked else None)


def settle(unit: UnitOfWork, ticket: Ticket, *, is_yes: bool | None) -> None:
    """What was asked has been answered another way, or counts no more."""
    if ticket.kind is not Kind.COMPLAINT:
        return
    for row in _standing(unit, ticket):
        said = unpack(row.notification, row.payload)
        if isinstance(said, ProposalMade):
            _change(unit, row, replace(said, is_answered=is_yes, is_over=is_yes is None))
        elif isinstance(said, AccountAsked):
            _change(unit, row, replace(said, is_answered=True))


def reword(unit: UnitOfWork, ticket: Ticket, words: str) -> None:
    """Staff have changed what stands before the tenant and is not answered yet."""
    for row in _standing(unit, ticket):
        said = unpack(row.notification, row.payload)
        if isinstance(said, AccountAsked):
            _change(unit, row, replace(said, account=words))
        elif isinstance(said, ProposalMade):
            _change(unit, row, replace(said, proposal=words))


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """A tap of the tenant's."""
    if row.ticket_id is None or choice not in ("yes", "no"):
        return None
    ticket = scene.unit.tickets.get(row.ticket_id)
    complaint = scene.unit.complaints.of(ticket)
    if not complaint.is_asked or not ticket.is_open or row not in _standing(scene.unit, ticket):
        return _settled(ticket, row)
    step = ComplaintStep.CONFIRM if verb == "account" else ComplaintStep.ANSWER
    if complaint.step is not step:
        return _settled(ticket, row)
    _answer(scene, ticket, complaint, is_yes=choice == "yes")
    return Outcome(
        Disposition.ANSWERED, ticket.id, toast=Toast(ToastKind.RECORDED, ticket.number), language=row.language
    )


def hear(heard: Heard, scene: Scene, pointed: Ticket | None) -> Outcome | None:
    """ "Yes", "that's right", "I accept" in private while something is asked; None for all other words."""
    is_yes = yes_or_no(heard.event.text) if scene.chat.role is ChatRole.PRIVATE else None
    if is_yes is None:
        return None
    unit = scene.unit
    mine = [pointed] if pointed is not None else unit.tickets.list_open_of(scene.person.id)
    for ticket in mine:
        is_theirs = ticket.reporter_id == scene.person.id and ticket.kind is Kind.COMPLAINT and ticket.is_open
        complaint = unit.complaints.find(ticket.id) if is_theirs else None
        if complaint is not None and complaint.is_asked and _standing(unit, ticket):
            keeping.write(heard, scene, ticket)
            _answer(scene, ticket, complaint, is_yes=is_yes)
            react(unit, scene.chat, heard.event.message_id, SEEN)
            return Outcome(Disposition.ADDED, ticket.id, "answers a complaint's question")
    return None


def _answer(scene: Scene, ticket: Ticket, complaint: Complaint, *, is_yes: bool) -> None:
    step = complaint.step
    rows = _standing(scene.unit, ticket)
    try:
        match step, is_yes:
            case ComplaintStep.CONFIRM, True:
                complaint.confirm(scene.now)
            case ComplaintStep.CONFIRM, False:
                complaint.doubt(scene.now)
            case _, True:
                complaint.accept(scene.now)
            case _:
                complaint.refuse(scene.now)
    except WrongStep as wrong:
        raise WrongState(ticket, "answer") from wrong
    limits.begin(scene.unit, ticket, complaint)
    waiting.tenant_is_silent(scene.unit, ticket)
    for row in rows:
        said = unpack(row.notification, row.payload)
        if isinstance(said, AccountAsked | ProposalMade):
            _change(scene.unit, row, replace(said, is_answered=is_yes))
    cards.say_under(scene.unit, ticket, TenantAnswered(ticket.number, step, is_yes))
    cards.refresh(scene.unit, ticket)


def _ask(unit: UnitOfWork, private: Chat, ticket: Ticket, complaint: Complaint, entry_id: int | None) -> None:
    said: Notification = (
        AccountAsked(ticket.number, complaint.account or "")
        if complaint.step is ComplaintStep.CONFIRM
        else ProposalMade(ticket.number, complaint.proposal or "")
    )
    for row in _standing(unit, ticket):
        before = unpack(row.notification, row.payload)
        if isinstance(before, AccountAsked):
            _change(unit, row, replace(before, is_answered=True))
    tell(
        unit,
        private,
        said,
        ticket.language,
        ticket_id=ticket.id,
        person_id=ticket.reporter_id,
        entry_id=entry_id,
    )


def _standing(unit: UnitOfWork, ticket: Ticket) -> list[OutboxRow]:
    """What stands before the tenant and is not answered yet, as far as its row knows."""
    rows = [row for name in ASKED for row in unit.outbox.list_messages(ticket.id, name)]
    return [row for row in rows if not _is_settled(row)]


def _is_settled(row: OutboxRow) -> bool:
    said = unpack(row.notification, row.payload)
    if isinstance(said, ProposalMade):
        return said.is_over or said.is_answered is not None
    return isinstance(said, AccountAsked) and said.is_answered is not None


def _change(unit: UnitOfWork, row: OutboxRow, said: Notification) -> None:
    """Also on the row itself, so that a late tap finds it answered."""
    change(unit, row.id, said, row.language)
    row.payload = pack(said)


def _settled(ticket: Ticket, row: OutboxRow) -> Outcome:
    settled = Toast(ToastKind.SETTLED, ticket.number)
    return Outcome(Disposition.ANSWERED, ticket.id, "answered before", settled, row.language)
