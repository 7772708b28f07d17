"""Thanks and commendation: thanked and logged, no work."""

from handlers.kinds.kind import TicketKind, promises
from storage.vocabulary import Group, Kind

PRAISE = TicketKind(
    kind=Kind.PRAISE,
    groups={},
    default_group=Group.DESK,
    finish_within=promises(emergency=24, urgent=24, normal=24, low=24),
    callback_after=None,
    needs_work=False,
)
