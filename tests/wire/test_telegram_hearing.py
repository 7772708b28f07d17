"""What people do on Telegram, and what both bots hear of it."""

import pytest

from handlers.events import (
    Attached,
    Command,
    MessageEdited,
    MessageReceived,
    SpeakerKind,
    Unheard,
)
from storage.vocabulary import AttachmentKind
from tests.wire.telegram_stage import Desk, desk, telegram

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
