"""An hour without an answer to "is this for us?": the customer desk decides."""

from handlers.possible_requests import give_up
from handlers.pushes.push import ScheduledPush
from handlers.scene import Desk
from storage.models import Push
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AskingState


def fire(unit: UnitOfWork, _desk: Desk, push: Push) -> None:
    """Pass it on, if it is still open."""
    if push.subject_id is None:
        return
    asking = unit.askings.get(push.subject_id)
    if asking.state is AskingState.OPEN:
        give_up(unit, asking)


ASKING_EXPIRY = ScheduledPush("asking_expiry", fire)
