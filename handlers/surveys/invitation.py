"""When a person is invited to a survey: the morning after a case ended well, and not again for a season."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from handlers.scene import Scene
from storage.models import Ticket

SEASON = timedelta(days=90)
MORNING = time(10, 0)


def plan(scene: Scene, ticket: Ticket) -> None:
    """Plan the invitation, where people can reach our pages; whether it is still right is decided when it is due."""
    if not scene.desk.public_url:
        return
    zone = ZoneInfo(scene.site.timezone)
    tomorrow = scene.now.astimezone(zone).date() + timedelta(days=1)
    due = datetime.combine(tomorrow, MORNING, zone)
    scene.unit.pushes.plan("survey_link", f"survey:{ticket.reporter_id}:{tomorrow}", due, ticket_id=ticket.id)
