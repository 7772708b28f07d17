"""The desk's questions that wait for words of one of staff: whatever was asked last is what their next words answer."""

from datetime import timedelta

from handlers.notifications.to_duty import AnythingToAdd, WhatTime, WhatToAsk, WhatToNote, WhatWasDone, WriteStep
from handlers.scene import Scene
from storage.models import OutboxRow

ALL = tuple(thing.__name__ for thing in (AnythingToAdd, WhatTime, WhatToAsk, WhatToNote, WhatWasDone, WriteStep))
"""All of them: one left out would have words meant for it go to another ticket, perhaps to another tenant."""


def find_newest(scene: Scene, within: timedelta) -> OutboxRow | None:
    """What this person was asked last here, if that was not longer ago."""
    return scene.unit.outbox.find_latest_to(scene.chat.id, scene.person.id, ALL, scene.now - within)
