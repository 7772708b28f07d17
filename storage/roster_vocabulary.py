"""The words of the roster and of waiting, apart from those every ticket needs."""

from storage.vocabulary import Word


class MemberRole(Word):
    """What somebody is in the office; those after LEAD stand above the groups."""

    MEMBER = "member"
    LEAD = "lead"
    CLIENT_DIRECTOR = "client_director"
    OFFICE_MANAGER = "office_manager"
    QUALITY = "quality"


class SwapState(Word):
    """A swap is ASKED of a colleague, AGREED to, and APPROVED by the lead; or it is REFUSED."""

    ASKED = "asked"
    AGREED = "agreed"
    APPROVED = "approved"
    REFUSED = "refused"


class WaitsFor(Word):
    """Why a ticket's clock stands still."""

    TENANT = "tenant"
    PARTS = "parts"


class OfferMode(Word):
    """To whom in a group a ticket is offered: ALL of it, who is ON_DUTY, of those the one with the least to do."""

    ALL = "all"
    ON_DUTY = "on_duty"
    ROUND_ROBIN = "round_robin"


class Rung(Word):
    """What happens, one after the other, to an offer nobody takes."""

    REMIND = "remind"
    NEXT_ON_DUTY = "next_on_duty"
    LEAD = "lead"
    CLIENT_DIRECTOR = "client_director"
    OFFICE_MANAGER = "office_manager"
    QUALITY = "quality"


class StaffNames(Word):
    """How tenants read who of staff does something, as the office chooses."""

    FULL = "full"
    FIRST = "first"
    """The given name; of a Chinese name the surname, as one speaks to a master of a trade."""
    ROLE = "role"
    """The group, and no name."""
    NONE = "none"
