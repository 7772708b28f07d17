"""Notes who looked at what. What they did to a ticket is in its thread, and not written down twice."""

from handlers.scene import Scene
from handlers.sight import without_phones
from storage.models import Ticket
from storage.registration_vocabulary import Look


def note(scene: Scene, look: Look, ticket: Ticket | None = None, about: str = "") -> None:
    """Somebody is shown this, here and now."""
    scene.unit.audits.add(
        look,
        scene.now,
        scene.site.id,
        chat_id=scene.chat.id,
        person_id=scene.person.id,
        ticket_id=ticket.id if ticket is not None else None,
        about=without_phones(about),
    )
