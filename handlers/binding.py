"""One person in several places is one client: bound by a code sent from the other place, or by the desk."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from handlers.linking import CODE_ALPHABET, CODE_LENGTH
from handlers.notifications import Notification
from handlers.notifications.to_tenant import AnswersHere, BindCode, BindRefused, BoundTogether, Parted
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from storage.models import Account, Chat, Person
from storage.repositories.budgets import Budgets
from storage.repositories.identities import Identities
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import COMMAND, Disposition

T = TypeVar("T")
CODE_LIVES = timedelta(minutes=30)
MOST_TRIES = 5
"""Wrong codes a day from one person: there are a million billion of them."""
BIND, UNBIND, HERE = "bind", "unbind", "here"
NAMES = (BIND, UNBIND, HERE)


def obey(scene: Scene, name: str, argument: str) -> Outcome:
    """`/bind` gives a code, `/bind CODE` in the other place uses it; `/unbind`; `/here` for the answers."""
    match name:
        case "bind" if argument:
            return _use_code(scene, argument)
        case "bind":
            _give_code(scene)
        case "unbind":
            part(scene.unit, scene.person)
            tell(scene.unit, scene.chat, Parted(), scene.language)
        case _:
            scene.person.answers_chat_id, scene.person.answers_chosen = scene.chat.id, True
            tell(scene.unit, scene.chat, AnswersHere(), scene.language)
    return Outcome(Disposition.ANSWERED, reason=f"{COMMAND}{name}")


def following(hear: Callable[[T, Scene], Outcome]) -> Callable[[T, Scene], Outcome]:
    """The handler of a private chat: whoever is in several places is answered where they wrote or tapped last, unless
    they have chosen.
    """

    def hear_and_follow(event: T, scene: Scene) -> Outcome:
        person = scene.person
        if person.answers_chat_id not in (None, scene.chat.id) and not person.answers_chosen:
            person.answers_chat_id = scene.chat.id
        return hear(event, scene)

    return hear_and_follow


def bind(unit: UnitOfWork, kept: Person, other: Person) -> bool:
    """Both are the first from now on, and hear so in each place; False where nothing can be bound."""
    if kept.id == other.id or not _fit(unit, kept, other):
        return False
    if kept.unit is None and other.unit is not None and kept.site_id in (None, other.site_id):
        kept.site_id, kept.building_id, kept.unit = other.site_id, other.building_id, other.unit
    kept.site_id, kept.phone = kept.site_id or other.site_id, kept.phone or other.phone
    Identities(unit.session).bind(kept, other)
    chats = unit.chats.list_private(kept.id)
    kept.answers_chat_id = kept.answers_chat_id or next((chat.id for chat in chats), None)
    _tell_all(unit, kept, BoundTogether())
    return True


def part(unit: UnitOfWork, person: Person) -> bool:
    """Everybody is again who they were; the tickets stay where they were opened. False where nothing was bound."""
    identities = Identities(unit.session)
    bound = [account for account in identities.list_accounts(person.id) if account.bound_from_id is not None]
    for account in bound:
        identities.part(person, account)
    person.answers_chat_id, person.answers_chosen = None, False
    return bool(bound)


def _fit(unit: UnitOfWork, kept: Person, other: Person) -> bool:
    """Two accounts on one channel are two people; who never wrote to us has no account to bind."""
    identities = Identities(unit.session)
    ours, theirs = ({each.channel for each in identities.list_accounts(who.id)} for who in (kept, other))
    return bool(ours) and bool(theirs) and not ours & theirs


def _give_code(scene: Scene) -> None:
    account = _account_here(scene)
    if account is None:
        return
    code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
    account.code_digest, account.code_until = _digest(code), scene.now + CODE_LIVES
    scene.unit.flush()
    tell(scene.unit, scene.chat, BindCode(code, int(CODE_LIVES.total_seconds() // 60)), scene.language)


def _use_code(scene: Scene, code: str) -> Outcome:
    unit, today = scene.unit, scene.now.date()
    if Budgets(unit.session).spend(f"bind:{scene.person.id}", today, MOST_TRIES):
        given = Identities(unit.session).claim(_digest(code), scene.now)
        kept = unit.people.get(given.person_id) if given is not None else None
        if kept is not None and bind(unit, kept, scene.person):
            kept.answers_chat_id, kept.answers_chosen = scene.chat.id, False
            return Outcome(Disposition.ANSWERED, reason=f"{COMMAND}{BIND}")
    tell(unit, scene.chat, BindRefused(), scene.language)
    return Outcome(Disposition.REFUSED, reason=f"{COMMAND}{BIND}")


def _account_here(scene: Scene) -> Account | None:
    accounts = Identities(scene.unit.session).list_accounts(scene.person.id)
    return next((account for account in accounts if account.channel == scene.chat.channel), None)


def _tell_all(unit: UnitOfWork, person: Person, said: Notification) -> None:
    for chat in unit.chats.list_private(person.id):
        if chat.is_open:
            tell(unit, chat, said, _language(unit, chat, person), person_id=person.id)


def _language(unit: UnitOfWork, chat: Chat, person: Person) -> str:
    if person.language or chat.language:
        return person.language or chat.language or ""
    return unit.sites.get(chat.site_id).language if chat.site_id is not None else "en"


def _digest(code: str) -> str:
    return hashlib.sha256(f"bind {code.strip().upper()}".encode()).hexdigest()
