"""The room hears the desk only when there is something to hear."""

import pytest

from handlers.events import MessageReceived, SpeakerKind, Unheard
from storage.vocabulary import AttachmentKind, Disposition
from tests.conversations.wording import unsure
from tests.world import World

TALK = [
    "大家早上好",
    "今晚谁去打球?",
    "专业疏通管道,价格优惠,电话13900139000",
    "谢谢大家",
    "昨天电梯坏了,今天已经修好了",
    "good morning everyone",
    "hi neighbours, anyone want to play football tonight?",
    "Selling my old sofa, 200 yuan",
    "便宜机票代购加微信",
    "哈哈哈",
    "今晚吃什么",
    "thank you",
    "谢谢",
    "any news?",
    "还没来吗?",
    "please cancel",
    "不用来了",
    "same here",
    "+1",
    "👍",
]


@pytest.mark.parametrize("words", TALK)
def test_neighbours_talk_and_the_desk_stays_out_of_it(world: World, words: str) -> None:
    said = world.person("Ann").says(words)
    assert world.room.wordings == []
    assert world.channel.reactions == {}
    row = world.disposition(said)
    assert row.disposition is Disposition.CHATTER
    assert row.reason


@pytest.mark.parametrize("kind", [SpeakerKind.ANONYMOUS_ADMIN, SpeakerKind.BOT, SpeakerKind.CHANNEL])
def test_nobody_but_a_person_is_answered(world: World, kind: SpeakerKind) -> None:
    said = world.person("Ann").says("The kitchen tap in Block 3 1202 is leaking", kind=kind)
    assert world.room.wordings == []
    assert world.tickets == []
    row = world.disposition(said)
    assert (row.disposition, row.reason) == (Disposition.IGNORED, kind)


def test_a_service_message_is_recorded_and_left_alone(world: World) -> None:
    world.happens(Unheard(world.room.where, "service", "s1"))
    row = world.disposition("s1") if world.inbox[-1].message_id else world.inbox[-1]
    assert (row.disposition, row.reason) == (Disposition.IGNORED, "service")
    assert world.room.wordings == []


@pytest.mark.parametrize("command", ["/start", "/my", "/help", "/weather tomorrow"])
def test_a_command_in_a_room_is_not_answered_there(world: World, command: str) -> None:
    said = world.person("Ann").says(command)
    assert world.room.wordings == []
    assert world.disposition(said).disposition is Disposition.CHATTER


def test_what_is_said_to_another_human_is_not_said_to_the_desk(world: World) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    said = ann.says("my kitchen tap is leaking, which plumber did you call?", is_to_another=True)
    assert world.disposition(said).reason == "said to somebody else"
    ann.says("The lift in Block 3 is stuck")
    talk = bob.says("the corridor light is out too, by the way", reply_to=world.inbox[-1].message_id)
    assert world.disposition(talk).disposition is Disposition.CHATTER
    assert len(world.tickets) == 1


def test_a_new_problem_told_to_the_desk_under_a_neighbours_ticket_is_heard(world: World) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    ann.says("The lift in Block 3 is stuck")
    bob.replies(world.room.find("1001"), "and the corridor light in Block 5 is out", world.room)
    first, second = world.tickets
    assert first.reporter_id != second.reporter_id
    assert "light" in second.words


def test_same_here_under_a_ticket_gets_a_number_of_its_own(world: World) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    ann.says("The lift in Block 3 is stuck")
    bob.replies(world.room.find("1001"), "same here", world.room)
    first, second = world.tickets
    assert (second.kind, second.trade) == (first.kind, first.trade)
    assert world.room.hears("1002")


@pytest.mark.parametrize("kind", [AttachmentKind.PHOTO, AttachmentKind.STICKER, AttachmentKind.VOICE])
def test_pictures_without_words_start_nothing(world: World, kind: AttachmentKind) -> None:
    said = world.person("Ann").sends(kind)
    assert world.room.wordings == []
    assert world.disposition(said).disposition is Disposition.CHATTER


def test_staff_talk_in_their_duty_chat_reaches_nobody(world: World) -> None:
    ann, li, wu = world.person("Ann"), world.person("Li"), world.person("Wu")
    ann.starts()
    ann.says("The kitchen tap in Block 3 1202 is leaking")
    before = len(ann.private.wordings)
    li.says("who has the long ladder?", world.engineering)
    answer = li.replies(world.engineering.find("#1001"), "I come at ten", world.engineering)
    wu.says("that flat again...", world.engineering, reply_to=answer)
    assert [text for text in ann.private.wordings[before:] if "flat again" in text or "ladder" in text] == []
    assert ann.private.hears("I come at ten")


def test_everything_that_came_in_has_one_end_with_a_reason(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    for words in (*TALK, "The lift in Block 3 is stuck", unsure()[0], "/my"):
        ann.says(words)
        ann.says(words, ann.private)
    ann.sends(AttachmentKind.PHOTO)
    for row in world.inbox:
        assert row.disposition is not None
        assert row.reason or row.ticket_id, row.text


def test_an_unlinked_chat_is_heard_by_nobody(world: World) -> None:
    elsewhere = world.chat("group-elsewhere", is_private=False, title="elsewhere")
    said = world.person("Ann").says("The lift in Block 3 is stuck", elsewhere)
    assert elsewhere.wordings == []
    assert world.disposition(said, elsewhere).reason == "chat is not linked"


def test_the_same_update_twice_is_heard_once(world: World) -> None:
    ann = world.person("Ann")
    message = ann.message(world.room, "The lift in Block 3 is stuck")
    assert isinstance(message, MessageReceived)
    world.happens_as("twice", message)
    world.happens_as("twice", message)
    assert len(world.tickets) == 1
    assert len(world.room.wordings) == 1
