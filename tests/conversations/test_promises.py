"""What tenants are promised counts in the hours in which somebody works, and stands still while nobody can go on."""

from datetime import timedelta

import pytest

from handlers import promises
from handlers.premises import SiteChanges, change_site
from storage.models import Promise
from storage.roster_vocabulary import MemberRole
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group, Kind, TicketState, Trade, Urgency
from tests.conversations.office import OFFICE_HOURS, promise, shanghai
from tests.conversations.shifts import LEAK, steps
from tests.rosters import set_roster
from tests.world import World


def test_a_promise_counts_in_the_hours_of_the_group(world: World) -> None:
    """Monday half past nine, 48 working hours of nine a day: five days and three hours, on the Monday after."""
    set_roster(world, hours=OFFICE_HOURS)
    world.person("Ann").says(LEAK)
    assert world.ticket().finish_due_at == shanghai(9, 12, 30)
    assert world.engineering.hears("#1001", "by Mar 9, 12:30", "answer by Mar 2, 11:30")


def test_a_ticket_of_the_evening_is_promised_from_the_morning(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    promise(world, answer=60, finish=120)
    world.passes(hours=10)
    world.person("Ann").says(LEAK)
    assert world.ticket().answer_due_at == shanghai(3, 10)
    assert world.ticket().finish_due_at == shanghai(3, 11)


def test_on_a_holiday_with_a_make_up_saturday_the_promise_moves_with_the_days(world: World) -> None:
    """30 September 2026 is the eve of a week's holiday; Saturday 10 October is worked for it."""
    set_roster(world, hours=OFFICE_HOURS)
    promise(world, answer=60, finish=20 * 60)
    world.clock.time = shanghai(30, 17, month=9)
    world.person("Ann").says(LEAK)
    assert world.ticket().finish_due_at == shanghai(10, 10, month=10)  # one hour, nine on Thursday, nine on Friday, one
    world.passes(days=3)
    assert not world.engineering.hears("late now")
    world.clock.time = shanghai(10, 9, 59, month=10)
    world.passes(minutes=2)
    assert world.engineering.hears("#1001", "promised by Oct 10, 10:00", "late now")


def test_an_emergency_waits_for_nobodys_morning(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    world.passes(hours=14)
    world.person("Ann").says("There's a fire in Block 3!")
    ticket = world.ticket()
    assert ticket.urgency is Urgency.EMERGENCY
    assert ticket.finish_due_at is not None
    assert ticket.finish_due_at - ticket.opened_at <= timedelta(hours=2)


def test_a_new_calendar_moves_what_is_promised(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    promise(world, answer=60, finish=12 * 60)
    world.person("Ann").says(LEAK)
    assert world.ticket().finish_due_at == shanghai(3, 12, 30)
    set_roster(world, hours=OFFICE_HOURS, special_days=(("2026-03-03", "", "", ""),))
    assert world.ticket().finish_due_at == shanghai(4, 12, 30)
    world.clock.time = shanghai(3, 12, 29)
    world.passes(minutes=5)
    assert not world.engineering.hears("late now")  # the alarm of the old hour knows that it has moved


def test_a_broken_promise_climbs_from_the_lead_to_the_quality_department(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    promise(world, answer=60, finish=4 * 60)
    world.person("Ann").says(LEAK)
    world.person("Li").taps("Take", world.engineering)
    world.passes(hours=3, minutes=30)
    assert world.engineering.hears("#1001 is promised by Mar 2, 13:30", "Li?")
    world.passes(minutes=30)
    assert world.engineering.hears("#1001", "late now", "Li · Gao")
    assert not world.managers.hears("promised by")
    for hours, name in ((1, "Director Qin"), (1, "Manager Meng"), (1, "Quality Xu")):
        assert not world.managers.hears(name)
        world.passes(hours=hours)
        assert world.managers.hears("#1001 plumbing", "Mar 2, 13:30", name)
    assert world.engineering.hears("#1001", "quality department has been told")
    assert steps(world)[1:] == [f"late:{role}" for role in list(MemberRole)[2:]]
    world.passes(days=3)
    assert len([text for text in world.managers.texts if "not done" in text]) == 3


def test_finished_in_time_nobody_is_alarmed(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    promise(world, answer=60, finish=4 * 60)
    li = world.person("Li")
    world.person("Ann").says(LEAK)
    li.taps("Take", world.engineering)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    assert world.ticket().state is TicketState.DONE
    world.passes(hours=6)
    assert not world.engineering.hears("late now")
    assert not world.engineering.hears("is promised")


def test_nobody_has_seen_to_it_by_the_promised_time(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    promise(world, answer=60, finish=4 * 60)
    world.person("Ann").says(LEAK)
    world.passes(hours=1)
    assert world.engineering.hears("#1001: an answer was promised by Mar 2, 10:30", "Gao")


def test_reopened_it_is_promised_anew(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    promise(world, answer=60, finish=4 * 60, urgency=Urgency.URGENT)
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    world.passes(hours=3)
    ann.taps("not fixed", ann.private)
    assert world.ticket().finish_due_at == shanghai(2, 16, 30)


@pytest.mark.parametrize("kind", [Kind.REPAIR, Kind.COMPLAINT])
def test_a_promise_for_one_trade_goes_before_that_for_all(world: World, kind: Kind) -> None:
    def act(unit: UnitOfWork) -> tuple[timedelta, timedelta]:
        for trade, minutes in ((None, 60), (Trade.LIFT, 30)):
            row = Promise(
                site_id=world.site_id,
                kind=kind,
                urgency=Urgency.NORMAL,
                trade=trade,
                answer_minutes=5,
                finish_minutes=minutes,
            )
            unit.rosters.add(row)
        roster = unit.rosters.recall(world.site_id)
        lift, other = (promises.within(roster, kind, trade, Urgency.NORMAL) for trade in (Trade.LIFT, Trade.NOISE))
        return lift.finish, other.finish

    assert world.act(act) == (timedelta(minutes=30), timedelta(minutes=60))


def test_without_a_roster_promises_are_hours_on_the_clock(world: World) -> None:
    world.person("Ann").says(LEAK)
    ticket = world.ticket()
    assert ticket.finish_due_at == ticket.opened_at + timedelta(hours=48)
    assert ticket.answer_due_at is None
    assert "answer by" not in world.engineering.last.speech.plain
    world.person("Li").taps("Take", world.engineering)
    world.passes(days=3)
    assert not world.engineering.hears("late now")


def test_whoever_stands_lower_is_not_shown_for_who_was_told_before(world: World) -> None:
    world.person("Ann").says(LEAK)
    ticket = world.ticket()
    for told, shown in (
        (MemberRole.OFFICE_MANAGER, MemberRole.OFFICE_MANAGER),
        (MemberRole.LEAD, MemberRole.OFFICE_MANAGER),
        (MemberRole.QUALITY, MemberRole.QUALITY),
    ):
        ticket.escalate(told)
        assert ticket.escalated_to is shown


def test_a_site_in_another_zone_is_promised_by_its_own_clock(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    promise(world, answer=60, finish=8 * 60 + 30)
    world.person("Ann").says(LEAK)
    assert world.ticket().finish_due_at == shanghai(2, 18)
    world.act(lambda unit: change_site(unit, "Sunshine Garden", SiteChanges(timezone="Asia/Tokyo")))
    assert world.ticket().finish_due_at == shanghai(3, 9)  # they went home an hour sooner


def test_the_promised_answer_is_said_in_the_readers_language(world: World) -> None:
    set_roster(world, hours=OFFICE_HOURS)
    chinese = world.link(ChatRole.DUTY, "工程", Group.ENGINEERING, language="zh_CN")
    world.person("Ann").says(LEAK)
    assert chinese.hears("#1001", "3月2日 11:30 前回应")
