"""Conduct, fees, service or a nuisance: received and answered in seven steps, never judged valid or invalid."""

from datetime import timedelta

from handlers.kinds.kind import TicketKind, promises
from storage.complaint_vocabulary import ComplaintStep
from storage.vocabulary import Group, Kind

COMPLAINT = TicketKind(
    kind=Kind.COMPLAINT,
    groups={},
    default_group=Group.DESK,
    finish_within=promises(emergency=4, urgent=24, normal=72, low=120),
    callback_after=timedelta(hours=24),
    steps={
        ComplaintStep.CONFIRM: timedelta(hours=4),
        ComplaintStep.INVESTIGATE: timedelta(hours=16),
        ComplaintStep.PROPOSE: timedelta(hours=8),
        ComplaintStep.ANSWER: timedelta(hours=16),
        ComplaintStep.CARRY_OUT: timedelta(hours=24),
        ComplaintStep.SUMMARISE: timedelta(hours=16),
    },
)
