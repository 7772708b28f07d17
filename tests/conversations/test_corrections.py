"""Staff set right what the desk misread: the ticket moves, and the next message like it is read right at once."""

import pytest

from handlers.understanding.exemplars import Exemplar, corrected, exemplar_form
from handlers.understanding.reading import read
from storage.models import Correction
from storage.vocabulary import ChatRole, Group, Kind, TicketState, Trade, Urgency
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking"


def correct(world: World, what: str, value: str) -> str:
    li = world.person("Li")
    li.taps_more("Correct", world.engineering)
    li.taps(what, world.engineering)
    return li.taps(value, world.engineering)


def kept(world: World) -> list[Correction]:
    return world.look(lambda unit: list(unit.corrections.list_teaching(world.site_id)))


def test_a_corrected_trade_moves_the_ticket_and_keeps_its_number_and_promise(world: World) -> None:
    world.person("Ann").says(LEAK)
    before, heard = world.ticket(), len(world.room.wordings)
    world.passes(minutes=10)
    assert "remember" in correct(world, "Trade", "parking")
    ticket = world.ticket()
    assert (ticket.trade, ticket.group, ticket.state) == (Trade.PARKING, Group.SECURITY, TicketState.ASSIGNED)
    assert ticket.finish_due_at == before.finish_due_at
    assert ticket.handed_over == 0
    assert world.security.find("#1001").speech.buttons
    assert world.engineering.find("#1001").speech.buttons == ()
    assert len(world.room.wordings) == heard
    assert [(row.was, row.became) for row in kept(world)] == [("plumbing", "parking")]


def test_the_next_message_like_it_is_read_as_corrected(world: World) -> None:
    world.person("Ann").says(LEAK)
    correct(world, "Trade", "appliance")
    world.person("Bob").says("The kitchen tap in Block 3 0801 is leaking!")
    assert world.ticket(1002).trade is Trade.APPLIANCE


def test_other_words_and_other_sites_are_read_as_before(world: World) -> None:
    world.person("Ann").says(LEAK)
    correct(world, "Trade", "appliance")
    world.person("Bob").says("Water drips from the bathroom ceiling in Block 3 0902, please come")
    assert world.ticket(1002).trade is Trade.PLUMBING
    other = world.second_site()
    far = world.link(ChatRole.ROOM, "far room", site_id=other)
    world.link(ChatRole.DUTY, "far duty", Group.ENGINEERING, site_id=other)
    world.person("Cai").says(LEAK, far)
    assert world.tickets[-1].trade is Trade.PLUMBING


def test_urgency_recounts_the_promise(world: World) -> None:
    world.person("Ann").says(LEAK)
    normal = world.ticket().finish_due_at
    correct(world, "Urgency", "urgent")
    due = world.ticket().finish_due_at
    assert due is not None
    assert normal is not None
    assert due < normal
    assert world.ticket().urgency is Urgency.URGENT


def test_an_emergency_after_all_is_the_one_correction_a_tenant_hears_of(world: World) -> None:
    world.person("Ann").says(LEAK)
    correct(world, "Urgency", "emergency")
    assert world.room.hears("🚨", "1001")
    assert world.managers.hears("🚨", "#1001")
    assert world.security.find("#1001").speech.buttons


def test_a_complaint_taken_for_a_repair(world: World) -> None:
    world.person("Ann").says(LEAK)
    correct(world, "Kind", "complaint")
    assert world.ticket().kind is Kind.COMPLAINT
    world.person("Bob").says("The kitchen tap in Block 3 0505 is leaking")
    assert world.ticket(1002).kind is Kind.COMPLAINT


def test_a_building_set_right_teaches_nothing(world: World) -> None:
    world.person("Ann").says(LEAK)
    correct(world, "Building", "5栋")
    assert world.engineering.hears("#1001", "5栋 1202")
    assert kept(world) == []
    world.person("Bob").says("The kitchen tap in Block 3 0505 is leaking")
    assert world.engineering.hears("#1002", "3栋 0505")


def test_a_retired_example_teaches_no_longer(world: World) -> None:
    world.person("Ann").says(LEAK)
    correct(world, "Trade", "appliance")
    (example,) = kept(world)
    assert world.act(lambda unit: unit.corrections.retire(example.id, unit.now))
    world.person("Bob").says("The kitchen tap in Block 3 0801 is leaking!")
    assert world.ticket(1002).trade is Trade.PLUMBING


@pytest.mark.parametrize("cry", ["有人被困电梯", "smell of gas in the corridor"])
def test_no_example_lowers_an_emergency(cry: str) -> None:
    low = Exemplar(exemplar_form(cry), Kind.CHATTER, Trade.OTHER, Urgency.LOW)
    assert corrected(read(cry), cry, [low]).urgency is Urgency.EMERGENCY


def test_a_forged_correction_changes_nothing(world: World) -> None:
    li = world.person("Li")
    world.person("Ann").says(LEAK)
    card = world.engineering.find("#1001")
    for verb in (
        "correct:trade=gold",
        "correct:kind=praise",
        "correct:kind=chatter",
        "correct:place=99",
        "correct:x=y",
    ):
        li.taps_raw(f"{card.tap_prefix}{verb}", world.engineering, card.message_id)
    ticket = world.ticket()
    assert (ticket.kind, ticket.trade) == (Kind.REPAIR, Trade.PLUMBING)
    assert kept(world) == []


def test_the_account_of_confusions_names_nobody(world: World) -> None:
    world.person("Ann").says(LEAK)
    correct(world, "Trade", "appliance")
    confusions = world.look(lambda unit: unit.corrections.list_confusions(unit.now.replace(year=2020)))
    assert [(c.month, c.language, c.was, c.became, c.count) for c in confusions] == [
        ("2026-03", "en", "plumbing", "appliance", 1)
    ]
    counted = world.look(lambda unit: unit.corrections.count_tickets(unit.now.replace(year=2020)))
    assert counted == [("en", "appliance", 1, 1)]
