"""Something is broken, leaking, blocked or unsafe: hands are needed."""

from datetime import timedelta

from handlers.kinds.kind import TRADE_GROUPS, TicketKind, promises
from storage.vocabulary import Group, Kind

REPAIR = TicketKind(
    kind=Kind.REPAIR,
    groups=TRADE_GROUPS,
    default_group=Group.ENGINEERING,
    finish_within=promises(emergency=2, urgent=6, normal=48, low=96),
    callback_after=timedelta(hours=2),
    asks_unit=True,
    comes_to_door=True,
    wants_photos=True,
)
