"""Rows that open or shape a ticket's topic, on the wire. None of them may cost a card: what cannot be had is let go."""

from datetime import datetime

from bot.channels.channel import Channel, KeepsTopics, SendFailed, TopicShape
from bot.channels.refusals import Refusal
from bot.channels.text import clean, clip
from handlers.notifications import unpack
from handlers.notifications.to_duty import TicketTopic
from locales import voice
from storage.repositories.claims import Due, Ending
from storage.vocabulary import Lane, Operation, OutboxState

NAME = 128
"""The longest name of a topic, from the Bot API."""
TRIES = 2
"""To open one twice leaves an empty one behind, so hardly anything is tried again; a cry waits for no second try."""
REST_SECONDS = 3600.0
"""How long a chat that would not have one is asked for no other."""
NOT_OPEN = "its topic is not open yet"


def is_waiting(due: Due) -> bool:
    """Whether the topic it goes into is still to be opened: only in another lane does that not hold it back."""
    return due.topic_state in (OutboxState.PENDING, OutboxState.SENDING)


def address_of(due: Due) -> str | None:
    """The topic it goes into; without one, the chat itself."""
    return due.topic if due.topic_state is OutboxState.SENT else None


def shapes(due: Due) -> bool:
    """Whether it opens or shapes one, and says nothing itself."""
    return due.operation is Operation.OPEN_TOPIC or due.notification == TicketTopic.__name__


async def operate(channel: Channel, due: Due) -> str | None:
    """Open the topic, or shape the one that stands; the platform's id of a new one."""
    said = unpack(due.notification, due.payload)
    if not (channel.abilities.topics and isinstance(channel, KeepsTopics) and isinstance(said, TicketTopic)):
        raise SendFailed(Refusal.NO_TOPICS, permanent=True)
    name = clip(clean(said.say(voice(due.language)).title or ""), NAME)
    shape = TopicShape(name, said.urgency, said.is_open)
    if due.operation is Operation.OPEN_TOPIC:
        return await channel.open_topic(due.address, shape)
    if due.target_receipt is None:
        raise SendFailed(Refusal.TOPIC_GONE, permanent=True)
    await channel.shape_topic(due.address, due.target_receipt, shape)
    return None


def refused_for(failed: SendFailed) -> float | None:
    """For how many seconds no topic is asked for in this chat, where the platform would not open one now."""
    if failed.moved_to is not None or failed.whole_bot or failed.closes_chat:
        return None
    if failed.retry_after is not None:
        return failed.retry_after
    return REST_SECONDS if failed.permanent else None


def judge_unknown(due: Due, reason: str, now: datetime) -> Ending:
    """Nobody knows whether it was opened, or it could not be: once more at most, then the card goes without."""
    most = 1 if due.lane is Lane.EMERGENCY else TRIES
    if due.attempts >= most:
        return Ending(due.id, OutboxState.DEAD, reason=reason)
    return Ending(due.id, OutboxState.PENDING, reason=reason, due_at=now)
