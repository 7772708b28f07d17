"""A question for the desk."""

from handlers.kinds.kind import TicketKind, promises
from storage.vocabulary import Group, Kind

INQUIRY = TicketKind(
    kind=Kind.INQUIRY,
    groups={},
    default_group=Group.DESK,
    finish_within=promises(emergency=1, urgent=4, normal=24, low=48),
    callback_after=None,
)
