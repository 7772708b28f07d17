"""Days in a building with a roster: a burst pipe across midnight, a lift with nobody on duty, a make-up Saturday."""

from datetime import timedelta

from handlers.roster.turns import on_duty
from storage.vocabulary import Group, TicketState
from tests.conversations.shifts import LEAK, goes_to, knows, shanghai, steps
from tests.rosters import DAY_AND_NIGHT, OFFICE, set_roster
from tests.world import World

BURST = "The water pipe burst in Block 3 1202, urgent, please come at once"


TRAPPED = "Someone is trapped in the lift of Block 3!"


def test_a_pipe_bursts_on_the_night_shift_and_is_handed_over_in_the_morning(world: World) -> None:
    set_roster(world)
    ann, li, wu = world.person("Ann"), knows(world, "Li"), knows(world, "Wu")
    goes_to(world, shanghai(3, 2, 23, 50))
    ann.says(BURST)
    number = world.ticket().number
    assert world.engineering.hears(f"#{number}", "For Wu to take")
    wu.taps("Take", world.engineering)
    assert not world.engineering.hears("to take")
    goes_to(world, shanghai(3, 3, 0, 30))
    wu.replies(world.engineering.find(f"#{number}"), "Main valve closed, drying the floor", world.engineering)
    goes_to(world, shanghai(3, 3, 8))
    ends = world.engineering.find("Wu goes off duty", f"#{number} plumbing")
    assert "somebody else" in li.taps("I keep it", world.engineering, ends)
    assert "yours" in li.taps("I take over", world.engineering, ends)
    assert world.engineering.hears(f"#{number}", "· Li")
    assert "taken_over:Wu" in steps(world)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    assert world.ticket().state is TicketState.DONE


def test_whoever_goes_home_may_keep_their_job(world: World) -> None:
    set_roster(world)
    wu = knows(world, "Wu")
    goes_to(world, shanghai(3, 2, 22))
    world.person("Ann").says(LEAK)
    wu.taps("Take", world.engineering)
    goes_to(world, shanghai(3, 3, 8))
    assert "Recorded" in wu.taps("I keep it", world.engineering)
    assert steps(world)[-1] == "kept"


def test_a_lift_is_stuck_and_nobody_of_engineering_is_on_duty(world: World) -> None:
    set_roster(world, shifts=(("Li", "daily", "08:00", "20:00"), ("Guan", "daily", "00:00", "24:00")))
    goes_to(world, shanghai(3, 2, 22))
    world.person("Ann").says(TRAPPED)
    for chat in (world.engineering, world.managers):
        assert chat.hears(
            "Nobody of Engineering is on duty", "lift", "Gao · ☎️ 13800000003", "next: Li, from Mar 3, 08:00"
        )
    assert "nobody_on_duty" in steps(world)
    world.passes(minutes=3)
    assert world.engineering.hears("has waited")
    world.passes(minutes=2)
    assert world.engineering.hears("👉 Li, #1001 has waited")  # nobody is there, so whoever comes next
    world.passes(minutes=2)
    assert world.engineering.hears("⏫ Gao, nobody has taken #1001")
    for minutes, name in ((3, "Director Qin"), (6, "Manager Meng"), (12, "Quality Xu")):
        assert not world.managers.hears("👉 " + name)
        world.passes(minutes=minutes)
        assert world.managers.hears("⏫ #1001 lift", "👉 " + name)
    assert world.engineering.hears("#1001", "quality department has been told")
    before = len([text for text in world.engineering.texts if "Who can take it?" in text])
    world.passes(minutes=30)
    after = len([text for text in world.engineering.texts if "Who can take it?" in text])
    assert after > before  # an emergency is never left alone


def test_on_a_holiday_nobody_works_and_on_the_make_up_saturday_they_do(world: World) -> None:
    world.clock.time = shanghai(10, 1, 9)
    set_roster(
        world,
        shifts=(("Li", "workdays", "09:00", "18:00"),),
        hours=(("engineering", "workdays", "09:00", "18:00"),),
    )
    goes_to(world, shanghai(10, 1, 10))
    world.person("Ann").says(LEAK)
    assert world.managers.hears("Nobody of Engineering is on duty", "next: Li, from Oct 8, 09:00")
    world.person("Bob").says("The light in my kitchen, Block 5 302, is broken")
    assert len([text for text in world.managers.texts if "Nobody of" in text]) == 1  # once for what can wait
    goes_to(world, shanghai(10, 7, 12))
    assert not world.managers.hears("nobody has taken")  # no ladder is climbed while nobody works
    goes_to(world, shanghai(10, 8, 9))
    assert world.engineering.hears("On duty until 18:00: Li", "#1001 #1002")
    assert world.engineering.hears("#1001", "👉 For Li to take")
    goes_to(world, shanghai(10, 10, 10))
    world.person("Cat").says("The tap in Block 5 801 is dripping")
    assert world.engineering.hears("#1003", "👉 For Li to take")
    goes_to(world, shanghai(10, 11, 10))
    world.person("Dan").says("The socket in Block 5 901 has no power")
    assert world.managers.hears("Nobody of Engineering", "next: Li, from Oct 12, 09:00")


def test_what_waits_is_offered_to_whoever_comes_on_shift(world: World) -> None:
    set_roster(world, hours=(("", "daily", "08:00", "22:00"),))
    goes_to(world, shanghai(3, 2, 19, 50))
    world.person("Ann").says(LEAK)
    assert world.engineering.hears("👉 For Li to take")
    goes_to(world, shanghai(3, 2, 20))
    assert world.engineering.hears("On duty until 08:00: Wu", "#1001")
    assert world.engineering.hears("#1001", "👉 For Wu to take")


def test_a_shift_with_nothing_to_do_begins_in_silence(world: World) -> None:
    set_roster(world)
    goes_to(world, shanghai(3, 4, 9))
    assert world.engineering.texts == []


def test_after_a_time_of_being_down_a_shift_is_welcomed_once(world: World) -> None:
    set_roster(world)
    world.person("Ann").says(LEAK)
    world.clock.time = shanghai(3, 4, 9)  # the process was down for two days
    world.passes(minutes=1)
    assert len([text for text in world.engineering.texts if "On duty until" in text]) == 1


def test_work_in_the_hands_of_somebody_who_has_left_is_asked_about(world: World) -> None:
    set_roster(world)
    li, wu = knows(world, "Li"), knows(world, "Wu")
    world.person("Ann").says(LEAK)
    li.taps("Take", world.engineering)
    set_roster(world, members=OFFICE[1:], shifts=DAY_AND_NIGHT[1:])
    world.settles()
    wu.taps("I take over", world.engineering, world.engineering.find("Li goes off duty", "#1001"))
    assert world.engineering.hears("#1001", "· Wu")


def test_handed_over_it_is_offered_to_whoever_is_on_duty_there(world: World) -> None:
    set_roster(world)
    world.person("Ann").says(LEAK)
    world.person("Li").taps("Hand over", world.engineering)
    world.person("Li").taps("Security", world.engineering)
    assert world.security.hears("#1001", "👉 For Guan to take")


def test_the_last_one_goes_home_and_what_waits_is_nobodys_turn(world: World) -> None:
    set_roster(
        world,
        shifts=(("Li", "workdays", "09:00", "18:00"),),
        hours=(("engineering", "workdays", "09:00", "18:00"),),
    )
    goes_to(world, shanghai(3, 2, 17, 50))
    world.person("Ann").says(LEAK)
    assert world.engineering.hears("👉 For Li to take")
    goes_to(world, shanghai(3, 2, 18))
    assert world.managers.hears("Nobody of Engineering is on duty", "#1001", "next: Li, from Mar 3, 09:00")
    assert not world.engineering.hears("👉 For Li to take")
    goes_to(world, shanghai(3, 3, 9))
    assert world.engineering.hears("👉 For Li to take")


def test_at_every_hour_what_waits_is_somebodys_turn_or_an_alarm(world: World) -> None:
    """Days with gaps in them: two who work by the week, one on two dates, and tickets at odd hours."""
    set_roster(
        world,
        shifts=(
            ("Li", "Mon-Wed", "06:00", "14:30"),
            ("Wu", "2,4,6", "20:00", "04:00"),
            ("Gao", "2026-03-06", "00:00", "24:00"),
        ),
    )
    for hour in range(0, 4 * 24, 5):
        goes_to(world, shanghai(3, 3, 0) + timedelta(hours=hour))
        if hour % 15 == 0:
            world.person(f"Tenant {hour}").says(f"The tap in Block 3 {100 + hour} is dripping")
        roster, site = world.look(lambda unit: (unit.rosters.recall(world.site_id), unit.sites.get(world.site_id)))
        there = {turn.member.id for turn in on_duty(roster, site, world.clock.now(), Group.ENGINEERING)}
        for ticket in world.tickets:
            if ticket.group is Group.ENGINEERING and ticket.state is TicketState.ASSIGNED:
                is_turn = ticket.offered_to_id is not None
                assert is_turn if there else (is_turn or "nobody_on_duty" in steps(world, ticket.number)), hour
    gaps = [row.key for row in world.outbox if row.notification == "NobodyOnDuty"]
    assert len(gaps) == len(set(gaps)) > 2


def test_whoever_never_sent_a_code_is_known_by_the_name_the_account_shows(world: World) -> None:
    set_roster(world)
    goes_to(world, shanghai(3, 2, 22))
    world.person("Ann").says(LEAK)
    world.person("Wu").taps("Take", world.engineering)
    goes_to(world, shanghai(3, 3, 8))
    assert world.engineering.hears("Wu goes off duty", "#1001")
