"""A tenant speaks, in a room or in private. In a room silence is the default; in private everything is answered."""

from datetime import timedelta

from handlers import answers, commands, follow_up
from handlers.events import MessageEdited, MessageReceived
from handlers.hearing import (
    Heard,
    adopt,
    find_burst_ticket,
    find_ticket_replied_to,
    keep_attachments,
    list_held,
    understand,
)
from handlers.notifications.to_tenant import WhatIsWrong, WhichKind
from handlers.opening import open_ticket
from handlers.scene import Outcome, Scene
from handlers.speaking import SEEN, react, tell
from handlers.understanding.understanding import Sense
from storage.models import Asking, Ticket
from storage.vocabulary import AskingKind, ChatRole, Disposition, Kind, Urgency

SPEAK_FROM = 0.75
"""Confidence from which the desk opens a ticket without asking."""
ASK_FROM = 0.25
"""Confidence from which it asks the author; below it stays silent in a room."""
ASKINGS_PER_ROOM = 3
ASKINGS_WINDOW = timedelta(minutes=10)
"""A room that was asked this often lately is not asked again: the desk's own list takes it."""
ASKING_EXPIRES = timedelta(hours=1)


def hear(event: MessageReceived, scene: Scene) -> Outcome:
    """One message of one tenant."""
    if event.command is not None:
        return commands.obey(event.command, scene)
    heard = understand(event, scene)
    if event.text:
        scene.unit.people.learn_language(scene.person, heard.reading.language)
    ticket = find_ticket_replied_to(event, scene)
    if heard.reading.urgency is Urgency.EMERGENCY and heard.reading.kind is not Kind.CHATTER:
        return _emergency(heard, scene)
    if scene.chat.role is ChatRole.PRIVATE:
        return _hear_in_private(heard, scene, ticket)
    return _hear_in_room(heard, scene, ticket)


def hear_edit(event: MessageEdited, scene: Scene) -> Outcome:
    """A changed message: on a ticket it is added to the thread, from chatter it may become a request."""
    message = event.message
    before = scene.unit.inbox.find_by_message(scene.chat.id, message.message_id)
    if before is None or before.text == message.text:
        return Outcome(Disposition.IGNORED, reason="nothing changed" if before else "edit of an unknown message")
    if before.ticket_id is not None:
        ticket, heard = scene.unit.tickets.get(before.ticket_id), understand(message, scene)
        opened_it = ticket.message_id == message.message_id
        if opened_it or follow_up.belongs(heard, scene, ticket):
            return follow_up.correct(heard, scene, ticket)
    return hear(message, scene)


def _emergency(heard: Heard, scene: Scene) -> Outcome:
    """No question, no delay; the same person's next cries join the same ticket."""
    burst = find_burst_ticket(scene)
    if burst is not None and burst.is_open and burst.urgency is Urgency.EMERGENCY:
        return follow_up.add(heard, scene, burst)
    return _open(heard, scene)


def _hear_in_room(heard: Heard, scene: Scene, replied_to: Ticket | None) -> Outcome:
    event, reading = heard.event, heard.reading
    if replied_to is not None and replied_to.reporter_id == scene.person.id:
        return follow_up.hear(heard, scene, replied_to)
    if event.is_to_another or replied_to is not None:
        keep_attachments(event, scene, None)
        return Outcome(Disposition.CHATTER, reason="said to somebody else")
    burst = find_burst_ticket(scene)
    if not event.text:
        if burst is not None and event.attached:
            return follow_up.add(heard, scene, burst)
        keep_attachments(event, scene, None)
        return Outcome(Disposition.CHATTER, reason="no words")
    if reading.sense not in (Sense.NEW, Sense.SAME_HERE):
        followed = follow_up.hear_by_sense(heard, scene)
        if followed is not None:
            return followed
    if burst is not None and follow_up.belongs(heard, scene, burst):
        return follow_up.add(heard, scene, burst)
    if reading.kind is Kind.CHATTER or reading.confidence < ASK_FROM:
        keep_attachments(event, scene, None)
        return Outcome(Disposition.CHATTER, reason=_why(heard))
    return _open(heard, scene) if reading.confidence >= SPEAK_FROM else _ask(heard, scene)


def _hear_in_private(heard: Heard, scene: Scene, replied_to: Ticket | None) -> Outcome:
    event, reading = heard.event, heard.reading
    if replied_to is not None and replied_to.reporter_id == scene.person.id:
        return follow_up.hear(heard, scene, replied_to)
    burst = find_burst_ticket(scene)
    if event.text:
        answered = answers.hear(heard, scene)
        if answered is not None:
            return answered
        followed = follow_up.hear_by_sense(heard, scene) if reading.sense is not Sense.NEW else None
        if followed is not None:
            return followed
        if burst is not None and follow_up.belongs(heard, scene, burst):
            return follow_up.add(heard, scene, burst)
        if reading.kind is not Kind.CHATTER and reading.confidence >= SPEAK_FROM:
            return _open(heard, scene)
    elif burst is not None:
        return follow_up.add(heard, scene, burst)
    talking = follow_up.find_talk(scene)
    if talking is not None:
        return follow_up.add(heard, scene, talking)
    if event.text and reading.confidence >= ASK_FROM and reading.kind is not Kind.CHATTER:
        return _ask(heard, scene)
    keep_attachments(event, scene, None)
    key = f"what:{scene.chat.id}:{event.album}" if event.album else None
    tell(scene.unit, scene.chat, WhatIsWrong(), reading.language if event.text else scene.language, key=key)
    return Outcome(Disposition.ANSWERED, reason=_why(heard))


def _open(heard: Heard, scene: Scene) -> Outcome:
    event, held = heard.event, list_held(scene)
    files = len(event.attached) + len(held)
    ticket = open_ticket(scene, heard.reading, event.text, event.message_id, scene.inbox_id, files)
    keep_attachments(event, scene, ticket)
    adopt(scene, held, ticket)
    return Outcome(Disposition.OPENED, ticket.id, _why(heard))


def _ask(heard: Heard, scene: Scene) -> Outcome:
    """One short question to the author; a room asked often enough is left in peace and the desk decides."""
    keep_attachments(heard.event, scene, None)
    unit = scene.unit
    asking = Asking(
        kind=AskingKind.WHICH_KIND,
        chat_id=scene.chat.id,
        person_id=scene.person.id,
        asked_at=scene.now,
        inbox_id=scene.inbox_id,
    )
    is_room = scene.chat.role is ChatRole.ROOM
    recent = unit.askings.count_in_chat_since(scene.chat.id, AskingKind.WHICH_KIND, scene.now - ASKINGS_WINDOW)
    if is_room and recent >= ASKINGS_PER_ROOM:
        unit.askings.add(asking)
        answers.give_up(scene.unit, asking)
        react(unit, scene.chat, heard.event.message_id, SEEN)
        return Outcome(Disposition.STAFF_TRIAGE, reason=_why(heard))
    unit.askings.add(asking)
    tell(
        unit,
        scene.chat,
        WhichKind(scene.person.name),
        heard.reading.language,
        reply_to=heard.event.message_id,
        person_id=scene.person.id,
        key=f"which_kind:{asking.id}",
    )
    unit.pushes.plan("asking_expiry", f"asking:{asking.id}", scene.now + ASKING_EXPIRES, subject_id=asking.id)
    return Outcome(Disposition.ASKED, reason=_why(heard))


def _why(heard: Heard) -> str:
    return f"{heard.reading.kind} {heard.reading.confidence:.2f}"
