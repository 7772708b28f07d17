"""What became of a ticket, as its thread keeps it: a step's name and what it was about, for staff.

Never a sentence: whoever shows a step words it in the reader's own language.
"""

from collections.abc import Sequence
from enum import StrEnum

from handlers.scene import Scene
from storage.models import Entry, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Audience, EntryKind, Side


class Step(StrEnum):
    """The steps, each with what it is about."""

    TAKEN = "taken"
    TAKEN_OVER = "taken_over"  # from whom
    KEPT = "kept"  # said to go on with it
    HANDED_OVER = "handed_over"  # to which group
    OFFERED = "offered"  # to whom
    NOT_TAKEN = "not_taken"  # which role was told
    LATE = "late"  # which role was told
    NOBODY_ON_DUTY = "nobody_on_duty"
    WAITS = "waits"  # for what
    GOES_ON = "goes_on"
    CORRECTED = "corrected"  # aspect, before, after
    MERGED = "merged"  # into which number
    SPLIT = "split"  # from which number
    CLOSED_UNANSWERED = "closed_unanswered"
    HANDED_TO = "handed_to"  # to whom
    TO_AND_FRO = "to_and_fro"  # which role was asked to decide
    ESCALATED = "escalated"  # which role was told, by hand
    VISIT_PROPOSED = "visit_proposed"  # from and until, in seconds since 1970
    VISIT_WANTED = "visit_wanted"  # the same, by the tenant
    VISIT_AGREED = "visit_agreed"
    VISIT_REFUSED = "visit_refused"
    VISIT_OFF = "visit_off"
    VISIT_NOT_YET = "visit_not_yet"
    NOBODY_HOME = "nobody_home"
    TAKEN_BACK = "taken_back"  # which entry
    PHOTO = "photo"  # of how it looks now
    CHARGED = "charged"  # currency and amount


def enter(unit: UnitOfWork, ticket: Ticket, step: Step, *about: str) -> None:
    """A step of the desk's own."""
    text = _text(step, about)
    unit.tickets.add_entry(ticket.id, unit.now, EntryKind.STEP, Side.DESK, Audience.STAFF, text)


def enter_by_staff(scene: Scene, ticket: Ticket, step: Step, *about: str) -> None:
    """A step of whoever tapped."""
    who = (EntryKind.STEP, Side.STAFF, Audience.STAFF)
    scene.unit.tickets.add_entry(
        ticket.id, scene.now, *who, _text(step, about), person_id=scene.person.id, inbox_id=scene.inbox_id
    )


def is_step(entry: Entry, step: Step) -> bool:
    """Whether this line of a thread is such a step."""
    return entry.kind is EntryKind.STEP and entry.text.partition(":")[0] == step


def list_about(unit: UnitOfWork, ticket: Ticket, step: Step) -> Sequence[str]:
    """What every such step of a ticket was about, in order."""
    return [e.text.partition(":")[2] for e in unit.tickets.list_entries(ticket.id) if is_step(e, step)]


def _text(step: Step, about: Sequence[str]) -> str:
    return ":".join((step, *about))
