"""What a message is about: read once, with the tickets it may belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from handlers.events import MessageReceived
from handlers.scene import Scene
from handlers.understanding.reading import read
from handlers.understanding.site_words import BuildingWords, SiteWords
from handlers.understanding.understanding import Understanding
from storage.models import Attachment, Ticket
from storage.vocabulary import Disposition, Side

BURST = timedelta(minutes=3)
"""One person's lines, photos and edits inside this time are one case."""
AFTERTHOUGHT = timedelta(minutes=1)
"""A line that says nothing by itself still belongs to a ticket this young."""
FOLLOW_UP = timedelta(days=3)
"""How long after a finish "still broken" means this ticket."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message with its reading."""

    event: MessageReceived
    reading: Understanding


def understand(event: MessageReceived, scene: Scene) -> Heard:
    """Read the message against the site's own building names."""
    return Heard(event, understand_words(event.text, scene))


def understand_words(words: str, scene: Scene) -> Understanding:
    """The reading of bare words."""
    buildings = tuple((b.name, tuple(b.aliases)) for b in scene.unit.sites.list_buildings(scene.site.id))
    return read(words, _site_words(buildings))


@lru_cache(maxsize=256)
def _site_words(buildings: tuple[tuple[str, tuple[str, ...]], ...]) -> SiteWords:
    return SiteWords(tuple(BuildingWords(name, aliases) for name, aliases in buildings))


def find_ticket_replied_to(event: MessageReceived, scene: Scene) -> Ticket | None:
    """The ticket behind the message this one answers: the desk's own, or what a tenant said."""
    if event.reply_to is None:
        return None
    ours = scene.unit.outbox.find_by_receipt(scene.chat.id, event.reply_to)
    theirs = scene.unit.inbox.find_by_message(scene.chat.id, event.reply_to) if ours is None else None
    ticket_id = ours.ticket_id if ours else theirs.ticket_id if theirs else None
    return scene.unit.tickets.get(ticket_id) if ticket_id else None


def find_burst_ticket(scene: Scene) -> Ticket | None:
    """The ticket this person opened here a moment ago."""
    return scene.unit.tickets.find_latest_here(scene.person.id, scene.chat.id, scene.now - BURST)


def keep_attachments(event: MessageReceived, scene: Scene, ticket: Ticket | None, side: Side = Side.TENANT) -> None:
    """Remember what came with a message; bytes are fetched once it belongs to a ticket."""
    for attached in event.attached:
        scene.unit.attachments.add(
            Attachment(
                inbox_id=scene.inbox_id,
                ticket_id=ticket.id if ticket else None,
                channel=event.where.channel,
                kind=attached.kind,
                file_id=attached.file_id,
                name=attached.name,
                size=attached.size,
                latitude=attached.latitude,
                longitude=attached.longitude,
                side=side,
            )
        )


def list_held(scene: Scene) -> Sequence[int]:
    """Pictures this person sent here just before, without words: their rows in the inbox."""
    return scene.unit.inbox.list_wordless(scene.chat.id, scene.person.id, scene.now - BURST)


def adopt(scene: Scene, held: Sequence[int], ticket: Ticket) -> None:
    """They belong to the ticket that the words opened."""
    for inbox_id in held:
        scene.unit.attachments.give_to_ticket(inbox_id, ticket.id)
        scene.unit.inbox.redispose(inbox_id, Disposition.ADDED, ticket.id)
