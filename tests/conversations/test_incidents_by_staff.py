"""Staff say what is one trouble and what is two: they join cards, part reports, are asked where the desk is unsure."""

from datetime import timedelta

from storage.models import Site
from storage.roster_vocabulary import StaffNames
from storage.vocabulary import Group, TicketState
from tests.conversations.stopped_lift import stopped
from tests.rosters import set_roster
from tests.world import World


def test_staff_decide_where_the_desk_is_not_sure(world: World) -> None:
    li = world.person("Li")
    world.person("Ann").says("3栋5楼走廊灯坏了")
    world.passes(minutes=4)
    world.person("Bob").says("3栋走廊的灯不亮,请修")
    card = world.engineering.find("#1002", "👤 Bob")
    assert "Is it the same" in card.speech.text
    assert "3栋5楼走廊灯坏了" in card.speech.text
    li.taps("Same as #1001", world.engineering, card)
    assert world.ticket(1002).incident_id == world.ticket(1001).id
    assert "2 reports" in world.engineering.find("#1001", "👥").speech.text
    assert "see #1001" in world.engineering.find("#1002", "🔗").speech.text
    assert world.engineering.find("#1002", "🔗").speech.buttons == ()


def test_staff_say_it_is_something_else(world: World) -> None:
    li = world.person("Li")
    world.person("Ann").says("3栋5楼走廊灯坏了")
    world.passes(minutes=4)
    world.person("Bob").says("3栋走廊的灯不亮,请修")
    li.taps("Separate", world.engineering)
    assert not any("Same as" in label for label in world.engineering.labels)
    assert world.ticket(1002).incident_id is None


def test_staff_part_what_was_joined(world: World) -> None:
    li = world.person("Li")
    stopped(world, "Ann", "Bob", "Cai")
    li.taps_more("All reports", world.engineering)
    li.taps("Split #1002", world.engineering)
    assert world.ticket(1002).incident_id is None
    assert world.engineering.find("#1002", "👤 Bob").speech.buttons
    assert "2 reports" in world.engineering.find("#1001", "👤 Ann").speech.text
    li.taps("Take", world.engineering, world.engineering.find("#1002", "👤 Bob"))
    assert world.ticket(1001).state is TicketState.ASSIGNED


def test_staff_merge_two_cards(world: World) -> None:
    li = world.person("Li")
    stopped(world, "Ann", "Bob")
    world.person("Eve").says("The door downstairs in Block 3 is broken")
    number = world.tickets[-1].number
    card = world.engineering.find(f"#{number}", "👤 Eve")
    li.taps_more("Merge", world.engineering, card)
    li.taps("#1001 ·", world.engineering)
    assert world.ticket(number).incident_id == world.ticket(1001).id
    assert world.room.hears(f"No. {number}", "3 neighbours have told us")
    li.taps("Take", world.engineering, world.engineering.find("#1001", "👤 Ann"))
    assert world.ticket(number).state is TicketState.ACCEPTED


def test_a_team_is_offered_only_what_it_may_see_and_what_can_go_one_way(world: World) -> None:
    ann, li, may = world.person("Ann"), world.person("Li"), world.person("May")
    ann.starts()
    ann.says("/anonymous The engineering team charges too much for every repair", ann.private)
    world.person("Bob").says("The people above us shout every night, Block 3 1203")
    world.person("Cai").says("The light in the lobby of Block 3 is broken")
    world.person("Dan").says("The kitchen tap in Block 3 1202 is leaking")
    assert world.ticket(1004).group is Group.ENGINEERING
    may.says("/t 1004", world.desk_chat)
    may.taps("Card", world.desk_chat)
    for hand, chat in ((li, world.engineering), (may, world.desk_chat)):
        hand.taps_more("Merge", chat, chat.find("#1004", "👤 Dan"))
        assert [label.split(" ")[0] for label in chat.labels if label.startswith("#10")] == ["#1003"]


def test_an_emergency_is_never_merged_into_what_may_wait(world: World) -> None:
    li = world.person("Li")
    world.person("Eve").says("The door downstairs in Block 3 is broken")
    world.person("Ann").says("Someone is trapped in the lift in Block 3")
    li.taps_more("Merge", world.engineering, world.engineering.find("#1002", "👤 Ann"))
    assert not any(label.startswith("#1001 ·") for label in world.engineering.labels)
    li.taps_more("Merge", world.engineering, world.engineering.find("#1001", "👤 Eve"))
    li.taps("#1002 ·", world.engineering)
    assert world.ticket(1001).incident_id == world.ticket(1002).id


def test_a_tap_on_a_merged_card_is_sent_to_the_other(world: World) -> None:
    li = world.person("Li")
    world.person("Ann").says("3栋5楼走廊灯坏了")
    world.passes(minutes=4)
    world.person("Bob").says("3栋走廊的灯不亮,请修")
    card = world.engineering.find("#1002", "👤 Bob")
    li.taps("Same as", world.engineering, card)
    assert "moved on" in li.taps_stale("take", world.engineering, card)
    assert world.ticket(1002).state is TicketState.ASSIGNED


def test_the_first_takes_it_back_and_the_neighbours_still_wait(world: World) -> None:
    ann = world.person("Ann")
    stopped(world, "Ann", "Bob", "Cai")
    ann.says("never mind, cancel 1001", ann.private)
    assert world.ticket(1001).state is TicketState.CANCELLED
    assert world.ticket(1002).incident_id is None
    assert world.ticket(1003).incident_id == world.ticket(1002).id
    world.person("Li").taps("Take", world.engineering, world.engineering.find("#1002", "👤 Bob"))
    assert world.ticket(1003).state is TicketState.ACCEPTED


def test_whoever_has_it_keeps_it_and_the_sooner_promise_holds(world: World) -> None:
    set_roster(world)
    ann, bob, li = world.person("Ann"), world.person("Bob"), world.person("Li")
    bob.starts()
    ann.says("The kitchen pipe in Block 3 1202 is leaking")
    li.taps("Take", world.engineering)
    due = world.ticket(1001).finish_due_at
    world.passes(hours=30)
    bob.says("The bathroom tap in Block 5 801 is dripping", bob.private)
    li.taps_stale("merge:1002", world.engineering, world.engineering.find("#1001", "👤 Ann"))
    first, joined = world.ticket(1002), world.ticket(1001)
    assert first.state is joined.state is TicketState.ACCEPTED
    assert first.assignee_id == joined.assignee_id
    assert first.finish_due_at == joined.finish_due_at == due
    assert bob.private.hears("1002", "Li")


def test_a_pause_ends_with_the_joining_and_stretches_no_later_promise(world: World) -> None:
    ann, bob, li = world.person("Ann"), world.person("Bob"), world.person("Li")
    ann.says("The kitchen pipe in Block 3 1202 is leaking")
    bob.says("The bathroom tap in Block 5 801 is dripping")
    second = world.engineering.find("#1002", "👤 Bob")
    li.taps("Take", world.engineering, second)
    due = world.ticket(1002).finish_due_at
    assert due is not None
    li.taps_stale("wait:parts", world.engineering, second)
    world.act(lambda unit: setattr(unit.session.get_one(Site, world.site_id), "staff_names", StaffNames.NONE))
    li.taps_stale("merge:1001", world.engineering, second)
    assert world.room.hears("No. 1002: 2 neighbours have told us. The team is on it")
    world.passes(hours=2)
    li.taps_stale("split:1002", world.engineering, world.engineering.find("#1001", "👤 Ann"))
    li.taps_stale("wait:parts", world.engineering, second)
    world.passes(hours=1)
    li.taps_stale("wait:over", world.engineering, second)
    assert world.ticket(1002).finish_due_at == due + timedelta(hours=1)
