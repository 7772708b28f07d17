"""Who speaks, in which chat, and which handler answers: everything between a parsed event and its act."""

from dataclasses import dataclass

import structlog

from handlers import delivery, linking, naming, strangers, tenant
from handlers.complaints import unnamed
from handlers.events import (
    ButtonPressed,
    ChatMoved,
    DeskMembership,
    Event,
    MessageEdited,
    MessageReceived,
    SpeakerKind,
    Unheard,
    Where,
)
from handlers.routing import HANDLERS, leave_alone
from handlers.scene import Desk, Outcome, Scene
from handlers.understanding.second_opinion import SecondOpinion
from storage.models import Chat, Person, Site
from storage.repositories.inbox import Heard
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Disposition

log = structlog.get_logger(__name__)

NAME_LENGTH = 64


@dataclass
class Reception:
    """Receives one event inside its unit of work.

    `tenant_channels` are those a stranger may write to in private and whose groups may be rooms; `staff_channels`
    those whose groups may be duty and manager chats. One bot may be both.
    """

    desk: Desk
    tenant_channels: frozenset[str]
    staff_channels: frozenset[str]

    def receive(self, unit: UnitOfWork, inbox_id: int, event: Event, opinion: SecondOpinion | None = None) -> Outcome:
        """Handle an event and record its disposition; the act fails when it has one, and everything of it is undone."""
        chat, person, outcome = self._handle(unit, inbox_id, event, opinion)
        heard = heard_of(event, chat, person)
        if unnamed.is_unnamed(chat) and isinstance(event, MessageReceived | MessageEdited | ButtonPressed):
            heard = unnamed.unwritten(self.desk.secret, heard, event)
            unit.inbox.forget_raw(inbox_id)
        unit.inbox.finish(
            inbox_id, heard, outcome.disposition, unit.now, ticket_id=outcome.ticket_id, reason=outcome.reason
        )
        return outcome

    def _handle(
        self, unit: UnitOfWork, inbox_id: int, event: Event, opinion: SecondOpinion | None
    ) -> tuple[Chat | None, Person | None, Outcome]:
        match event:
            case Unheard():
                chat = unit.chats.find(event.where.channel, event.where.address) if event.where else None
                return chat, None, Outcome(Disposition.IGNORED, reason=event.reason)
            case ChatMoved():
                moved = unit.chats.move(event.where.channel, event.where.address, event.new_address)
                chat = unit.chats.find(event.where.channel, event.new_address)
                return chat, None, Outcome(Disposition.IGNORED, reason="moved" if moved else "moved before")
            case DeskMembership():
                return self._change_membership(unit, event)
            case MessageReceived() | MessageEdited() | ButtonPressed():
                return self._hear(unit, inbox_id, event, opinion)

    def _change_membership(self, unit: UnitOfWork, event: DeskMembership) -> tuple[Chat | None, Person | None, Outcome]:
        chat = unit.chats.find(event.where.channel, event.where.address)
        if chat is not None and chat.address != event.where.address:
            return chat, None, Outcome(Disposition.IGNORED, reason="moved away")  # of the group it is no more
        if chat is not None and event.is_in:
            chat.is_forum = event.where.is_forum
        if chat is not None and event.is_in and not chat.is_open:
            linking.welcome_back(unit, chat)
        elif chat is not None and event.is_in:
            chat.no_topics_until = None  # what it may do here has changed
        elif chat is not None and not event.is_in:
            delivery.close_chat(unit, self.desk, chat, "blocked" if event.where.is_private else "kicked")
        return chat, None, Outcome(Disposition.IGNORED, reason="let in" if event.is_in else "shut out")

    def _hear(
        self,
        unit: UnitOfWork,
        inbox_id: int,
        event: MessageReceived | MessageEdited | ButtonPressed,
        opinion: SecondOpinion | None,
    ) -> tuple[Chat | None, Person | None, Outcome]:
        if event.speaker.kind is not SpeakerKind.PERSON:
            chat = unit.chats.find(event.where.channel, event.where.address)
            return chat, None, Outcome(Disposition.IGNORED, reason=event.speaker.kind)
        person = self._find_person(unit, event)
        chat = self._find_chat(unit, event.where, person)
        if isinstance(event, MessageReceived) and event.topic is not None:
            unit.asked = (chat.id, event.message_id)
        command = event.command if isinstance(event, MessageReceived) else None
        if command is not None and command.name == "link":
            if not linking.link(unit, unit.chats.get(chat.id), command.argument, self._roles_of(event.where)):
                return chat, person, Outcome(Disposition.REFUSED, reason="/link")
            # An operator's errand is no tenant's message: it stands outside the chat's ledger.
            return None, person, Outcome(Disposition.ANSWERED, reason="/link")
        is_unplaced = person.site_id is None and (chat.role is ChatRole.ROOM or chat.site_id is None)
        if command is not None and command.name == "start" and chat.role is ChatRole.PRIVATE:
            self._follow_deep_link(unit, chat, person, command.argument)
        handler = HANDLERS.get((chat.role, type(event)))
        message = event.message if isinstance(event, MessageEdited) else event
        site = self._find_site(unit, chat, person) if handler is not None else None
        if site is None and isinstance(message, MessageReceived) and self._is_tenants(event.where, chat):
            site = strangers.find_site(unit, chat, person, message)
            if site is None:
                return chat, person, strangers.hear(unit, chat, person, inbox_id, message)
        if site is None:
            is_staffs = event.where.is_private and event.where.channel not in self.tenant_channels
            if is_staffs and isinstance(message, MessageReceived) and strangers.is_cry(message):
                return chat, person, strangers.send_on(unit, chat, message, self.desk.deep_link("help"))
            return chat, person, Outcome(Disposition.IGNORED, reason="chat is not linked")
        scene = Scene(unit, self.desk, chat, person, site, inbox_id, opinion)
        if isinstance(event, MessageReceived) and event.about is not None and event.reply_to is None:
            named = naming.find(event, scene)
            if isinstance(named, Outcome):
                return chat, person, named
            event = named
        stood_for = unnamed.receive(scene, event) if chat.role is ChatRole.PRIVATE else None
        if stood_for is not None:
            return stood_for
        cried = strangers.open_what_waits(scene) if is_unplaced else None
        if cried is not None and isinstance(message, MessageReceived) and strangers.is_answer(message, scene):
            return chat, person, strangers.add_answer(message, scene, cried)
        if handler is None and isinstance(message, MessageReceived):
            return chat, person, tenant.hear_cry(message, scene)
        return chat, person, (handler or leave_alone)(event, scene)

    def _is_tenants(self, where: Where, chat: Chat) -> bool:
        """Where a stranger may speak to us: in private, or in a group nobody has linked yet."""
        return where.channel in self.tenant_channels and chat.role in (ChatRole.PRIVATE, ChatRole.UNLINKED)

    def _roles_of(self, where: Where) -> tuple[ChatRole, ...]:
        """What a group of this channel may become."""
        rooms = (ChatRole.ROOM,) if where.channel in self.tenant_channels else ()
        return (*rooms, ChatRole.DUTY, ChatRole.MANAGER) if where.channel in self.staff_channels else rooms

    def _find_person(self, unit: UnitOfWork, event: MessageReceived | MessageEdited | ButtonPressed) -> Person:
        speaker, name = event.speaker, event.speaker.name[:NAME_LENGTH] or "?"
        found = unit.people.find_by_account(event.where.channel, speaker.address)
        if found is None:
            return unit.people.add(event.where.channel, speaker.address, name)
        person, shown = found
        if shown != name:
            unit.people.rename(person, event.where.channel, speaker.address, name)
        return person

    def _find_chat(self, unit: UnitOfWork, where: Where, person: Person) -> Chat:
        remembered = unit.chats.recall(where.channel, where.address)
        if remembered is not None and remembered.is_forum == where.is_forum:
            return remembered
        chat = unit.chats.find(where.channel, where.address)
        if chat is None:
            is_tenants = where.is_private and where.channel in self.tenant_channels
            chat = unit.chats.add(
                Chat(
                    channel=where.channel,
                    address=where.address,
                    role=ChatRole.PRIVATE if is_tenants else ChatRole.UNLINKED,
                    title=where.title[:NAME_LENGTH],
                    person_id=person.id if is_tenants else None,
                    site_id=person.site_id if is_tenants else None,
                    is_forum=where.is_forum,
                )
            )
        if chat.address == where.address:
            chat.is_forum = where.is_forum
        if not chat.is_open and chat.address == where.address:  # what was said before a move says nothing of today
            linking.welcome_back(unit, chat)
        return chat

    def _follow_deep_link(self, unit: UnitOfWork, chat: Chat, person: Person, payload: str) -> None:
        """The room or the poster a stranger comes from tells us the site; a poster perhaps the flat too."""
        room = unit.chats.find_by_code(payload) if payload else None
        if room is not None:
            if person.site_id != room.site_id:
                person.moves(room.site_id, room.building_id)
            chat.site_id, person.building_id = room.site_id, person.building_id or room.building_id
            return
        place = unit.place_codes.find(payload) if payload else None
        if place is not None:
            if person.site_id != place.site_id or place.building_id not in (None, person.building_id):
                person.moves(place.site_id, place.building_id)
            chat.site_id, person.unit = place.site_id, place.unit or person.unit

    def _find_site(self, unit: UnitOfWork, chat: Chat, person: Person) -> Site | None:
        if chat.role is ChatRole.PRIVATE and (chat.site_id is None or chat.site_id != person.site_id):
            sites = unit.sites.list_all() if person.site_id is None and chat.site_id is None else []
            chat.site_id = person.site_id or chat.site_id or (sites[0].id if len(sites) == 1 else None)
        if chat.role is ChatRole.ROOM and person.site_id != chat.site_id:
            person.moves(chat.site_id, chat.building_id)
        return unit.sites.get(chat.site_id) if chat.site_id is not None else None


def heard_of(event: Event, chat: Chat | None, person: Person | None) -> Heard:
    """What is written beside an update's disposition."""
    message = event.message if isinstance(event, MessageEdited) else event
    return Heard(
        event=type(event).__name__,
        chat_id=chat.id if chat else None,
        person_id=person.id if person else None,
        message_id=getattr(message, "message_id", None),
        album=message.album if isinstance(message, MessageReceived) else None,
        text=message.text if isinstance(message, MessageReceived) else None,
    )
