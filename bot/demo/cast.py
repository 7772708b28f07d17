"""Who plays in the demo and what they are called: one estate, named and spoken for in each language of the desk."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from locales import LOCALES
from storage.vocabulary import Group

WORDS = Path(__file__).parent / "words"


CHANNEL = "memory"
COUNTED = "memory_counted"
"""The channel that behaves like WeChat: one to one, numbers for buttons, a few messages after each of theirs."""


class Part(StrEnum):
    """What somebody is in the building."""

    TENANT = "tenant"
    STAFF = "staff"
    MANAGER = "manager"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the cast; `key` is the account address and the name's key in the words."""

    key: str
    part: Part
    group: Group | None = None
    has_started: bool = True
    """Whether the desk may write to this tenant in private from the beginning."""
    channel: str = CHANNEL
    """Where this person's private chat is."""


CAST = {
    member.key: member
    for member in (
        Member("fang", Part.TENANT),
        Member("wei", Part.TENANT),
        Member("min", Part.TENANT),
        Member("yang", Part.TENANT, has_started=False),
        Member("xu", Part.TENANT, channel=COUNTED),
        Member("li", Part.STAFF, Group.ENGINEERING),
        Member("wang", Part.STAFF, Group.ENGINEERING),
        Member("zhou", Part.STAFF, Group.DESK),
        Member("chen", Part.STAFF, Group.ENVIRONMENT),
        Member("zhao", Part.STAFF, Group.SECURITY),
        Member("lin", Part.STAFF, Group.ADMINISTRATION),
        Member("he", Part.MANAGER),
    )
}
TENANTS = tuple(member for member in CAST.values() if member.part is Part.TENANT)
GROUPS = (Group.ENGINEERING, Group.DESK, Group.ENVIRONMENT, Group.SECURITY, Group.ADMINISTRATION)
"""Duty chats in the order of their tabs; the first is open at the start."""


@dataclass(frozen=True, slots=True)
class Words:
    """One language's estate. `buildings` map a key to a name and its other names."""

    site: dict[str, str]
    buildings: dict[str, list[str]]
    people: dict[str, str]
    tries: dict[str, list[str]]
    lines: dict[str, str]

    @property
    def names(self) -> dict[str, str]:
        """Everything that is called something, by a key that is the same in every language."""
        places = {key: names[0] for key, names in self.buildings.items()}
        return self.people | places | {"site": self.site["name"]}


@cache
def words(language: str) -> Words:
    """The estate as this language has it."""
    with (WORDS / f"{language}.toml").open("rb") as file:
        return Words(**tomllib.load(file))


def all_names_of(building: str) -> list[str]:
    """What any language calls a building, so that a sentence in another language still finds it."""
    return list(dict.fromkeys(name for language in LOCALES for name in words(language).buildings[building]))


ROOM = "room"
MANAGERS = "managers"


def duty_address(group: Group) -> str:
    """The address of a group's duty chat."""
    return f"duty-{group}"


def private_address(person: str) -> str:
    """The address of somebody's private chat."""
    return f"private-{person}"


COUNTED_CHATS = frozenset(private_address(member.key) for member in TENANTS if member.channel == COUNTED)


def channel_of(address: str) -> str:
    """The channel a chat is on."""
    return COUNTED if address in COUNTED_CHATS else CHANNEL
