"""Examples of every notification, made from the types of their fields: enough to reach every sentence."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, time
from enum import Enum
from functools import cache
from itertools import combinations, product
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from handlers.notifications import Notification
from handlers.notifications.to_manager import NobodyTakes
from storage.vocabulary import ChatRole, Group

SOMETHING = "三栋十二楼"
"""What a free text field holds: Chinese, so that a Latin word in a Chinese rendering is the desk's own."""

DELIVERIES = ("queued", "sent", "waits_for_start", "blocked", "refused", "unknown", "window_shut")
DELIVERIES += ("cut_short", "taken_over", "taken_back")
ROLES = (ChatRole.ROOM, ChatRole.DUTY, ChatRole.MANAGER)
"""What a chat can be linked as; the other two are never said."""

TEXTS: dict[str, tuple[str, ...]] = {
    "group": tuple(Group),
    "delivery": DELIVERIES,
    "reply_states": DELIVERIES,
    "phone": ("13800138000",),
    "desk_phone": ("13800138000", ""),
    "emergency_number": ("119",),
    "url": ("https://example.org/",),
    "open_private": ("https://example.org/",),
}
"""Text fields that hold a word of the trade, a number or an address; all others are free."""

_PLAIN: dict[Any, tuple[Any, ...]] = {
    bool: (True, False),
    int: (3, 1, 0),
    float: (4.5,),
    date: (date(2026, 3, 2),),
    time: (time(8, 30),),
    datetime: (datetime(2026, 3, 2, 9, 0, tzinfo=UTC),),
    ChatRole: ROLES,
}


def values(field: str, hint: Any) -> tuple[Any, ...]:
    """What a field can be: the fullest first, the emptiest last."""
    if hint in _PLAIN:
        return _PLAIN[hint]
    if hint is str:
        return TEXTS.get(field, (SOMETHING,))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return tuple(hint)
    if is_dataclass(hint):
        return (filled(hint),)
    inner = get_args(hint)
    if get_origin(hint) in (Union, UnionType):
        return (*(value for one in inner if one is not NoneType for value in values(field, one)), None)
    if get_origin(hint) is tuple and inner[-1] is Ellipsis:
        return (values(field, inner[0]), ())
    if get_origin(hint) is tuple:
        choices = [values(field, one) for one in inner]
        longest = max(len(choice) for choice in choices)
        return tuple(tuple(choice[n % len(choice)] for choice in choices) for n in range(longest))
    raise TypeError(f"no example for {field}: {hint}; add one to {__name__}")


@cache
def choices_of(thing: Any) -> dict[str, tuple[Any, ...]]:
    """Every field of a dataclass with what it can be."""
    hints = get_type_hints(thing)
    return {field.name: values(field.name, hints[field.name]) for field in fields(thing)}


def filled(thing: Any, **chosen: Any) -> Any:
    """One of them with every field full, save those chosen."""
    return thing(**{field: choices[0] for field, choices in choices_of(thing).items()} | chosen)


def examples(thing: type[Notification]) -> Iterator[Notification]:
    """Every value of every field, and every pair of them, beside full fields; and one with every field empty."""
    return filter(_happens, _all(thing))


def _all(thing: type[Notification]) -> Iterator[Notification]:
    choices = choices_of(thing)
    yield filled(thing)
    yield thing(**{field: some[-1] for field, some in choices.items()})
    for field, some in choices.items():
        yield from (filled(thing, **{field: value}) for value in some)
    for (one, ones), (other, others) in combinations(choices.items(), 2):
        yield from (filled(thing, **{one: a, other: b}) for a, b in product(ones, others))


def _happens(notification: Notification) -> bool:
    """A ticket that has a group has also waited."""
    return not isinstance(notification, NobodyTakes) or notification.minutes is not None
