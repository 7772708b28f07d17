"""The words of what staff register for others, and of the record of who looked at what."""

from storage.vocabulary import Word


class Source(Word):
    """How a request reached the desk when nobody wrote it in a chat."""

    PHONE = "phone"
    FRONT_DESK = "front_desk"
    LETTER = "letter"
    PATROL = "patrol"
    EMAIL = "email"


class Blank(Word):
    """What a guided registration asks for, in this order; SOURCE is the last, and its tap opens the ticket."""

    WHO = "who"
    PLACE = "place"
    PHONE = "phone"
    WORDS = "words"
    SOURCE = "source"


class Look(Word):
    """What somebody looked at or took out. What they did to a ticket is in its thread, and not told twice."""

    TICKET = "ticket"
    LIST = "list"
    PHONE = "phone"
    PRINT = "print"
    PRINTED = "printed"
    POSSIBLE = "possible"
