"""What people do on Telegram, and what both bots hear of it."""

import pytest

from bot.channels.channel import Unreadable
from handlers.events import (
    Attached,
    ButtonPressed,
    ChatMoved,
    Command,
    DeskMembership,
    MessageEdited,
    MessageReceived,
    SpeakerKind,
    Unheard,
)
from handlers.notifications.speech import Button, Speech
from storage.vocabulary import AttachmentKind
from tests.wire.telegram_stage import Desk, desk, letter, loads, telegram

__all__ = ["desk", "telegram"]


async def test_ann_says_a_pipe_burst_in_the_building_group(desk: Desk) -> None:
    group, ann = desk.fake.group("3栋业主群"), desk.fake.user("Ann", last_name="Li", language_code="zh-hans")
    said = ann.says(group, "厨房水管爆了")
    heard = await desk.hears_one()
    assert isinstance(heard, MessageReceived)
    assert (heard.text, heard.message_id, heard.is_to_another) == ("厨房水管爆了", str(said.id), False)
    assert (heard.where.address, heard.where.title, heard.where.is_private) == (str(group.id), "3栋业主群", False)
    assert (heard.speaker.name, heard.speaker.kind, heard.speaker.language) == ("Ann Li", SpeakerKind.PERSON, "zh-hans")
    assert heard.sent_at.utcoffset() is not None


async def test_ann_sends_every_kind_of_attachment(desk: Desk) -> None:
    group, ann = desk.fake.group("Home"), desk.fake.user("Ann")
    ann.sends_photo(group, "it drips")
    ann.sends_photo(group)
    ann.sends_voice(group)
    ann.sends_video(group)
    ann.sends_document(group, name="..\\..\\bill.pdf")
    ann.sends_sticker(group)
    ann.sends_location(group, 31.5, 121.25)
    heard = [event for event in await desk.hears(7) if isinstance(event, MessageReceived)]
    kinds = [event.attached[0].kind for event in heard]
    assert kinds == ["photo", "photo", "voice", "video", "document", "sticker", "location"]
    assert [event.text for event in heard] == ["it drips", "", "", "", "", "", ""]
    assert heard[4].attached[0].name == "bill.pdf"
    assert heard[6].attached == (Attached(AttachmentKind.LOCATION, latitude=31.5, longitude=121.25),)
    assert all(event.attached[0].file_id for event in heard[:6])


async def test_the_largest_size_of_a_photo_is_taken(desk: Desk) -> None:
    sizes = [
        {"file_id": name, "file_unique_id": name, "width": width, "height": width, "file_size": width}
        for name, width in (("small", 90), ("large", 1280), ("middle", 320))
    ]
    desk.fake.user("Ann").sends_content(desk.fake.group("Home"), {"photo": sizes})
    assert (await desk.hears_one()).attached == (Attached(AttachmentKind.PHOTO, "large", size=1280),)


async def test_an_album_comes_as_messages_of_one_album(desk: Desk) -> None:
    desk.fake.user("Ann").sends_album(desk.fake.group("Home"), 3, "three leaks")
    albums = [event.album for event in await desk.hears(3) if isinstance(event, MessageReceived)]
    assert len(albums) == 3
    assert len(set(albums)) == 1
    assert albums[0]


async def test_a_venue_and_a_visiting_card_become_words(desk: Desk) -> None:
    group, ann = desk.fake.group("Home"), desk.fake.user("Ann")
    place = {"latitude": 1.5, "longitude": 2.5}
    ann.sends_content(group, {"location": place, "venue": {"location": place, "title": "Gate 2", "address": "Bund 1"}})
    ann.sends_contact(group, "+8613800138000")
    venue, card = await desk.hears(2)
    assert isinstance(venue, MessageReceived)
    assert (venue.text, venue.attached[0].latitude) == ("Gate 2, Bund 1", 1.5)
    assert isinstance(card, MessageReceived)
    assert card.text == "Ann, +8613800138000"


async def test_ann_edits_what_she_said(desk: Desk) -> None:
    ann = desk.fake.user("Ann")
    said = ann.says(desk.fake.group("Home"), "kitchen")
    ann.edits(said, "bathroom")
    _, edited = await desk.hears(2)
    assert isinstance(edited, MessageEdited)
    assert (edited.message.text, edited.message.message_id) == ("bathroom", str(said.id))


async def test_a_shared_live_location_does_not_chatter(desk: Desk) -> None:
    group, ann = desk.fake.group("Home"), desk.fake.user("Ann")
    body = ann.sends_location(group).as_json() | {"edit_date": 1_800_000_000}
    desk.fake.raw_update(desk.account, {"edited_message": body})
    assert isinstance((await desk.hears(2))[1], Unheard)


async def test_bob_answers_ann_and_not_the_desk(desk: Desk) -> None:
    group, ann, bob = desk.fake.group("Home"), desk.fake.user("Ann"), desk.fake.user("Bob")
    question = ann.says(group, "lift broken?")
    bob.replies(question, "works for me")
    ann.replies(question, "it stopped again")
    _, bobs, anns = await desk.hears(3)
    assert isinstance(bobs, MessageReceived)
    assert (bobs.reply_to, bobs.is_to_another) == (str(question.id), True)
    assert isinstance(anns, MessageReceived)
    assert not anns.is_to_another, "adding to one's own words is still said to the desk"


async def test_staff_answer_a_card_of_ours(desk: Desk) -> None:
    group, kim = desk.fake.group("Engineers"), desk.fake.user("Kim")
    receipt = await desk.says(group, "Ticket 12")
    kim.replies(group.messages[-1], "on my way, tell @bob_li")
    heard = await desk.hears_one()
    assert (heard.reply_to, heard.is_to_another) == (receipt, False)


@pytest.mark.parametrize(
    ("text", "is_to_another"),
    [
        ("@lobby_bot the lift is stuck", False),
        ("@LOBBY_BOT 电梯坏了", False),
        ("@bob_li is it yours?", True),
        ("🛗🛗 @bob_li and @lobby_bot look", False),
        ("write to me@example.com", False),
    ],
)
async def test_who_is_named_is_who_is_meant(desk: Desk, text: str, is_to_another: bool) -> None:
    desk.fake.user("Ann").says(desk.fake.group("Home"), text)
    assert (await desk.hears_one()).is_to_another is is_to_another


async def test_in_private_everything_is_said_to_us(desk: Desk) -> None:
    ann = desk.fake.user("Ann")
    ann.says(desk.account, "@bob_li broke the door")
    heard = await desk.hears_one()
    assert heard.where.is_private
    assert heard.where.title == "Ann"
    assert not heard.is_to_another


async def test_a_message_in_a_topic_answers_nothing_by_itself(desk: Desk) -> None:
    forum, ann, bob = desk.fake.forum("Home"), desk.fake.user("Ann"), desk.fake.user("Bob")
    topic = forum.opens_topic("Lifts")
    said = ann.says(topic, "stuck again")
    bob.replies(said, "yes")
    _, first, second = await desk.hears(3)
    assert isinstance(first, MessageReceived)
    assert (first.reply_to, first.is_to_another, first.where.is_forum) == (None, False, True)
    assert isinstance(second, MessageReceived)
    assert (second.reply_to, second.is_to_another) == (str(said.id), True)


@pytest.mark.parametrize(
    ("text", "command", "is_to_another"),
    [
        ("/start tok_en-1", Command("start", "tok_en-1"), False),
        ("/LINK ABCD 12", Command("link", "ABCD 12"), False),
        ("/status@lobby_bot now\nplease", Command("status", "now\nplease"), False),
        ("/status@weather_bot now", None, True),
        ("/ is a slash", None, False),
        ("see /start", None, False),
    ],
)
async def test_commands_are_for_whom_they_name(
    desk: Desk, text: str, command: Command | None, is_to_another: bool
) -> None:
    desk.fake.user("Ann").says(desk.fake.group("Home"), text)
    heard = await desk.hears_one()
    assert (heard.command, heard.is_to_another) == (command, is_to_another)


async def test_a_forwarded_order_is_no_order(desk: Desk) -> None:
    group, ann, kim = desk.fake.group("Home"), desk.fake.user("Ann"), desk.fake.user("Kim")
    order = kim.says(desk.fake.group("Staff"), "/link ABCD")
    ann.forwards(order, group)
    _, heard = await desk.hears(2)
    assert isinstance(heard, MessageReceived)
    assert (heard.is_forwarded, heard.command, heard.text) == (True, None, "/link ABCD")


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
