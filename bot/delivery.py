"""One claimed row on the wire: rendered, sent, and told how it ended. What each failure means is decided here, once."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

import structlog

from bot import topics
from bot.channels.channel import Abilities, ChangesTapped, Channel, Letter, Media, SendFailed, TakesBack
from bot.channels.refusals import Refusal
from handlers.notifications import NOTIFICATIONS, unpack
from handlers.notifications.numbering import numbered, numbered_beyond
from handlers.notifications.speech import Speech
from handlers.taps import tap_prefix
from locales import voice
from storage.repositories.claims import Due, Ending
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Lane, Operation, OutboxState
from storage.writer import Writer

log = structlog.get_logger(__name__)

TRIES = 90
"""Tries before a row is dead: with pauses growing to a minute, an hour and a half."""
OUTAGE_TRIES = 1500
"""The same while the platform cannot be reached at all: about a day, as long as Telegram keeps what it has for us."""
UNKNOWN_TRIES = 8
"""Tries of a row nobody answers for: each of them may have been seen."""
FILE_TRIES = 3
"""The same of a file: one too slow for the line is no faster the next time, and its chat waits meanwhile."""
BROKEN_TRIES = 3
"""Tries of a row that our own code cannot render."""
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
START_WITHIN = 0.25
"""The part of a lease in which a send may begin: 15 of 60 seconds, for a call takes up to 45."""
UNKNOWN = "unknown"
LATE = "its sender was held up"


class StartBy(NamedTuple):
    """Until when a claimed row may be put on the wire, by the clock and by the time since, which nobody can set."""

    clock: datetime
    monotonic: float

    @classmethod
    def of(cls, now: datetime, lease: timedelta) -> "StartBy":
        """The first part of the lease; the rest is for the call itself."""
        return cls(now + lease * START_WITHIN, time.monotonic() + lease.total_seconds() * START_WITHIN)

    def has_passed(self, now: datetime) -> bool:
        """Whether another may judge the row before our call would have come back."""
        return now >= self.clock or time.monotonic() >= self.monotonic


@dataclass(frozen=True, slots=True)
class Sent:
    """How one row ended, and what the sender must do besides."""

    due: Due
    ending: Ending
    rest_chat: float = 0.0
    """Seconds this chat wants to be left alone."""
    rest_bot: float = 0.0
    closes_chat: str | None = None
    moved_to: str | None = None
    lost_topic: bool = False
    """Whether the topic it was to go into is gone."""
    no_topics_for: float | None = None
    """Seconds for which this chat is asked for no topic."""


def render(due: Due, *, may_change: bool = True) -> Speech:
    """The row in its reader's language and zone, marked when it may have arrived already."""
    reader = voice(due.language, due.timezone or "UTC")
    said = unpack(due.notification, due.payload)
    speech = said.say(reader) if may_change or due.operation is not Operation.EDIT else said.say_anew(reader)
    if due.is_repeat:
        return replace(speech, text=reader.say("(You may have seen this already) {text}", text=speech.text))
    return speech


async def deliver(
    channel: Channel,
    due: Due,
    media: Callable[[], Awaitable[Media | None]],
    now: Callable[[], datetime],
    is_ours: Callable[[], bool],
    rest: Callable[[], float],
) -> Sent:
    """Send one row. Whatever goes wrong is an ending; `media` looks up the file it carries.

    Two things are asked just before the wire. `is_ours`: who was held up until another may have taken the row leaves it
    alone. `rest`: the platform may have asked for so many seconds of silence while the row was being claimed.
    """
    if due.closed_reason is not None:
        return Sent(due, Ending(due.id, OutboxState.REFUSED, reason=due.closed_reason))
    if topics.is_waiting(due):
        return Sent(due, _waits(due, topics.NOT_OPEN, now() + timedelta(seconds=FIRST_PAUSE)))
    try:
        content = await media()
        if not is_ours():
            log.warning("too_late_to_send", outbox=due.id, notification=due.notification)
            return Sent(due, _waits(due, LATE, None))
        if (seconds := rest()) > 0:
            return Sent(due, _waits(due, Refusal.SLOWED, now() + timedelta(seconds=seconds)))
        receipt = await _operate(channel, due, content)
    except SendFailed as failed:
        return judge(due, failed, now())
    except Exception as error:
        log.error("row_broke", outbox=due.id, notification=due.notification, error=type(error).__name__)
        return Sent(due, _again(due, type(error).__name__, now(), BROKEN_TRIES))
    return Sent(due, Ending(due.id, OutboxState.SENT, receipt=receipt))


async def media_of(writer: Writer, due: Due) -> Media | None:
    """The file a row carries: its bytes, or where it is."""
    if due.attachment_id is None:
        return None
    attachment_id = due.attachment_id

    def look(unit: UnitOfWork) -> Media:
        attachment = unit.attachments.get(attachment_id)
        has_bytes = attachment.file_id is not None
        return Media(
            kind=attachment.kind,
            content=unit.attachments.content(attachment_id) if has_bytes else b"",
            name=attachment.name or f"{attachment.kind}-{attachment.id}",
            media_type=attachment.media_type,
            latitude=attachment.latitude,
            longitude=attachment.longitude,
        )

    return await writer.read(look)


async def _operate(channel: Channel, due: Due, media: Media | None) -> str | None:
    if due.operation is Operation.REACT:
        if channel.abilities.reactions and due.reply_to is not None:
            await channel.react(due.address, due.reply_to, due.payload)
        return None
    if due.operation is Operation.DELETE:
        await _take_back(channel, due)
        return None
    if topics.shapes(due):
        return await topics.operate(channel, due)
    may_change = channel.abilities.edits or _may_change(channel, due)
    letter = Letter(
        address=due.address,
        speech=_fitted(render(due, may_change=may_change), due, channel.abilities),
        tap_prefix=tap_prefix(due.tap_id),
        reply_to=due.reply_to or (due.target_receipt if due.operation is Operation.SEND else None),
        media=media,
        lane=due.lane,
        language=due.language,
        topic=topics.address_of(due),
        is_last_word=due.lane is Lane.EMERGENCY or NOTIFICATIONS[due.notification].is_last_word,
    )
    if due.operation is Operation.EDIT and may_change:
        if due.target_receipt is None:
            raise SendFailed("nothing to edit", permanent=True)
        await channel.edit(letter, due.target_receipt)
        return None
    return await channel.send(letter)


def _may_change(channel: Channel, due: Due) -> bool:
    """Whether a channel that cannot change what it has said can do so just now, since somebody tapped it."""
    if due.operation is not Operation.EDIT or not isinstance(channel, ChangesTapped):
        return False
    return channel.may_change(due.address, tap_prefix(due.tap_id))


def _fitted(speech: Speech, due: Due, abilities: Abilities) -> Speech:
    if not abilities.hears:
        return speech
    if not abilities.buttons:
        return numbered(speech, voice(due.language))
    most = abilities.most_buttons
    return speech if most is None else numbered_beyond(speech, voice(due.language), most)


async def _take_back(channel: Channel, due: Due) -> None:
    """What has no receipt never arrived, and nothing is left to delete."""
    if due.target_receipt is None:
        return
    if not isinstance(channel, TakesBack):
        raise SendFailed(Refusal.MAY_NOT_DELETE, permanent=True)
    await channel.take_back(due.address, due.target_receipt)


def judge(due: Due, failed: SendFailed, now: datetime) -> Sent:
    """What a failure means for a row."""
    if failed.moved_to is not None:
        return Sent(due, _waits(due, "moved", now), moved_to=failed.moved_to)
    if due.operation is Operation.OPEN_TOPIC and (seconds := topics.refused_for(failed)) is not None:
        return Sent(due, Ending(due.id, OutboxState.REFUSED, reason=failed.reason), no_topics_for=seconds)
    if failed.reason == Refusal.TOPIC_GONE and topics.address_of(due) is not None:
        return Sent(due, _waits(due, failed.reason, now), lost_topic=True)
    if failed.retry_after is not None:
        at = now + timedelta(seconds=failed.retry_after)
        # The reason stays on the row, so that whoever leads next keeps to the platform's order.
        slows_bot = failed.whole_bot and failed.reason == Refusal.SLOWED
        reason = Refusal.BOT_SLOWED if slows_bot else failed.reason
        rest = failed.retry_after
        return Sent(due, _waits(due, reason, at), rest_chat=rest, rest_bot=rest if failed.whole_bot else 0.0)
    if failed.permanent:
        closes = failed.reason if failed.closes_chat else None
        return Sent(due, Ending(due.id, OutboxState.REFUSED, reason=failed.reason), closes_chat=closes)
    if failed.unknown:
        return Sent(due, judge_unknown(due, now))
    if due.operation is Operation.OPEN_TOPIC and failed.reason != Refusal.UNREACHABLE:
        return Sent(due, topics.judge_unknown(due, failed.reason, now))
    tries = OUTAGE_TRIES if failed.reason == Refusal.UNREACHABLE else TRIES
    return Sent(due, _again(due, failed.reason, now, tries))


def judge_unknown(due: Due, now: datetime) -> Ending:
    """Nobody knows whether it arrived. Edits and reactions do no harm twice; words are repeated, marked, or left."""
    if due.operation is Operation.OPEN_TOPIC:
        return topics.judge_unknown(due, UNKNOWN, now)
    if due.attempts >= (UNKNOWN_TRIES if due.attachment_id is None else FILE_TRIES):
        return Ending(due.id, OutboxState.DEAD, reason=UNKNOWN)
    if due.operation is not Operation.SEND:
        return _again(due, UNKNOWN, now, TRIES)
    if due.lane is Lane.EMERGENCY or NOTIFICATIONS[due.notification].repeats_when_unknown:
        return replace(_again(due, UNKNOWN, now, TRIES), is_repeat=True)
    return Ending(due.id, OutboxState.DEAD, reason=UNKNOWN)


def _waits(due: Due, reason: str, at: datetime | None) -> Ending:
    """Another try that counts as none: this one has not failed."""
    return Ending(due.id, OutboxState.PENDING, reason=reason, due_at=at, is_repeat=due.is_repeat, counts=False)


def _again(due: Due, reason: str, now: datetime, tries: int) -> Ending:
    if due.attempts >= tries:
        return Ending(due.id, OutboxState.DEAD, reason=reason)
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(due.attempts - 1, 10))
    return Ending(
        due.id, OutboxState.PENDING, reason=reason, due_at=now + timedelta(seconds=pause), is_repeat=due.is_repeat
    )


def is_group(due: Due) -> bool:
    """Whether the platform counts this chat as a group."""
    return due.role is not ChatRole.PRIVATE
