"""What a tap that did its work is answered with."""

from handlers.notifications.to_duty import Toast, ToastKind
from handlers.scene import Outcome
from storage.models import OutboxRow, Ticket
from storage.vocabulary import Disposition


def done(ticket: Ticket, row: OutboxRow, kind: ToastKind) -> Outcome:
    """A few words over the button, in the language of the message it stands under."""
    return Outcome(Disposition.ANSWERED, ticket.id, toast=Toast(kind, ticket.number), language=row.language)
