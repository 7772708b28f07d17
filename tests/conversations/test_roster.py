"""Staff ask who is on duty, say who they are, and swap their shifts among themselves."""

from datetime import UTC, datetime

from handlers.roster.binding import new_code
from storage.vocabulary import Disposition
from tests.rosters import set_roster
from tests.world import PersonOnStage, World


def knows(world: World, name: str) -> PersonOnStage:
    """Somebody of the roster who has sent the code the operator printed."""
    person = world.person(name)
    code = world.act(lambda unit: new_code(unit, unit.sites.get(world.site_id), name))
    person.says(f"/iam {code}", world.engineering)
    return person


def test_staff_see_who_is_on_duty_and_who_comes_next(world: World) -> None:
    set_roster(world)
    world.person("Li").says("/onduty", world.engineering)
    said = world.engineering.last.speech.plain
    assert "Engineering: Li until 20:00 · ☎️ 13800000001" in said
    assert "next: Wu, from Mar 2, 20:00" in said
    assert "Guan" in said


def test_the_night_shift_is_on_duty_on_both_sides_of_midnight(world: World) -> None:
    set_roster(world)
    for hours in (12, 5):  # half past nine in the evening, half past two in the night
        world.passes(hours=hours)
        world.person("Manager").says("/onduty", world.managers)
        assert "Engineering: Wu until 08:00" in world.managers.last.speech.plain


def test_a_tenant_sees_groups_and_neither_names_nor_phones(world: World) -> None:
    set_roster(world)
    ann = world.person("Ann")
    ann.says("Hello everybody")
    ann.starts()
    ann.says("/onduty", ann.private)
    said = ann.private.last.speech.plain
    assert "Engineering: until 20:00" in said
    assert "Li" not in said
    assert "138" not in said


def test_in_the_room_nobody_is_told_who_is_on_duty(world: World) -> None:
    set_roster(world)
    world.person("Ann").says("/onduty")
    assert world.room.texts == []


def test_without_a_roster_the_answer_says_so(world: World) -> None:
    world.person("Li").says("/onduty", world.engineering)
    assert world.engineering.hears("No roster")
    ann = world.person("Ann")
    ann.says("Hello everybody")
    ann.starts()
    ann.says("/onduty", ann.private)
    assert ann.private.hears("Just write what is wrong")


def test_whoever_is_away_is_stood_in_for(world: World) -> None:
    set_roster(world, absences=(("Li", "2026-03-02", "Gao"),))
    world.person("Dai").says("/onduty", world.desk_chat)
    assert world.desk_chat.hears("Engineering: Gao until 20:00 (for Li)")


def test_whoever_is_away_and_nobody_stands_in_leaves_nobody(world: World) -> None:
    set_roster(world, absences=(("Li", "2026-03-02", ""),))
    world.person("Dai").says("/onduty", world.desk_chat)
    assert world.desk_chat.hears("Engineering: ⚠️ nobody", "next: Wu")


def test_a_code_works_once_and_within_a_day(world: World) -> None:
    set_roster(world)
    site = world.look(lambda unit: unit.sites.get(world.site_id))
    code = world.act(lambda unit: new_code(unit, site, "Li"))
    world.person("Li").says(f"/iam {code}", world.engineering)
    assert world.engineering.hears("Hello Li", "Engineering · member")
    world.person("Eve").says(f"/iam {code}", world.engineering)
    assert world.engineering.hears("doesn't work")
    late = world.act(lambda unit: new_code(unit, site, "Wu"))
    world.passes(hours=25)
    wu = world.person("Wu").says(f"/iam {late}", world.engineering)
    assert world.disposition(wu, world.engineering).disposition is Disposition.REFUSED


def test_an_account_speaks_for_one_member_only(world: World) -> None:
    set_roster(world)
    li = knows(world, "Li")
    code = world.act(lambda unit: new_code(unit, unit.sites.get(world.site_id), "Wu"))
    li.says(f"/iam {code}", world.engineering)
    bound = world.look(lambda unit: [m.name for m in unit.rosters.recall(world.site_id).members if m.person_id])
    assert bound == ["Wu"]


def test_a_swap_holds_once_the_colleague_and_the_lead_have_tapped(world: World) -> None:
    set_roster(world)
    li, wu, gao = (knows(world, name) for name in ("Li", "Wu", "Gao"))
    li.says("/swap 3-4 Wu 3-5", world.engineering)
    asked = world.engineering.find("Wu would work for Li on Wed, Mar 4", "In return Li would work on Thu, Mar 5")
    assert "somebody else" in li.taps("I will", world.engineering, asked)
    wu.taps("I will", world.engineering)
    assert "somebody else" in wu.taps("Approve", world.engineering)
    gao.taps("Approve", world.engineering)
    assert world.engineering.hears("Approved")
    assert "answered already" in gao.taps_stale("refuse", world.engineering, asked)
    world.passes(days=2)
    li.says("/onduty", world.engineering)
    assert world.engineering.hears("Engineering: Wu until 20:00", "(for Li)")
    world.passes(days=1, hours=12)
    li.says("/onduty", world.engineering)
    assert world.engineering.hears("Engineering: Li until 08:00", "(for Wu)")


def test_an_import_keeps_what_colleagues_have_agreed(world: World) -> None:
    set_roster(world)
    li, wu, gao = (knows(world, name) for name in ("Li", "Wu", "Gao"))
    li.says("/swap tomorrow Wu", world.engineering)
    wu.taps("I will", world.engineering)
    gao.taps("Approve", world.engineering)
    set_roster(world, absences=())
    world.passes(days=1)
    gao.says("/onduty", world.engineering)
    assert world.engineering.hears("(for Li)")


def test_a_swap_that_cannot_be_says_why(world: World) -> None:
    set_roster(world)
    world.person("Li").says("/swap 3-4 Wu", world.engineering)
    assert world.engineering.hears("don't know yet which name")
    li = knows(world, "Li")
    for wish, words in (
        ("", "like this"),
        ("Wu", "like this"),
        ("3-4", "like this"),
        ("3-4 Nobody", "“Nobody” is not on the roster"),
        ("3-1 Wu", "over already"),
        ("3-4 Wu 13-41", "like this"),
        ("3-4 Dai 3-5", "Dai has no shift"),
    ):
        li.says(f"/swap {wish}", world.engineering)
        assert words in world.engineering.last.speech.plain


def test_refused_by_the_colleague_everything_stays(world: World) -> None:
    set_roster(world)
    li, wu = knows(world, "Li"), knows(world, "Wu")
    li.says("/swap 3-4 Wu", world.engineering)
    wu.taps("No", world.engineering)
    assert world.engineering.hears("Not this time")
    assert world.look(lambda unit: list(unit.rosters.recall(world.site_id).absences)) == []


def test_a_year_without_known_holidays_is_missed_early_and_each_week(world: World) -> None:
    set_roster(world, shifts=(("Li", "workdays", "08:00", "18:00"),))
    world.clock.time = datetime(2026, 11, 14, 1, 0, tzinfo=UTC)
    world.passes(hours=1)
    assert not world.managers.hears("2027")
    world.passes(days=1, hours=3)
    for chat in (world.managers, world.engineering, world.desk_chat):
        assert chat.hears("public holidays", "2027")
    assert not world.security.hears("2027")  # it has no lead
    world.passes(days=7)
    assert sum("2027" in text for text in world.managers.texts) == 2


def test_shifts_by_the_week_need_no_holidays(world: World) -> None:
    set_roster(world)
    world.clock.time = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
    world.passes(days=2)
    assert not world.managers.hears("2027")
