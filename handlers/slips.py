"""A wet finger taps twice: the second tap lands on a button that the first one put under it, and is not meant."""

from datetime import timedelta

from handlers.events import ButtonPressed
from handlers.scene import Scene

TOO_SOON = timedelta(seconds=1)
"""Nobody reads a new row of buttons, chooses and taps within this time."""
LOOKS = frozenset({"page", "show", "open", "dismiss"})
"""Buttons of lists: whoever goes through one fast means it."""
_TAPPED = "tapped "


def note(carried: str) -> str:
    """What a tap leaves beside its disposition, so that the next one can be told from it."""
    return f"{_TAPPED}{carried}"


def is_slip(event: ButtonPressed, scene: Scene, carried: str) -> bool:
    """Whether a choice came too soon after this person's other tap had put it there.

    What came before the first was answered was meant: the new buttons were not there yet. The same button twice is
    no slip either, and a button that only opens a menu does no harm.
    """
    if event.message_id is None or not _settles(carried):
        return False
    inbox = scene.unit.inbox
    before = inbox.find_tap_before(scene.inbox_id, event.message_id, scene.chat.id, scene.person.id)
    if before is None or before.done_at is None or not (before.reason or "").startswith(_TAPPED):
        return False
    waited = inbox.get(scene.inbox_id).received_at - before.done_at
    return before.reason != note(carried) and timedelta(0) < waited < TOO_SOON


def _settles(carried: str) -> bool:
    verb, _, choice = carried.partition(":")
    return bool(choice) and verb not in LOOKS and (verb != "correct" or "=" in choice)
