"""A tenants' room as an operator keeps it: in the shadow the desk listens and works, and says nothing there."""

import unicodedata
from collections.abc import Sequence

from handlers.premises import Refused
from storage.models import Chat
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole


def list_rooms(unit: UnitOfWork) -> Sequence[Chat]:
    """Every linked room."""
    return [chat for chat in unit.chats.list_linked() if chat.role is ChatRole.ROOM]


def find_room(unit: UnitOfWork, name: str) -> Chat:
    """The room of that title or address; `Refused` where there is none, or more than one."""
    rooms = list_rooms(unit)
    found = [room for room in rooms if name == room.address] or [room for room in rooms if _same(name, room.title)]
    if len(found) == 1:
        return found[0]
    known = ", ".join(f"{room.title or '?'} ({room.address})" for room in found or rooms)
    if found:
        raise Refused(f"several rooms are called {name}; give the address of one: {known}")
    if not rooms:
        raise Refused("no room is linked yet: lobby link room")
    raise Refused(f"there is no room {name}; there is: {known}")


def put_into_shadow(unit: UnitOfWork, name: str) -> Chat:
    """From now on the desk only listens there."""
    room = find_room(unit, name)
    if room.is_shadow:
        raise Refused(f"{room.title or room.address} is in the shadow already; lobby room live lets the desk speak")
    room.go_shadow(unit.now)
    return room


def bring_to_light(unit: UnitOfWork, name: str) -> Chat:
    """From now on the desk speaks there; of what it opened in the shadow tenants still hear nothing."""
    room = find_room(unit, name)
    if not room.is_shadow:
        raise Refused(f"{room.title or room.address} is live already")
    room.go_live(unit.now)
    return room


def _same(one: str, other: str) -> bool:
    return (
        unicodedata.normalize("NFKC", one).casefold().strip() == unicodedata.normalize("NFKC", other).casefold().strip()
    )
