"""Silence is the default: in a room the desk hears everything and says little, and every message has its end."""

import pytest

from handlers.events import MessageReceived, Speaker, SpeakerKind, Unheard
from storage.vocabulary import Disposition
from tests.world import World


@pytest.mark.parametrize(
    "said",
    [
        "大家早上好",
        "哈哈哈哈",
        "今晚谁去打球?",
        "专业疏通管道,价格优惠,电话13900139000",
        "lol see you tomorrow",
        "谢谢大家",
        "昨天电梯坏了,今天已经修好了",
    ],
)
def test_neighbours_talk_and_the_desk_says_nothing(world: World, said: str) -> None:
    mei = world.person("Mei")
    message = mei.says(said)
    assert world.room.screen == []
    row = world.disposition(message)
    assert row.disposition is Disposition.CHATTER
    assert row.reason


def test_other_bots_anonymous_admins_and_channels_are_recorded_and_left_alone(world: World) -> None:
    for kind in (SpeakerKind.BOT, SpeakerKind.ANONYMOUS_ADMIN, SpeakerKind.CHANNEL):
        message = MessageReceived(
            world.room.where,
            Speaker("elsewhere", "Somebody", kind),
            world.channel.new_message_id(),
            world.clock.now(),
            "3栋1202厨房水管爆了",
        )
        world.happens(message)
        assert world.disposition(message.message_id).disposition is Disposition.IGNORED
    world.happens(Unheard(world.room.where, "service message: pinned", "m-pin"))
    assert world.disposition("m-pin").reason == "service message: pinned"
    assert world.room.screen == []
    assert world.engineering.screen == []


def test_a_neighbour_answers_a_neighbour_and_the_desk_stays_out_of_it(world: World) -> None:
    message = world.person("Mei").says("我家水管也漏水过,找师傅修", is_to_another=True)
    assert world.disposition(message).disposition is Disposition.CHATTER
    assert world.room.screen == []


def test_commands_in_a_room_get_no_answer_there(world: World) -> None:
    world.person("Mei").says("/my")
    assert world.room.screen == []


def test_a_chat_nobody_linked_is_not_answered(world: World) -> None:
    elsewhere = world.chat("group-elsewhere", is_private=False, title="elsewhere")
    message = world.person("Mei").says("3栋1202厨房水管爆了", elsewhere)
    assert world.disposition(message, elsewhere).reason == "chat is not linked"
    assert elsewhere.screen == []
