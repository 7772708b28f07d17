"""Everything the desk can say. `NOTIFICATIONS` finds a class by the name an outbox row keeps."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from handlers.notifications import to_duty, to_manager, to_tenant
from handlers.notifications.notification import Notification
from handlers.notifications.speech import Button, Speech

__all__ = ["NOTIFICATIONS", "Button", "Notification", "Speech", "pack", "unpack"]

NOTIFICATIONS: dict[str, type[Notification]] = {
    name: thing
    for module in (to_tenant, to_duty, to_manager)
    for name, thing in vars(module).items()
    if isinstance(thing, type) and issubclass(thing, Notification) and thing.__module__.startswith(module.__name__)
}


def pack(notification: Notification) -> str:
    """The fields as JSON text."""
    return _adapter(type(notification)).dump_json(notification).decode()


def unpack(name: str, payload: str) -> Notification:
    """The notification a row keeps. An unknown name is a KeyError, fields that do not fit a ValueError."""
    notification: Notification = _adapter(NOTIFICATIONS[name]).validate_json(payload)
    return notification


@cache
def _adapter(kind: type[Notification]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
