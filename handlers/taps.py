"""A button of ours was tapped: which message it belongs to, whether this person may, what it means."""

from handlers import answers, callbacks, commands, duty, gathering
from handlers.events import ButtonPressed
from handlers.notifications.to_duty import Menu, ReadyQuestion, ReadyReport, Toast, ToastKind
from handlers.scene import Outcome, Scene
from storage.models import OutboxRow, WrongState
from storage.vocabulary import CallbackOutcome, ChatRole, Disposition, Group, Kind

BASE = 36
MENUS = {"done": Menu.DONE, "ask": Menu.ASK, "hand_over": Menu.HAND_OVER, "card": Menu.MAIN}


def tap_prefix(outbox_id: int) -> str:
    """What goes before a verb on a button, so that a tap leads back to its row even when no receipt was recorded."""
    digits, rest = "", outbox_id
    while rest:
        rest, digit = divmod(rest, BASE)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return f"{digits or '0'}."


def press(event: ButtonPressed, scene: Scene) -> Outcome:
    """One tap. The row it names must stand in this very chat; what a button carried is never trusted alone."""
    row = _find_row(event, scene)
    if row is None:
        return Outcome(
            Disposition.REFUSED,
            reason="old or foreign button",
            toast=Toast(ToastKind.OLD_CARD),
            language=scene.language,
        )
    if row.person_id is not None and row.person_id != scene.person.id:
        return Outcome(
            Disposition.REFUSED, row.ticket_id, "somebody else's question", Toast(ToastKind.NOT_FOR_YOU), row.language
        )
    verb, _, choice = event.tap.partition(".")[2].partition(":")
    try:
        outcome = (
            _staff(scene, row, verb, choice) if scene.chat.role is ChatRole.DUTY else _tenant(scene, row, verb, choice)
        )
    except WrongState as wrong:
        return duty.late(scene, row, wrong)
    except ValueError:
        outcome = None  # a choice outside its closed set: no button of ours carries one
    if outcome is None:
        return Outcome(Disposition.REFUSED, row.ticket_id, "no such button", Toast(ToastKind.OLD_CARD), row.language)
    return outcome


def _find_row(event: ButtonPressed, scene: Scene) -> OutboxRow | None:
    named = event.tap.partition(".")[0]
    try:
        row = scene.unit.outbox.find(int(named, BASE)) if len(named) <= 12 else None
    except ValueError:
        return None
    if row is None or row.chat_id != scene.chat.id:
        return None
    if event.message_id is not None:
        if row.receipt is None:
            scene.unit.outbox.learn_receipt(row.id, event.message_id)
        elif row.receipt != event.message_id and not row.is_repeat:
            return None
    return row


def _staff(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    match verb, choice:
        case "take", "":
            return duty.take(scene, row)
        case (("done" | "ask" | "hand_over" | "card"), ""):
            return duty.show_menu(scene, row, MENUS[verb])
        case (("done" | "ask"), "own"):
            return duty.write_own(scene, row, MENUS[verb])
        case "done", _:
            return duty.finish(scene, row, ReadyReport(choice))
        case "ask", _:
            return duty.ask(scene, row, ReadyQuestion(choice))
        case "hand_over", _:
            return duty.hand_over(scene, row, Group(choice))
        case "kind", _:
            return answers.choose_kind(scene, row, Kind(choice))
        case "show", "":
            return gathering.show(scene, row)
        case _:
            return None


def _tenant(scene: Scene, row: OutboxRow, verb: str, choice: str) -> Outcome | None:
    match verb:
        case "kind":
            return answers.choose_kind(scene, row, Kind(choice))
        case "skip":
            return answers.skip_unit(scene, row)
        case "callback":
            return callbacks.press(scene, row, CallbackOutcome(choice))
        case "rate" if 1 <= int(choice) <= 5:
            return callbacks.rate(scene, row, int(choice))
        case "language":
            return commands.set_language(scene, row, choice)
        case _:
            return None
