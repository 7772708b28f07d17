"""Channels without buttons: a bare number is read back as the tap it stands for, from whoever was asked.

A number that fits no question that is still open is words like any other.
"""

from collections.abc import Callable
from datetime import timedelta

from handlers import taps
from handlers.events import MessageReceived
from handlers.notifications import unpack
from handlers.notifications.numbering import choices_of
from handlers.notifications.to_duty import Toast, ToastKind
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from handlers.understanding.choices import choice_in
from storage.attempt import attempt
from storage.models import OutboxRow
from storage.vocabulary import ChatRole, Disposition, Operation

OPEN_FOR = timedelta(days=1)
"""How long after it was said a question can be answered by number alone; one that is replied to, always."""
STAFF = (ChatRole.DUTY, ChatRole.MANAGER)
MOST = 12
"""Newest messages with choices that are looked at."""


def or_else(hear: Callable[[MessageReceived, Scene], Outcome]) -> Callable[[MessageReceived, Scene], Outcome]:
    """The handler of a kind of chat, after numbers have been tried where its channel has no buttons."""

    def hear_number_or_words(event: MessageReceived, scene: Scene) -> Outcome:
        if scene.chat.channel in scene.desk.asks_by_number:
            chosen = _choose(event, scene)
            if chosen is not None:
                return chosen
        return hear(event, scene)

    return hear_number_or_words


def _choose(event: MessageReceived, scene: Scene) -> Outcome | None:
    number = choice_in(event.text)
    asked = _find_asked(event, scene) if number is not None else None
    if number is None or asked is None:
        return None
    said, base = asked
    choices = choices_of(unpack(said.notification, said.payload).say(scene.voice(said.language)))
    if number > len(choices):
        return None
    verb = choices[number - 1].verb
    if scene.chat.role in STAFF:  # the number of a card's button is never a word for the tenant
        return _say_if_late(event, scene, taps.choose(scene, base, verb))
    return attempt(scene.unit, lambda: taps.choose(scene, base, verb), _counts)


def _counts(end: Outcome | None) -> bool:
    """Whether the question was still open: else the number may answer something else, and is heard as words."""
    is_settled = end is not None and isinstance(end.toast, Toast) and end.toast.kind is ToastKind.SETTLED
    return end is not None and end.disposition is not Disposition.REFUSED and not is_settled


def _say_if_late(event: MessageReceived, scene: Scene, end: Outcome | None) -> Outcome | None:
    """What a button would answer to a tap that came too late is written under the number."""
    if end is not None and end.disposition is Disposition.REFUSED and end.toast is not None:
        language = end.language or scene.language
        tell(scene.unit, scene.chat, end.toast, language, ticket_id=end.ticket_id, reply_to=event.message_id)
    return end


def _find_asked(event: MessageReceived, scene: Scene) -> tuple[OutboxRow, OutboxRow] | None:
    """The newest wording of the question that is answered, and the message it began as; staff say which by a reply."""
    outbox = scene.unit.outbox
    if event.reply_to is not None:
        answered = outbox.find_by_receipt(scene.chat.id, event.reply_to)
        found = [answered] if answered is not None and answered.notification in taps.PRESSES else []
    elif scene.chat.role in STAFF:
        return None
    else:
        found = list(
            outbox.list_latest_to(scene.chat.id, scene.person.id, list(taps.PRESSES), scene.now - OPEN_FOR, MOST)
        )
    for said in found:
        base = outbox.get(said.target_id) if said.operation is Operation.EDIT and said.target_id else said
        if base.person_id in (None, scene.person.id):
            return said, base
    return None
