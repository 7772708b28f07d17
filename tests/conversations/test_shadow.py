"""A room in the shadow: the desk hears everything and works in full, and nobody but its staff hears anything of it."""

import pytest

from bot.channels.memory import Shown
from handlers import rooms
from handlers.premises import Refused
from storage.models import Chat
from storage.vocabulary import ChatRole, CloseReason, Disposition, Group, Kind, TicketState, Urgency
from tests.conversations.wording import unsure
from tests.world import World

LEAK = "The kitchen pipe is leaking, Block 3 1202, please send a plumber"
FIRE = "Fire! Block 3, flames in the corridor"
UNSURE, _ = unsure()
MARK = "Trial run"


@pytest.fixture
def shadow(world: World) -> World:
    """The room only listened to; its tenants have opened their private chats while it was still live."""
    for who in ("Ann", "Bob"):
        world.person(who).starts()
    world.act(lambda unit: rooms.put_into_shadow(unit, "room").id)
    for chat in world.chats:
        chat.screen.clear()
    world.channel.wordings.clear()
    world.channel.reactions.clear()
    return world


def heard_by_tenants(world: World) -> list[str]:
    """Everything the room and every private chat ever read or saw."""
    tenants = {world.room.address} | {chat.address for chat in world.chats if chat.is_private}
    said = [text for address, text in world.channel.wordings if address in tenants]
    return said + [emoji for (address, _), emoji in world.channel.reactions.items() if address in tenants]


def card(world: World) -> Shown:
    return world.engineering.find("#1001")


def test_a_leak_becomes_a_marked_card_and_neither_the_room_nor_the_tenant_hears_a_word(shadow: World) -> None:
    ann = shadow.person("Ann")
    said = ann.says(LEAK)
    assert shadow.disposition(said).disposition is Disposition.OPENED
    assert MARK in card(shadow).speech.plain
    assert heard_by_tenants(shadow) == []


def test_the_whole_life_of_a_ticket_stays_in_the_shadow(shadow: World) -> None:
    ann, chan = shadow.person("Ann"), shadow.person("Chan")
    ann.says(LEAK)
    ann.says("any news?")
    chan.taps("Take", shadow.engineering)
    chan.says("When are you home?", shadow.engineering, reply_to=card(shadow).message_id)
    chan.taps("Done", shadow.engineering)
    chan.taps("Repaired", shadow.engineering)
    shadow.passes(days=5)
    assert heard_by_tenants(shadow) == []
    ticket = shadow.ticket()
    assert (ticket.state, ticket.close_reason) == (TicketState.CLOSED, CloseReason.WITHOUT_ANSWER)
    assert ticket.urged == 1


def test_an_emergency_reaches_staff_and_managers_and_not_the_tenant(shadow: World) -> None:
    shadow.person("Ann").says(FIRE)
    assert shadow.ticket().urgency is Urgency.EMERGENCY
    assert shadow.security.hears("#1001", MARK)
    assert shadow.managers.hears("🚨", MARK), "managers must know that nobody was told what to do"
    assert heard_by_tenants(shadow) == []


def test_an_unsure_message_goes_to_the_desks_list_at_once_and_asks_nobody(shadow: World) -> None:
    said = shadow.person("Ann").says(UNSURE)
    assert shadow.disposition(said).disposition is Disposition.STAFF_TRIAGE
    assert shadow.desk_chat.hears("🤔", UNSURE, MARK)
    assert not shadow.desk_chat.hears("I asked"), "nobody was asked"
    shadow.person("May").taps("repair", shadow.desk_chat)
    assert shadow.ticket().kind is Kind.REPAIR
    assert heard_by_tenants(shadow) == []


def test_words_commands_photos_and_edits_in_the_room_are_met_with_silence(shadow: World) -> None:
    ann = shadow.person("Ann")
    leak = ann.says(LEAK)
    ann.says("/my")
    ann.says("", attached=(shadow.file(),))
    ann.edits(leak, LEAK + " it is the hot water")
    ann.says("cancel it please")
    ann.says("good morning everyone")
    assert heard_by_tenants(shadow) == []


def test_a_tenant_who_comes_in_private_is_answered_and_told_nothing_of_the_shadow(shadow: World) -> None:
    ann = shadow.person("Ann")
    ann.says(LEAK)
    ann.says("/my", ann.private)
    assert ann.private.screen
    assert not ann.private.hears("1001")
    ann.says("The lift in Block 3 is stuck between floors", ann.private)
    assert ann.private.hears("1002")


def test_the_ledger_adds_up_in_the_shadow_too(shadow: World) -> None:
    before = len(shadow.inbox)
    for who, text in (("Ann", LEAK), ("Bob", "good morning"), ("Cid", UNSURE), ("Ann", "any news?"), ("Eve", FIRE)):
        shadow.person(who).says(text)
    shadow.passes(hours=2)
    ends = [row.disposition for row in shadow.inbox[before:]]
    assert len(ends) == 5
    assert None not in ends
    assert Disposition.ASKED not in ends
    assert Disposition.FAILED not in ends


def test_live_again_the_desk_speaks_and_the_shadows_tickets_stay_silent(shadow: World) -> None:
    ann, bob, chan = shadow.person("Ann"), shadow.person("Bob"), shadow.person("Chan")
    ann.says(LEAK)
    shadow.passes(minutes=10)
    shadow.act(lambda unit: rooms.bring_to_light(unit, "room").id)
    bob.says("The lift in Block 3 is stuck between floors")
    assert shadow.room.hears("1002") or bob.private.hears("1002")
    chan.taps("Take", shadow.engineering, card(shadow))
    assert not any("1001" in text for text in heard_by_tenants(shadow))
    assert MARK not in shadow.engineering.find("#1002").speech.plain


def test_a_ticket_from_before_the_shadow_goes_on_when_it_is_over(world: World) -> None:
    ann, chan = world.person("Ann"), world.person("Chan")
    ann.starts()
    ann.says(LEAK)
    world.passes(minutes=5)
    world.act(lambda unit: rooms.put_into_shadow(unit, "room").id)
    world.passes(minutes=5)
    world.act(lambda unit: rooms.bring_to_light(unit, "room").id)
    told = len(ann.private.screen)
    chan.taps("Take", world.engineering)
    assert len(ann.private.screen) == told + 1


def test_another_room_of_the_site_stays_live(shadow: World) -> None:
    other = shadow.link(ChatRole.ROOM, "other room")
    shadow.person("Eve").says(LEAK, other)
    assert other.hears("1001")
    assert not shadow.room.screen


def test_a_room_is_found_by_title_or_address_and_what_cannot_be_says_why(world: World) -> None:
    def state(name: str) -> bool:
        return world.act(lambda unit: rooms.find_room(unit, name).is_shadow)

    assert state("ROOM ") is state("group-room") is False
    with pytest.raises(Refused, match=r"there is no room nowhere; there is: room \(group-room\)"):
        world.act(lambda unit: rooms.find_room(unit, "nowhere"))
    with pytest.raises(Refused, match="live already"):
        world.act(lambda unit: rooms.bring_to_light(unit, "room"))
    world.act(lambda unit: rooms.put_into_shadow(unit, "room").id)
    with pytest.raises(Refused, match="in the shadow already"):
        world.act(lambda unit: rooms.put_into_shadow(unit, "room"))
    assert state("room") is True


def test_staff_chats_are_never_in_the_shadow(world: World) -> None:
    chat = world.look(lambda unit: unit.chats.find("memory", world.engineering.address))
    assert isinstance(chat, Chat)
    assert (chat.group, chat.is_shadow) == (Group.ENGINEERING, False)
    with pytest.raises(Refused, match="there is no room engineering"):
        world.act(lambda unit: rooms.put_into_shadow(unit, "engineering"))
