"""The words of the trade, one word for one meaning, as closed sets stored as text. Every room reads them."""

from enum import StrEnum


class Word(StrEnum):
    """A word of the vocabulary: it hashes as the text it is, in C; `Enum`'s own hash is a call of Python each time."""

    __hash__ = str.__hash__


class Kind(Word):
    """What a tenant's words become. CHATTER is everything the desk stays silent about."""

    REPAIR = "repair"
    COMPLAINT = "complaint"
    INQUIRY = "inquiry"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    SERVICE = "service"
    CHATTER = "chatter"


class Trade(Word):
    """Which hands a ticket needs."""

    PLUMBING = "plumbing"
    ELECTRICAL = "electrical"
    LIFT = "lift"
    HVAC = "hvac"
    DOOR_ACCESS = "door_access"
    STRUCTURE = "structure"
    CLEANING = "cleaning"
    PEST = "pest"
    SECURITY = "security"
    PARKING = "parking"
    NOISE = "noise"
    FACILITIES = "facilities"
    GAS = "gas"
    NETWORK = "network"
    FIRE_SAFETY = "fire_safety"
    APPLIANCE = "appliance"
    FEES = "fees"
    NEIGHBOUR = "neighbour"
    GREEN = "green"
    STAFF = "staff"
    OTHER = "other"


class Urgency(Word):
    """How soon. EMERGENCY skips every question and every queue."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NORMAL = "normal"
    LOW = "low"

    def is_at_least(self, other: "Urgency") -> bool:
        """Whether this waits no longer than the other; as texts they compare by letters."""
        order = list(Urgency)
        return order.index(self) <= order.index(other)


class SharedThing(Word):
    """What neighbours share, and so may tell the desk of many times over. A flat's own tap is none of these."""

    LIFT = "lift"
    FIRE = "fire"
    GAS = "gas"
    FIRE_ALARM = "fire_alarm"
    FIRE_GEAR = "fire_gear"
    WATER = "water"
    WATER_COLOUR = "water_colour"
    HOT_WATER = "hot_water"
    POWER = "power"
    NETWORK = "network"
    HEATING = "heating"
    CENTRAL_AIR = "central_air"
    GATE = "gate"
    STREET_LIGHT = "street_light"
    CORRIDOR_LIGHT = "corridor_light"
    FRONT_DOOR = "front_door"
    CHARGER = "charger"
    LOCKER = "locker"
    POOL = "pool"
    GYM = "gym"
    PLAYGROUND = "playground"
    PUBLIC_LEAK = "public_leak"
    DRILLING = "drilling"
    MUSIC = "music"
    DOG = "dog"
    RUBBISH = "rubbish"
    TOILET_PUBLIC = "toilet_public"
    DIRT = "dirt"
    SMELL = "smell"
    NOISE_MACHINE = "noise_machine"


class Aspect(Word):
    """What about a ticket staff may set right."""

    KIND = "kind"
    TRADE = "trade"
    URGENCY = "urgency"
    PLACE = "place"


class Group(Word):
    """A project group with a duty chat of its own."""

    DESK = "desk"
    ENGINEERING = "engineering"
    ENVIRONMENT = "environment"
    SECURITY = "security"
    ADMINISTRATION = "administration"


class ChatRole(Word):
    """What a chat is to the desk. UNLINKED chats are heard by nobody until a one-time code links them."""

    ROOM = "room"
    PRIVATE = "private"
    DUTY = "duty"
    MANAGER = "manager"
    UNLINKED = "unlinked"


class TicketState(Word):
    """Where a ticket stands; `Ticket` guards the steps between."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    DONE = "done"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class CloseReason(Word):
    """How a ticket ended. CONFIRMED is the tenant's own word; ANSWERED is staff's, of a kind that asks nobody.

    WITHOUT_ANSWER never counts as satisfied; LOGGED asked for no work.
    """

    CONFIRMED = "confirmed"
    ANSWERED = "answered"
    WITHOUT_ANSWER = "without_answer"
    CANCELLED = "cancelled"
    LOGGED = "logged"


COMMAND = "/"
"""What the reason of a disposition begins with when the desk took the message for a command, and for no words."""


class Disposition(Word):
    """The one recorded end of every inbound message: nothing is lost in silence."""

    OPENED = "opened"
    ADDED = "added"
    JOINED = "joined"
    ANSWERED = "answered"
    ASKED = "asked"
    CHATTER = "chatter"
    STAFF_TRIAGE = "staff_triage"
    REFUSED = "refused"
    IGNORED = "ignored"
    FAILED = "failed"


class EntryKind(Word):
    """What one line of a ticket's thread is."""

    WORDS = "words"
    STEP = "step"
    QUESTION = "question"
    REPLY = "reply"
    REPORT = "report"
    URGING = "urging"
    NOTE = "note"


class Side(Word):
    """Who wrote an entry."""

    TENANT = "tenant"
    STAFF = "staff"
    DESK = "desk"


class Audience(Word):
    """Who may read an entry; each wider word includes the narrower readers."""

    STAFF = "staff"
    REPORTER = "reporter"


class InboxState(Word):
    """RECEIVED waits for its act; DONE has a disposition; FAILED keeps its raw form for a person to look at."""

    RECEIVED = "received"
    DONE = "done"
    FAILED = "failed"


class OutboxState(Word):
    """PENDING and SENDING are on the way; every row ends SENT, REFUSED (the platform said never) or DEAD."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    DEAD = "dead"


class Lane(Word):
    """Priority lanes of the outbox; order is kept per chat inside a lane. Sorted by their stored text."""

    EMERGENCY = "0-emergency"
    NORMAL = "1-normal"
    BULK = "2-bulk"


class Operation(Word):
    """What an outbox row does at the far end."""

    SEND = "send"
    EDIT = "edit"
    REACT = "react"
    OPEN_TOPIC = "open_topic"
    DELETE = "delete"


class AttachmentState(Word):
    """NAMED is known by the platform's id; KEPT has its bytes here; TOO_BIG and LOST never will."""

    NAMED = "named"
    KEPT = "kept"
    TOO_BIG = "too_big"
    LOST = "lost"


class AttachmentKind(Word):
    """What a tenant or a member of staff attached."""

    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    DOCUMENT = "document"
    LOCATION = "location"
    STICKER = "sticker"


class PushState(Word):
    """A scheduled push fires once or is cancelled."""

    WAITING = "waiting"
    FIRED = "fired"
    CANCELLED = "cancelled"
    FAILED = "failed"


class CallbackOutcome(Word):
    """What the tenant says of finished work."""

    FIXED = "fixed"
    PARTLY = "partly"
    NOT_FIXED = "not_fixed"
    NOBODY_CAME = "nobody_came"


class AskingKind(Word):
    """What the desk asked a person."""

    WHICH_KIND = "which_kind"
    WHICH_UNIT = "which_unit"
    WHICH_SITE = "which_site"


class AskingState(Word):
    """An asking is OPEN until it is answered, skipped or expires."""

    OPEN = "open"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    EXPIRED = "expired"
