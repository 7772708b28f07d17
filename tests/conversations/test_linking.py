"""Chats are linked by one-time codes, move, close and come back."""

from dataclasses import replace

from bot.channels.channel import SendFailed
from storage.vocabulary import ChatRole, Disposition, Group
from tests.world import ChatOnStage, World

LEAK = "The kitchen tap in Block 3 1202 is leaking"


def new_group(world: World, title: str = "new group"):
    return world.chat(f"group-{title}", is_private=False, title=title)


def role_of(world: World, chat) -> ChatRole:
    return world.look(lambda unit: unit.chats.find("memory", chat.address)).role


def as_it_was(chat: ChatOnStage) -> ChatOnStage:
    """The same chat, whose address stays when the group gets another."""
    return replace(chat)


def test_wrong_used_and_expired_codes_are_refused_in_the_same_words(world: World) -> None:
    chat, op = new_group(world), world.operator
    used, expired = world.code(ChatRole.ROOM), world.code(ChatRole.ROOM)
    op.says(f"/link {used}", new_group(world, "first"))
    world.passes(days=1, minutes=1)
    for code in ("", "WRONG", used, expired, used + used, "'; DROP TABLE chat; --"):
        op.says(f"/link {code}", chat)
        assert world.inbox[-1].disposition is Disposition.REFUSED
    assert len(set(chat.wordings)) == 1
    assert role_of(world, chat) is ChatRole.UNLINKED


def test_a_code_works_once_even_when_two_chats_race(world: World) -> None:
    code = world.code(ChatRole.DUTY, Group.ENVIRONMENT)
    chats = [new_group(world, f"racer {index}") for index in range(6)]
    world.happens(*(world.operator.message(chat, f"/link {code}") for chat in chats))
    assert [role_of(world, chat) for chat in chats].count(ChatRole.DUTY) == 1


def test_codes_may_be_typed_in_small_letters(world: World) -> None:
    chat = new_group(world)
    world.operator.says(f"/link  {world.code(ChatRole.ROOM).lower()} ", chat)
    assert role_of(world, chat) is ChatRole.ROOM


def test_nonsense_codes_do_not_make_the_desk_talk_in_a_room(world: World) -> None:
    for _ in range(5):
        world.person("Eve").says("/link AAAA")
    assert len(world.room.wordings) == 1


def test_a_group_becomes_a_supergroup_and_everything_goes_on(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.says(LEAK)
    world.chat_moves(world.room, "supergroup-room")
    ann.says("any news?")
    assert world.room.hears("1001", "waiting")
    card = world.engineering.find("#1001", "leaking")
    world.channel.screens["supergroup-duty"] = world.engineering.screen
    world.chat_moves(world.engineering, "supergroup-duty")
    assert "yours" in li.taps_raw(f"{card.tap_prefix}take", world.engineering, card.message_id)


def test_the_new_address_may_be_learnt_from_a_failed_send(world: World) -> None:
    old = world.engineering.address
    world.channel.refusals[old] = SendFailed("chat moved", moved_to="supergroup-duty")
    world.person("Ann").says(LEAK)
    world.engineering.address = "supergroup-duty"
    assert world.engineering.hears("#1001")
    world.chat_moves(world.chat(old, is_private=False, title="old"), "supergroup-duty")
    world.person("Li").taps("Take", world.engineering)


def test_late_messages_from_the_old_address_reach_the_room_that_moved(world: World) -> None:
    ann, bob, old = world.person("Ann"), world.person("Bob"), as_it_was(world.room)
    world.room.refuses(SendFailed("chat moved", moved_to="supergroup-room"))
    ann.says(LEAK)  # a refused send is the first to tell
    world.passes(seconds=2)
    late = bob.says("The corridor light in Block 5 is broken, please repair it", old)
    for told in (as_it_was(old), world.room):  # the updates that waited tell it twice
        world.chat_moves(told, "supergroup-room")
    ann.says("The lift in Block 5 is broken, please repair it")
    assert world.disposition(late).disposition is Disposition.OPENED
    assert len(world.tickets) == 3
    assert world.room.hears("1003")


def test_a_tap_on_a_card_from_before_the_move_counts(world: World) -> None:
    world.person("Ann").says(LEAK)
    card, old = world.engineering.find("#1001"), as_it_was(world.engineering)
    world.chat_moves(world.engineering, "supergroup-duty")
    assert "yours" in world.person("Li").taps_raw(f"{card.tap_prefix}take", old, card.message_id)
    world.shut_out_of(old)  # of the group it is no more
    world.person("Ann").says("The corridor light in Block 5 is broken, please repair it")
    assert world.engineering.hears("#1002")


def test_kicked_and_let_in_again(world: World) -> None:
    world.shut_out_of(world.room)
    world.shut_out_of(world.engineering)
    world.shut_out_of(world.desk_chat)
    world.let_into(world.room)
    world.person("Ann").says(LEAK)
    assert world.managers.hears("#1001", "no duty chat")
    assert world.room.hears("1001")
    world.let_into(world.engineering)
    assert world.engineering.hears("#1001")


def test_two_sites_never_hear_each_other(world: World) -> None:
    moonlight = world.second_site()
    room = world.link(ChatRole.ROOM, "moon room", site_id=moonlight)
    duty = world.link(ChatRole.DUTY, "moon duty", Group.ENGINEERING, site_id=moonlight)
    managers = world.link(ChatRole.MANAGER, "moon managers", site_id=moonlight)
    world.channel.wordings.clear()
    zoe = world.person("Zoe")
    zoe.says("smell of gas in the corridor", room)
    assert world.tickets[0].number == 1001
    assert world.engineering.wordings == world.managers.wordings == world.desk_chat.wordings == []
    assert duty.hears("#1001")
    assert managers.hears("🚨")
    world.person("Ann").says(LEAK)
    assert not duty.hears("tap")
    assert world.ticket(1001).site_id == world.site_id


def test_a_tenant_who_moves_is_heard_by_the_new_site(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    moonlight = world.second_site()
    room = world.link(ChatRole.ROOM, "moon room", site_id=moonlight)
    duty = world.link(ChatRole.DUTY, "moon duty", Group.ENGINEERING, site_id=moonlight)
    ann.says("good morning everyone", room)
    ann.says("my bedroom light is broken", ann.private)
    assert duty.hears("#1001")
    assert world.engineering.wordings == []
