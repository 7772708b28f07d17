"""Nobody here can go on: a promise stands still while its ticket waits for the tenant or for parts."""

from datetime import timedelta

from storage.roster_vocabulary import WaitsFor
from storage.vocabulary import Urgency
from tests.conversations.office import OFFICE_HOURS, promise, shanghai
from tests.conversations.shifts import LEAK, steps
from tests.rosters import set_roster
from tests.world import World


def test_waiting_for_the_tenant_stops_the_clock_until_they_speak(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    promise(world, answer=60, finish=4 * 60)
    ann, li = world.person("Ann"), world.person("Li")
    ann.says(LEAK)
    li.taps("Take", world.engineering)
    li.taps("Waiting", world.engineering)
    li.taps("For the tenant", world.engineering)
    assert world.engineering.hears("#1001", "Waits for the tenant since Mar 2, 09:30")
    assert world.ticket().finish_due_at is None
    world.passes(days=2)  # Wednesday half past nine
    assert not world.engineering.hears("late now")
    ann.replies(world.room.find("1001"), "I am home now, please come", world.room)
    assert world.ticket().waits_for is None
    assert world.ticket().finish_due_at == shanghai(4, 13, 30)
    assert world.engineering.hears("#1001", "clock runs again")
    assert steps(world) == ["taken", "waits:tenant", "goes_on"]


def test_waiting_for_parts_is_told_and_lasts_until_staff_go_on(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    promise(world, answer=60, finish=4 * 60)
    ann, li = world.person("Ann"), world.person("Li")
    ann.says(LEAK)
    li.taps("Waiting", world.engineering)
    li.taps("For parts", world.engineering)
    assert world.room.hears("1001", "waits for a part")
    ann.replies(world.room.find("1001"), "any news?", world.room)
    assert world.ticket().waits_for is WaitsFor.PARTS
    world.passes(hours=24)
    li.taps("Go on", world.engineering)
    assert world.ticket().finish_due_at == shanghai(3, 13, 30)
    assert not world.engineering.hears("Waits for")


def test_a_pause_and_what_has_passed_are_kept_across_a_change_of_urgency(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    promise(world, answer=60, finish=20 * 60)
    promise(world, answer=60, finish=6 * 60, urgency=Urgency.URGENT)
    li = world.person("Li")
    world.person("Ann").says(LEAK)
    world.passes(hours=1)  # half past ten
    li.taps("Waiting", world.engineering)
    li.taps("For parts", world.engineering)
    world.passes(hours=3)  # half past one
    li.taps("Go on", world.engineering)
    li.taps_more("Correct", world.engineering)
    li.taps("Urgency", world.engineering)
    li.taps("urgent", world.engineering)
    assert world.ticket().finish_due_at == shanghai(3, 9, 30)  # six hours, and three in which it stood still


def test_corrected_while_it_waits_it_goes_on_waiting(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    li = world.person("Li")
    world.person("Ann").says(LEAK)
    li.taps("Waiting", world.engineering)
    li.taps("For parts", world.engineering)
    li.taps_more("Correct", world.engineering)
    li.taps("Urgency", world.engineering)
    li.taps("urgent", world.engineering)
    assert world.ticket().waits_for is WaitsFor.PARTS
    assert world.ticket().finish_due_at is None


def test_reopened_after_it_had_waited_only_the_new_time_counts(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    promise(world, answer=60, finish=4 * 60, urgency=Urgency.URGENT)
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    li.taps("Waiting", world.engineering)
    li.taps("For parts", world.engineering)
    li.taps("Done", world.engineering)
    li.taps("Part replaced", world.engineering)
    assert world.ticket().waits_for is None
    world.passes(hours=3)
    ann.taps("not fixed", ann.private)
    due = world.ticket().finish_due_at
    li.taps("Waiting", world.engineering)
    li.taps("For parts", world.engineering)
    world.passes(hours=1)
    li.taps("Go on", world.engineering)
    assert due is not None
    assert world.ticket().finish_due_at == due + timedelta(hours=1)


def test_what_is_split_from_a_waiting_incident_waits_for_nothing(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    li = world.person("Li")
    world.person("Ann").says("The lift in Block 3 is out of order")
    world.person("Bob").says("The lift in Block 3 is broken again")
    li.taps("Waiting", world.engineering)
    li.taps("For parts", world.engineering)
    assert world.ticket(1002).waits_for is WaitsFor.PARTS
    li.taps_more("All reports", world.engineering)
    li.taps("#1002", world.engineering)
    split = world.ticket(1002)
    assert split.incident_id is None
    assert split.waits_for is None
    assert split.finish_due_at is not None
    assert world.ticket(1001).finish_due_at is None
