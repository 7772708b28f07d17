"""The way to the managers' page: a signed link from their chat that opens it once, and the visit that follows."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from itsdangerous import BadSignature, URLSafeSerializer

from handlers.notifications.to_manager import PageLink, PageNowhere
from handlers.scene import Outcome, Scene
from handlers.sight import sight_of
from handlers.speaking import language_of, tell
from storage.models import Chat, PagePass, Site
from storage.repositories.sights import Sight
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import COMMAND, ChatRole, Disposition

NAMES = frozenset({"page", "board"})
SALT = "lobby.page"
RANDOM_BYTES = 24
OPENS_FOR = timedelta(minutes=15)
LASTS = timedelta(hours=12)


class NoPass(Exception):
    """The link or the visit is forged, unknown, used or over; one answer for all, so that guessing teaches nothing."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who reads the page, and what of it is for them."""

    site: Site
    chat: Chat
    person_id: int
    language: str
    sight: Sight


def send_link(scene: Scene) -> Outcome:
    """Put a link into the managers' chat for whoever asked."""
    if not scene.desk.public_url:
        tell(scene.unit, scene.chat, PageNowhere(), scene.language)
        return Outcome(Disposition.ANSWERED, reason=f"{COMMAND}page")
    secret = secrets.token_urlsafe(RANDOM_BYTES)
    scene.unit.passes.add(
        PagePass(
            digest=_digest(secret),
            chat_id=scene.chat.id,
            person_id=scene.person.id,
            issued_at=scene.now,
            opens_until=scene.now + OPENS_FOR,
        )
    )
    token = str(_signer(scene.desk.secret).dumps(secret))
    said = PageLink(f"{scene.desk.public_url}/b/{token}", scene.person.name, int(OPENS_FOR.total_seconds() // 60))
    tell(scene.unit, scene.chat, said, scene.language)
    return Outcome(Disposition.ANSWERED, reason=f"{COMMAND}page")


def language_for(unit: UnitOfWork, token: str, secret: str) -> str:
    """The language of whoever a link would let in, else `NoPass`; asking does not use it up, since chats look at links
    before people do.
    """
    found = unit.passes.find_good(_digest_of(token, secret), unit.now)
    if found is None:
        raise NoPass
    return language_of(unit, unit.chats.get(found.chat_id))


def enter(unit: UnitOfWork, token: str, secret: str) -> str:
    """Use the link up; returns what the browser shows from now on, or `NoPass`."""
    visit = secrets.token_urlsafe(RANDOM_BYTES)
    if not unit.passes.use(_digest_of(token, secret), _digest(visit), unit.now + LASTS, unit.now):
        raise NoPass
    return visit


def visitor_of(unit: UnitOfWork, visit: str | None) -> Visitor:
    """Whoever shows this, while the visit lasts and their chat is still a managers' chat; else `NoPass`."""
    found = unit.passes.find_visit(_digest(visit), unit.now) if visit else None
    if found is None:
        raise NoPass
    chat = unit.chats.get(found.chat_id)
    if chat.role is not ChatRole.MANAGER or chat.site_id is None or not chat.is_open:
        raise NoPass
    sight = sight_of(unit, chat, chat.site_id)
    return Visitor(unit.sites.get(chat.site_id), chat, found.person_id, language_of(unit, chat), sight)


def leave(unit: UnitOfWork, visit: str) -> None:
    """The visit is over."""
    unit.passes.end_visit(_digest(visit))


def _digest_of(token: str, secret: str) -> str:
    try:
        found = _signer(secret).loads(token)
    except BadSignature as error:
        raise NoPass from error
    if not isinstance(found, str):
        raise NoPass
    return _digest(found)


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=SALT)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
