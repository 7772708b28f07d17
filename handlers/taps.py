"""A button of ours was tapped: which message it belongs to, whether this person may, who answers it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from handlers import (
    answers,
    callbacks,
    commands,
    duty,
    gathering,
    manager,
    permissions,
    possible_requests,
    printing,
    slips,
    taking_back,
)
from handlers.complaints import asking as complaint_asking
from handlers.complaints import wishes
from handlers.events import ButtonPressed
from handlers.finding import pages, possible, showing
from handlers.notifications.to_duty import (
    AnythingToAdd,
    CallbackByPhone,
    CardsGathered,
    ChooseAnswer,
    EscalatedToLead,
    FoundTickets,
    HandedToYou,
    LeadAsked,
    OfferedNext,
    PossibleRequest,
    PossibleRequests,
    Registered,
    RegisterForm,
    ShiftEnds,
    SpendAsked,
    StillUntaken,
    SwapAsked,
    TakenSilent,
    TenantSaysSolved,
    TicketCard,
    Toast,
    ToastKind,
    VisitWanted,
    WereYouThere,
    WholeTicket,
    WriteStep,
)
from handlers.notifications.to_manager import DailyDigest
from handlers.notifications.to_tenant import (
    AccountAsked,
    CallbackCheck,
    CallbackChecks,
    CommonQuestions,
    ListAnswer,
    ProposalMade,
    RatePlease,
    UnnamedReceived,
    VisitAsked,
    VisitProposed,
    VisitReminder,
    WhichBuilding,
    WhichKind,
    WhichLanguage,
    WhichOne,
    WhichUnit,
)
from handlers.questions import answering, choosing
from handlers.registering import guided, unreached
from handlers.roster import swapping
from handlers.scene import Outcome, Scene
from handlers.visits import tenant as visiting
from storage.models import OutboxRow, WrongState
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Disposition

BASE = 36
LONGEST_PREFIX = 12
"""Base-36 digits that any database still takes for an id; more of them are nobody's row."""
Press = Callable[[Scene, OutboxRow, str, str], Outcome | None]

STAFF_TAPS = (
    TicketCard,
    StillUntaken,
    TenantSaysSolved,
    OfferedNext,
    LeadAsked,
    TakenSilent,
    ShiftEnds,
    WriteStep,
    AnythingToAdd,
    ChooseAnswer,
    EscalatedToLead,
    HandedToYou,
    VisitWanted,
    SpendAsked,
    WereYouThere,
)
"""What staff see of one ticket with buttons under it."""

PRESSES: Mapping[str, tuple[frozenset[ChatRole], Press]] = {
    thing.__name__: (frozenset(roles), press)
    for things, roles, press in (
        (STAFF_TAPS, {ChatRole.DUTY, ChatRole.MANAGER}, duty.press),
        ((CardsGathered,), {ChatRole.DUTY}, gathering.press),
        ((SwapAsked,), {ChatRole.DUTY, ChatRole.MANAGER}, swapping.press),
        ((CallbackByPhone,), {ChatRole.DUTY}, unreached.press),
        ((RegisterForm,), {ChatRole.DUTY, ChatRole.MANAGER}, guided.press),
        ((Registered,), {ChatRole.DUTY, ChatRole.MANAGER}, guided.set_source),
        ((PossibleRequests,), {ChatRole.DUTY, ChatRole.MANAGER}, possible.press),
        ((DailyDigest,), {ChatRole.MANAGER}, manager.press),
        ((FoundTickets,), {ChatRole.DUTY, ChatRole.MANAGER}, pages.press),
        ((WholeTicket,), {ChatRole.DUTY, ChatRole.MANAGER}, printing.or_else(showing.press)),
        ((PossibleRequest,), {ChatRole.DUTY}, possible_requests.press),
        ((WhichKind,), {ChatRole.ROOM, ChatRole.PRIVATE}, possible_requests.press),
        ((CallbackCheck, RatePlease), {ChatRole.ROOM, ChatRole.PRIVATE}, callbacks.press),
        ((CallbackChecks,), {ChatRole.ROOM, ChatRole.PRIVATE}, callbacks.press_together),
        ((VisitAsked, VisitProposed, VisitReminder), {ChatRole.ROOM, ChatRole.PRIVATE}, visiting.press),
        ((ListAnswer,), {ChatRole.ROOM, ChatRole.PRIVATE}, answering.press),
        ((CommonQuestions,), {ChatRole.PRIVATE}, choosing.press),
        ((WhichOne,), {ChatRole.ROOM, ChatRole.PRIVATE}, taking_back.press),
        ((WhichUnit, WhichBuilding), {ChatRole.PRIVATE}, answers.skip_unit),
        ((WhichLanguage,), {ChatRole.PRIVATE}, commands.set_language),
        ((AccountAsked, ProposalMade), {ChatRole.PRIVATE}, complaint_asking.press),
        ((UnnamedReceived,), {ChatRole.PRIVATE}, wishes.press),
    )
    for thing in things
}
"""Who answers the buttons under which message. A verb means something only under a message that offers it."""


def tap_prefix(outbox_id: int) -> str:
    """What goes before a verb on a button, so that a tap leads back to its row even when no receipt was recorded."""
    digits, rest = "", outbox_id
    while rest:
        rest, digit = divmod(rest, BASE)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return f"{digits or '0'}."


def press(event: ButtonPressed, scene: Scene) -> Outcome:
    """One tap. The row it names must stand in this very chat; what a button carried is never trusted alone."""
    row = _find_row(event, scene)
    if row is None:
        toast = Toast(ToastKind.OLD_CARD)
        return Outcome(Disposition.REFUSED, None, "old or foreign button", toast, scene.language)
    if row.person_id is not None and row.person_id != scene.person.id:
        toast = Toast(ToastKind.NOT_FOR_YOU)
        return Outcome(Disposition.REFUSED, row.ticket_id, "somebody else's question", toast, row.language)
    carried = event.tap.partition(".")[2]
    if slips.is_slip(event, scene, carried):
        return Outcome(Disposition.REFUSED, row.ticket_id, "a slip", Toast(ToastKind.ONE_MOMENT), row.language)
    outcome = choose(scene, row, carried)
    if outcome is None:
        return Outcome(Disposition.REFUSED, row.ticket_id, "no such button", Toast(ToastKind.OLD_CARD), row.language)
    return replace(outcome, reason=outcome.reason or slips.note(carried))


def choose(scene: Scene, row: OutboxRow, carried: str) -> Outcome | None:
    """What a button of this row does; None for a button it does not have. Who may is settled by now."""
    roles, answer = PRESSES.get(row.notification, (frozenset(), None))
    if answer is None or scene.chat.role not in roles or not _is_of_site(scene, row):
        return None
    turned_away = permissions.turn_away_tap(scene, row)
    if turned_away is not None:
        return turned_away
    verb, _, choice = carried.partition(":")
    try:
        return answer(scene, row, verb, choice)
    except WrongState as wrong:
        return duty.late(scene, row, wrong.ticket)
    except ValueError:
        return None  # a choice outside its closed set: no button of ours carries one


def _is_of_site(scene: Scene, row: OutboxRow) -> bool:
    """A chat that was linked to another site keeps no hold on the tickets of the former."""
    return row.ticket_id is None or scene.unit.tickets.get(row.ticket_id).site_id == scene.site.id


def find_tapped(unit: UnitOfWork, event: ButtonPressed) -> OutboxRow | None:
    """The row a button names, wherever it stands; it is not trusted yet."""
    named = event.tap.partition(".")[0]
    try:
        return unit.outbox.find(int(named, BASE)) if len(named) <= LONGEST_PREFIX else None
    except ValueError:
        return None


def _find_row(event: ButtonPressed, scene: Scene) -> OutboxRow | None:
    row = find_tapped(scene.unit, event)
    if row is None or row.chat_id != scene.chat.id or row.attempts == 0:
        return None
    if event.message_id is not None and row.receipt is None:
        if scene.unit.outbox.find_by_receipt(scene.chat.id, event.message_id) is not None:
            return None
        scene.unit.outbox.learn_receipt(row.id, event.message_id)
    elif event.message_id is not None and row.receipt != event.message_id and not row.is_repeat:
        return None
    return row
