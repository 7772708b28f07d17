"""`/possible`: what the desk was unsure of and nobody explained, in pages; one tap opens or dismisses, and teaches."""

from handlers import audit
from handlers.hearing import understand_words
from handlers.notifications.notification import Notification
from handlers.notifications.to_duty import Toast, ToastKind
from handlers.notifications.to_duty.possible import PER_PAGE, NothingPossible, PossibleLine, PossibleRequests
from handlers.possible_requests import list_waiting, settle
from handlers.scene import Outcome, Scene
from handlers.sight import sight_of
from handlers.speaking import change, tell
from storage.models import OutboxRow
from storage.registration_vocabulary import Look
from storage.vocabulary import COMMAND, Disposition, Kind, Trade

NAME = "possible"


def obey(scene: Scene) -> Outcome:
    """The first page."""
    audit.note(scene, Look.POSSIBLE, about=f"{COMMAND}{NAME}")
    tell(scene.unit, scene.chat, _page(scene, 0), scene.language)
    return Outcome(Disposition.ANSWERED, reason=f"{COMMAND}{NAME}")


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """Turn the page, open one as what it reads like most, or dismiss it."""
    number, _, page = choice.partition("=")
    if verb == "page":
        change(scene.unit, row.id, _page(scene, int(choice)), row.language)
        return Outcome(Disposition.ANSWERED)
    if verb not in ("open", "dismiss"):
        return None
    waiting = {question.asking.id: question for question in list_waiting(scene.unit, scene.site.id)}
    question = waiting.get(int(number))
    toast = Toast(ToastKind.SETTLED)
    if question is not None and _sees(scene):
        kind = _kind_of(scene, question.words) if verb == "open" else Kind.CHATTER
        ticket = settle(scene, question, kind)
        toast = Toast(ToastKind.RECORDED, ticket.number if ticket else None)
    change(scene.unit, row.id, _page(scene, int(page or 0)), row.language)
    return Outcome(Disposition.ANSWERED, toast=toast, language=row.language)


def _sees(scene: Scene) -> bool:
    """The list is the customer desk's and the managers'."""
    return sight_of(scene.unit, scene.chat, scene.site.id).group is None


def _page(scene: Scene, page: int) -> Notification:
    waiting = list_waiting(scene.unit, scene.site.id) if _sees(scene) else []
    if not waiting:
        return NothingPossible(is_desks=_sees(scene))
    page = max(0, min(page, (len(waiting) - 1) // PER_PAGE))
    lines = tuple(
        PossibleLine(
            question.asking.id,
            scene.unit.people.get(question.asking.person_id).name,
            question.words,
            question.rows[0].received_at,
            _kind_of(scene, question.words),
        )
        for question in waiting[page * PER_PAGE :][:PER_PAGE]
    )
    return PossibleRequests(lines, len(waiting), page)


def _kind_of(scene: Scene, words: str) -> Kind:
    """What it reads like most, now that somebody has said that it is a request."""
    reading = understand_words(words, scene)
    if reading.kind is not Kind.CHATTER:
        return reading.kind
    return Kind.REPAIR if reading.trade not in (None, Trade.OTHER) else Kind.INQUIRY
