"""Which ticket words belong to: the one named, the one just opened, the one being talked about, or none."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from handlers.hearing import Heard
from handlers.scene import Scene
from handlers.understanding.moves import is_confident
from handlers.understanding.perils import peril_in
from handlers.understanding.problems import says_also
from handlers.understanding.spots import is_other_spot
from handlers.understanding.understanding import Sense
from storage.models import Ticket
from storage.vocabulary import ChatRole, EntryKind, Kind, Trade, Urgency

AFTERTHOUGHT = timedelta(minutes=1)
"""A line that says nothing by itself still belongs to a ticket this young."""
SAME_TRADE = timedelta(hours=2)
"""How long another line about the same trade is more of the same case."""
SURE_TALK = 0.92
"""Chatter this sure is talk, even right after a request; a mere "很急" is read as talk with 0.90."""
_TALK = frozenset({"advert", "barter", "greeting", "smalltalk"})
"""Cues of the reading that tell of talk."""
_TO_NEIGHBOURS = frozenset({"advert", "barter", "question"})
"""Talk with one of these asks or offers the neighbours something."""
FOLLOW_UP = timedelta(days=3)
"""How long after a finish "still broken" means this ticket."""
ASKED_FOR = timedelta(days=3)
"""How long what is said in private may answer what staff wrote last."""
_ASKED = (EntryKind.REPLY, EntryKind.QUESTION)
"""Lines of a thread with which staff have written to the tenant."""
ANSWER_GOES_ON = timedelta(minutes=10)
"""How long after the first line of an answer another is more of it."""


def list_meant(heard: Heard, scene: Scene) -> Sequence[Ticket]:
    """Tickets these words may be about, the likeliest first: the number or trade named, then the newest."""
    sense, trade, words, site = heard.reading.sense, heard.trade, heard.event.text, scene.site.id
    everywhere = scene.chat.role is ChatRole.PRIVATE  # in a room of one site nobody hears of another's
    still_open = [
        ticket
        for ticket in scene.unit.tickets.list_open_of(scene.person.id)
        if (everywhere or ticket.site_id == site) and not _is_beside(heard, scene, ticket)
    ]
    finished = [
        ticket
        for ticket in scene.unit.tickets.list_finished_of(scene.person.id, scene.now - FOLLOW_UP)
        if (everywhere or ticket.site_id == site) and not _is_beside(heard, scene, ticket)
    ]
    match sense:
        case Sense.STILL_BROKEN:
            meant = sorted((*finished, *still_open), key=lambda t: t.done_at or t.opened_at, reverse=True)
        case Sense.THANKS:
            meant = [*finished, *still_open]
        case _:
            meant = still_open
    numbered = [ticket for ticket in meant if re.search(rf"(?<!\d){ticket.number}(?!\d)", words)]
    if numbered:
        return numbered
    named = [ticket for ticket in meant if ticket.trade is trade]
    if sense is Sense.STILL_BROKEN and heard.is_sure and trade not in (None, Trade.OTHER) and not named:
        return []  # "the lift stopped again" is no word about the kitchen tap
    return named or meant


def belongs(heard: Heard, scene: Scene, ticket: Ticket) -> bool:
    """Whether a line right after an opening is more of the same case rather than talk or a case of its own."""
    reading, place = heard.reading, heard.reading.place
    if reading.sense is Sense.THANKS:
        return False
    if heard.is_bare_place:
        return True
    if is_elsewhere(heard, scene, ticket) or (heard.is_sure and not ticket.is_open):
        return False  # a sure request is no more of what is finished; "still leaking" has opened that again before
    if reading.kind is Kind.CHATTER:
        if is_talk(heard, ticket):
            return False
        says_more = bool(place.words or heard.phone or heard.visit_time)
        is_close = heard.said_at - (scene.unit.tickets.first_said_at(ticket.id) or ticket.opened_at) <= AFTERTHOUGHT
        return says_more or (ticket.is_open and is_close and reading.confidence < SURE_TALK)
    if not is_confident(reading):
        return not names_other_trade(heard, ticket)
    return reading.kind is ticket.kind and reading.trade in (None, Trade.OTHER, ticket.trade)


def _is_beside(heard: Heard, scene: Scene, ticket: Ticket) -> bool:
    return is_in_other_building(heard, scene, ticket) or is_beside_alarm(heard, scene, ticket)


def is_talk(heard: Heard, ticket: Ticket) -> bool:
    """Whether these words, which name no thing of the ticket, are surely for the neighbours."""
    reading = heard.reading
    signs = {reason.partition(":")[0] for reason in reading.reasons}
    if reading.kind is not Kind.CHATTER or not signs & _TALK or heard.named_trade is ticket.trade:
        return False
    if signs & _TO_NEIGHBOURS:
        return True
    is_detail = bool(heard.visit_time or heard.phone)  # "I'm home tonight" has a word of small talk
    return not is_detail and reading.confidence >= SURE_TALK


def names_other_trade(heard: Heard, ticket: Ticket) -> bool:
    """Whether words that ask for something are about another trade, and name nothing of this one."""
    named, read = heard.named_trade, heard.reading.trade
    if heard.reading.kind is Kind.CHATTER or named is ticket.trade or read in (None, Trade.OTHER, ticket.trade):
        return False
    return heard.is_sure or named not in (None, Trade.OTHER)  # an unsure trade that no word names is a guess


def is_elsewhere(heard: Heard, scene: Scene, ticket: Ticket) -> bool:
    """Whether the words name another building, flat or spot than the ticket's, or are said at another site."""
    place = heard.reading.place
    if ticket.site_id != scene.site.id or (place.unit and ticket.unit and place.unit != ticket.unit):
        return True
    if heard.is_sure and is_other_spot(heard.event.text, ticket.words):
        return True  # the bedroom's light and the garage's are two
    return is_in_other_building(heard, scene, ticket)


def is_in_other_building(heard: Heard, scene: Scene, ticket: Ticket) -> bool:
    """Whether the words name a building, and not the ticket's."""
    named = heard.reading.place.building
    building = scene.unit.sites.find_building(ticket.building_id) if named else None
    return building is not None and building.name != named


def is_beside_alarm(heard: Heard, scene: Scene, ticket: Ticket) -> bool:
    """Whether the ticket is an emergency and the words are about another building or trade: no call for help with it,
    however loud they are.
    """
    if ticket.urgency is not Urgency.EMERGENCY or heard.is_bare_place:
        return False
    return names_other_trade(heard, ticket) or is_in_other_building(heard, scene, ticket)


def is_another(heard: Heard, scene: Scene, ticket: Ticket) -> bool:
    """Whether the words are surely about something else, even when they answer a message of this ticket."""
    is_other_trade = heard.reading.trade not in (None, Trade.OTHER, ticket.trade)
    is_other = (is_other_trade and heard.named_trade is not ticket.trade) or is_elsewhere(heard, scene, ticket)
    return is_beside_alarm(heard, scene, ticket) or (heard.is_sure and not heard.is_bare_place and is_other)


def find_same(heard: Heard, scene: Scene) -> Ticket | None:
    """The person's own young ticket of the same kind and trade, which goes on: "now it drips into the hall"."""
    kind, trade = heard.reading.kind, heard.reading.trade
    if trade in (None, Trade.OTHER) or heard.is_emergency:
        return None
    is_private = scene.chat.role is ChatRole.PRIVATE
    since = heard.said_at - (ASKED_FOR if is_private else SAME_TRADE)
    ticket = scene.unit.tickets.find_open_of_trade(scene.person.id, trade, since)
    if ticket is None or is_elsewhere(heard, scene, ticket):
        return None
    first = scene.unit.tickets.first_said_at(ticket.id) or ticket.opened_at
    if ticket.kind is kind and heard.said_at - first <= SAME_TRADE:
        return ticket
    return ticket if is_private and find_asked(heard, scene) is ticket else None  # "it is the kitchen tap that drips"


def is_same_cry(heard: Heard, ticket: Ticket) -> bool:
    """Whether a second cry is about the danger already paged."""
    if ticket.urgency is not Urgency.EMERGENCY or heard.reading.trade not in (None, Trade.OTHER, ticket.trade):
        return False
    peril = peril_in(heard.event.text)
    return peril is None or peril_in(ticket.words) is peril  # somebody hurt is no part of a burst pipe


def is_about(heard: Heard, ticket: Ticket) -> bool:
    """In private: whether words that open nothing by themselves may be about this ticket. A greeting is not."""
    if heard.is_sure:
        return heard.reading.trade in (None, Trade.OTHER, ticket.trade)
    if names_other_trade(heard, ticket) and _is_further(heard):  # "between two floors" is no broken floor
        return False
    is_small_talk = any(reason.startswith("smalltalk:") for reason in heard.reading.reasons)
    return bool(heard.event.attached) or not (is_small_talk or heard.is_bare_greeting)


def same_as(heard: Heard, ticket: Ticket) -> Heard:
    """ "Same here" under somebody's ticket: the same kind and trade, a number of its own."""
    reading = replace(heard.reading, kind=ticket.kind, trade=ticket.trade, confidence=1.0)
    return replace(heard, reading=reading)


def find_asked(heard: Heard, scene: Scene) -> Ticket | None:
    """In private: the ticket whose staff wrote last and wait for an answer, unless these words are surely another
    case.
    """
    ticket = find_talk(scene)
    if ticket is None or is_another(heard, scene, ticket):
        return None
    said = [e for e in scene.unit.tickets.list_entries(ticket.id) if e.kind in (*_ASKED, EntryKind.WORDS)]
    asked = max((index for index, entry in enumerate(said) if entry.kind in _ASKED), default=None)
    if asked is None or scene.now - said[asked].at > ASKED_FOR:
        return None
    answered = said[asked + 1 :]
    return ticket if not answered or scene.now - answered[0].at <= ANSWER_GOES_ON else None


def find_talk(scene: Scene) -> Ticket | None:
    """In private: the open ticket whose staff wrote last, else the newest; "write here any time" was promised."""
    still_open = scene.unit.tickets.list_open_of(scene.person.id)

    def newest_reply(ticket: Ticket) -> int:
        entries = scene.unit.tickets.list_entries(ticket.id)
        return max((entry.id for entry in entries if entry.kind in _ASKED), default=0)

    return max(still_open, key=lambda ticket: (newest_reply(ticket), ticket.id), default=None)


def _is_further(heard: Heard) -> bool:
    """Whether words of another trade tell of a trouble of its own, rather than where the one they follow is."""
    tells_of_trouble = any(reason.startswith(("fault:", "mess:", "job:")) for reason in heard.reading.reasons)
    return tells_of_trouble or says_also(heard.event.text)
