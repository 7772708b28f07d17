"""A tenant speaks, in a room or in private. In a room silence is the default; in private everything is answered."""

from collections.abc import Sequence
from dataclasses import replace

from handlers import answers, belonging, calling, commands, floods, follow_up, incidents, possible_requests, several
from handlers.complaints import asking as complaint_asking
from handlers.complaints import blaming, wishes
from handlers.events import MessageEdited, MessageReceived
from handlers.hearing import (
    SAID_TO_ANOTHER,
    Heard,
    RepliedTo,
    adopt,
    as_alarm,
    as_cry,
    beside_alarm,
    find_burst_ticket,
    find_replied_to,
    keep_attachments,
    list_held,
    understand,
)
from handlers.notifications.to_tenant import WhatIsWrong
from handlers.opening import Case, building_id_of, open_ticket
from handlers.questions import answering
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from handlers.understanding.complaining import complains
from handlers.understanding.understanding import Sense
from handlers.visits import tenant as visiting
from storage.models import InboxRow, Ticket
from storage.vocabulary import COMMAND, ChatRole, Disposition, Kind, Trade


def hear(event: MessageReceived, scene: Scene) -> Outcome:
    """One message of one tenant."""
    if event.command is None:
        return _hear_words(event, scene)
    if scene.chat.role is ChatRole.ROOM and wishes.is_wish(event):
        return wishes.tell_how(event, scene)
    cried = as_cry(event)
    return commands.obey(event.command, scene) if cried is None else _cry(as_alarm(understand(cried, scene)), scene)


def _hear_words(event: MessageReceived, scene: Scene) -> Outcome:
    heard = understand(event, scene)
    edit = _find_edit(heard, scene)
    if edit is not None:
        return Outcome(Disposition.IGNORED, edit[1], "edited before it came")
    return _answer(heard, scene)


def _find_edit(heard: Heard, scene: Scene) -> tuple[int, int | None] | None:
    """The edit of this very message, where that came in first, and its ticket; asked only where it could matter."""
    says_nothing = heard.reading.kind is Kind.CHATTER and not heard.event.attached
    if says_nothing and find_burst_ticket(scene, heard.said_at) is None:
        return None
    return scene.unit.inbox.find_edit(scene.chat.id, heard.event.message_id)


def _answer(heard: Heard, scene: Scene) -> Outcome:
    event = heard.event
    replied_to = find_replied_to(event, scene)
    if heard.is_emergency:
        return _cry(heard, scene)
    called = calling.find_called(heard, scene)
    if called is not None:
        return follow_up.urge(heard, scene, called)
    progress = follow_up.answer_progress(heard, scene) or complaint_asking.hear(heard, scene, replied_to.ticket)
    progress = progress or visiting.hear(heard, scene)
    if progress is not None:
        return progress
    if scene.chat.role is ChatRole.ROOM and wishes.is_public_wish(event, heard.reading):
        return wishes.tell_how(event, scene)
    complained = _hear_blame(heard, scene, replied_to)
    if complained is not None:
        return complained
    if scene.chat.role is ChatRole.PRIVATE:
        return _hear_in_private(heard, scene, replied_to)
    return _hear_in_room(heard, scene, replied_to)


def _hear_blame(heard: Heard, scene: Scene, replied_to: RepliedTo) -> Outcome | None:
    """Plain words about somebody of ours are a complaint by themselves: they must not stand under the card of whatever
    else is open, where those they are about read them.
    """
    words = heard.event.text
    if heard.is_emergency or heard.reading.kind is Kind.PRAISE or not words or not blaming.is_blame(scene, words):
        return None
    told = replied_to.ticket or find_burst_ticket(scene, heard.said_at)
    own = told if told is not None and told.reporter_id == scene.person.id and told.is_open else None
    is_grumble = heard.reading.kind is Kind.CHATTER and not complains(words) and own is None
    to_another = heard.event.is_to_another or (replied_to.ticket is not None and not (replied_to.is_ours or own))
    if (is_grumble and scene.chat.role is not ChatRole.PRIVATE) or (to_another and scene.chat.role is ChatRole.ROOM):
        return None  # neighbours may grumble among themselves
    if own is not None and own.kind is Kind.COMPLAINT and own.trade in (Trade.STAFF, Trade.OTHER):
        return None  # "I want to complain", and then of whom
    guarded = scene.unit.complaints.guarded()
    before = [ticket for ticket in scene.unit.tickets.list_open_of(scene.person.id) if ticket.id in guarded]
    if before:
        return follow_up.add(heard, scene, before[0])
    reading = blaming.as_complaint(scene, heard.reading, words)
    return _open(replace(heard, reading=reading), scene)


def hear_cry(message: MessageReceived, scene: Scene) -> Outcome:
    """A cry in a group nobody has linked, by somebody whose site is known all the same."""
    cried = as_cry(message)
    heard = as_alarm(understand(cried, scene)) if cried is not None else understand(message, scene)
    return _cry(heard, scene) if heard.is_emergency else Outcome(Disposition.IGNORED, reason="chat is not linked")


def hear_edit(event: MessageEdited, scene: Scene) -> Outcome:
    """A changed message: on a ticket it is added to the thread, from chatter it may become a request.

    One never heard before, older than the desk or overtaken by its edit, is a message like any other.
    """
    versions = scene.unit.inbox.list_by_message(scene.chat.id, event.message.message_id)
    if not versions:
        return _hear_version(event.message, scene)
    before, message = versions[-1], _without_known_files(event.message, scene, versions)
    if before.text == message.text and not message.attached:
        return Outcome(Disposition.IGNORED, before.ticket_id, "nothing changed")
    if before.ticket_id is not None:
        ticket, heard = scene.unit.tickets.get(before.ticket_id), understand(message, scene)
        told, own = beside_alarm(heard, scene, before.text or ""), RepliedTo(ticket, is_ours=True)
        blamed = _hear_blame(told, scene, own) if ticket.kind is not Kind.COMPLAINT else None
        if blamed is not None:
            return blamed
        if heard.is_emergency and ticket.incident_id is not None and belonging.is_elsewhere(heard, scene, ticket):
            return _open(heard, scene)  # no more of the neighbours' danger, but another
        if heard.is_emergency and not (ticket.is_open and belonging.is_same_cry(heard, ticket)):
            return _cry(heard, scene)
        if ticket.message_id == message.message_id or belonging.belongs(heard, scene, ticket):
            return follow_up.correct(heard, scene, ticket, before.text or "")
    if before.disposition not in (Disposition.ASKED, Disposition.STAFF_TRIAGE):
        return _hear_version(message, scene)
    possible_requests.move(scene, versions)
    outcome = _hear_version(message, scene)
    if outcome.disposition is Disposition.CHATTER:
        possible_requests.withdraw(scene)
    return outcome


def _hear_version(message: MessageReceived, scene: Scene) -> Outcome:
    """The message as it reads now. A command that was rewritten is obeyed no second time, but for a cry."""
    cried = as_cry(message)
    if message.command is not None and cried is None:
        return Outcome(Disposition.IGNORED, reason=f"{COMMAND}{message.command.name}, rewritten"[:40])
    return _cry(as_alarm(understand(cried, scene)), scene) if cried else _answer(understand(message, scene), scene)


def _without_known_files(message: MessageReceived, scene: Scene, versions: Sequence[InboxRow]) -> MessageReceived:
    """An edit brings the message's files along again; they are kept once."""
    known = scene.unit.attachments.list_by_inbox([row.id for row in versions])
    return replace(message, attached=()) if known else message


def _cry(heard: Heard, scene: Scene) -> Outcome:
    """No question, no delay; the same person's next cries join the same ticket."""
    burst = find_burst_ticket(scene, heard.said_at)
    is_same = burst is not None and burst.is_open and belonging.is_same_cry(heard, burst)
    if burst is not None and is_same and not belonging.is_in_other_building(heard, scene, burst):
        return follow_up.urge(heard, scene, burst)
    same = calling.find_same(heard, scene)
    if same is not None:
        return follow_up.urge(heard, scene, same)
    return _open(heard, scene)


def _hear_in_room(heard: Heard, scene: Scene, replied_to: RepliedTo) -> Outcome:
    event, reading = heard.event, heard.reading
    if replied_to.ticket is not None and replied_to.ticket.reporter_id == scene.person.id:
        return follow_up.hear(heard, scene, replied_to.ticket) or _open(heard, scene)
    neighbour = _find_neighbours(heard, scene, replied_to)
    if neighbour is not None:
        return _open(belonging.same_as(heard, neighbour), scene, neighbour)
    if event.is_to_another or (replied_to.ticket is not None and not replied_to.is_ours):
        return _leave(heard, scene, SAID_TO_ANOTHER)
    burst = find_burst_ticket(scene, heard.said_at)
    if not event.text:
        if burst is not None and event.attached:
            return follow_up.add(heard, scene, burst)
        return _leave(heard, scene, "no words")
    followed = answers.hear_place(heard, scene) or follow_up.hear_by_sense(heard, scene)
    if followed is not None:
        return followed
    if burst is not None and belonging.belongs(heard, scene, burst):
        return follow_up.add(heard, scene, burst)
    if replied_to.ticket is not None and reading.sense is Sense.SAME_HERE and replied_to.ticket.is_open:
        return _open(belonging.same_as(heard, replied_to.ticket), scene, points_at=replied_to.ticket)
    if heard.is_sure:
        return _open_or_join(heard, scene)
    if heard.is_unsure and _is_known(heard, scene):
        return _open(heard, scene)
    asked_on = answering.hear_words(heard, scene) if replied_to.is_ours else None
    if asked_on is not None:
        return asked_on
    return answering.hear_unsure(heard, scene) if heard.is_unsure else _leave(heard, scene, heard.why)


def _find_neighbours(heard: Heard, scene: Scene, replied_to: RepliedTo) -> Ticket | None:
    """ "Same here" to a neighbour's report of what is shared, or to nobody right after one."""
    if heard.reading.sense is not Sense.SAME_HERE or heard.event.is_to_another:
        return None
    is_reply = heard.event.reply_to is not None
    place = building_id_of(scene, heard.reading) if heard.reading.place.building else None
    said = replied_to.ticket if is_reply else incidents.find_talked_of(scene, heard.event.text, place)
    is_shared = said is not None and said.shared is not None and said.is_open
    return said if is_shared and said is not None and said.reporter_id != scene.person.id else None


def _is_known(heard: Heard, scene: Scene) -> bool:
    """Words worth a question that tell surely of an incident already open, or list troubles each of which is plain."""
    if len(several.problems_in(heard, scene)) > 1:
        return True
    reading = heard.reading
    place = building_id_of(scene, reading)
    match = incidents.find_match(scene, reading.kind, reading.urgency, heard.event.text, place)
    return match is not None and match.is_sure


def _hear_in_private(heard: Heard, scene: Scene, replied_to: RepliedTo) -> Outcome:
    event, mine = heard.event, replied_to.ticket
    answered = follow_up.greet(heard, scene) or (answers.hear(heard, scene) if event.text else None)
    if answered is not None:
        return answered
    if mine is not None and mine.reporter_id == scene.person.id:
        return follow_up.hear(heard, scene, mine) or _open(heard, scene)
    followed = follow_up.hear_by_sense(heard, scene) if event.text else None
    if followed is not None:
        return followed
    asked = belonging.find_asked(heard, scene) if not heard.is_sure else None
    if asked is not None:
        return follow_up.add(heard, scene, asked)
    burst = find_burst_ticket(scene, heard.said_at)
    if burst is not None and (not event.text or belonging.belongs(heard, scene, burst)):
        return follow_up.add(heard, scene, burst)
    if heard.is_sure:
        return _open_or_join(heard, scene)
    talk = belonging.find_talk(scene)
    if talk is not None and belonging.is_about(heard, talk):
        return follow_up.add(heard, scene, talk)
    if event.text and heard.is_unsure:
        return _open(heard, scene) if _is_known(heard, scene) else answering.hear_unsure(heard, scene)
    return answering.hear_words(heard, scene) or _ask_what_is_wrong(heard, scene)


def _open_or_join(heard: Heard, scene: Scene) -> Outcome:
    """A new case, or more of the one this person has just told us of."""
    same = belonging.find_same(heard, scene)
    place = building_id_of(scene, heard.reading)
    own = incidents.find_own(scene, heard.event.text, place) if same is None and not heard.is_emergency else None
    if own is not None:
        return follow_up.urge(heard, scene, own)
    if same is not None:
        return follow_up.add(heard, scene, same)
    full = floods.find_full(scene)
    return _open(heard, scene) if full is None else floods.keep(heard, scene, full)


def _open(heard: Heard, scene: Scene, neighbour: Ticket | None = None, *, points_at: Ticket | None = None) -> Outcome:
    event = heard.event
    held = list_held(scene, scene.now, event.reply_to)
    files = len(event.attached) + len(held)
    question = possible_requests.find_question(scene)
    is_new = question is None and neighbour is None and points_at is None and not held
    answered = answering.hear(heard, scene) if is_new else None
    if answered is not None:
        return answered
    if question is not None:
        ticket = possible_requests.open_with(question, heard, scene, files)
    else:
        problems = several.problems_in(heard, scene) if neighbour is None else []
        if len(problems) > 1:
            ticket = several.open_each(problems, heard, scene, files)[0]
        else:
            said = (heard.reading, event.text, event.message_id, heard.said_at, files)
            case = Case(*said, same_as=neighbour, points_at=points_at)
            ticket = open_ticket(scene, case)
    keep_attachments(event, scene, ticket)
    adopt(scene, held, ticket)
    return Outcome(Disposition.JOINED if ticket.incident_id else Disposition.OPENED, ticket.id, heard.why)


def _leave(heard: Heard, scene: Scene, why: str) -> Outcome:
    """Silence; pictures are remembered in case their words come next."""
    keep_attachments(heard.event, scene, None)
    return Outcome(Disposition.CHATTER, reason=why)


def _ask_what_is_wrong(heard: Heard, scene: Scene) -> Outcome:
    keep_attachments(heard.event, scene, None)
    album = heard.event.album
    key = f"what:{scene.chat.id}:{album}" if album else None
    tell(scene.unit, scene.chat, WhatIsWrong(), heard.reading.language, key=key)
    return Outcome(Disposition.ANSWERED, reason=heard.why)
