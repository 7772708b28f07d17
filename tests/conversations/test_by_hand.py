"""What staff do by hand: hand over to one person, call whoever stands above, look back, write down, charge."""

from sqlalchemy import select

from handlers import permissions
from handlers.notifications.to_duty.step_words import WORDINGS
from handlers.steps import Step
from storage.models import Charge
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AttachmentKind, AttachmentState, Group, Side, TicketState
from tests.rosters import set_roster
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking"
CHANGED_OFFICE = (
    ("Wu", "engineering", "member", "13800000002"),
    ("Gao", "engineering", "lead", "13800000003"),
    ("Guan", "security", "member", "13800000004"),
    ("Director Qin", "", "client director", ""),
)


def steps(world: World, number: int = 1001) -> list[str]:
    """The steps of a ticket's thread, as they are kept."""
    ticket = world.ticket(number)
    return [entry.text for entry in world.look(lambda unit: unit.tickets.list_entries(ticket.id)) if ":" in entry.text]


def test_a_hand_over_to_one_person_and_the_second_to_another_group_calls_the_director(world: World) -> None:
    """A colleague of the same group gets it on any day, and nobody above has to hear of that."""
    set_roster(world)
    world.person("Ann").says(LEAK)
    li, guan = world.person("Li"), world.person("Guan")
    li.taps("Take", world.engineering)
    li.taps("Hand over", world.engineering)
    assert "👤 To one person" in world.engineering.labels
    li.taps("To one person", world.engineering)
    names = [label for label in world.engineering.labels if label not in ("← Back",)]
    assert names == ["🟢 Li", "🟢 Guan · Security", "Wu", "Gao"], "whoever is on duty first, then the group's others"
    assert "handed over" in li.taps("Wu", world.engineering)
    assert world.engineering.hears("👉 Wu, Li hands #1001 over to you.")
    assert world.engineering.hears("#1001", "For Wu to take")
    assert not world.managers.hears("#1001")
    world.person("Wu").taps("Take", world.engineering)
    world.person("Wu").taps("Hand over", world.engineering, world.engineering.find("#1001", "👤"))
    world.person("Wu").taps("To one person", world.engineering)
    world.person("Wu").taps("Guan", world.engineering)
    assert world.security.hears("#1001", "For Guan to take")
    assert not world.managers.hears("#1001")
    assert "old card" not in guan.taps("Take", world.security)
    assert world.ticket().group is Group.SECURITY
    guan.taps("Hand over", world.security)
    guan.taps("Engineering", world.security)
    assert world.managers.hears("#1001 has been handed over 2 times", "👉 Director Qin (client director)")
    assert world.engineering.hears("#1001", "client director has been told")
    assert steps(world)[:3] == ["handed_to:Wu", "handed_over:security", "handed_to:Guan"]
    assert "to_and_fro:client_director" in steps(world)


def test_escalating_by_hand_climbs_one_rung_at_a_time(world: World) -> None:
    set_roster(world)
    world.person("Ann").says(LEAK)
    li = world.person("Li")
    li.taps("Take", world.engineering)
    card = world.engineering.find("#1001")
    li.taps_more("Escalate", world.engineering)
    assert not world.engineering.hears("asks you to look"), "the first tap only names whom the second rings"
    assert "passed #1001 on" in li.taps("Tell lead · Gao", world.engineering)
    assert world.engineering.hears("⏫ Gao, Li asks you to look at #1001.")
    assert world.engineering.hears("#1001", "lead has been told")
    li.taps_more("Escalate", world.engineering)
    li.taps("Tell client director · Director Qin", world.engineering)
    assert world.managers.hears("⏫ #1001 plumbing: Li asks for help.", "Director Qin (client director)")
    for role in ("office manager", "quality"):
        li.taps_more("Escalate", world.engineering)
        li.taps(f"Tell {role}", world.engineering)
    assert "has been told of #1001 already" in li.taps_stale("escalate", world.engineering, card)
    assert [step for step in steps(world) if step.startswith("escalated")] == [
        f"escalated:{role}" for role in ("lead", "client_director", "office_manager", "quality")
    ]


def test_without_a_roster_the_managers_chat_hears_it(world: World) -> None:
    world.person("Ann").says(LEAK)
    world.person("Li").taps_more("Escalate", world.engineering)
    world.person("Li").taps("Tell the managers' chat", world.engineering)
    assert world.managers.hears("⏫ #1001 plumbing: Li asks for help.")


def test_notes_stay_among_staff(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    li.taps_more("Note", world.engineering)
    li.says("she has a big dog, ring first", world.engineering)
    li.says("anyone for lunch?", world.engineering)
    li.replies(world.engineering.find("#1001", "👤"), "/note the valve is behind the fridge", world.engineering)
    entries = world.look(lambda unit: unit.tickets.list_entries(world.ticket().id))
    notes = [entry.text for entry in entries if entry.kind == "note"]
    assert notes == ["she has a big dog, ring first", "the valve is behind the fridge"]
    assert not any("dog" in text or "fridge" in text for text in ann.private.texts)
    card = world.engineering.find("#1001", "👤")
    li.sends(AttachmentKind.PHOTO, "/note this valve", world.engineering, reply_to=card.message_id)
    world.passes(minutes=1)
    li.taps_more("Note", world.engineering, card)
    li.sends(AttachmentKind.PHOTO, "", world.engineering)
    files = world.look(lambda unit: unit.attachments.list_by_ticket(world.ticket().id))
    assert [(each.side, each.state) for each in files] == [(Side.STAFF, AttachmentState.KEPT)] * 2
    ann.starts()
    assert not any(shown.media for shown in ann.private.screen), "a note's picture is a note as well"


def test_the_history_of_a_flat_is_for_its_group_and_silent_about_people(world: World) -> None:
    ann, bob, li, guard = (world.person(name) for name in ("Ann", "Bob", "Li", "Guard"))
    ann.says(LEAK)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    world.passes(days=3)
    bob.says("Block 3 1202: the plumber was very rude to me, I want to complain about him")
    ann.says("The bathroom drain in Block 3 1203 is blocked")
    ann.says("There is a fire in Block 3 1202!")
    number = world.tickets[-1].number
    assert len(world.tickets) == 4
    card = world.engineering.find(f"#{number}", "👤")
    assert "group that has" in guard.taps_raw(
        f"{world.security.find(f'#{number}').tap_prefix}history",
        world.security,
        world.security.find(f"#{number}").message_id,
    )
    li.taps_more("History", world.engineering, card)
    said = world.engineering.find("🗂 3栋 1202").speech.plain
    assert "#1001" in said
    assert "Mon, Mar 2" in said
    assert "no answer to the callback" in said
    assert "Repaired" in said
    assert "#1002" not in said, "who is complained of is nobody's history"
    assert "#1003" not in said, "next door is another flat"
    assert "Ann" not in said
    assert "under this card" in li.taps_raw(f"{card.tap_prefix}history", world.engineering, card.message_id)


def test_after_done_a_photo_and_a_price_are_welcome_and_never_forced(world: World) -> None:
    ann, li, wu = world.person("Ann"), world.person("Li"), world.person("Wu")
    ann.starts()
    ann.says(LEAK)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    assert world.engineering.hears("No. 1001 is done", "Photos of before and after?", "Charged anything?")
    wu.says("120", world.engineering)
    assert world.engineering.last.speech.buttons, "somebody else's number is no price"
    li.sends(AttachmentKind.PHOTO, "", world.engineering)
    li.says("lunch at 12?", world.engineering)
    li.says("1203", world.engineering)
    li.says("new washer 80 yuan", world.engineering)
    li.says("85.50", world.engineering)
    li.says("it was 85.50 in all", world.engineering)
    assert world.engineering.hears("#1001: CN¥80", "The tenant has been told")
    assert sum("No. 1001: CN¥85.50 was charged" in said for said in ann.private.texts) == 1, "nobody pays twice"
    assert ann.private.find("📎 No. 1001").media is not None
    assert not ann.private.hears("lunch")
    kept = world.look(lambda unit: list(unit.session.scalars(select(Charge).order_by(Charge.id))))
    assert [(charge.cents, charge.currency, charge.round) for charge in kept] == [(8000, "CNY", 1), (8550, "CNY", 1)]
    files = world.look(lambda unit: unit.attachments.list_by_ticket(world.ticket().id))
    assert [(each.side, each.state) for each in files] == [(Side.STAFF, AttachmentState.KEPT)]
    li.taps("Skip", world.engineering)
    assert "⏭ Skip" not in world.engineering.labels
    li.says("90", world.engineering)
    assert not world.engineering.hears("CN¥90"), "whoever has nothing to add is not listened to any more"
    ann.says("The kitchen socket in Block 3 1202 has no power")
    li.taps("Done", world.engineering, world.engineering.find("#1002"))
    li.taps("no fault found", world.engineering)
    assert not world.engineering.hears("No. 1002 is done"), "where nothing was done nothing is asked"


def test_whoever_left_the_roster_is_told_so_and_a_stranger_of_the_chat_still_works(world: World) -> None:
    set_roster(world)
    li, stranger = world.person("Li"), world.person("New colleague")

    def bind(unit: UnitOfWork) -> None:
        member = next(m for m in unit.rosters.list_members(world.site_id) if m.name == "Li")
        known = unit.people.find_by_account("memory", li.address)
        assert known is not None
        member.person_id = known[0].id

    li.says("hello", world.engineering)
    world.act(bind)
    world.person("Ann").says(LEAK)
    assert "yours" in li.taps("Take", world.engineering)
    set_roster(world, members=CHANGED_OFFICE, shifts=[("Wu", "daily", "00:00", "24:00")])
    assert "no longer on the roster" in li.taps("Done", world.engineering)
    assert world.ticket().state is TicketState.ACCEPTED
    for line in ("/t 1001", "/find pipe", "/room 3-1202", "/new 3-1202 the lamp is broken", "/open", "/undo"):
        asked = li.says(line, world.engineering)
        assert (world.engineering.last.reply_to, len(world.tickets)) == (asked, 1)
        assert "no longer on the roster" in world.engineering.last.speech.plain
    li.replies(world.engineering.find("#1001"), "I come at three", world.engineering)
    assert not any("three" in text for text in world.room.texts + world.person("Ann").private.texts)
    said = len(world.engineering.screen)
    li.says("so long, folks", world.engineering)
    assert len(world.engineering.screen) == said
    stranger.says("/t 1001", world.engineering)
    assert "no longer" not in world.engineering.last.speech.plain
    stranger.taps("Done", world.engineering)
    stranger.taps("Repaired", world.engineering)
    assert world.ticket().state is TicketState.DONE


def test_every_step_of_a_thread_has_its_words() -> None:
    assert [step for step in Step if step not in WORDINGS] == []


def test_every_button_of_a_card_is_in_the_table_of_who_may() -> None:
    everybody = frozenset().union(*permissions.MAY.values())
    assert everybody == frozenset(permissions.Act)
    assert set(permissions.MAY) == set(permissions.Standing)
