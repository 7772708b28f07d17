"""Managers speak: a digest whenever they want one, and what is about somebody of ours is worked on here."""

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from handlers import duty, staff_commands, staff_notes
from handlers.board import passes
from handlers.complaints import concerns
from handlers.events import MessageReceived
from handlers.finding.showing import show_whole
from handlers.notifications.to_duty import Toast, ToastKind
from handlers.notifications.to_manager import DigestHour
from handlers.pushes import daily_digest
from handlers.reports.daily import digest_of
from handlers.scene import Outcome, Scene
from handlers.sight import sight_of
from handlers.speaking import tell
from storage.models import OutboxRow
from storage.vocabulary import Disposition

HOUR = re.compile(r"(\d{1,2})(?:[:：.h点點]([0-5]\d)?)?")
HOURS = 24


def hear(event: MessageReceived, scene: Scene) -> Outcome:
    """`/digest` tells the day so far, `/digest 8:30` has it come here at that hour; what all staff may ask is answered
    as everywhere, and a reply to a card that stands here goes to its tenant.
    """
    obeyed = staff_commands.obey(event, scene)
    if obeyed is not None:
        return obeyed
    event = staff_notes.as_command(event)
    if event.command is None or event.command.name == staff_notes.NAME:
        return duty.reply(event, scene)
    if event.command.name in passes.NAMES:
        return passes.send_link(scene)
    if event.command.name != "digest":
        return Outcome(Disposition.IGNORED, reason="manager talk")
    hour = HOUR.fullmatch(event.command.argument.strip())
    if hour is not None and int(hour[1]) < HOURS:
        return _move(scene, time(int(hour[1]), int(hour[2] or 0)))
    zone = ZoneInfo(scene.site.timezone)
    day = scene.now.astimezone(zone).date()
    since = datetime.combine(day, time(), zone)
    hidden = concerns.list_hidden(scene.unit, scene.chat)
    said = digest_of(scene.unit, scene.site, since, scene.now, day, asked_by=scene.inbox_id, hidden=hidden)
    tell(scene.unit, scene.chat, said, scene.chat.language or scene.language)
    return Outcome(Disposition.ANSWERED, reason="/digest")


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """A ticket the digest names, whole."""
    if verb != "show":
        return None
    ticket = scene.unit.tickets.find_by_number(scene.site.id, int(choice))
    if ticket is None or not sight_of(scene.unit, scene.chat, scene.site.id).sees(ticket):
        toast = Toast(ToastKind.MOVED_ON, int(choice))
        return Outcome(Disposition.REFUSED, None, "not for this chat", toast, row.language)
    show_whole(scene, ticket, under=row.id)
    return Outcome(Disposition.ANSWERED, ticket.id)


def _move(scene: Scene, at: time) -> Outcome:
    """The digest at an hour of this chat's own."""
    daily_digest.move(scene.unit, scene.unit.chats.get(scene.chat.id), scene.site, at)
    tell(scene.unit, scene.chat, DigestHour(at), scene.chat.language or scene.language)
    return Outcome(Disposition.ANSWERED, reason="/digest")
