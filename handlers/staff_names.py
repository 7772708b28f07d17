"""How a tenant reads who of staff does something: whole name, given name, group, or nobody's, as the office chooses."""

import re

from locales import Voice
from storage.models import Ticket
from storage.roster_vocabulary import StaffNames
from storage.unit_of_work import UnitOfWork

_HAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}")
_ADDRESSED = re.compile(r"[小老阿].*|.*(?:师傅|師傅|工|姐|哥|叔|经理|經理|主任|先生|女士|小姐)")
"""Such a name is how one speaks to somebody already."""
_TWO_SIGNS = (
    *("欧阳", "歐陽", "司徒", "上官", "诸葛", "諸葛", "司马", "司馬"),
    *("皇甫", "东方", "東方", "慕容", "夏侯", "尉迟", "尉遲"),
)


def told_assignee(unit: UnitOfWork, ticket: Ticket) -> str | None:
    """Whoever has the ticket, as its tenant reads it; None while nobody has."""
    return told_name(unit, ticket, ticket.assignee_id) if ticket.assignee_id else None


def told_name(unit: UnitOfWork, ticket: Ticket, person_id: int) -> str:
    """One of staff, as the ticket's tenant reads it, in the tenant's language."""
    voice, site = Voice(ticket.language), unit.sites.get(ticket.site_id)
    if site.staff_names is StaffNames.ROLE and ticket.group is not None:
        return voice.term("group", ticket.group)
    if site.staff_names in (StaffNames.ROLE, StaffNames.NONE):
        return voice.say("the team")
    name = unit.people.get(person_id).name
    return name if site.staff_names is StaffNames.FULL else _first(voice, name)


def _first(voice: Voice, name: str) -> str:
    if _HAN_NAME.fullmatch(name) is None:
        return name.split()[0] if name.split() else name
    if _ADDRESSED.fullmatch(name) is not None:
        return name
    surname = name[:2] if name.startswith(_TWO_SIGNS) and len(name) > 2 else name[:1]
    return voice.say("{surname} of the team", surname=surname)
