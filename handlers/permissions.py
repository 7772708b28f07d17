"""Who may do what with a ticket: one table, from how somebody stands to it to the acts that are theirs."""

from collections.abc import Mapping
from enum import StrEnum

from handlers.events import MessageReceived
from handlers.notifications.to_duty import Toast, ToastKind
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from storage.models import Chat, OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Disposition, Group

BACK = "iam"
"""The command by which an account is known on the roster again."""


class Act(StrEnum):
    """What can be done from a card, by the verb of its button."""

    CARD = "card"
    MORE = "more"
    TAKE = "take"
    TAKE_OVER = "take_over"
    KEEP = "keep"
    ON_IT = "on_it"
    HAND_OVER = "hand_over"
    ASK = "ask"
    ANSWER = "answer"
    VISIT = "visit"
    WERE = "were"
    WAIT = "wait"
    DONE = "done"
    SOLVED = "solved"
    ADD = "add"
    SPEND = "spend"
    ESCALATE = "escalate"
    CORRECT = "correct"
    MERGE = "merge"
    SAME = "same"
    SPLIT = "split"
    REPORTS = "reports"
    NOTE = "note"
    HISTORY = "history"
    STEP = "step"
    CONCERN = "concern"
    WHY = "why"
    PRINT = "print"


class Standing(StrEnum):
    """How the one who taps stands to a ticket."""

    OWN = "own"
    """In the duty chat of its group."""
    DESK = "desk"
    """In the customer desk's, which may dispatch everything."""
    PAGED = "paged"
    """In another group's, as everybody is called to an emergency."""
    GONE = "gone"
    """Once on the roster, and no longer."""


_EVERYTHING = frozenset(Act)
MAY: Mapping[Standing, frozenset[Act]] = {
    Standing.OWN: _EVERYTHING,
    Standing.DESK: _EVERYTHING,
    # They run and help; what else is known of the flat, and what is said to be the same, is the group's.
    Standing.PAGED: _EVERYTHING - {Act.HISTORY, Act.PRINT, Act.MERGE, Act.SPLIT, Act.SAME, Act.STEP, Act.CONCERN},
    Standing.GONE: frozenset(),
}


def standing_of(unit: UnitOfWork, chat: Chat, person_id: int, ticket: Ticket) -> Standing:
    """Chats are known by their group, and those who left by the roster they once were on."""
    if has_left(unit, ticket.site_id, person_id):
        return Standing.GONE
    if chat.group in (None, ticket.group):
        return Standing.OWN
    return Standing.DESK if chat.group is Group.DESK else Standing.PAGED


def has_left(unit: UnitOfWork, site_id: int, person_id: int) -> bool:
    """Whether somebody was once on the roster and is no longer; where there is none, everybody in the chat is staff."""
    roster = unit.rosters.recall(site_id)
    is_here = not roster.members or roster.find_by_person(person_id) is not None
    return not is_here and unit.rosters.has_left(site_id, person_id)


def turn_away(event: MessageReceived, scene: Scene) -> Outcome | None:
    """Who has left is told so, whatever they ask the desk or tell a tenant; `/iam` alone may bring them back.

    None for everybody else. Their talk with former colleagues is nobody's business.
    """
    name = event.command.name if event.command is not None else None
    if name == BACK or not has_left(scene.unit, scene.site.id, scene.person.id):
        return None
    answers_us = event.reply_to and scene.unit.outbox.find_by_receipt(scene.chat.id, event.reply_to) is not None
    if name is None and not answers_us:
        return Outcome(Disposition.IGNORED, reason="staff talk")
    tell(scene.unit, scene.chat, Toast(ToastKind.HAS_LEFT), scene.language, reply_to=event.message_id)
    return Outcome(Disposition.REFUSED, reason=f"{Standing.GONE}: {name or 'a reply'}"[:40])


def turn_away_tap(scene: Scene, row: OutboxRow) -> Outcome | None:
    """The same for any button in a chat of staff's."""
    is_staffs = scene.chat.role in (ChatRole.DUTY, ChatRole.MANAGER)
    if not is_staffs or not has_left(scene.unit, scene.site.id, scene.person.id):
        return None
    toast = Toast(ToastKind.HAS_LEFT)
    return Outcome(Disposition.REFUSED, row.ticket_id, f"{Standing.GONE}: a tap", toast, row.language)


def refuse(scene: Scene, row: OutboxRow, ticket: Ticket, verb: str) -> Outcome | None:
    """A kind answer to a tap that is not theirs to make; None where it is, and for a verb of no act here."""
    standing = standing_of(scene.unit, scene.chat, scene.person.id, ticket)
    if standing is not Standing.GONE and (verb not in set(Act) or Act(verb) in MAY[standing]):
        return None
    kind = ToastKind.HAS_LEFT if standing is Standing.GONE else ToastKind.NOT_YOUR_GROUP
    toast = Toast(kind, ticket.number)
    return Outcome(Disposition.REFUSED, ticket.id, f"{standing} may not {verb}"[:40], toast, row.language)
