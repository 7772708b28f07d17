"""The survey invitation: once a season per person, in private only. The stars of the chat are for one job alone."""

from datetime import timedelta

from handlers.notifications.to_tenant import SurveyInvitation
from handlers.pushes.push import ScheduledPush
from handlers.scene import Desk
from handlers.speaking import find_private, tell
from handlers.surveys.invitation import SEASON
from handlers.surveys.tokens import new_token
from storage.models import Push, Survey
from storage.unit_of_work import UnitOfWork

LINK_LIVES = timedelta(days=14)


def fire(unit: UnitOfWork, desk: Desk, push: Push) -> None:
    """Invite, unless the person was invited lately or cannot be written to in private."""
    if push.ticket_id is None or not desk.public_url:
        return
    ticket = unit.tickets.get(push.ticket_id)
    private = find_private(unit, ticket.reporter_id)
    if unit.chats.is_shadow_ticket(ticket.id):
        return  # its tenant never heard of it
    if private is None or unit.afterwards.has_survey_since(ticket.reporter_id, unit.now - SEASON):
        return
    token, digest = new_token(desk.secret)
    language = unit.people.get(ticket.reporter_id).language or ticket.language
    unit.afterwards.add_survey(
        Survey(
            site_id=ticket.site_id,
            person_id=ticket.reporter_id,
            digest=digest,
            language=language,
            sent_at=unit.now,
            expires_at=unit.now + LINK_LIVES,
        )
    )
    tell(unit, private, SurveyInvitation(f"{desk.public_url}/s/{token}"), language, person_id=ticket.reporter_id)


SURVEY_LINK = ScheduledPush("survey_link", fire)
