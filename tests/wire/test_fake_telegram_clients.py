"""Both real libraries go through every method the fake knows, and each understands every answer."""

import asyncio
from collections.abc import AsyncIterator

import aiogram
import pytest
import telegram as ptb
from aiogram import types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram.request import HTTPXRequest

from tests.wire.fake_telegram import FakeTelegram, faults
from tests.wire.fake_telegram.methods import METHODS

PHOTO = b"\xff\xd8\xff\xe0 a broken pipe"
TAKE = {"inline_keyboard": [[{"text": "接单", "callback_data": "take:1"}]]}


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram() as served:
        yield served
        assert served.violations == []


@pytest.fixture
async def aio(fake: FakeTelegram) -> AsyncIterator[aiogram.Bot]:
    fake.bot("111:AAA", "lobby_bot")
    bot = aiogram.Bot("111:AAA", session=AiohttpSession(api=TelegramAPIServer.from_base(fake.url)))
    yield bot
    await bot.session.close()


@pytest.fixture
async def duty(fake: FakeTelegram) -> AsyncIterator[ptb.Bot]:
    fake.bot("222:BBB", "duty_bot")
    bot = ptb.Bot("222:BBB", base_url=f"{fake.url}/bot", base_file_url=f"{fake.url}/file/bot", request=HTTPXRequest())
    async with bot:
        yield bot


async def test_aiogram_understands_every_answer(fake: FakeTelegram, aio: aiogram.Bot) -> None:
    ann = fake.user("Ann", username="ann_3b", language_code="en")
    group, forum = fake.group("3栋业主群"), fake.forum("值班")
    said = ann.says(group, "厨房水管爆了")
    keyboard = types.InlineKeyboardMarkup.model_validate(TAKE)

    assert (await aio.get_me()).can_read_all_group_messages
    await aio.set_my_commands([types.BotCommand(command="help", description="帮助")])
    assert (await aio.get_my_commands())[0].command == "help"
    await aio.set_my_description("楼里的前台")
    assert (await aio.get_my_description()).description == "楼里的前台"

    card = await aio.send_message(
        group.id,
        "<b>收到</b> 🔧",
        parse_mode="HTML",
        reply_markup=keyboard,
        reply_parameters=types.ReplyParameters(message_id=said.id),
    )
    assert card.reply_to_message is not None
    assert card.reply_to_message.text == "厨房水管爆了"
    assert [e.type for e in card.entities or []] == ["bold"]
    photo = types.BufferedInputFile(PHOTO, "pipe.jpg")
    shown = await aio.send_photo(group.id, photo, caption="现场", caption_entities=[_bold(2)])
    assert shown.photo is not None
    await aio.send_photo(group.id, shown.photo[-1].file_id)
    await aio.send_video(group.id, types.BufferedInputFile(b"mp4", "a.mp4"))
    await aio.send_voice(group.id, types.BufferedInputFile(b"ogg", "a.ogg"))
    paper = await aio.send_document(group.id, types.BufferedInputFile(b"%PDF", "a.pdf"))
    assert paper.document is not None
    await aio.send_location(group.id, 31.2, 121.4)
    album = await aio.send_media_group(
        group.id, [types.InputMediaPhoto(media=photo), types.InputMediaPhoto(media=shown.photo[0].file_id)]
    )
    assert len({message.media_group_id for message in album}) == 1
    await aio.send_chat_action(group.id, "typing")

    found = await aio.get_file(paper.document.file_id)
    buffer = await aio.download_file(str(found.file_path))
    assert buffer is not None
    assert buffer.read() == b"%PDF"

    press = ann.presses(group.find(card.message_id) or said, "接单")
    assert await aio.answer_callback_query(press.id, text="好的", show_alert=True)
    assert press.toast is not None
    assert press.toast.text == "好的"
    edited = await aio.edit_message_text("已接单", chat_id=group.id, message_id=card.message_id)
    assert isinstance(edited, types.Message)
    assert edited.edit_date
    await aio.edit_message_caption(chat_id=group.id, message_id=shown.message_id, caption="修好了")
    await aio.edit_message_reply_markup(chat_id=group.id, message_id=card.message_id, reply_markup=keyboard)
    assert await aio.set_message_reaction(group.id, said.id, [types.ReactionTypeEmoji(emoji="👍")])
    assert await aio.delete_message(group.id, card.message_id)

    topic = await aio.create_forum_topic(forum.id, "工单 42")
    await aio.send_message(forum.id, "在这里", message_thread_id=topic.message_thread_id)
    await aio.edit_forum_topic(forum.id, topic.message_thread_id, name="工单 42 ✅")
    await aio.close_forum_topic(forum.id, topic.message_thread_id)
    await aio.reopen_forum_topic(forum.id, topic.message_thread_id)
    await aio.delete_forum_topic(forum.id, topic.message_thread_id)

    assert (await aio.get_chat(group.id)).title == "3栋业主群"
    assert (await aio.get_chat_member(group.id, ann.id)).status == "member"
    assert (await aio.get_chat_administrators(forum.id))[0].status == "administrator"
    assert await aio.get_chat_member_count(group.id) == 2
    assert await aio.set_webhook("http://127.0.0.1:9/hook", secret_token="s3cret")
    assert (await aio.get_webhook_info()).url == "http://127.0.0.1:9/hook"
    assert await aio.delete_webhook(drop_pending_updates=True)
    ann.says(group, "谢谢")
    assert [u.event_type for u in await aio.get_updates(timeout=0)] == ["message"]
    assert await aio.leave_chat(group.id)
    assert await aio.close()
    assert await aio.log_out()
    _assert_all_methods_used(fake, "111:AAA")


async def test_ptb_understands_every_answer(fake: FakeTelegram, duty: ptb.Bot) -> None:
    bob = fake.user("老张", username="zhang", language_code="zh-hans")
    group, forum = fake.supergroup("1号楼"), fake.forum("值班")
    said = bob.says(group, "电梯坏了")
    keyboard = ptb.InlineKeyboardMarkup.de_json(TAKE)

    assert (await duty.get_me()).username == "duty_bot"
    await duty.set_my_commands([ptb.BotCommand("help", "帮助")], scope=ptb.BotCommandScopeChat(group.id))
    assert (await duty.get_my_commands(scope=ptb.BotCommandScopeChat(group.id)))[0].command == "help"
    await duty.set_my_description("值班")
    assert (await duty.get_my_description()).description == "值班"

    card = await duty.send_message(
        group.id, "工单 1", reply_markup=keyboard, reply_parameters=ptb.ReplyParameters(said.id), entities=[]
    )
    assert card.reply_to_message is not None
    assert card.reply_to_message.message_id == said.id
    shown = await duty.send_photo(group.id, PHOTO, caption="现场", filename="pipe.jpg")
    await duty.send_photo(group.id, shown.photo[-1].file_id)
    await duty.send_video(group.id, b"mp4")
    await duty.send_voice(group.id, b"ogg")
    paper = await duty.send_document(group.id, b"%PDF", filename="a.pdf")
    await duty.send_location(group.id, latitude=31.2, longitude=121.4)
    album = await duty.send_media_group(group.id, [ptb.InputMediaPhoto(PHOTO), ptb.InputMediaPhoto(PHOTO)])
    assert len(album) == 2
    await duty.send_chat_action(group.id, "typing")
    assert paper.document is not None
    assert bytes(await (await duty.get_file(paper.document.file_id)).download_as_bytearray()) == b"%PDF"

    press = bob.presses(group.find(card.message_id) or said, "接单")
    assert await duty.answer_callback_query(press.id)
    await duty.edit_message_text("已接单", group.id, card.message_id, reply_markup=keyboard)
    await duty.edit_message_caption(group.id, shown.message_id, caption="修好了")
    await duty.edit_message_reply_markup(group.id, card.message_id)
    assert await duty.set_message_reaction(group.id, said.id, "👍")
    assert await duty.delete_message(group.id, card.message_id)

    topic = await duty.create_forum_topic(forum.id, "工单 42")
    await duty.send_message(forum.id, "在这里", message_thread_id=topic.message_thread_id)
    await duty.edit_forum_topic(forum.id, topic.message_thread_id, name="工单 42 ✅")
    await duty.close_forum_topic(forum.id, topic.message_thread_id)
    await duty.reopen_forum_topic(forum.id, topic.message_thread_id)
    await duty.delete_forum_topic(forum.id, topic.message_thread_id)

    assert (await duty.get_chat(group.id)).title == "1号楼"
    assert (await duty.get_chat_member(group.id, bob.id)).status == "member"
    assert (await duty.get_chat_administrators(forum.id))[0].status == "administrator"
    assert await duty.get_chat_member_count(group.id) == 2
    assert await duty.set_webhook("http://127.0.0.1:9/hook", allowed_updates=["message"])
    assert (await duty.get_webhook_info()).allowed_updates == ("message",)
    assert await duty.delete_webhook(drop_pending_updates=True)
    bob.says(group, "谢谢")
    assert [update.message is not None for update in await duty.get_updates()] == [True]
    assert await duty.leave_chat(group.id)
    assert await duty.close()
    assert await duty.log_out()
    _assert_all_methods_used(fake, "222:BBB")


async def test_each_library_raises_its_own_errors(fake: FakeTelegram, aio: aiogram.Bot, duty: ptb.Bot) -> None:
    group = fake.group("3栋业主群")
    stranger = fake.user("Stranger")
    new = group.becomes_supergroup()
    with pytest.raises(aiogram.exceptions.TelegramMigrateToChat) as moved:
        await aio.send_message(group.id, "在吗")
    assert moved.value.migrate_to_chat_id == new.id
    with pytest.raises(ptb.error.ChatMigrated) as migrated:
        await duty.send_message(group.id, "在吗")
    assert migrated.value.new_chat_id == new.id
    with pytest.raises(aiogram.exceptions.TelegramForbiddenError):
        await aio.send_message(stranger.id, "你好")
    with pytest.raises(ptb.error.Forbidden):
        await duty.send_message(stranger.id, "你好")
    fake.breaks("sendMessage", faults.flood(35))
    with pytest.raises(aiogram.exceptions.TelegramRetryAfter) as flooded:
        await aio.send_message(new.id, "慢一点")
    assert flooded.value.retry_after == 35
    with pytest.raises(ptb.error.RetryAfter):
        await duty.send_message(new.id, "慢一点")
    with pytest.raises(ptb.error.InvalidToken):
        await ptb.Bot("999:X", base_url=f"{fake.url}/bot").initialize()


async def test_an_admin_bot_whispers_to_ann_and_her_neighbour_sees_nothing(
    fake: FakeTelegram, aio: aiogram.Bot
) -> None:
    group = fake.supergroup("3栋业主群", admins=True)
    ann, bob = fake.user("Ann"), fake.user("Bob")
    for tenant in (ann, bob):
        tenant.says(group, "你好")
    to_ann = types.EphemeralMessageParameters(receiver_user_id=ann.id)
    heard = await aio.send_message(group.id, "工单 42 已收到", ephemeral_message_parameters=to_ann)
    assert (heard.message_id, heard.ephemeral_message_id) == (0, 1)
    assert ann.sees(group).shows("工单 42")
    assert not bob.sees(group).shows("工单 42")


async def test_two_bots_poll_side_by_side(fake: FakeTelegram, aio: aiogram.Bot, duty: ptb.Bot) -> None:
    polls = asyncio.gather(aio.get_updates(timeout=5), duty.get_updates(timeout=5))
    await fake.until(lambda: all(bot.poll for bot in fake.bots.values()))
    fake.user("Ann").says(fake.group("3栋业主群"), "停水了吗？")
    for updates in await polls:
        assert [update.message.text for update in updates if update.message] == ["停水了吗？"]


def _bold(length: int) -> types.MessageEntity:
    return types.MessageEntity(type="bold", offset=0, length=length)


def _assert_all_methods_used(fake: FakeTelegram, token: str) -> None:
    done = {call.method.lower() for call in fake.calls.of(bot=token) if call.was_done}
    assert set(METHODS) - done == set()
