"""`/questions`: what many ask, a tap away, for whoever would rather choose than write."""

from handlers.notifications import unpack
from handlers.notifications.to_duty import Toast, ToastKind
from handlers.notifications.to_tenant import CommonAnswer, CommonQuestions
from handlers.questions.lists import SAME_WRITING, answer_in
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from storage.models import ListedQuestion, OutboxRow
from storage.vocabulary import Disposition

SHOWN = 8
VERB = "common"


def show(scene: Scene) -> None:
    """The first questions of the office's list that have an answer in this language."""
    language = scene.language
    answered = [row for row in scene.unit.questions.recall(scene.site.id) if answer_in(row, language)]
    shown = tuple((row.id, _wording(row, language)) for row in answered[:SHOWN])
    tell(scene.unit, scene.chat, CommonQuestions(shown), language, person_id=scene.person.id)


def press(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    """One of them was chosen; the list stays to choose from again."""
    said = unpack(row.notification, row.payload)
    if verb != VERB or not isinstance(said, CommonQuestions):
        return None
    asked = next((wording for key, wording in said.questions if str(key) == choice), None)
    question = next((each for each in scene.unit.questions.recall(scene.site.id) if str(each.id) == choice), None)
    answer = answer_in(question, row.language) if question is not None else None
    if asked is None or answer is None:
        return Outcome(Disposition.REFUSED, reason="no longer on the list", language=row.language)
    tell(scene.unit, scene.chat, CommonAnswer(asked, answer), row.language, person_id=scene.person.id)
    return Outcome(Disposition.ANSWERED, reason="question list", toast=Toast(ToastKind.RECORDED), language=row.language)


def _wording(row: ListedQuestion, language: str) -> str:
    written = row.wordings.get(language) or row.wordings.get(SAME_WRITING.get(language, "")) or []
    return written[0] if written else row.key
