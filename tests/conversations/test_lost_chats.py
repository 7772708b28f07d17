"""Chats are shut, linked late, and messages deleted: a ticket always has somewhere to be seen, or somebody is told."""

from storage.vocabulary import ChatRole, Group, TicketState
from tests.conversations.test_storm import storm
from tests.world import ChatOnStage, World

LEAK = "The kitchen tap in Block 3 1202 is leaking"


def deletes(chat: ChatOnStage, *words: str) -> None:
    """Somebody deletes the desk's message in the chat."""
    chat.screen.remove(chat.find(*words))


def test_a_duty_chat_that_shuts_us_out_leaves_its_tickets_to_the_desk(world: World) -> None:
    world.person("Ann").says(LEAK)
    world.person("Bob").says("The lift in Block 5 is stuck")
    world.person("Li").taps("Take", world.engineering, world.engineering.find("#1001"))
    world.shut_out_of(world.engineering)
    assert world.managers.hears("no longer write", "Engineering", "#1001 #1002", "customer desk now")
    assert world.desk_chat.hears("#1001", "Li")
    assert any("Take" in label for label in world.desk_chat.labels)
    world.let_into(world.engineering)
    world.person("May").taps("Take", world.desk_chat)
    assert world.engineering.hears("#1002", "May")


def test_with_nowhere_to_go_the_managers_hear_so_and_the_next_chat_gets_them(world: World) -> None:
    world.shut_out_of(world.desk_chat)
    world.person("Ann").says(LEAK)
    world.shut_out_of(world.engineering)
    assert world.managers.hears("no longer write", "#1001", "nowhere else")
    new_desk = world.link(ChatRole.DUTY, "new desk", Group.DESK)
    assert new_desk.hears("#1001", "leaking")


def test_what_found_no_duty_chat_is_offered_when_one_can_be_reached_again(world: World) -> None:
    for chat in (world.engineering, world.desk_chat, world.security):
        world.shut_out_of(chat)
    world.person("Ann").says(LEAK)
    assert world.ticket().state is TicketState.RECEIVED
    world.act(lambda unit: unit.chats.get(row_of(world, world.engineering)).reopen())
    world.passes(minutes=31)
    assert world.engineering.hears("#1001", "leaking")
    assert world.ticket().state is TicketState.ASSIGNED
    world.passes(minutes=31)
    assert world.engineering.hears("#1001 has waited")


def row_of(world: World, chat: ChatOnStage) -> int:
    found = world.look(lambda unit: unit.chats.find("memory", chat.address))
    assert found is not None
    return found.id


def test_a_deleted_card_comes_back_once_with_its_buttons(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.says(LEAK)
    deletes(world.engineering, "#1001")
    ann.says("my phone is 13800138000")
    ann.says("any news?")
    cards = [text for text in world.engineering.texts if "📍" in text]
    assert len(cards) == 1
    assert "13800138000" in cards[0]
    li.taps("Take", world.engineering)
    assert "Li" in world.engineering.find("📍", "#1001").speech.text


def test_what_was_said_while_a_card_was_folded_away_comes_out_with_it(world: World) -> None:
    storm(world)
    waiting = next(
        number
        for number in range(1001, 1013)
        if not any("📍" in text and f"#{number} " in text for text in world.engineering.texts)
    )
    tenant = world.person(f"Tenant {waiting - 1001}")
    world.passes(minutes=5)
    tenant.says("please come after six, the dog is alone until then")
    tenant.replies(world.room.find(f"{waiting}"), "", world.room, attached=(world.file(),))
    tenant.replies(world.room.find(f"{waiting}"), "it has got worse, half of the flat is dark now", world.room)
    for _ in range(2):
        world.person("Li").taps("Show the next", world.engineering)
    assert world.engineering.hears(f"💬 #{waiting}", "half of the flat")
    assert world.engineering.find(f"📎 No. {waiting}").media is not None


def test_several_untaken_tickets_are_one_message_to_the_managers(world: World) -> None:
    for index in range(5):
        world.person(f"Tenant {index}").says(f"Block 3 {1200 + index} the bedroom light is broken, please repair it")
        world.passes(minutes=2)
    world.passes(minutes=100)
    told = [shown for shown in world.managers.screen if "Not taken yet" in shown.speech.plain]
    assert len(told) == 1
    assert all(f"#{number}" in told[0].speech.plain for number in range(1001, 1006))


def test_a_ticket_taken_meanwhile_leaves_the_list(world: World) -> None:
    world.person("Ann").says(LEAK)
    world.person("Bob").says("The corridor light in Block 5 is broken, please repair it")
    world.passes(minutes=61)
    world.person("Li").taps("Take", world.engineering, world.engineering.find("📍", "#1001"))
    world.passes(minutes=31)
    assert "#1001" not in world.managers.last.speech.plain
    assert "#1002" in world.managers.last.speech.plain


def test_a_card_deleted_again_and_again_stays_away_in_the_end(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LEAK)
    for _ in range(6):
        for shown in [shown for shown in world.engineering.screen if "📍" in shown.speech.plain]:
            world.engineering.screen.remove(shown)
        world.passes(minutes=15)
        ann.says("any news?")
    assert sum("📍" in text for text in world.engineering.texts) <= 1
    assert sum(row.notification == "TicketCard" and row.operation == "send" for row in world.outbox) <= 5
