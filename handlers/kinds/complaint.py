"""Conduct, fees, service or a nuisance: received and answered, never judged valid or invalid."""

from datetime import timedelta

from handlers.kinds.kind import TicketKind, promises
from storage.vocabulary import Group, Kind

COMPLAINT = TicketKind(
    kind=Kind.COMPLAINT,
    groups={},
    default_group=Group.DESK,
    finish_within=promises(emergency=4, urgent=24, normal=72, low=120),
    callback_after=timedelta(hours=24),
)
