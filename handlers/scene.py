"""What a handler sees when something happens: who, where, when, with the repositories of one act."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from handlers.notifications import Notification
from handlers.understanding.second_opinion import SecondOpinion
from locales import LOCALES, Voice
from storage.models import Chat, Person, Site
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Disposition


@dataclass(frozen=True)
class Desk:
    """What the desk is told once, when it is built."""

    public_url: str
    """Where survey pages are reached, without a trailing slash; empty where nobody outside can reach them."""
    secret: str
    """Signs survey links."""
    deep_link: Callable[[str], str | None] = field(default=lambda _: None)
    """The address that opens the tenants' private chat with a payload, where the channel has one."""
    asks_by_number: frozenset[str] = frozenset()
    """The channels without buttons, where a choice is answered by its number."""


@dataclass
class Scene:
    """One act's surroundings. `site` and `person` are known wherever a handler of a linked chat is called."""

    unit: UnitOfWork
    desk: Desk
    chat: Chat
    person: Person
    site: Site
    inbox_id: int
    opinion: SecondOpinion | None = None
    """Another judge's on the words of this act, where one was asked."""

    @property
    def now(self) -> datetime:
        """The one clock's time."""
        return self.unit.now

    @property
    def language(self) -> str:
        """What to answer in when the message itself does not tell: a tenant's own language, a staff chat's own."""
        spoken = (self.person.language, self.chat.language)
        is_staff = self.chat.role in (ChatRole.DUTY, ChatRole.MANAGER)
        for language in spoken[::-1] if is_staff else spoken:
            if language is not None and language in LOCALES:
                return language
        return self.site.language

    def voice(self, language: str | None = None) -> Voice:
        """A voice in the site's zone."""
        return Voice(language or self.language, self.site.timezone)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an act ended: the message's one disposition, and for a tap what to tell the one who tapped."""

    disposition: Disposition
    ticket_id: int | None = None
    reason: str | None = None
    toast: Notification | None = None
    language: str | None = None
