"""Neighbours tell of the same thing: one card for staff, a number for each, and everybody hears how it ends."""

from datetime import timedelta

import pytest

from storage.vocabulary import CloseReason, Disposition, SharedThing, TicketState
from tests.conversations.stopped_lift import LIFT, TELLINGS, cards, done, stopped
from tests.world import World


def test_seven_neighbours_and_one_card(world: World) -> None:
    stopped(world, "Ann", "Bob", "Cai", "Dan", "Eve", "Fay", "Gao")
    assert len(cards(world.engineering)) == 1
    card = world.engineering.find("#1001")
    assert "👥 7 reports · 3栋" in card.speech.text
    assert [ticket.number for ticket in world.tickets] == list(range(1001, 1008))
    assert {ticket.incident_id for ticket in world.tickets[1:]} == {world.ticket().id}
    assert world.room.hears("No. 1003", "3", "Engineering") or world.room.hears("1003", "3")
    assert world.inbox[-1].disposition is Disposition.JOINED
    assert world.engineering.labels.count("✋ Take") == 1


def test_a_room_hears_of_them_once_a_minute_at_most(world: World) -> None:
    world.person("Ann").says(LIFT)
    world.passes(minutes=2)
    before = len(world.room.screen)
    people = [world.person(name) for name in ("Bob", "Cai", "Dan", "Eve", "Fay")]
    said = [person.says(words) for person, words in zip(people, TELLINGS, strict=False)]
    assert len(world.room.screen) == before + 1
    line = world.room.last.speech.plain
    assert all(str(number) in line for number in range(1002, 1007))
    assert "6 neighbours" in line or "6" in line
    assert all(world.channel.reactions[("group-room", each)] == "👀" for each in said[1:])
    world.passes(minutes=2)
    world.person("Gao").says("T3 lift stuck, please repair")
    assert len(world.room.screen) == before + 2


def test_staff_read_everybodys_words_on_request(world: World) -> None:
    li = world.person("Li")
    stopped(world, "Ann", "Bob", "Cai")
    li.taps_more("All reports", world.engineering)
    text = world.engineering.find("#1001").speech.text
    assert all(words in text for words in ("#1002 · Bob", TELLINGS[0], "#1003 · Cai", TELLINGS[1]))
    li.taps("Back", world.engineering)
    assert "#1002" not in world.engineering.find("#1001").speech.text


def test_all_of_them_hear_that_it_is_taken_and_done_and_are_called_back(world: World) -> None:
    stopped(world, "Ann", "Bob", "Cai")
    done(world)
    for name, number in (("Ann", 1001), ("Bob", 1002), ("Cai", 1003)):
        private = world.person(name).private
        assert private.hears(str(number), "Li")
        assert private.hears(f"{number}", "🔧")
        assert world.ticket(number).state is TicketState.DONE
    world.passes(hours=3)
    for name in ("Ann", "Bob", "Cai"):
        world.person(name).taps("✅", world.person(name).private)
    assert {ticket.close_reason for ticket in world.tickets} == {CloseReason.CONFIRMED}


def test_who_only_writes_in_the_room_shares_one_line(world: World) -> None:
    stopped(world, "Ann", "Bob", "Cai", starts=False)
    before = len(world.room.screen)
    world.person("Li").taps("Take", world.engineering)
    assert len(world.room.screen) == before + 1
    assert all(str(number) in world.room.last.speech.plain for number in (1001, 1002, 1003))
    assert "Li" in world.room.last.speech.plain


def test_not_fixed_for_one_is_not_fixed_for_all(world: World) -> None:
    stopped(world, "Ann", "Bob", "Cai")
    done(world)
    world.passes(hours=3)
    bob, cai = world.person("Bob"), world.person("Cai")
    cai.taps("✅", cai.private)
    bob.taps("❌", bob.private)
    assert world.ticket(1001).state is TicketState.ACCEPTED
    assert world.ticket(1002).state is TicketState.ACCEPTED
    assert world.ticket(1003).close_reason is CloseReason.CONFIRMED
    assert world.engineering.hears("🔁 #1002", "Bob")
    assert world.person("Ann").private.hears("1001", "a neighbour says")
    assert any("Done" in label for label in world.engineering.labels)
    done_again = world.person("Li")
    done_again.taps("Done", world.engineering)
    done_again.taps("Repaired", world.engineering)
    world.passes(hours=3)
    asked = [row.ticket_id for row in world.outbox if row.key and row.key.startswith("callback:")]
    assert [asked.count(world.ticket(number).id) for number in (1001, 1002, 1003)] == [2, 2, 1]


def test_power_still_out_in_one_flat_is_that_flats_own(world: World) -> None:
    ann, bob, li = world.person("Ann"), world.person("Bob"), world.person("Li")
    for person, words in ((ann, "3栋停电了,快来修"), (bob, "Block 3 1203 has no power, please repair")):
        person.starts()
        person.says(words)
        world.passes(minutes=5)
    assert world.ticket(1002).incident_id == world.ticket(1001).id
    li.taps("Take", world.engineering)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    world.passes(hours=3)
    bob.taps("❌", bob.private)
    assert world.ticket(1001).state is TicketState.DONE
    assert (world.ticket(1002).state, world.ticket(1002).incident_id) == (TicketState.ACCEPTED, None)
    assert world.engineering.find("#1002", "👤 Bob").speech.buttons


SEPARATE = [
    ("The kitchen tap in Block 3 1202 is leaking", "The kitchen tap in Block 3 0801 is leaking"),
    ("3栋1202马桶堵了", "3栋0901马桶堵了,请来修"),
    (LIFT, "The lift in Block 5 has stopped"),
    (LIFT, "No water in Block 3 since this morning"),
    ("The corridor light on floor 5 of Block 3 is broken", "The corridor light on floor 9 of Block 3 is broken"),
    ("3栋1202空调不制冷", "3栋0903空调不制冷"),
]


@pytest.mark.parametrize(("one", "other"), SEPARATE)
def test_two_flats_troubles_are_two(world: World, one: str, other: str) -> None:
    world.person("Ann").says(one)
    world.passes(minutes=4)
    world.person("Bob").says(other)
    assert [ticket.incident_id for ticket in world.tickets] == [None, None]
    assert len(cards(world.engineering)) == 2


def test_next_week_it_is_another_incident(world: World) -> None:
    stopped(world, "Ann")
    world.passes(days=7)
    world.person("Bob").says(TELLINGS[0])
    assert world.ticket(1002).incident_id is None


@pytest.mark.parametrize("words", ["same here", "我家也是", "+1", "我屋企都係"])
def test_same_here_joins_what_was_just_told(world: World, words: str) -> None:
    world.person("Ann").says(LIFT)
    world.person("Bob").says(words)
    assert world.ticket(1002).incident_id == world.ticket(1001).id
    assert world.ticket(1002).shared is SharedThing.LIFT


def test_same_here_in_answer_to_a_neighbours_own_words(world: World) -> None:
    said = world.person("Ann").says(LIFT)
    world.passes(minutes=30)
    world.person("Bob").says("same here", reply_to=said)
    assert world.ticket(1002).incident_id == world.ticket(1001).id


def test_plus_one_for_something_else_an_hour_later_joins_nothing(world: World) -> None:
    world.person("Ann").says(LIFT)
    world.passes(minutes=45)
    world.person("Bob").says("+1")
    assert len(world.tickets) == 1


def test_the_same_person_again_urges(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LIFT)
    world.passes(hours=2)
    ann.says("3栋电梯还停着呢,又坏了")
    assert len(world.tickets) == 1


def test_more_words_of_a_neighbour_come_under_the_one_card(world: World) -> None:
    stopped(world, "Ann", "Bob")
    bob = world.person("Bob")
    world.passes(minutes=30)
    bob.says("still no news?", bob.private)
    bob.says("my number is 13800138000", bob.private)
    assert world.engineering.hears("💬 #1002 · Bob", "13800138000") or world.engineering.hears("#1002")


def test_a_new_duty_chat_gets_one_card(world: World) -> None:
    from storage.vocabulary import ChatRole, Group

    stopped(world, "Ann", "Bob", "Cai")
    night = world.link(ChatRole.DUTY, "night", Group.ENGINEERING)
    assert len(cards(night)) == 1


def test_what_is_late_is_late_once(world: World) -> None:
    stopped(world, "Ann", "Bob", "Cai")
    world.passes(days=3)
    late = world.look(lambda unit: unit.figures.list_overdue(world.site_id, unit.now + timedelta(hours=1), 10))
    assert [ticket.number for ticket in late] == [1001]


def test_who_asks_whether_it_is_out_is_answered_by_the_incident(world: World) -> None:
    stopped(world, "Ann")
    bob = world.person("Bob")
    bob.starts()
    bob.says("Is the lift in Block 3 out of order?", bob.private)
    assert world.ticket(1002).incident_id == world.ticket(1001).id
