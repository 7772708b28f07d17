"""What a message is about: read once, with the tickets and pictures it may belong to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from handlers.events import MessageReceived
from handlers.examples import exemplars_of
from handlers.scene import Scene
from handlers.understanding.exemplars import corrected
from handlers.understanding.message import message_of
from handlers.understanding.moves import Move, move_for
from handlers.understanding.normal_form import normal_form
from handlers.understanding.phones import phones_in
from handlers.understanding.reading import read
from handlers.understanding.scripts import tells_script
from handlers.understanding.second_opinion import weighed
from handlers.understanding.site_words import BuildingWords, SiteWords
from handlers.understanding.trades import first_of, trades_of
from handlers.understanding.understanding import Understanding
from handlers.understanding.visit_times import visit_time_of
from storage.models import Attachment, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AttachmentKind, Disposition, Kind, Side, Trade, Urgency

BURST = timedelta(minutes=3)
"""One person's lines, photos and edits inside this time are one case."""
SAID_TO_ANOTHER = "said to somebody else"
CRIES = frozenset({"emergency", "sos"})
"""Commands that are a cry for help by themselves."""
FEW_WORDS = 3
WORD = re.compile(r"[^\W\d_a-zA-Z]|[a-zA-Z']+")
"""A word of a language with spaces, or one character of a language without."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A message with its reading. `said_at` is when it was written, which after an outage is long before now."""

    event: MessageReceived
    reading: Understanding
    said_at: datetime

    @property
    def is_sure(self) -> bool:
        """A request the desk need not ask about."""
        return move_for(self.reading) is Move.SPEAK

    @property
    def is_unsure(self) -> bool:
        """Perhaps a request, perhaps talk: worth a question."""
        return move_for(self.reading) is Move.ASK

    @property
    def is_emergency(self) -> bool:
        """Danger to life: no question, no queue."""
        return self.reading.urgency is Urgency.EMERGENCY and self.reading.kind is not Kind.CHATTER

    @property
    def trade(self) -> Trade | None:
        """The trade meant, also in words that ask for nothing by themselves: "cancel the lift"."""
        return self.reading.trade or self.named_trade

    @property
    def named_trade(self) -> Trade | None:
        """The trade that a word of theirs names, whatever the whole sounds like."""
        return first_of(trades_of(message_of(self.event.text, None)))

    @property
    def phone(self) -> str | None:
        """A phone number in words that belong to a ticket, where even "my number is ..." alone is no talk."""
        return self.reading.phone or next((phone.digits for phone in phones_in(normal_form(self.event.text))), None)

    @property
    def visit_time(self) -> str | None:
        """When somebody is home, in words that belong to a ticket, where even "after 8" alone is no talk."""
        return self.reading.visit_time or visit_time_of(normal_form(self.event.text))

    @property
    def is_bare_place(self) -> bool:
        """ "Block 3, 12th floor" and hardly a word more: where something is, never what."""
        place = self.reading.place.words
        if place is None:
            return False
        rest = self.event.text.replace(place, " ")
        return len(WORD.findall(rest)) <= FEW_WORDS and not trades_of(message_of(rest, None))

    @property
    def is_bare_greeting(self) -> bool:
        """ "Good morning everyone" and hardly a word more: nothing is told, nothing asked."""
        reasons = self.reading.reasons
        greeted = [r.partition(": ")[2].split(", ")[0] for r in reasons if r.startswith(("greeting:", "addressed:"))]
        if not greeted or self.reading.kind is not Kind.CHATTER or any(r.startswith("question:") for r in reasons):
            return False
        return len(WORD.findall(normal_form(self.event.text).text.replace(greeted[0], " ", 1))) <= FEW_WORDS

    @property
    def why(self) -> str:
        """The reading in a few words, for the ledger."""
        return f"{self.reading.kind} {self.reading.confidence:.2f}"


@dataclass(frozen=True, slots=True)
class RepliedTo:
    """The ticket behind the message that is answered, and whether that message is the desk's own."""

    ticket: Ticket | None = None
    is_ours: bool = False


def as_cry(message: MessageReceived) -> MessageReceived | None:
    """The message in plain words where somebody cries for help, also in a command: "/help fire in Block 3", "/fire"."""
    texts = [message.text]
    if message.command is not None:
        texts.append(f"{message.command.name.replace('_', ' ')}! {message.command.argument}".strip())
    cried = next((text for text in texts if _is_cry(text)), None)
    if cried is None and message.command is not None and message.command.name in CRIES:
        cried = f"{message.command.name}! {message.command.argument}".strip()
    return None if cried is None else replace(message, text=cried, command=None)


def as_alarm(heard: Heard) -> Heard:
    """What was cried by a command's name alone, "/emergency": a danger nobody knows the nature of yet."""
    if heard.is_emergency:
        return heard
    reading = replace(heard.reading, kind=Kind.REPAIR, trade=heard.trade or Trade.OTHER, urgency=Urgency.EMERGENCY)
    return replace(heard, reading=reading)


def _is_cry(text: str) -> bool:
    reading = read(text)
    return reading.urgency is Urgency.EMERGENCY and reading.kind is not Kind.CHATTER


def understand(event: MessageReceived, scene: Scene) -> Heard:
    """Read the message against the site's own building names. Stickers say nothing."""
    attached = tuple(each for each in event.attached if each.kind is not AttachmentKind.STICKER)
    reading = weighed(understand_words(event.text, scene), scene.opinion)
    if not tells_script(event.text):
        reading = replace(reading, language=_writing_of(reading.language, scene))
    words = [word for word in event.text.split() if any(map(str.isalpha, word))]
    if not words or (scene.person.language and reading.language == "en" and len(words) == 1):
        reading = replace(reading, language=scene.language)  # "1202" and "ok" are written in every language
    else:
        scene.unit.people.learn_language(scene.person, reading.language)
    said = event if attached == event.attached else replace(event, attached=attached)
    return Heard(said, reading, min(event.sent_at, scene.now))


def beside_alarm(heard: Heard, scene: Scene, before: str) -> Heard:
    """What an edit puts after words of danger, heard by itself: the alarm has been raised already."""
    words = heard.event.text.removeprefix(before) if before else heard.event.text
    is_more = heard.is_emergency and words.strip() and words != heard.event.text
    return understand(replace(heard.event, text=words.strip(" ,.;，。；\n")), scene) if is_more else heard


def _writing_of(language: str, scene: Scene) -> str:
    """Words written alike in both scripts do not change in which of them somebody is answered: 好唔好 is Cantonese,
    and written by who types simplified as well.
    """
    if language == "zh_TW" and scene.person.language == "zh_CN":
        return "zh_CN"
    return "zh_TW" if language == "zh_CN" and scene.language == "zh_TW" else language


def understand_words(words: str, scene: Scene) -> Understanding:
    """The reading of bare words."""
    return read_at(scene.unit, scene.site.id, words)


def read_at(unit: UnitOfWork, site_id: int, words: str) -> Understanding:
    """The reading of words said at a site: its own building names, and as staff there have set such words right."""
    return corrected(read(words, site_words(unit, site_id)), words, exemplars_of(unit, site_id))


def named_building(scene: Scene, name: str | None) -> int | None:
    """The id of the site's building a reading names; None where it names none."""
    if name is None:
        return None
    buildings = scene.unit.sites.list_buildings(scene.site.id)
    return next((building.id for building in buildings if building.name == name), None)


def site_words(unit: UnitOfWork, site_id: int) -> SiteWords:
    """The site's buildings under every name people use for them."""
    return _site_words(tuple((b.name, tuple(b.aliases)) for b in unit.sites.list_buildings(site_id)))


@lru_cache(maxsize=256)
def _site_words(buildings: tuple[tuple[str, tuple[str, ...]], ...]) -> SiteWords:
    return SiteWords(tuple(BuildingWords(name, aliases) for name, aliases in buildings))


def find_replied_to(event: MessageReceived, scene: Scene) -> RepliedTo:
    """The desk's own message, or what somebody said, that this one answers."""
    if event.reply_to is None:
        return RepliedTo()
    ours = scene.unit.outbox.find_by_receipt(scene.chat.id, event.reply_to)
    if ours is not None:
        return RepliedTo(scene.unit.tickets.get(ours.ticket_id) if ours.ticket_id else None, is_ours=True)
    theirs = scene.unit.inbox.find_by_message(scene.chat.id, event.reply_to)
    return RepliedTo(scene.unit.tickets.get(theirs.ticket_id) if theirs and theirs.ticket_id else None)


def find_burst_ticket(scene: Scene, said_at: datetime) -> Ticket | None:
    """The ticket this person opened here a moment before these words, however late both were heard."""
    ticket = scene.unit.tickets.find_latest_here(scene.person.id, scene.chat.id, said_at - BURST)
    if ticket is None:
        return None
    first = scene.unit.tickets.first_said_at(ticket.id) or ticket.opened_at
    return ticket if abs(said_at - first) <= BURST else None


def keep_attachments(event: MessageReceived, scene: Scene, ticket: Ticket | None, side: Side = Side.TENANT) -> None:
    """Remember what came with a message; bytes are fetched once it belongs to a ticket."""
    keep_files(event, scene.unit, scene.inbox_id, ticket.id if ticket else None, side)


def keep_files(
    event: MessageReceived, unit: UnitOfWork, inbox_id: int, ticket_id: int | None = None, side: Side = Side.TENANT
) -> None:
    """The same where no site is known yet."""
    for attached in event.attached:
        unit.attachments.add(
            Attachment(
                inbox_id=inbox_id,
                ticket_id=ticket_id,
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


def list_held(scene: Scene, around: datetime, reply_to: str | None = None) -> Sequence[int]:
    """Pictures without words this person sent here just then, and the one answered: their rows in the inbox."""
    held = list(scene.unit.inbox.list_wordless(scene.chat.id, scene.person.id, around - BURST, around + BURST))
    answered = scene.unit.inbox.find_by_message(scene.chat.id, reply_to) if reply_to else None
    if answered is not None and answered.person_id == scene.person.id and not (answered.text or answered.ticket_id):
        held.append(answered.id)
    return list(dict.fromkeys(held))


def adopt(scene: Scene, held: Sequence[int], ticket: Ticket) -> None:
    """They belong to the ticket that the words opened."""
    for inbox_id in held:
        scene.unit.attachments.give_to_ticket(inbox_id, ticket.id)
        scene.unit.inbox.redispose(inbox_id, Disposition.ADDED, ticket.id)
