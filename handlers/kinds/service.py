"""A request for something that is not broken: after-hours access, a goods lift, a permit, a card."""

from handlers.kinds.kind import TicketKind, promises
from storage.vocabulary import Group, Kind, Trade

SERVICE = TicketKind(
    kind=Kind.SERVICE,
    groups={Trade.SECURITY: Group.SECURITY, Trade.PARKING: Group.SECURITY, Trade.DOOR_ACCESS: Group.SECURITY},
    default_group=Group.DESK,
    finish_within=promises(emergency=1, urgent=4, normal=24, low=48),
    callback_after=None,
    comes_to_door=True,
)
