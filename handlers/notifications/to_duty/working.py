"""The buttons of a card at work: the few that are wanted every day, and behind one more all the others."""

from dataclasses import dataclass

from handlers.notifications.hours import Slot, slot_buttons
from handlers.notifications.quoting import name
from handlers.notifications.speech import Button
from handlers.notifications.to_duty.visits import VisitShown, answer_row, manage_row
from handlers.notifications.to_duty.waiting import waiting_button
from locales import Voice
from storage.roster_vocabulary import MemberRole, WaitsFor
from storage.vocabulary import Group

Rows = tuple[tuple[Button, ...], ...]
MOST_IN_ROW = 3
"""Four no telephone shows whole."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody a ticket may be handed over to."""

    member_id: int
    name: str
    is_on_duty: bool = False
    group: Group | None = None
    """Where it is another group's than the ticket's."""


@dataclass(frozen=True, slots=True)
class NextRung:
    """Who would hear of a ticket if it were escalated now."""

    role: MemberRole | None
    """None where no roster names anybody: then the managers' chat hears of it."""
    names: tuple[str, ...] = ()


def main_rows(voice: Voice, *, is_taken: bool, visit: VisitShown | None, waits_for: WaitsFor | None) -> Rows:
    """What is wanted every day; a proposal of the tenant's comes first."""
    done = Button(voice.say("✅ Done"), "done")
    is_asked = visit is not None and visit.is_tenants and not visit.is_agreed
    first = Button(voice.say("📅 Visit"), "visit") if is_taken else Button(voice.say("✋ Take"), "take")
    return (
        *((answer_row(voice, visit),) if visit is not None and is_asked and is_taken else ()),
        (done, first) if is_taken else (first, done),
        (
            Button(voice.say("❓ Ask"), "ask"),
            Button(voice.say("➡️ Hand over"), "hand_over"),
            waiting_button(voice, waits_for),
        ),
        (Button(voice.say("⋯ More"), "more"),),
    )


def more_rows_of(voice: Voice, reporters: int) -> Rows:
    """What is wanted now and then; never four in a row, which no telephone shows whole."""
    merge, correct = Button(voice.say("🔗 Merge"), "merge"), Button(voice.say("✏️ Correct"), "correct")
    why = Button(voice.say("💡 Why?"), "why")
    if reporters > 1:
        return ((Button(voice.say("👥 All reports"), "reports"), merge), (correct, why))
    return ((merge, correct, why),)


def staff_rows(
    voice: Voice, *, has_room: bool, can_print: bool = False, has_answers: bool = False, is_guarded: bool = False
) -> Rows:
    """A word among staff, what was there before, and whoever stands above. What is guarded is known above already."""
    buttons = [Button(voice.say("📝 Note"), "note")]
    buttons += [Button(voice.say("💬 Ready answer"), "answer")] if has_answers else []
    if not is_guarded:
        buttons += [Button(voice.say("⏫ Escalate"), "escalate")]
        buttons += [Button(voice.say("🗂 History"), "history")] if has_room else []
        buttons += [Button(voice.say("🖨 Print"), "print")] if can_print else []
    return (tuple(buttons),) if len(buttons) < MOST_IN_ROW + 1 else (tuple(buttons[:2]), tuple(buttons[2:]))


def visit_rows(voice: Voice, visit: VisitShown | None, slots: tuple[Slot, ...], wish: Slot | None) -> Rows:
    """The hours, then what to do about the one that stands."""
    return (*slot_buttons(voice, slots, wish), *manage_row(voice, visit))


def hand_over_rows(voice: Voice, own: Group | None, colleagues: tuple[Colleague, ...]) -> Rows:
    """The groups, and a way to one person where a roster names any."""
    others = [Button(voice.term("group", group), f"hand_over:{group}") for group in Group if group is not own]
    rows = (tuple(others[:2]), tuple(others[2:]))
    return (*rows, (Button(voice.say("👤 To one person"), "hand_over:who"),)) if colleagues else rows


def colleague_rows(voice: Voice, colleagues: tuple[Colleague, ...]) -> Rows:
    """Those on duty first, two in a row."""
    buttons = [Button(_colleague(voice, each), f"hand_over:who={each.member_id}") for each in colleagues]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


def escalate_rows(voice: Voice, rung: NextRung | None) -> Rows:
    """One more tap, which names whom it rings."""
    if rung is None:
        return ()
    role = voice.term("member_role", rung.role) if rung.role else voice.say("the managers' chat")
    who = " · ".join([role, *map(name, rung.names[:2])])
    return ((Button(voice.say("⏫ Tell {who}", who=who), "escalate:now"),),)


def _colleague(voice: Voice, each: Colleague) -> str:
    label = f"{'🟢 ' if each.is_on_duty else ''}{name(each.name)}"
    return f"{label} · {voice.term('group', each.group)}" if each.group else label
