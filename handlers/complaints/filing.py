"""The register of closed complaints, for teaching: what happened, what was done, and nobody's name, room or phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from handlers import promises
from handlers.hearing import site_words
from handlers.understanding.second_opinion import LONGEST, redacted
from storage.complaint_vocabulary import Affected, Weight
from storage.models import Complaint, Site, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import CloseReason, Trade

_ENDS = "。！？.!?\n"


@dataclass(frozen=True, slots=True)
class FiledCase:
    """One closed case. Times are of the site; hours are of working time, whole."""

    number: int
    opened_on: date
    filed_on: date
    trade: Trade
    weight: Weight | None
    affected: Affected | None
    words: str
    finding: str
    proposal: str
    done: str
    summary: str
    proposals: int
    hours: int
    late_steps: int
    reopened: int
    is_confirmed: bool
    """Whether the tenant said that it is settled; silence is no yes."""
    rating: int | None


def list_cases(
    unit: UnitOfWork, site: Site, since: datetime | None = None, until: datetime | None = None
) -> Sequence[FiledCase]:
    """Those filed in a time, oldest first."""
    names = _names(unit, site)
    return [_case(unit, site, *found, names) for found in unit.complaints.list_filed(site.id, since, until)]


def _case(unit: UnitOfWork, site: Site, complaint: Complaint, ticket: Ticket, names: Sequence[str]) -> FiledCase:
    zone, words = ZoneInfo(site.timezone), site_words(unit, site.id)
    callback = unit.afterwards.find_callback(ticket.id, ticket.round) if ticket.round else None
    filed_at = complaint.filed_at or unit.now

    def without(text: str | None) -> str:
        return " ".join(redacted(piece, words, names).strip() for piece in _pieces(text or ""))

    return FiledCase(
        number=ticket.number,
        opened_on=ticket.opened_at.astimezone(zone).date(),
        filed_on=filed_at.astimezone(zone).date(),
        trade=ticket.trade,
        weight=complaint.weight,
        affected=complaint.affected,
        words=without(ticket.words),
        finding=without(complaint.finding),
        proposal=without(complaint.proposal),
        done=without(ticket.done_words),
        summary=without(complaint.summary),
        proposals=complaint.proposals,
        hours=round(promises.worked_between(unit, ticket, ticket.opened_at, filed_at).total_seconds() / 3600),
        late_steps=complaint.late_steps,
        reopened=ticket.reopened,
        is_confirmed=ticket.close_reason is CloseReason.CONFIRMED,
        rating=callback.rating if callback is not None else None,
    )


def _names(unit: UnitOfWork, site: Site) -> Sequence[str]:
    """Everybody a case may name: the office, its tenants who complained, whoever took one."""
    names = {member.name for member in unit.rosters.list_members(site.id)}
    for _, ticket in unit.complaints.list_filed(site.id):
        names.add(unit.people.get(ticket.reporter_id).name)
        if ticket.assignee_id is not None:
            names.add(unit.people.get(ticket.assignee_id).name)
    whole = {name for name in names if len(name) > 1}
    return sorted(whole | {part for name in whole if name.isascii() for part in name.split() if len(part) > 2})


def _pieces(text: str) -> Sequence[str]:
    """Long words in pieces the redaction takes whole, cut where a sentence ends."""
    pieces, rest = [], text
    while len(rest) > LONGEST:
        end = max((rest.rfind(mark, 0, LONGEST) for mark in _ENDS), default=-1) + 1 or LONGEST
        pieces.append(rest[:end])
        rest = rest[end:]
    return [*pieces, rest] if rest.strip() else pieces
