"""What happens in a chat besides speech: service messages, taps, moves, and what nobody can read."""

import pytest

from bot.channels.channel import Unreadable
from handlers.events import (
    ButtonPressed,
    ChatMoved,
    DeskMembership,
    MessageReceived,
    SpeakerKind,
    Unheard,
)
from handlers.notifications.speech import Button, Speech
from tests.wire.telegram_stage import Desk, desk, letter, loads, telegram

__all__ = ["desk", "telegram"]


async def test_those_who_are_no_persons_are_told_apart(desk: Desk) -> None:
    group, news = desk.fake.supergroup("Home"), desk.fake.channel("News", bots=[])
    group.hears_anonymous_admin("quiet please")
    group.hears_channel(news, "sale!")
    group.hears_other_bot("beep")
    news.discussed_in(group)
    news.posts("hello")
    heard = [event for event in await desk.hears(4) if isinstance(event, MessageReceived)]
    kinds = [event.speaker.kind for event in heard]
    assert kinds == [SpeakerKind.ANONYMOUS_ADMIN, SpeakerKind.CHANNEL, SpeakerKind.BOT, SpeakerKind.CHANNEL]
    assert heard[0].speaker.address == str(group.id)


async def test_what_is_not_speech_is_recorded_with_its_reason(desk: Desk) -> None:
    group, ann, news = desk.fake.group("Home"), desk.fake.user("Ann"), desk.fake.channel("News")
    group.joined_by(ann)
    group.left_by(ann)
    group.renames("Home 2")
    ann.sends_content(group, {"dice": {"emoji": "🎲", "value": 4}})
    ann.sends_content(group, {"text": "gif", "via_bot": {"id": 9, "is_bot": True, "first_name": "gif"}})
    news.posts("to everybody")
    reasons = [event.reason for event in await desk.hears(6) if isinstance(event, Unheard)]
    assert reasons == [
        "no words: new_chat_members",
        "no words: left_chat_member",
        "no words: new_chat_title",
        "no words: dice",
        "sent through a bot",
        "channel post",
    ]


async def test_a_group_that_grows_is_told_by_both_service_messages(desk: Desk) -> None:
    group = desk.fake.group("Home")
    new = group.becomes_supergroup()
    for event in await desk.hears(2):
        assert isinstance(event, ChatMoved)
        assert (event.where.address, event.new_address) == (str(group.id), str(new.id))


async def test_we_are_let_in_and_shut_out(desk: Desk) -> None:
    group, ann = desk.fake.group("Home", bots=[]), desk.fake.user("Ann")
    group.adds(desk.account)
    group.kicks(desk.account)
    ann.starts(desk.account)
    ann.blocks(desk.account)
    events = [event for event in await desk.hears(5) if isinstance(event, DeskMembership)]
    assert [(event.is_in, event.where.is_private) for event in events] == [(True, False), (False, False), (False, True)]


async def test_kim_taps_a_button(desk: Desk) -> None:
    group, kim = desk.fake.group("Engineers"), desk.fake.user("Kim")
    speech = Speech("leak", "Ticket 12", ((Button("Take", "take"),),))
    receipt = await desk.channel.send(letter(group, speech))
    press = kim.presses(group.messages[-1], "Take")
    tap = await desk.hears_one()
    assert isinstance(tap, ButtonPressed)
    assert (tap.tap, tap.message_id, tap.where.address) == ("7:take", receipt, str(group.id))
    await desk.channel.answer_tap(tap.tap_id, "It is yours")
    assert press.toast is not None
    assert press.toast.text == "It is yours"
    await desk.channel.answer_tap(tap.tap_id, "a second answer is no failure")


async def test_kim_taps_a_button_of_a_message_too_old_to_be_shown(desk: Desk) -> None:
    query = {
        "id": "42",
        "from": desk.fake.user("Kim").as_json(),
        "chat_instance": "1",
        "data": "7:take",
        "message": {"chat": desk.fake.group("Engineers").as_json(), "message_id": 5, "date": 0},
    }
    desk.fake.raw_update(desk.account, {"callback_query": query})
    tap = await desk.hears_one()
    assert isinstance(tap, ButtonPressed)
    assert (tap.message_id, tap.where.title) == ("5", "Engineers")


async def test_a_tap_without_a_message_is_nothing_to_us(desk: Desk) -> None:
    query = {"id": "42", "from": desk.fake.user("Kim").as_json(), "chat_instance": "1", "data": "x"}
    desk.fake.raw_update(desk.account, {"callback_query": query | {"inline_message_id": "abc"}})
    assert isinstance(await desk.hears_one(), Unheard)


async def test_kinds_of_updates_from_the_future_are_recorded(desk: Desk) -> None:
    desk.fake.raw_update(desk.account, {"hologram": {"x": 1}})
    event = await desk.hears_one()
    assert isinstance(event, Unheard)
    assert event.reason == "unknown update: hologram"


@pytest.mark.parametrize(
    "body",
    [
        {"message": {"message_id": 1}},
        {"message": "hello"},
        {"message": None},
        {"callback_query": {"id": "1"}},
        {"my_chat_member": {"chat": 5}},
        {"message": {"message_id": 1, "date": 10**18, "chat": {"id": 1, "type": "private"}, "text": "far future"}},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": -5, "type": "group"}, "from": [], "text": {"a": 1}}},
        {},
    ],
)
async def test_a_malformed_update_is_unreadable_and_nothing_worse(desk: Desk, body: dict[str, object]) -> None:
    desk.fake.raw_update(desk.account, body)
    (raw,) = await desk.bodies(1)
    with pytest.raises(Unreadable) as unread:
        desk.channel.read(loads(raw))
    assert "AAA-secret" not in str(unread.value)


async def test_hostile_names_and_texts_stay_one_persons_words(desk: Desk) -> None:
    group = desk.fake.group("Home")
    eve = desk.fake.user("</b>\u202eevE\u0000\n*bold* " + "家" * 200)
    eve.says(group, "a\u0000b\ud800c\u200b<b>水</b> \x07d\r\ne" + "👨\u200d👩\u200d👧" * 500)
    heard = await desk.hears_one()
    assert heard.text.startswith("abc\u200b<b>水</b> d\ne👨")
    assert len(heard.text) > 2500
    assert heard.speaker.name.startswith("</b>evE *bold* 家")
    assert len(heard.speaker.name) <= 64
    heard.text.encode()


async def test_a_name_nobody_can_see_is_a_number(desk: Desk) -> None:
    ghost = desk.fake.user("\u200b\u3164\u202e")
    ghost.says(desk.fake.group("Home"), "hello")
    name = (await desk.hears_one()).speaker.name
    assert name == str(ghost.id)
