"""What both bots say, and what people see of it on their screens."""

import pytest

from bot.channels.channel import FetchFailed, Media, SendFailed
from handlers.notifications.speech import Button, Speech
from storage.vocabulary import AttachmentKind
from tests.wire.fake_telegram import faults
from tests.wire.fake_telegram.files import JPEG, MP4, OGG, PDF
from tests.wire.telegram_stage import Desk, desk, letter, telegram

__all__ = ["desk", "telegram"]

MARKUP = "<b>1</b> *2* _3_ [4](http://x.test) &amp; </b><a href=tg://user?id=1>admin</a>"
FAMILY = "👨\u200d👩\u200d👧\u200d👦"


async def test_ann_reads_markup_as_it_was_written(desk: Desk) -> None:
    group = desk.fake.group("Home")
    await desk.says(group, MARKUP, title="<i>Ticket</i> 12")
    assert group.messages.texts == [f"<i>Ticket</i> 12\n{MARKUP}"]
    assert group.messages[0].covered_by("bold") == ["<i>Ticket</i> 12"]
    assert group.messages[0].covered_by("text_link") == []
    (call,) = desk.fake.calls.of("sendMessage")
    assert "parse_mode" not in call.values
    assert "is_disabled" in str(call.values["link_preview_options"])


async def test_a_title_with_emoji_and_rare_signs_is_bold_to_its_end(desk: Desk) -> None:
    group = desk.fake.group("Home")
    await desk.says(group, "text", title="🚰𠮷 水管 " + FAMILY)
    assert group.messages[0].covered_by("bold") == ["🚰𠮷 水管 " + FAMILY]


async def test_a_title_may_stand_alone(desk: Desk) -> None:
    group = desk.fake.group("Home")
    await desk.says(group, "", title="Done")
    assert group.messages.texts == ["Done"]


async def test_a_reply_finds_its_message_and_goes_out_even_if_that_is_gone(desk: Desk) -> None:
    group, ann = desk.fake.group("Home"), desk.fake.user("Ann")
    said = ann.says(group, "leak")
    await desk.says(group, "received", reply_to=str(said.id))
    assert group.messages[-1].reply_to is said
    ann.deletes(said)
    await desk.says(group, "done", reply_to=str(said.id))
    assert group.messages[-1].text == "done"


@pytest.mark.parametrize(
    "text", ["水" * 4096, "水" * 4097, "🚰" * 10_000, FAMILY * 2000, "e" + "\u0301" * 9000, "x" * 100_000]
)
async def test_long_words_become_one_message_with_a_dot_dot_dot(desk: Desk, text: str) -> None:
    group = desk.fake.group("Home")
    await desk.says(group, text)
    (seen,) = group.messages.texts
    assert len(seen.encode("utf-16-le")) // 2 <= 4096
    assert seen == text or (seen.endswith("…") and text.startswith(seen[:-1]))
    assert "\u200d…" not in seen


async def test_what_telegram_cannot_carry_is_taken_out(desk: Desk) -> None:
    group = desk.fake.group("Home")
    await desk.says(group, "a\x00b\ud800c\x1b[31m", title="\x00T")
    assert group.messages.texts == ["T\nabc[31m"]


async def test_buttons_come_back_with_the_rows_prefix_and_links_open(desk: Desk) -> None:
    group = desk.fake.group("Engineers")
    rows = ((Button("接单", "take"), Button("Done", "done")), (Button("Map", url="https://lobby.test/m"),))
    await desk.channel.send(letter(group, Speech("leak", buttons=rows), tap_prefix="r42:"))
    keys = group.messages[0].markup["inline_keyboard"]
    assert [[key["text"] for key in row] for row in keys] == [["接单", "Done"], ["Map"]]
    assert keys[0][1]["callback_data"] == "r42:done"
    assert keys[1][0]["url"] == "https://lobby.test/m"


async def test_a_button_that_carries_too_much_is_our_mistake_and_is_not_sent(desk: Desk) -> None:
    group = desk.fake.group("Engineers")
    speech = Speech("leak", buttons=((Button("接单", "接" * 21),),))
    with pytest.raises(SendFailed) as failed:
        await desk.channel.send(letter(group, speech, tap_prefix="7:"))
    assert failed.value.permanent
    assert desk.fake.calls.of("sendMessage") == []


async def test_a_link_telegram_refuses_goes_out_as_a_line_of_text(desk: Desk) -> None:
    group = desk.fake.group("Home")
    refusal = "Bad Request: inline keyboard button URL 'http://localhost:8080/s' is invalid: Wrong HTTP URL"
    desk.fake.breaks("sendMessage", faults.refuses(400, refusal), times=1)
    rows = ((Button("Fixed", "fixed"), Button("Tell us", url="http://localhost:8080/s")),)
    await desk.channel.send(letter(group, Speech("How was it?", "Survey", rows)))
    assert group.messages.texts == ["Survey\nHow was it?\nTell us: http://localhost:8080/s"]
    assert group.messages[0].buttons == ["Fixed"]


@pytest.mark.parametrize(
    ("kind", "content", "field"),
    [
        (AttachmentKind.PHOTO, JPEG, "photo"),
        (AttachmentKind.VIDEO, MP4, "video"),
        (AttachmentKind.VOICE, OGG, "voice"),
        (AttachmentKind.DOCUMENT, PDF, "document"),
    ],
)
async def test_a_tenants_file_reaches_the_duty_chat_with_words_under_it(
    desk: Desk, kind: AttachmentKind, content: bytes, field: str
) -> None:
    group = desk.fake.group("Engineers")
    media = Media(kind, content, 'a/b"c\r\nX: 水.pdf')
    await desk.channel.send(letter(group, Speech("<b>" + "家" * 2000, "Ticket 12"), media=media))
    (shown,) = group.messages
    assert field in shown.content
    assert shown.covered_by("bold") == ["Ticket 12"]
    assert len(shown.text) == 1024
    if kind is AttachmentKind.DOCUMENT:
        assert shown.content["document"]["file_name"] == "b_c_X_ 水.pdf"


async def test_a_place_is_shown_on_the_map(desk: Desk) -> None:
    group = desk.fake.group("Engineers")
    media = Media(AttachmentKind.LOCATION, b"", "", latitude=31.25, longitude=0.0)
    await desk.channel.send(letter(group, Speech(""), media=media))
    assert group.messages[0].content["location"]["latitude"] == 31.25


async def test_a_picture_telegram_will_not_have_as_a_photo_goes_as_a_document(desk: Desk) -> None:
    group = desk.fake.group("Engineers")
    desk.fake.breaks("sendPhoto", faults.refuses(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"))
    await desk.channel.send(letter(group, Speech("look"), media=Media(AttachmentKind.PHOTO, JPEG, "a.jpg")))
    assert "document" in group.messages[0].content


async def test_a_card_is_changed_in_place_and_changing_nothing_is_fine(desk: Desk) -> None:
    group = desk.fake.group("Engineers")
    receipt = await desk.channel.send(letter(group, Speech("open", "12", ((Button("Take", "take"),),))))
    for _ in range(2):
        await desk.channel.edit(letter(group, Speech("taken by Kim", "12", ((Button("Done", "done"),),))), receipt)
    (card,) = group.messages
    assert (card.text, card.buttons, card.covered_by("bold")) == ("12\ntaken by Kim", ["Done"], ["12"])
    await desk.channel.edit(letter(group, Speech("closed")), receipt)
    assert card.buttons == []


async def test_a_card_that_was_deleted_cannot_be_changed(desk: Desk) -> None:
    group = desk.fake.group("Engineers")
    with pytest.raises(SendFailed) as failed:
        await desk.channel.edit(letter(group, Speech("taken")), "77")
    assert (failed.value.permanent, failed.value.reason) == (True, "message gone")


async def test_words_under_a_photo_are_changed_too(desk: Desk) -> None:
    group = desk.fake.group("Engineers")
    media = Media(AttachmentKind.PHOTO, JPEG, "a.jpg")
    receipt = await desk.channel.send(letter(group, Speech("open"), media=media))
    await desk.channel.edit(letter(group, Speech("taken"), media=media), receipt)
    assert group.messages[0].text == "taken"


async def test_a_reaction_takes_the_place_of_the_last_and_can_be_taken_off(desk: Desk) -> None:
    group, ann = desk.fake.group("Home"), desk.fake.user("Ann")
    said = ann.says(group, "leak")
    shown = []
    for emoji in ("👀", "👍", ""):
        await desk.channel.react(str(group.id), str(said.id), emoji)
        shown.append([reaction["emoji"] for reaction in said.reactions.get(desk.account.id, [])])
    assert shown == [["👀"], ["👍"], []]


async def test_answers_to_taps_are_short(desk: Desk) -> None:
    group, kim = desk.fake.group("Engineers"), desk.fake.user("Kim")
    await desk.channel.send(letter(group, Speech("leak", buttons=((Button("Take", "take"),),))))
    press = kim.presses(group.messages[0], "Take")
    tap = await desk.hears_one()
    await desk.channel.answer_tap(tap.tap_id, "家" * 500)
    assert press.toast is not None
    assert len(press.toast.text) == 200


async def test_the_bytes_of_a_photo_are_fetched(desk: Desk) -> None:
    desk.fake.user("Ann").sends_photo(desk.fake.group("Home"), content=JPEG)
    (attached,) = (await desk.hears_one()).attached
    assert await desk.channel.fetch(attached.file_id, 1_000_000) == JPEG


@pytest.mark.parametrize("size", [0, 50_000_000])
async def test_a_file_over_the_limit_is_left_where_it_is(desk: Desk, size: int) -> None:
    desk.fake.user("Ann").sends_document(desk.fake.group("Home"), size=size)
    (attached,) = (await desk.hears_one()).attached
    with pytest.raises(FetchFailed) as failed:
        await desk.channel.fetch(attached.file_id, 3)
    assert failed.value.permanent


async def test_a_broken_download_may_be_tried_again_and_tells_no_token(desk: Desk) -> None:
    desk.fake.user("Ann").sends_photo(desk.fake.group("Home"))
    (attached,) = (await desk.hears_one()).attached
    for damage in (faults.reset(), faults.refuses(500, "no")):
        broken = desk.fake.breaks("file", damage)
        with pytest.raises(FetchFailed) as failed:
            await desk.channel.fetch(attached.file_id, 1_000_000)
        assert not failed.value.permanent
        assert "secret" not in f"{failed.value} {failed.value.__cause__}"
        desk.fake.mends(broken)
    with pytest.raises(FetchFailed) as failed:
        await desk.channel.fetch("no-such-file", 1_000_000)
    assert failed.value.permanent


async def test_a_link_leads_ann_into_a_private_chat(desk: Desk) -> None:
    assert desk.channel.deep_link("t_0-K") == "https://t.me/lobby_bot?start=t_0-K"
    assert desk.channel.deep_link("") is None
    assert desk.channel.deep_link("家") is None
    assert desk.channel.deep_link("x" * 65) is None
    assert await desk.channel.identity() == (111, "lobby_bot")


SENT = b'{"ok":true,"result":{"message_id":9,"date":1,"chat":{"id":-5,"type":"group","title":"x"}}}'


async def test_words_beside_a_place_make_it_a_venue(desk: Desk) -> None:
    desk.fake.breaks("sendVenue", faults.Damage("", body=SENT))
    media = Media(AttachmentKind.LOCATION, b"", "", latitude=31.25, longitude=121.5)
    sent = await desk.channel.send(
        letter(desk.fake.group("Engineers"), Speech("at the gate", "Ticket 12"), media=media)
    )
    (call,) = desk.fake.calls.of("sendVenue")
    assert (sent, call.values["title"], call.values["address"]) == ("9", "Ticket 12", "at the gate")
    assert float(call.values["latitude"]) == 31.25


async def test_a_sticker_travels_alone_or_as_a_file(desk: Desk) -> None:
    desk.fake.breaks("sendSticker", faults.Damage("", body=SENT))
    group = desk.fake.group("Engineers")
    media = Media(AttachmentKind.STICKER, b"RIFF", "s.webp")
    assert await desk.channel.send(letter(group, Speech(""), media=media)) == "9"
    await desk.channel.send(letter(group, Speech("Ann, 12-301"), media=media))
    assert len(desk.fake.calls.of("sendSticker")) == 1
    assert group.messages[0].text == "Ann, 12-301"
