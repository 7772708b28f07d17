"""Offers nobody takes and work nobody speaks of, in a building with a roster: who is asked, who is told, when."""

from storage.models import OfferRule
from storage.roster_vocabulary import MemberRole, OfferMode
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import EntryKind, Group
from tests.conversations.shifts import LEAK, goes_to, knows, shanghai, steps
from tests.rosters import DAY_AND_NIGHT, OFFICE, set_roster
from tests.world import World


def test_an_untaken_offer_climbs_rung_by_rung_and_stops_when_somebody_takes_it(world: World) -> None:
    set_roster(world)
    world.person("Ann").says(LEAK)
    world.passes(minutes=30)
    assert world.engineering.hears("#1001 has waited", "Who can take it?")
    world.passes(minutes=15)
    assert world.engineering.hears("👉 Wu, #1001 has waited")
    assert world.engineering.hears("#1001", "👉 For Wu to take")
    world.passes(minutes=15)
    assert world.engineering.hears("⏫ Gao, nobody has taken #1001")
    assert world.engineering.hears("#1001", "lead has been told")
    world.passes(minutes=30)
    assert world.managers.hears("⏫ #1001 plumbing", "Director Qin")
    assert not world.managers.hears("Not taken yet")
    world.person("Li").taps("Take", world.engineering, world.engineering.find("⏫ Gao"))
    assert "has been told" not in world.engineering.find("#1001", "Li").speech.plain
    world.passes(hours=12)
    assert not world.managers.hears("Manager Meng")
    assert steps(world) == [
        "offered:Wu",
        f"not_taken:{MemberRole.LEAD}",
        f"not_taken:{MemberRole.CLIENT_DIRECTOR}",
        "taken",
    ]


def test_at_night_what_can_wait_wakes_nobody(world: World) -> None:
    set_roster(world, hours=(("", "daily", "08:00", "20:00"),))
    goes_to(world, shanghai(3, 2, 21))
    world.person("Ann").says(LEAK)
    goes_to(world, shanghai(3, 3, 8))
    assert not world.engineering.hears("has waited")
    world.passes(minutes=31)
    assert world.engineering.hears("#1001 has waited")


def test_of_two_on_duty_the_one_with_less_to_do_is_offered_it(world: World) -> None:
    set_roster(world, shifts=(*DAY_AND_NIGHT, ("Gao", "daily", "08:00", "20:00")))
    world.act(lambda unit: _set_mode(unit, world.site_id))
    knows(world, "Li")
    knows(world, "Gao")
    for name, flat in (("Ann", 801), ("Bob", 802), ("Cat", 803)):
        world.person(name).says(f"The tap in Block 3 {flat} is dripping")
    offered = [world.engineering.find(f"#{number}").speech.plain for number in (1001, 1002, 1003)]
    assert ["Li" if "For Li" in text else "Gao" for text in offered] == ["Li", "Gao", "Li"]
    world.person("Gao").taps("Take", world.engineering, world.engineering.find("#1003"))
    world.person("Dan").says("The tap in Block 3 804 is dripping")
    assert world.engineering.hears("#1004", "👉 For Li to take")


def _set_mode(unit: UnitOfWork, site_id: int) -> None:
    unit.rosters.add(OfferRule(site_id=site_id, group=Group.ENGINEERING, mode=OfferMode.ROUND_ROBIN))


def test_taken_and_forgotten_is_asked_about_then_told_to_the_lead(world: World) -> None:
    set_roster(world)
    li = knows(world, "Li")
    world.person("Ann").says(LEAK)
    li.taps("Take", world.engineering)
    world.passes(hours=8)
    asked = world.engineering.find("Li, you took #1001 8 h ago")
    assert "Gao" not in asked.speech.plain
    world.passes(hours=8)
    assert world.engineering.find("Li, you took #1001 16 h ago").speech.plain.endswith("👉 Gao")


def test_a_word_of_whoever_has_it_keeps_the_question_away(world: World) -> None:
    set_roster(world)
    li = knows(world, "Li")
    world.person("Ann").says(LEAK)
    li.taps("Take", world.engineering)
    world.passes(hours=7)
    li.taps("Ask", world.engineering)
    li.taps("photo", world.engineering)
    world.passes(hours=7)
    assert not world.engineering.hears("you took")
    world.passes(hours=8)
    li.taps("On it", world.engineering)
    world.passes(hours=7)
    assert len([text for text in world.engineering.texts if "you took" in text]) == 1


def test_a_roster_of_groups_without_leaders_still_reaches_the_managers(world: World) -> None:
    set_roster(world, members=OFFICE[:2], shifts=DAY_AND_NIGHT[:2])
    world.person("Ann").says(LEAK)
    world.passes(hours=1)
    assert world.managers.hears("Not taken yet", "#1001")


def test_without_a_roster_an_offer_is_open_to_all_as_ever(world: World) -> None:
    world.person("Ann").says(LEAK)
    world.passes(minutes=30)
    assert world.engineering.hears("has waited")
    world.passes(minutes=30)
    assert world.managers.hears("Not taken yet")
    assert not world.engineering.hears("on duty")
    assert steps(world) == []


def test_what_staff_answer_to_the_desk_stays_among_staff(world: World) -> None:
    set_roster(world)
    ann, li = world.person("Ann"), knows(world, "Li")
    ann.starts()
    ann.says(LEAK)
    li.taps("Take", world.engineering)
    world.passes(hours=8)
    heard = [*world.room.wordings, *ann.private.wordings]
    answer = li.replies(world.engineering.find("you took #1001"), "Her tap is ancient, I loathe it", world.engineering)
    li.edits(answer, "Her tap is older than the house", world.engineering)
    photo = li.replies(world.engineering.find("you took #1001"), "", world.engineering, attached=(world.file(),))
    li.edits(photo, "look at that", world.engineering, attached=(world.file(),))
    world.passes(hours=7)
    assert [*world.room.wordings, *ann.private.wordings] == heard
    ticket = world.ticket()
    notes = world.look(lambda u: [e.text for e in u.tickets.list_entries(ticket.id) if e.kind is EntryKind.NOTE])
    assert notes == ["Her tap is ancient, I loathe it", ""], "the picture is a note without words"
    assert len([text for text in world.engineering.texts if "you took" in text]) == 1


def test_what_is_about_a_team_is_for_the_managers_and_not_without_a_chat(world: World) -> None:
    world.person("Ann").says("The guard at the gate was rude and swore at me, I want to complain")
    world.passes(hours=3)
    assert world.managers.hears("Not taken yet", "#1001", "for the managers to take")
    assert not world.managers.hears("duty chat linked")
