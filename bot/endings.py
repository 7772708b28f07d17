"""How claimed rows ended: written down, with what follows for their chats, tickets and summaries."""

from collections.abc import Collection, Sequence
from datetime import timedelta

import structlog

from bot.channels.refusals import Refusal
from bot.delivery import LONGEST_PAUSE, Sent, judge_unknown
from handlers import delivery, gathering, topics
from handlers.scene import Desk
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import OutboxState

log = structlog.get_logger(__name__)

LONGEST_ORDER = timedelta(days=1)
"""No platform asks for a longer rest; what seems to be one was written before the clock was set back."""
SLOWED = (Refusal.SLOWED, Refusal.BOT_SLOWED)


class Endings:
    """Writes what became of one worker's rows, and judges those whose sender died."""

    def __init__(self, desk: Desk, worker: str, lease: timedelta) -> None:
        self._desk, self._worker, self._lease = desk, worker, lease

    def write(self, unit: UnitOfWork, ended: Sequence[Sent]) -> None:
        """How rows ended, and what follows from it."""
        unit.outbox.end((sent.ending for sent in ended), self._worker, unit.now)
        for sent in ended:
            due, ending = sent.due, sent.ending
            if sent.moved_to is not None:
                unit.chats.move(due.channel, due.address, sent.moved_to)
            if sent.closes_chat is not None:
                delivery.close_chat(unit, self._desk, unit.chats.get(due.chat_id), sent.closes_chat)
            if sent.lost_topic and due.topic_id is not None:
                delivery.lose_topic(unit, due.topic_id)
            if sent.no_topics_for is not None:
                topics.leave_in_peace(unit, due.chat_id, timedelta(seconds=sent.no_topics_for))
            if ending.state is OutboxState.PENDING:
                continue
            if ending.state is not OutboxState.SENT:
                log.warning("not_delivered", outbox=due.id, notification=due.notification, reason=ending.reason)
            if due.notification == gathering.SUMMARY:
                unit.outbox.end_gathered(due.id, ending.state, ending.receipt, ending.reason, unit.now)
            if delivery.is_awaited(due.notification, due.entry_id, ending.state):
                delivery.hear_of(unit, self._desk, due.id)
            delivery.forget_secret(unit, due.id, due.notification)

    def write_alone(self, unit: UnitOfWork, sent: Sent) -> None:
        """How a row ended and nothing else: what follows from it breaks, and must not hold up the others."""
        unit.outbox.end([sent.ending], self._worker, unit.now)

    def keep_bounds(self, unit: UnitOfWork) -> None:
        """A clock that was set back makes nothing wait until it has caught up."""
        pause = timedelta(seconds=LONGEST_PAUSE)
        unit.outbox.keep_bounds(unit.now, pause=pause, order=LONGEST_ORDER, orders=SLOWED, lease=self._lease)

    def judge(self, unit: UnitOfWork, ours: Collection[int], *, is_heir: bool = False) -> None:
        """Rows whose sender died before writing the receipt are unknown, and judged as such; `ours` are not.

        An heir, who has just taken the lead, judges the emergencies another left behind at once: they are sent again
        and marked whenever that is, and a cry must not wait for a lease to end.
        """
        heir = self._worker if is_heir else None
        for due in unit.outbox.list_expired(unit.now, heir):
            if due.id in ours or not unit.outbox.seize(due.id, self._worker, unit.now, unit.now + self._lease, heir):
                continue
            self.write(unit, [Sent(due, judge_unknown(due, unit.now))])
