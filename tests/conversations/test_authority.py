"""What somebody may do alone: above it one tap of the next one up, kindly asked for; and what the teams settle."""

from storage.models import Authority, Charge
from storage.roster_vocabulary import MemberRole
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Kind, TicketState
from tests.rosters import set_roster
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking"
NUISANCE = "The neighbours upstairs renovate every night, I told you three times and nobody cares"


def rule(world: World, role: MemberRole, **what: object) -> None:
    """From now on somebody of this role may do so much alone."""

    def act(unit: UnitOfWork) -> None:
        made = Authority(site_id=world.site_id, role=role)
        for name, value in what.items():
            setattr(made, name, value)
        unit.authorities.add(made)

    world.act(act)


def charges(world: World) -> list[int]:
    return world.look(lambda unit: [row.cents for row in unit.session.query(Charge).order_by(Charge.id)])


def test_an_amount_above_ones_own_waits_for_the_next_one_up(world: World) -> None:
    set_roster(world)
    rule(world, MemberRole.MEMBER, spend_cents=10_000)
    rule(world, MemberRole.LEAD, spend_cents=50_000)
    ann, li, gao, qin = (world.person(name) for name in ("Ann", "Li", "Gao", "Director Qin"))
    ann.starts()
    ann.says(LEAK)
    li.taps("Take", world.engineering)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    li.says("80元", world.engineering)
    assert ann.private.hears("¥80")
    li.says("320元", world.engineering)
    assert world.engineering.hears("💰 #1001: Li would charge", "320", "lead (Gao)")
    assert not ann.private.hears("320")
    assert "lead (Gao) to agree" in li.taps("👍 Agree", world.engineering)
    gao.taps("👍 Agree", world.engineering)
    assert ann.private.hears("¥320")
    assert world.engineering.hears("Gao agrees to", "320")
    li.says("900元", world.engineering)
    assert world.engineering.hears("would charge", "900", "client director (Director Qin)", "managers’ chat")
    asked = world.managers.find("Li would charge", "900")
    assert "old card" not in qin.taps("✖️ Not this", world.managers, asked)
    assert world.engineering.hears("Director Qin would not charge", "900")
    assert charges(world) == [8_000, 32_000]


def test_kinds_and_hours_that_are_for_somebody_above(world: World) -> None:
    set_roster(world)
    rule(world, MemberRole.MEMBER, may_not_close=["complaint"], later_minutes=60)
    ann, may, dai, li = (world.person(name) for name in ("Ann", "May", "Dai", "Li"))
    ann.starts()
    ann.says(NUISANCE)
    desk = world.desk_chat
    may.taps("Take", desk)
    may.taps("⋯ More", desk)
    assert "#1001: a complaint is finished by lead (Dai)." in may.taps("✅ Done", desk)
    dai.taps("✅ Done", desk)
    dai.taps("Write my own", desk)
    may.replies(desk.last, "I went up and talked to them", desk)
    assert desk.hears("a complaint is finished by lead (Dai)")
    assert world.ticket().state is TicketState.ACCEPTED
    assert not ann.private.hears("talked to them")
    card = desk.find("#1001", "👤")
    assert "a complaint is finished by lead (Dai)" in may.taps_stale("correct:kind=inquiry", desk, card)
    assert world.ticket().kind is Kind.COMPLAINT
    dai.taps_more("✅ Done", desk)
    dai.taps("Explained", desk)
    assert world.ticket().state is TicketState.DONE
    ann.says(LEAK)
    li.taps("Take", world.engineering)
    li.taps("📅 Visit", world.engineering)
    li.taps("Write a time", world.engineering)
    li.says("in two weeks, Friday 3pm", world.engineering)
    li.says("Mar 20 3pm", world.engineering)
    assert world.engineering.hears("#1002: an hour so long after the promise is for lead (Gao) to offer.")
    assert not ann.private.hears("Mar 20")
    gao = world.person("Gao")
    gao.taps("📅 Visit", world.engineering)
    gao.taps("Write a time", world.engineering)
    gao.says("Mar 20 3pm", world.engineering)
    assert ann.private.hears("Mar 20, 15:00")
    world.person("Bob").says(NUISANCE)
    may.taps_stale("merge:1002", desk, desk.find("#1003", "👤"))
    assert world.ticket(1003).incident_id == world.ticket(1002).id
    leak = world.engineering.find("#1002", "👤")
    assert "a complaint is finished by lead (Gao)" in li.taps_stale("done:repaired", world.engineering, leak)
    assert world.ticket(1003).is_open
    gao.taps_stale("done:repaired", world.engineering, leak)
    assert {world.ticket(1002).state, world.ticket(1003).state} == {TicketState.DONE}


def test_what_is_merged_becomes_no_other_kind_by_whoever_may_not_close_it(world: World) -> None:
    set_roster(world)
    rule(world, MemberRole.MEMBER, may_not_close=["inquiry"])
    may, desk = world.person("May"), world.desk_chat
    world.person("Ann").says("How do I get a parking card for a second car?")
    world.person("Bob").says(LEAK)
    assert "lead (Dai)" in may.taps_stale("merge:1002", desk, desk.find("#1001", "👤"))
    assert (world.ticket(1001).kind, world.ticket(1001).incident_id) == (Kind.INQUIRY, None)


def test_managers_see_what_the_teams_settle_and_nobody_who_did_too_little_to_tell(world: World) -> None:
    set_roster(world)
    ann, li, wu, guan = (world.person(name) for name in ("Ann", "Li", "Wu", "Guan"))
    ann.starts()
    for number in range(12):
        worker = wu if number == 11 else li
        ann.says(f"The light in flat {1201 + number} of Block 3 is broken, please repair it", ann.private)
        card = world.engineering.find(f"#{1001 + number}", "👤")
        worker.taps("Take", world.engineering, card)
        if number == 0:
            for role in ("lead", "client director"):
                card = world.engineering.find("#1001", "👤")
                worker.taps_more("Escalate", world.engineering, card)
                worker.taps(f"Tell {role}", world.engineering)
        worker.taps("Done", world.engineering, world.engineering.find(f"#{1001 + number}", "👤"))
        worker.taps("Repaired", world.engineering)
        world.passes(hours=5)
    world.passes(days=4)
    guan.says("/desk", world.security)
    assert not world.security.hears("without calling")
    world.person("Director Qin").says("/desk", world.managers)
    assert world.managers.hears("Engineering: 11 of 12 without calling anybody above")
    assert world.managers.hears("Li 10/11")
    assert not world.managers.hears("Wu 1/1")
