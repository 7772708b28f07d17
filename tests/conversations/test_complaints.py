"""A complaint about the plumber, from the first word to the filed case: seven steps, one card, no verdict."""

from storage.vocabulary import TicketState
from tests.rosters import set_roster
from tests.world import World


def test_a_complaint_goes_through_its_seven_steps(world: World) -> None:
    ann, may = world.person("Ann"), world.person("May")
    ann.starts()
    ann.says("The neighbours upstairs renovate every night, I told you three times and nobody cares")
    desk = world.desk_chat
    assert desk.hears("#1001", "2/7")
    assert len([b for row in desk.find("#1001").speech.buttons for b in row]) <= 4
    may.taps("Take", desk)
    may.taps("Confirm with the tenant", desk)
    may.says("Upstairs renovates after 10 pm, three nights running, and our guard did not come.", desk)
    assert ann.private.hears("you told us", "did not come", "Is that right?")
    assert desk.hears("#1001", "waits for the tenant's word")
    ann.taps("Not quite", ann.private)
    assert ann.private.hears("What should we put right?")
    ann.says("It was four nights, the guard came once", ann.private)
    assert desk.hears("four nights")
    may.taps("Confirm with the tenant", desk)
    may.says("Upstairs renovates after 10 pm, four nights running; the guard came once.", desk)
    ann.taps("that's right", ann.private)
    assert desk.hears("yes, that is right")
    assert desk.hears("#1001", "3/7")
    may.taps("Weight", desk)
    may.taps("serious", desk)
    may.taps("several homes", desk)
    assert desk.hears("#1001", "⚖️ serious · several homes")
    may.taps("What we found", desk)
    may.says("The flat above has no permit for night work.", desk)
    assert not ann.private.hears("permit")
    may.taps("Propose", desk)
    may.says("We stop the work after 8 pm and fine the contractor.", desk)
    ann.taps("Something else", ann.private)
    assert desk.hears("something else")
    ann.says("I want it stopped at 6 pm", ann.private)
    may.taps("Propose", desk)
    may.says("We stop the work after 6 pm.", desk)
    ann.says("I accept", ann.private)
    assert ann.private.hears("6 pm", "Agreed")
    assert desk.hears("accepts the proposal")
    may.taps("Done", desk)
    may.taps("Went there", desk)
    world.passes(days=1, hours=2)
    ann.taps("✅", ann.private)
    assert desk.hears("#1001", "7/7")
    may.taps("Close with a summary", desk)
    may.says("Night work needs a permit that is checked at the gate.", desk)
    assert desk.hears("#1001", "📁 Night work needs a permit")
    assert [label for label in desk.labels if "summary" in label] == []
    steps = world.look(lambda unit: unit.complaints.find(world.ticket().id))
    assert steps is not None
    assert steps.is_over
    assert steps.proposals == 2


def test_a_step_that_takes_too_long_is_seen_and_climbs(world: World) -> None:
    """Its keeper hears first, then those above; a tenant who says nothing is to be called, and the clock runs on."""
    set_roster(world)
    ann, dai = world.person("Ann"), world.person("Dai")
    ann.starts()
    ann.says("The neighbours upstairs renovate every night, I told you three times and nobody cares")
    desk = world.desk_chat
    dai.taps("Take", desk)
    world.passes(hours=5)
    assert desk.hears("🔔 #1001", "confirm with the tenant", "Dai")
    assert desk.hears("2/7", "⚠️")
    world.passes(hours=9)
    assert world.managers.hears("#1001", "Director Qin")
    dai.taps("Confirm with", desk)
    dai.taps("As they wrote it", desk)
    world.passes(hours=15)
    assert not desk.hears("no answer from the tenant")
    world.passes(hours=2)
    assert desk.hears("📞 #1001: no answer from the tenant yet")
    assert world.ticket().waits_for is None
    dai.taps("Confirmed by phone", desk)
    assert not any(label == "Not quite" for label in ann.private.labels)
    dai.taps("What we found", desk)
    dai.says("They have no permit", desk)
    dai.taps("Propose", desk)
    dai.says("We stop them at eight", desk)
    dai.taps("More", desk)
    dai.taps("Done", desk)
    dai.taps("Explained", desk)
    assert "I accept" not in ann.private.labels
    world.passes(days=1, hours=14)
    ann.taps("❌", ann.private)
    assert desk.hears("#1001", "4/7")
    assert "💡 Propose" in desk.labels
    steps = world.look(lambda unit: unit.complaints.find(world.ticket().id))
    assert steps is not None
    assert steps.late_steps == 1


def test_a_late_tap_and_a_wrong_step_are_answered_kindly(world: World) -> None:
    ann, may = world.person("Ann"), world.person("May")
    ann.says("The neighbours upstairs renovate every night, I told you three times and nobody cares")
    card = world.desk_chat.find("#1001")
    for verb in ("step:finding", "step:agreed", "step:summary", "step:proposal"):
        assert "moved on" in may.taps_stale(verb, world.desk_chat, card)
    assert "old card" in may.taps_stale("step:invalid", world.desk_chat, card)
    may.taps("Confirm with", world.desk_chat, card)
    may.taps("As they wrote it", world.desk_chat)
    assert world.room.hears("#1001") or world.room.hears("1001")
    assert not any("nobody cares" in said for said in world.room.texts)
    ann.starts()
    assert ann.private.hears("you told us", "nobody cares")
    ann.says("对", ann.private)
    assert world.desk_chat.hears("#1001", "3/7")


def test_words_for_a_step_that_is_over_are_kept_and_their_writer_is_told(world: World) -> None:
    """The tenant takes it back, or it is finished, while somebody is still writing."""
    ann, may, dai = (world.person(name) for name in ("Ann", "May", "Dai"))
    ann.starts()
    ann.says("The neighbours upstairs renovate every night, I told you three times and nobody cares")
    desk = world.desk_chat
    may.taps("Take", desk)
    may.taps("Confirm with", desk)
    ann.says("Never mind, please cancel #1001", ann.private)
    assert world.ticket().state is TicketState.CANCELLED
    may.says("Upstairs renovates at night.", desk)
    assert desk.last.speech.plain.startswith("#1001 has moved on")
    may.replies(desk.last, "Pity", desk)
    assert not ann.private.hears("Upstairs renovates")
    assert not ann.private.hears("Pity")
    ann.says("The neighbours upstairs renovate every night again and nobody cares at all", ann.private)
    dai.taps("Confirm with", desk, desk.find("#1002"))
    may.taps_more("Done", desk, desk.find("#1002", "2/7"))
    may.taps("Explained", desk)
    dai.says("They say it is loud.", desk)
    assert desk.last.speech.plain.startswith("#1002 has moved on")
    assert not ann.private.hears("loud")
    thread = world.look(lambda unit: [e.text for e in unit.tickets.list_entries(world.ticket(1002).id)])
    assert "They say it is loud." in thread


def test_complaints_that_were_joined_are_called_back_each_and_closed_with_one_summary(world: World) -> None:
    """Also one that was joined to a repair, whose summary nobody else will write."""
    ann, bob, eve, may = (world.person(name) for name in ("Ann", "Bob", "Eve", "May"))
    desk = world.desk_chat
    for each in (ann, bob, eve):
        each.starts()
    ann.says("The neighbours upstairs renovate every night, I told you three times and nobody cares", ann.private)
    bob.says("I complain about the neighbours: they renovate every night in Block 5, nobody does anything", bob.private)
    may.taps_more("Merge", desk, desk.find("#1002", "👤 Bob"))
    may.taps("#1001 ·", desk)
    assert world.ticket(1002).incident_id == world.ticket(1001).id
    may.taps_more("Done", desk, desk.find("#1001", "2/7"))
    may.taps("Explained", desk)
    assert bob.private.hears("1002", "Explained")
    world.passes(days=1, hours=2)
    ann.taps("✅", ann.private)
    may.taps("Close with a summary", desk, desk.find("#1001", "7/7"))
    may.says("Night work is checked at the gate.", desk)
    bob.taps("✅", bob.private)
    assert desk.hears("#1002", "📁 Night work is checked")
    eve.says("The neighbours upstairs renovate every night again, I told you three times, nobody cares", eve.private)
    cai = world.person("Cai")
    cai.says("The lobby light in Block 3 is broken", cai.private)
    card = desk.find("#1003", "👤 Eve")
    may.taps_more("Merge", desk, card)
    may.taps("#1004 ·", desk)
    li = world.person("Li")
    li.taps("Done", world.engineering, world.engineering.find("#1004"))
    li.taps("Repaired", world.engineering)
    world.passes(days=1, hours=2)
    eve.taps("✅", eve.private)
    may.taps("Close with a summary", desk, desk.find("#1003", "7/7"))
    may.says("A dark lobby and noise are two things.", desk)
    assert desk.hears("#1003", "📁 A dark lobby")
    filed = world.look(lambda unit: [ticket.number for _, ticket in unit.complaints.list_filed(world.site_id)])
    assert filed == [1001, 1002, 1003]


def test_staff_rewrite_an_account_and_a_proposal_while_the_tenant_is_asked_and_not_after(world: World) -> None:
    ann, may, desk = world.person("Ann"), world.person("May"), world.desk_chat
    ann.starts()
    ann.says("The neighbours upstairs renovate every night, I told you three times and nobody cares")
    may.taps("Confirm with the tenant", desk)
    account = may.says("Upstairs renovates at noon.", desk)
    may.edits(account, "Upstairs renovates at night.", desk)
    assert ann.private.hears("renovates at night", "Is that right?")
    assert not ann.private.hears("at noon")
    ann.taps("that's right", ann.private)
    may.edits(account, "Upstairs renovates in the morning.", desk)
    assert ann.private.hears("renovates at night")
    assert desk.last.speech.plain.startswith("#1001 has moved on")
    may.taps("What we found", desk)
    may.says("No permit.", desk)
    may.taps("Propose", desk)
    proposal = may.says("We stop the work after 8 am.", desk)
    may.edits(proposal, "We stop the work after 8 pm.", desk)
    ann.taps("I accept", ann.private)
    assert ann.private.hears("8 pm", "Agreed")
    steps = world.look(lambda unit: unit.complaints.find(world.ticket().id))
    assert steps is not None
    assert (steps.account, steps.proposal) == ("Upstairs renovates at night.", "We stop the work after 8 pm.")
