"""Staff take back what they told a tenant by mistake, and hear the truth about what became of it."""

from bot.channels.channel import SendFailed
from bot.channels.refusals import Refusal
from tests.world import World

LEAK = "The kitchen pipe is leaking, Block 3 room 1202"


def test_a_reply_that_arrived_is_deleted_and_staff_are_told_that_it_may_have_been_read(world: World) -> None:
    mei, li, wang = world.person("Mei"), world.person("Li"), world.person("Wang")
    mei.starts()
    mei.says(LEAK)
    card = world.engineering.find("#1001")
    said = li.replies(card, "Mrs Chan in 1203 never pays her fees", world.engineering)
    assert mei.private.hears("never pays")
    wang.says("/undo", world.engineering, reply_to=said)  # not his words
    assert mei.private.hears("never pays")
    assert world.engineering.hears("/undo as a reply to your own message")

    li.says("/undo", world.engineering, reply_to=said)
    assert not mei.private.hears("never pays")
    assert world.engineering.hears("#1001", "taken back and deleted", "may have read it")
    assert "Last reply: taken back" in world.engineering.find("🆕").speech.plain
    assert world.channel.reactions[world.engineering.address, said] == ""
    li.edits(said, "Mrs Chan in 1203 never ever pays", world.engineering, reply_to=card.message_id)
    li.says("/undo", world.engineering, reply_to=said)  # once is enough
    assert not any("ever pays" in text for text in mei.private.texts)

    li.replies(card, "I come at three.", world.engineering)
    li.says("/undo", world.engineering, reply_to=card.message_id)  # the card stands for the last of one's own
    assert not mei.private.hears("at three")
    li.replies(card, "I come at four.", world.engineering)
    assert mei.private.hears("at four")
    world.passes(hours=49)
    li.says("/undo", world.engineering, reply_to=card.message_id)
    assert mei.private.hears("at four")
    assert world.engineering.hears("#1001", "cannot take that back")
    li.says("/t 1001", world.engineering)
    li.taps("⋯", world.engineering)


def test_a_reply_that_waits_for_start_never_arrives(world: World) -> None:
    mei, li = world.person("Mei"), world.person("Li")
    mei.says(LEAK)
    card = world.engineering.find("#1001")
    li.replies(card, "The code of the door is 4711", world.engineering)
    assert world.room.hears("Mei", "answer")
    li.says("/undo", world.engineering, reply_to=card.message_id)
    assert not world.room.hears("Mei", "answer")
    mei.starts()
    assert not mei.private.hears("4711")
    li.replies(card, "I come at three.", world.engineering)
    assert mei.private.hears("at three")


def test_neighbours_lose_it_too_and_a_platform_that_deletes_nothing_is_told_as_it_is(world: World) -> None:
    mei, lin, li = world.person("Mei"), world.person("Lin"), world.person("Li")
    for each in (mei, lin):
        each.starts()
        each.says("The lift in Block 3 has stopped again")
    card = world.engineering.find("#1001")
    said = li.replies(card, "Ask the other building", world.engineering)
    assert all(each.private.hears("Ask the other") for each in (mei, lin))
    lin.private.refuses(SendFailed(Refusal.MAY_NOT_DELETE, permanent=True))
    li.says("/undo", world.engineering, reply_to=said)
    assert not mei.private.hears("Ask the other")
    assert world.engineering.hears("#1001", "cannot take that back", "edit your message")
