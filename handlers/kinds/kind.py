"""What a ticket kind is: who does it, by when, what is asked, what follows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from storage.complaint_vocabulary import ComplaintStep
from storage.vocabulary import Group, Kind, Trade, Urgency

FLAT_TRADES = frozenset(
    {Trade.PLUMBING, Trade.ELECTRICAL, Trade.HVAC, Trade.GAS, Trade.NETWORK, Trade.APPLIANCE, Trade.PEST}
)
"""Trades whose work is mostly inside somebody's flat, so that the room is worth asking for."""


ANSWER_WITHIN: Mapping[Urgency, timedelta] = {
    Urgency.EMERGENCY: timedelta(minutes=5),
    Urgency.URGENT: timedelta(minutes=30),
    Urgency.NORMAL: timedelta(hours=2),
    Urgency.LOW: timedelta(hours=8),
}
"""How soon somebody is to see to it, where a kind says nothing else."""


@dataclass(frozen=True, slots=True)
class TicketKind:
    """One kind of ticket. `finish_within` and `answer_within` are its promises, as long as a site makes no others."""

    kind: Kind
    groups: Mapping[Trade, Group]
    default_group: Group
    finish_within: Mapping[Urgency, timedelta]
    callback_after: timedelta | None
    """How long after the finish the tenant is asked; None asks nobody."""
    asks_unit: bool = False
    answer_within: Mapping[Urgency, timedelta] = field(default_factory=lambda: ANSWER_WITHIN)
    needs_work: bool = True
    """Without work it is thanked and logged."""
    comes_to_door: bool = False
    """Whether staff who answer a card with nothing but an hour mean a visit."""
    wants_photos: bool = False
    """Whether pictures of before and after are asked for, and what was charged."""
    steps: Mapping[ComplaintStep, timedelta] = field(default_factory=dict)
    """Where it goes step by step: within how much working time each is promised."""

    def group_for(self, trade: Trade) -> Group:
        """Whose hands it needs."""
        return self.groups.get(trade, self.default_group)


def promises(*, emergency: float, urgent: float, normal: float, low: float) -> Mapping[Urgency, timedelta]:
    """Promises in hours."""
    hours = {Urgency.EMERGENCY: emergency, Urgency.URGENT: urgent, Urgency.NORMAL: normal, Urgency.LOW: low}
    return {urgency: timedelta(hours=value) for urgency, value in hours.items()}


TRADE_GROUPS: Mapping[Trade, Group] = {
    Trade.PLUMBING: Group.ENGINEERING,
    Trade.ELECTRICAL: Group.ENGINEERING,
    Trade.LIFT: Group.ENGINEERING,
    Trade.HVAC: Group.ENGINEERING,
    Trade.DOOR_ACCESS: Group.ENGINEERING,
    Trade.STRUCTURE: Group.ENGINEERING,
    Trade.FACILITIES: Group.ENGINEERING,
    Trade.GAS: Group.ENGINEERING,
    Trade.NETWORK: Group.ENGINEERING,
    Trade.FIRE_SAFETY: Group.ENGINEERING,
    Trade.APPLIANCE: Group.ENGINEERING,
    Trade.CLEANING: Group.ENVIRONMENT,
    Trade.PEST: Group.ENVIRONMENT,
    Trade.GREEN: Group.ENVIRONMENT,
    Trade.SECURITY: Group.SECURITY,
    Trade.PARKING: Group.SECURITY,
    Trade.NOISE: Group.SECURITY,
    Trade.NEIGHBOUR: Group.DESK,
    Trade.FEES: Group.DESK,
    Trade.STAFF: Group.DESK,
    Trade.OTHER: Group.DESK,
}
