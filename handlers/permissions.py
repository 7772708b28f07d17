"""Who may do what with a ticket: one table, from how somebody stands to it to the acts that are theirs."""

from collections.abc import Mapping
from enum import StrEnum

from handlers.notifications.to_duty import Toast, ToastKind
from handlers.scene import Outcome, Scene
from storage.models import Chat, OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Disposition, Group


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
    roster = unit.rosters.recall(ticket.site_id)
    is_here = not roster.members or roster.find_by_person(person_id) is not None
    if not is_here and unit.rosters.has_left(ticket.site_id, person_id):
        return Standing.GONE
    if chat.group in (None, ticket.group):
        return Standing.OWN
    return Standing.DESK if chat.group is Group.DESK else Standing.PAGED


def refuse(scene: Scene, row: OutboxRow, ticket: Ticket, verb: str) -> Outcome | None:
    """A kind answer to a tap that is not theirs to make; None where it is, and for a verb of no act here."""
    standing = standing_of(scene.unit, scene.chat, scene.person.id, ticket)
    if standing is not Standing.GONE and (verb not in set(Act) or Act(verb) in MAY[standing]):
        return None
    kind = ToastKind.HAS_LEFT if standing is Standing.GONE else ToastKind.NOT_YOUR_GROUP
    toast = Toast(kind, ticket.number)
    return Outcome(Disposition.REFUSED, ticket.id, f"{standing} may not {verb}"[:40], toast, row.language)
