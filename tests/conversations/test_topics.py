"""A duty chat that is a forum: each ticket has a topic of its own, and nothing is lost where it cannot."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.channel import SendFailed, TopicShape
from bot.channels.memory import Shown
from bot.channels.refusals import Refusal
from handlers.complaints import guarding
from storage.models import Concern
from storage.repositories.upkeep import Upkeep
from storage.vocabulary import Group, Urgency
from tests.world import MONDAY_MORNING, ChatOnStage, World

DAY = timedelta(days=1)

LEAK = "The kitchen pipe is leaking, Block 3 room 1202, call me: 13800138000"


@pytest.fixture
def forum(world: World) -> ChatOnStage:
    """The engineers' chat, whose owner has switched topics on; somebody writes there, and the desk learns of it."""
    world.engineering.is_forum = True
    world.person("Ah Keung").says("morning", world.engineering)
    return world.engineering


def topics(world: World, chat: ChatOnStage) -> dict[str, TopicShape]:
    """The topics of a chat, oldest first."""
    return {topic: shape for (address, topic), shape in world.channel.topics.items() if address == chat.address}


def in_topic(chat: ChatOnStage, topic: str | None) -> list[Shown]:
    """What stands in one of them, or in none."""
    return [shown for shown in chat.screen if shown.topic == topic]


def test_a_ticket_lives_in_its_topic_from_the_card_to_the_last_word(world: World, forum: ChatOnStage) -> None:
    mei, keung = world.person("Mei"), world.person("Ah Keung")
    mei.starts()
    mei.says(LEAK)
    ((topic, shape),) = topics(world, forum).items()
    assert shape.name.startswith("#1001 🔧 3栋 1202 The kitchen pipe is leaking")
    assert "13800138000" not in shape.name
    assert (shape.urgency, shape.is_open) == (world.ticket().urgency, True)
    card = in_topic(forum, topic)[0]
    assert "#1001" in card.speech.plain
    assert not in_topic(forum, None)

    keung.taps("Take", forum, card)
    keung.replies(card, "I come at three.", forum, topic=topic)
    assert mei.private.hears("I come at three.")
    mei.says("Any news?", mei.private)
    keung.says("who has the long wrench?", forum, topic=topic)  # no reply: among staff, and kept with the ticket
    assert not any("wrench" in text for text in mei.private.texts)
    keung.says("/note ring long", forum, topic=topic)
    asked = keung.says("/onduty", forum, topic=topic)
    keung.says("/t 1001", forum, topic=topic)
    assert {shown.topic for shown in forum.screen if "1001" in shown.speech.plain} == {topic}
    notes = [entry.text for entry in world.look(lambda unit: unit.tickets.list_entries(world.ticket().id))]
    assert {"who has the long wrench?", "ring long"} <= set(notes)

    keung.taps_more("Correct", forum)
    keung.taps("Building", forum)
    keung.taps("5栋", forum)
    assert topics(world, forum)[topic].name.startswith("#1001 🔧 5栋 1202")
    world.passes(minutes=5)
    keung.taps("✅ Done", forum)
    keung.taps("✍️", forum)
    keung.says("New pipe", forum, topic=topic)
    assert topics(world, forum)[topic].name.startswith("#1001 ✅ 5栋 1202")
    assert topics(world, forum)[topic].is_open
    mei.says("Fixed, thanks", mei.private)
    assert not topics(world, forum)[topic].is_open
    mei.says("It is still leaking", mei.private)
    assert topics(world, forum)[topic].is_open
    assert topics(world, forum)[topic].name.startswith("#1001 🔧")
    assert len(topics(world, forum)) == 1
    assert [shown.reply_to for shown in in_topic(forum, None)] == [asked]  # an answer goes where it was asked for


def test_a_deleted_topic_comes_back_once_with_the_card_first(world: World, forum: ChatOnStage) -> None:
    mei = world.person("Mei")
    mei.says(LEAK)
    (first,) = topics(world, forum)
    del world.channel.topics[forum.address, first]
    forum.screen.clear()
    mei.says("It is getting worse, the floor is wet")
    (second,) = topics(world, forum)
    assert [shown.topic for shown in forum.screen] == [second] * len(forum.screen)
    assert "#1001" in forum.screen[0].speech.plain
    assert forum.hears("the floor is wet")
    world.person("Ah Keung").taps("Take", forum, forum.screen[0])
    assert forum.screen[0].speech.plain.count("Ah Keung")

    del world.channel.topics[forum.address, second]  # again: now the chat itself has to do
    mei.says("Now the ceiling below drips too")
    assert not topics(world, forum)
    assert forum.last.topic is None
    assert forum.hears("ceiling below")


def test_a_desk_that_may_open_none_puts_its_cards_into_the_chat(world: World, forum: ChatOnStage) -> None:
    def refuse(failed: SendFailed) -> None:
        async def open_topic(address: str, shape: TopicShape) -> str:
            asked.append(shape.name)
            raise failed

        world.channel.open_topic = open_topic  # type: ignore[method-assign]

    asked: list[str] = []
    opens = world.channel.open_topic
    mei = world.person("Mei")
    refuse(SendFailed(Refusal.MAY_NOT_WRITE, permanent=True))
    mei.says(LEAK)
    mei.says("The bedroom light is broken too, Block 3 room 1202")
    assert len(asked) == 1
    assert [shown.topic for shown in forum.screen] == [None, None]
    now = world.clock.now()
    assert not world.look(lambda unit: unit.figures.day(world.site_id, MONDAY_MORNING, now + DAY).undelivered)
    assert not world.look(lambda unit: Upkeep(unit.session, unit.signals).list_undelivered(9))

    world.let_into(forum)  # made an admin: it may now, and is asked at once
    refuse(SendFailed(Refusal.SLOWED, retry_after=900.0))
    mei.says("The washbasin in the bathroom is cracked, Block 3 room 1202")
    assert len(asked) == 2
    assert forum.last.topic is None
    assert forum.hears("washbasin")
    world.passes(hours=1)
    refuse(SendFailed(Refusal.UNANSWERED, unknown=True))
    mei.says("The door handle is loose, Block 3 room 1202")
    assert len(asked) == 4
    assert forum.hears("door handle")
    mei.says("Gas smell in the kitchen, Block 3 room 1202!")
    assert len(asked) == 5
    assert forum.hears("Gas smell")

    world.channel.open_topic = opens  # type: ignore[method-assign]
    world.person("Lin").says("The tap in the bathroom drips, Block 5 room 301")
    ((topic, shape),) = topics(world, forum).items()
    assert in_topic(forum, topic)
    assert "drips" in shape.name


def test_a_sender_that_dies_leaves_one_empty_topic_at_most_and_loses_no_card(world: World, forum: ChatOnStage) -> None:
    mei = world.person("Mei")
    message = mei.message(world.room, LEAK)
    world.dies_after_hearing(message, sending=True)  # it holds the topic's row; opened or not, nobody knows
    world.channel.topics[forum.address, "opened and never written down"] = TopicShape("?", Urgency.NORMAL, is_open=True)
    assert not any("#1001" in text for text in forum.texts)
    world.passes(minutes=2)
    _, topic = topics(world, forum)
    assert [shown.topic for shown in forum.screen if "#1001" in shown.speech.plain] == [topic]


def test_a_complaint_about_one_of_them_leaves_nothing_but_its_number(world: World, forum: ChatOnStage) -> None:
    world.person("Mei").says(LEAK)
    (topic,) = topics(world, forum)
    about = Concern(ticket_id=0, group=Group.ENGINEERING)
    world.act(lambda unit: guarding.guard(unit, unit.tickets.get(world.ticket().id), [about]))
    world.settles()
    assert topics(world, forum)[topic] == TopicShape("#1001", Urgency.NORMAL, is_open=False)


def test_a_storm_opens_no_topic_before_somebody_wants_its_card(world: World, forum: ChatOnStage) -> None:
    world.channel.pace = replace(world.channel.pace, per_chat_seconds=60)
    world.restarts()
    for number, what in enumerate(("tap", "lamp", "window", "door", "heater", "toilet", "socket", "sink"), start=1):
        world.person(f"Tenant {number}").says(f"The {what} in my flat is broken, Block 3 room {number}02")
    world.restarts(replace(world.channel.pace, per_chat_seconds=0))
    assert forum.hears("6 new requests")
    assert len(topics(world, forum)) == 3  # of the first, whose card was then gathered too, and of the last two
    for _ in range(2):
        world.person("Ah Keung").taps("Show the next", forum)
    assert len(topics(world, forum)) == 8
    assert all(in_topic(forum, topic) for topic in topics(world, forum))
