"""`/onduty`: staff see who is on duty, with phones; a tenant which groups are there, and until when."""

from handlers.notifications.to_duty import DutyLine, DutyPerson, OnDuty
from handlers.notifications.to_tenant import WhoIsThere
from handlers.roster.turns import is_rostered, next_turn, on_duty
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from storage.vocabulary import ChatRole, Disposition, Group


def tell_on_duty(scene: Scene) -> Outcome:
    """Who is on duty at this moment."""
    lines = tuple(
        _line(scene, group) for group in Group if is_rostered(scene.unit.rosters.recall(scene.site.id), group)
    )
    if scene.chat.role in (ChatRole.DUTY, ChatRole.MANAGER):
        tell(scene.unit, scene.chat, OnDuty(lines), scene.language)
    else:
        there = tuple((line.group, max(one.until for one in line.people)) for line in lines if line.people)
        tell(scene.unit, scene.chat, WhoIsThere(there), scene.language)
    return Outcome(Disposition.ANSWERED, reason="/onduty")


def _line(scene: Scene, group: Group) -> DutyLine:
    roster = scene.unit.rosters.recall(scene.site.id)
    people = tuple(
        DutyPerson(
            turn.member.name, turn.end, turn.member.phone or None, turn.instead_of.name if turn.instead_of else None
        )
        for turn in on_duty(roster, scene.site, scene.now, group)
    )
    coming = next_turn(roster, scene.site, scene.now, group)
    return DutyLine(group, people, coming.member.name if coming else None, coming.start if coming else None)
