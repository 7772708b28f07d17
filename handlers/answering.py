"""The one door through which a tenant's message is answered: in its chat, under it, in its language."""

from handlers.hearing import Heard
from handlers.notifications import Notification
from handlers.scene import Scene
from handlers.speaking import tell
from storage.models import Ticket


def answer(
    heard: Heard,
    scene: Scene,
    said: Notification,
    ticket: Ticket | None = None,
    *,
    key: str | None = None,
    person_id: int | None = None,
) -> None:
    """Say something under the message just heard; with `key` once, with `person_id` only its author's tap counts."""
    tell(
        scene.unit,
        scene.chat,
        said,
        heard.reading.language,
        ticket_id=ticket.id if ticket is not None else None,
        reply_to=heard.event.message_id,
        key=key,
        person_id=person_id,
    )
