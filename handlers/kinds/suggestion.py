"""An addition or change somebody proposes: thanked, and answered."""

from handlers.kinds.kind import TicketKind, promises
from storage.vocabulary import Group, Kind

SUGGESTION = TicketKind(
    kind=Kind.SUGGESTION,
    groups={},
    default_group=Group.DESK,
    finish_within=promises(emergency=24, urgent=72, normal=168, low=336),
    callback_after=None,
)
