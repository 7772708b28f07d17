"""A chat becomes a room, a duty chat or a manager chat by a one-time code; chats move, open and close."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta

from handlers import media
from handlers.notifications import Notification
from handlers.notifications.to_manager import CodeForAnotherBot, CodeRefused, Linked
from handlers.offers import offer_what_waits
from handlers.pushes import daily_digest
from handlers.replies import deliver_waiting
from handlers.speaking import tell
from storage.models import Chat, LinkCode
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group

CODE_LIVES = timedelta(days=1)
CODE_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""No 0, O, 1 or I: codes are read off a screen and typed."""
CODE_LENGTH = 10


def new_code(
    unit: UnitOfWork,
    role: ChatRole,
    site_id: int,
    *,
    building_id: int | None = None,
    group: Group | None = None,
    language: str | None = None,
) -> str:
    """A one-time code for an operator to print; only its digest is kept."""
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    unit.chats.add_code(
        LinkCode(
            digest=_digest(code),
            role=role,
            site_id=site_id,
            building_id=building_id,
            group=group,
            language=language,
            expires_at=unit.now + CODE_LIVES,
        )
    )
    return code


def link(unit: UnitOfWork, chat: Chat, code: str, may_be: Collection[ChatRole]) -> bool:
    """Use a code up for this chat and say what the chat is now; False, with one answer for all reasons, if it fails.

    `may_be`: what chats of this channel may become. In a group with both bots each hears the same /link, and the one
    the code is not for leaves it alone, else it would use it up or contradict the other.
    """
    meant = unit.chats.find_code(_digest(code))
    if meant is not None and meant.role not in may_be:
        if unit.chats.list_by_address(chat.address) == [chat]:
            tell(unit, chat, CodeForAnotherBot(meant.role), chat.language or "en")
        return False
    claimed = unit.chats.claim_code(_digest(code), chat.id, unit.now)
    if claimed is None:
        # Whoever types nonsense into a tenants' room does not make the desk talk there all day.
        key = f"refused:{chat.id}:{unit.now:%Y%m%d%H}" if chat.role is ChatRole.ROOM else None
        tell(unit, chat, CodeRefused(), chat.language or "en", key=key)
        return False
    site = unit.sites.get(claimed.site_id)
    building = unit.sites.find_building(claimed.building_id)
    chat.role, chat.site_id, chat.building_id, chat.group = claimed.role, site.id, claimed.building_id, claimed.group
    chat.language = claimed.language or site.language
    if claimed.role is ChatRole.ROOM and chat.code is None:
        chat.code = secrets.token_urlsafe(9)
    chat.reopen()
    said: Notification = Linked(claimed.role, site.name, building.name if building else None, claimed.group)
    tell(unit, chat, said, chat.language)
    if claimed.role is ChatRole.MANAGER:
        daily_digest.plan_next(unit, chat, site, unit.now)
    if claimed.role is ChatRole.DUTY:
        offer_what_waits(unit, chat)
    return True


def welcome_back(unit: UnitOfWork, chat: Chat) -> None:
    """A chat that had shut us out hears us again: what could not be said meanwhile is said now."""
    chat.reopen()
    unit.flush()
    if chat.role is ChatRole.DUTY:
        offer_what_waits(unit, chat)
    if chat.role is ChatRole.PRIVATE and chat.person_id is not None:
        deliver_waiting(unit, chat, chat.person_id)
        media.deliver_waiting(unit, chat.person_id)


def _digest(code: str) -> str:
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()
