"""What waits for one person goes as one message, where the platform counts messages and gives few."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

import structlog

from bot.channels.channel import Abilities, Channel, Letter, SendFailed
from bot.channels.text import utf16
from bot.delivery import Sent, deliver, judge, render
from handlers.notifications import NOTIFICATIONS
from handlers.notifications.numbering import choices_of, numbered
from handlers.notifications.speech import Speech
from locales import voice
from storage.repositories.claims import Due, Ending
from storage.vocabulary import Lane, Operation, OutboxState

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Carried:
    """One more row's words. With choices they go last, and only one row's may: a number answers one question."""

    due: Due
    words: str
    has_choices: bool


class Carrier:
    """A channel as the first of the rows sees it: what it says carries the others' words along."""

    def __init__(self, channel: Channel, carried: Sequence[Carried], *, first_has_choices: bool) -> None:
        self.name, self.abilities, self.pace = channel.name, channel.abilities, channel.pace
        self._channel, self._carried, self._first_has_choices = channel, carried, first_has_choices
        self.failed: SendFailed | None = None
        self.has_sent = False

    async def send(self, letter: Letter) -> str:
        """Say all of it; the failure is the others' too."""
        words = [letter.speech.plain, *(each.words for each in self._carried)]
        if self._first_has_choices:
            words = [*words[1:], words[0]]
        is_last = letter.is_last_word or any(
            NOTIFICATIONS[each.due.notification].is_last_word for each in self._carried
        )
        try:
            receipt = await self._channel.send(replace(letter, speech=Speech("\n\n".join(words)), is_last_word=is_last))
        except SendFailed as failed:
            self.failed = failed
            raise
        self.has_sent = True
        return receipt


async def deliver_together(
    channel: Channel,
    rows: Sequence[Due],
    now: Callable[[], datetime],
    is_ours: Callable[[], bool],
    rest: Callable[[], float],
) -> list[Sent]:
    """Send rows of one chat as one message, as far as they go together; the rest of them waits for the next."""
    first, *others = rows
    carried, has_choices = _those_that_go(first, others, channel.abilities)
    carrier = Carrier(channel, carried, first_has_choices=has_choices)
    sent = await deliver(cast("Channel", carrier), first, _no_file, now, is_ours, rest)
    ends = [sent]
    gone = {each.due.id for each in carried}
    for due in others:
        if due.id in gone and carrier.failed is not None:
            ends.append(judge(due, carrier.failed, now()))
        elif due.id in gone and carrier.has_sent:
            ends.append(Sent(due, Ending(due.id, OutboxState.SENT, receipt=sent.ending.receipt)))
        else:
            ends.append(Sent(due, Ending(due.id, OutboxState.PENDING, is_repeat=due.is_repeat, counts=False)))
    return ends


async def _no_file() -> None:
    return None


def _those_that_go(first: Due, others: Sequence[Due], abilities: Abilities) -> tuple[list[Carried], bool]:
    """Which others go with the first, in what order; and whether it must be the last, since it asks something."""
    if first.lane is Lane.EMERGENCY or first.operation is Operation.REACT or first.attachment_id is not None:
        return [], False
    try:
        own = _carried(first)
        found = [_carried(due) for due in others]
    except Exception as error:  # whichever it is, it breaks by itself when its turn comes
        log.warning("not_merged", outbox=first.id, error=type(error).__name__)
        return [], False
    room = abilities.text_limit - utf16(own.words)
    has_question = own.has_choices
    going: list[Carried] = []
    for each in found:
        room -= utf16(each.words) + 2
        if room < 0 or (has_question and each.has_choices):
            break
        has_question = has_question or each.has_choices
        going.append(each)
    return sorted(going, key=lambda each: each.has_choices), own.has_choices


def _carried(due: Due) -> Carried:
    speech = render(due, may_change=False)
    return Carried(due, numbered(speech, voice(due.language)).plain, bool(choices_of(speech)))
