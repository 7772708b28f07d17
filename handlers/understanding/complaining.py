"""What complaints are told with: whom of the office words blame, a wish for no name, yes and no to what was proposed.

Words alone; the caller knows the roster and the tickets. They are in `locales/*/complaints.toml`.
"""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from handlers.understanding.normal_form import AT_ONCE, normal_form
from handlers.understanding.signs import Signs, pattern_of
from storage.vocabulary import Group

_LANGUAGES = ("zh_CN", "zh_TW", "en")
_ANSWER = 24
"""Characters; a longer answer tells more than yes or no."""
_CLAUSE = re.compile(r"[,;.!?，。；！？\n]+|\bbut\b")
_OF_ONE = re.compile(r"\b(?:he|she|him|her|his)\b|[他她佢]|态度|礼貌|attitude|rude")
"""What goes on about whoever was named before."""
_MARKS = re.compile(r"[\s,.!?;:~，。！？；：～、'\"👌👍🙏]+")


class Role(StrEnum):
    """Of whom words speak who name nobody: a group's people, those above, whom we sent, or anybody of ours."""

    ENGINEERING = Group.ENGINEERING.value
    SECURITY = Group.SECURITY.value
    ENVIRONMENT = Group.ENVIRONMENT.value
    DESK = Group.DESK.value
    ABOVE = "above"
    SENT = "sent"
    ANYONE = "anyone"

    @property
    def group(self) -> Group | None:
        """The group, where it is one's people."""
        return None if self in (Role.ABOVE, Role.SENT, Role.ANYONE) else Group(self.value)


@dataclass(frozen=True, slots=True)
class Blame:
    """Which of our people words speak of."""

    roles: tuple[Role, ...] = ()
    is_plain: bool = False
    """Whether one sentence both names them and tells what they did, or complains of them outright."""
    is_told: bool = False
    """Whether that is told anywhere in the words; then it may be somebody else's doing."""
    is_of_whoever: bool = False
    """Whether it is told of "he" or "that person" and nobody else is spoken of: whoever was with them last."""


def blame_in(text: str) -> Blame:
    """Whom words blame; whoever is only sent for, or praised, is blamed of nothing."""
    return _blame_in(normal_form(text).text.replace("'", ""))


def tells_of_conduct(text: str) -> bool:
    """Whether words tell what somebody did, or complain outright, whoever it is about."""
    return _tells_of_conduct(normal_form(text).text.replace("'", ""))


def complains(text: str) -> bool:
    """Whether words say themselves that they are a complaint."""
    return _words("complain").find("all", normal_form(text).text.replace("'", "")) is not None


def asks_for_no_name(text: str) -> bool:
    """Whether the author wants to stay unnamed."""
    return _words("anonymous").find("all", normal_form(text).text.replace("'", "")) is not None


def yes_or_no(text: str) -> bool | None:
    """A bare yes or no; None for anything that tells more."""
    if len(text) > _ANSWER:
        return None
    plain = _MARKS.sub("", normal_form(text).text)
    yes, no = _answers()
    return True if plain in yes else False if plain in no else None


@lru_cache(maxsize=AT_ONCE)
def _blame_in(plain: str) -> Blame:
    roles, whoever = _words("roles"), _words("whoever")
    if not (roles.possible(plain) or whoever.possible(plain)):
        return Blame()
    rest = _sent_for().sub(" ; ", plain)
    found = tuple(Role(name) for name in roles.find_all(rest))
    if not _tells(rest):
        return Blame(found)
    told = [each for each in _CLAUSE.split(rest) if _tells(each)]
    is_of_whoever = any(_is_of_whoever(each, rest) for each in told)
    is_plain = is_of_whoever or any(roles.find_all(each) or _OF_ONE.search(each) for each in told)
    return Blame(found, bool(found) and is_plain, is_told=bool(found), is_of_whoever=is_of_whoever)


def _is_of_whoever(clause: str, whole: str) -> bool:
    """Whether it is of "who came", or of a "he" that is nobody else named before."""
    found = _words("whoever").find_all(clause)
    return bool(found) and not _words("others").find_all(clause if "came" in found else whole)


@lru_cache(maxsize=AT_ONCE)
def _tells_of_conduct(plain: str) -> bool:
    return _tells(plain) and _tells(_sent_for().sub(" ; ", plain))


def _tells(plain: str) -> bool:
    """Whether words tell of bad conduct, or that they are a complaint."""
    return any(_words(table).find("all", plain) is not None for table in ("conduct", "complain"))


@cache
def _words(table: str) -> Signs[str]:
    pages = _pages()
    return Signs({name: ", ".join(page[table][name] for page in pages) for name in pages[0][table]})


@cache
def _sent_for() -> re.Pattern[str]:
    return pattern_of(", ".join(page["calls"]["all"] for page in _pages()))


@cache
def _answers() -> tuple[frozenset[str], frozenset[str]]:
    def of(name: str) -> frozenset[str]:
        written = ",".join(page["answers"][name] for page in _pages()).split(",")
        return frozenset(_MARKS.sub("", normal_form(each).text) for each in written)

    return of("yes"), of("no")


@cache
def _pages() -> list[dict[str, dict[str, str]]]:
    return [
        tomllib.loads(files("locales").joinpath(language, "complaints.toml").read_text("utf-8"))
        for language in _LANGUAGES
    ]
