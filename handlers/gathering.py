"""A storm into one duty chat: the cards that wait become one message, and come out by a tap."""

from handlers import cards
from handlers.catching_up import post_whole
from handlers.notifications import unpack
from handlers.notifications.to_duty import CardsGathered, TicketCard, Toast, ToastKind
from handlers.scene import Outcome, Scene
from handlers.speaking import change, language_of, tell
from storage.models import OutboxRow, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Disposition, Lane, OutboxState, Urgency

GATHER_FROM = 6
"""Cards waiting for one duty chat from which they are gathered; fewer come one by one."""
NUMBERS_SHOWN = 8
SUMMARY = CardsGathered.__name__
PAGE = 5


def gather(unit: UnitOfWork, chat_id: int) -> None:
    """Fold the waiting cards of a duty chat into one message, or into the one that still waits to be sent."""
    waiting = unit.outbox.list_waiting(chat_id, cards.CARD, Lane.NORMAL)
    if len(waiting) < GATHER_FROM:
        return
    chat = unit.chats.get(chat_id)
    summaries = unit.outbox.list_waiting(chat_id, SUMMARY, Lane.NORMAL)
    summary = summaries[0] if summaries else None
    spoken_for = [*(unit.outbox.list_gathered(summary.id) if summary else []), *waiting]
    said = _summary_of(spoken_for)
    if summary is None:
        summary_id = tell(unit, chat, said, language_of(unit, chat), needs_id=True)
    else:
        change(unit, summary.id, said, summary.language)
        summary_id = summary.id
    if summary_id is not None:
        unopened = [row.topic_id for row in waiting if row.topic_id is not None]
        unit.outbox.drop_waiting(unopened, "gathered", unit.now)  # each opens when its card is shown
        unit.outbox.gather([row.id for row in waiting], summary_id)


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """The next cards, urgent and old first, of those whose tickets still wait."""
    if (verb, choice) != ("show", ""):
        return None
    gathered = [card for card in scene.unit.outbox.list_gathered(row.id) if card.ticket_id is not None]
    tickets = [scene.unit.tickets.get(card.ticket_id or 0) for card in gathered]
    unseen = [ticket for ticket in tickets if ticket.is_open and not _is_shown(scene, ticket)]
    waiting = sorted(unseen, key=lambda ticket: (ticket.urgency is not Urgency.URGENT, ticket.id))
    for ticket in waiting[:PAGE]:
        post_whole(scene.unit, ticket, scene.chat)
    said = unpack(SUMMARY, row.payload)
    if len(waiting) <= PAGE and isinstance(said, CardsGathered):
        rest = CardsGathered(said.count, said.urgent, said.numbers, is_all_shown=True)
        change(scene.unit, row.id, rest, row.language)
    toast = None if waiting else Toast(ToastKind.NO_MORE)
    return Outcome(Disposition.ANSWERED, toast=toast, language=row.language)


def _is_shown(scene: Scene, ticket: Ticket) -> bool:
    return any(chat.id == scene.chat.id for _, chat in cards.standing(scene.unit, ticket))


def _summary_of(rows: list[OutboxRow]) -> CardsGathered:
    told = [unpack(cards.CARD, row.payload) for row in rows if row.state is OutboxState.PENDING]
    found = [card for card in told if isinstance(card, TicketCard)]
    urgent = [card.number for card in found if card.urgency is Urgency.URGENT]
    others = [card.number for card in found if card.urgency is not Urgency.URGENT]
    return CardsGathered(len(found), len(urgent), tuple((urgent + others)[:NUMBERS_SHOWN]))
