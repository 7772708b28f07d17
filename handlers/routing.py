"""The map of the whole desk: which function answers which event in which place."""

from collections.abc import Callable
from typing import Any

from handlers import binding, duty, manager, numbers, staff_edits, taps, tenant
from handlers.events import ButtonPressed, MessageEdited, MessageReceived
from handlers.scene import Outcome, Scene
from storage.vocabulary import ChatRole, Disposition

Handler = Callable[[Any, Scene], Outcome]


def leave_alone(event: object, scene: Scene) -> Outcome:  # noqa: ARG001 -- the shape of a handler
    """Heard, recorded, not answered."""
    return Outcome(Disposition.IGNORED, reason="not for the desk")


HANDLERS: dict[tuple[ChatRole, type], Handler] = {
    (ChatRole.ROOM, MessageReceived): numbers.or_else(tenant.hear),
    (ChatRole.ROOM, MessageEdited): tenant.hear_edit,
    (ChatRole.ROOM, ButtonPressed): taps.press,
    (ChatRole.PRIVATE, MessageReceived): binding.following(numbers.or_else(tenant.hear)),
    (ChatRole.PRIVATE, MessageEdited): tenant.hear_edit,
    (ChatRole.PRIVATE, ButtonPressed): binding.following(taps.press),
    (ChatRole.DUTY, MessageReceived): numbers.or_else(duty.reply),
    (ChatRole.DUTY, MessageEdited): staff_edits.hear_edit,
    (ChatRole.DUTY, ButtonPressed): taps.press,
    (ChatRole.MANAGER, MessageReceived): numbers.or_else(manager.hear),
    (ChatRole.MANAGER, MessageEdited): staff_edits.hear_edit,
    (ChatRole.MANAGER, ButtonPressed): taps.press,
}
