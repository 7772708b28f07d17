"""What a scheduled push is: a name in the table and what it does when it is due."""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.scene import Desk
from storage.models import Push
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class ScheduledPush:
    """One kind of push. `fire` decides anew whether it is still right: things change before it is due."""

    kind: str
    fire: Callable[[UnitOfWork, Desk, Push], None]
    put_aside: Callable[[UnitOfWork, Push], None] = lambda _unit, _push: None
    """What still has to be done when `fire` has failed for good."""
