"""Managers speak: a digest whenever they want one, and what is about somebody of ours is worked on here."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from handlers import duty, staff_commands
from handlers.complaints import concerns
from handlers.events import MessageReceived
from handlers.reports.daily import digest_of
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from storage.vocabulary import Disposition


def hear(event: MessageReceived, scene: Scene) -> Outcome:
    """`/digest` tells the day so far, `/onduty` who is there; a reply to a card that stands here goes to its tenant."""
    obeyed = staff_commands.obey(event, scene)
    if obeyed is not None:
        return obeyed
    if event.command is None:
        return duty.reply(event, scene)
    if event.command.name != "digest":
        return Outcome(Disposition.IGNORED, reason="manager talk")
    zone = ZoneInfo(scene.site.timezone)
    day = scene.now.astimezone(zone).date()
    since = datetime.combine(day, time(), zone)
    hidden = concerns.list_hidden(scene.unit, scene.chat)
    said = digest_of(scene.unit, scene.site, since, scene.now, day, asked_by=scene.inbox_id, hidden=hidden)
    tell(scene.unit, scene.chat, said, scene.chat.language or scene.language)
    return Outcome(Disposition.ANSWERED, reason="/digest")
