"""Staff's bot in WeCom on a long line: it speaks first, changes what was tapped, and gives way when it is kicked."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
import pytest_asyncio

from bot.channels import wecom_wording as wording
from bot.channels.channel import FetchFailed, Letter, Media
from bot.channels.refusals import Refusal
from bot.channels.wecom_duty import line as lines
from bot.channels.wecom_duty.by_callback import DutyByCallback
from bot.channels.wecom_duty.on_line import DutyOnLine
from handlers.events import ButtonPressed, MessageReceived
from handlers.notifications.speech import Button, Speech
from storage.vocabulary import AttachmentKind
from storage.writer import Writer
from tests.wire.fake_wechat import AES_KEY
from tests.wire.fake_wecom import BOT, GROUP
from tests.wire.fake_wecom_line import SECRET, FakeWecomLine
from tests.wire.wecom_stage import CARD, TITLE, Duty, so

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Held(Duty):
    """The bot on a line that is held."""

    fake: FakeWecomLine
    channel: DutyOnLine
    rests: list[float]
    """How long was waited between two tries."""

    def holds(self) -> None:
        """Take the line."""
        self.holding = asyncio.create_task(self.channel.hold())

    async def lets_go(self) -> None:
        """Leave it."""
        self.holding.cancel()
        await asyncio.wait([self.holding])
        await self.channel.close()


@pytest_asyncio.fixture
async def held(writer: Writer) -> AsyncIterator[Held]:
    """A bot on its line, in a group where somebody has spoken to it."""
    rests: list[float] = []

    async def rest(seconds: float) -> None:
        rests.append(seconds)
        await asyncio.sleep(0.02)

    async with FakeWecomLine() as fake:
        channel = DutyOnLine(BOT, SECRET, line=fake.line, rest=rest)
        channel.attach(writer)
        held = Held(fake, channel, writer)
        held.rests = rests
        held.holds()
        await so(lambda: fake.is_held, "the line")
        await fake.says("Li", "/onduty")
        await so(held.rows, "the first words")
        yield held
        await held.lets_go()


async def test_a_day_on_the_line(held: Held) -> None:
    fake, channel = held.fake, held.channel
    receipt = await held.says(CARD)
    (card,) = fake.chats[GROUP]
    await fake.taps("Li", card, "接单")
    await so(lambda: channel.may_change(GROUP, "7."), "the tap")
    await so(lambda: len(held.rows()) == 2, "the tap to be stored")
    tap = held.reads()[-1]
    assert isinstance(tap, ButtonPressed)
    assert (tap.tap, tap.message_id, tap.where.address) == ("7.take", receipt, GROUP)
    await channel.edit(Letter(GROUP, Speech("🛠 处理中 · Li", TITLE), "7."), receipt)
    assert (card.is_changed, card.labels, card.text) == (True, [], f"{TITLE}\n🛠 处理中 · Li")
    again = Speech("🛠 处理中 · Wu", TITLE, ((Button("✅ 完成", "done"),),))
    assert await held.says(again) == receipt  # nobody taps: said anew, as the same message
    assert (await held.says(again), len(fake.chats[GROUP])) == (receipt, 2)

    photo = bytes(range(256)) * 3000  # two pieces
    await held.says("📎 #1001", row="8.", media=Media(AttachmentKind.PHOTO, photo, "leak.jpg"))
    assert [each.kind for each in fake.chats[GROUP][2:]] == ["markdown", "image"]
    assert list(fake.files.values()) == [photo]
    assert (await held.fails("在吗", chat="user:Wu")).reason == "WeCom 600001"  # Wu has never spoken to the bot
    await fake.says("Wu", "在吗", chat="Wu")
    await so(lambda: len(held.rows()) == 3, "Wu's words")
    said = held.reads()[-1]
    assert isinstance(said, MessageReceived)
    assert (said.where.is_private, said.text) == (True, "@值班机器人 在吗")
    await held.says("请在群里@我", chat="user:Wu")
    assert fake.chats["Wu"][0].text == "请在群里@我"
    fake.codes = [45009, -1, 40058, 45002]
    refusals = [await held.fails(f"第{number}句") for number in range(4)]
    assert [(each.reason, each.permanent) for each in refusals] == [
        (Refusal.SLOWED, False), (Refusal.SERVER_TROUBLE, False), (Refusal.UNFIT_FORM, True), (Refusal.TOO_BIG, True),
    ]  # fmt: skip


async def test_what_people_write_shapes_and_mentions_nothing(held: Held) -> None:
    words = "<@all> [点我](http://bad.example) **大** `rm` | # 标题\n# 标题\n> 引用\n- 一\n#1001 好"
    await held.says(Speech(words, "🔵 #1001 [x]", ((Button("打开", url="https://lobby.example/t"),),)))
    shown = held.fake.chats[GROUP][0].text
    assert shown == (
        "**🔵 #1001 ［x］**  \n＜@all> ［点我］(http://bad.example) ＊＊大＊＊ ｀rm｀ ｜ # 标题  \n"
        "＃ 标题  \n＞ 引用  \n－ 一  \n#1001 好  \n[打开](https://lobby.example/t)"
    )
    await held.says("楼" * 9000, row="9.")
    assert len(held.fake.chats[GROUP][1].text.encode()) <= wording.LONGEST_MARKDOWN
    long = Speech("📍 3栋 1202\n" + "漏水" * 100, f"🔴 #1002 {'Service request ' * 4}", CARD.buttons)
    held.fake.codes = [0, -1]
    assert (await held.fails(long, row="a.")).reason == Refusal.SERVER_TROUBLE  # the words are out, the card is not
    await held.says(long, row="a.")
    choices = "更多操作，请 @我 写“#单号 数字”：\n7. 📝 备注\n8. ← 返回"
    await held.says(replace(long, text=f"{long.text}\n{choices}"), row="a.")
    assert held.fake.chats[GROUP].pop().body["sub_title_text"].endswith(f"漏水…\n{choices}")
    held.fake.chats[GROUP].pop()
    words_above, card = held.fake.chats[GROUP][2:]
    assert "漏水" * 100 in words_above.text
    assert wording.wide(card.body["sub_title_text"]) <= 112
    assert card.body["main_title"] == {
        "title": "🔴 #1002 Service request Service request Service…",
        "desc": "request Service request",
    }


async def test_a_line_that_breaks_is_taken_again_and_one_taken_away_is_left_alone(
    held: Held,
) -> None:
    fake, health = held.fake, held.channel.health
    await fake.sockets[-1].close()
    await so(lambda: fake.entries == 2 and fake.is_held, "the line to be taken again")
    await so(lambda: health.trouble is None, "health")
    await held.says("在")
    for _ in range(3):
        seen = fake.entries
        await fake.kicks()
        await so(lambda before=seen: fake.entries > before and fake.is_held, "the line")  # type: ignore[misc]
    assert held.rests == [1.0, 5.0, 10.0, 20.0]
    fake.let_in_code, seen = 45009, fake.entries
    await fake.sockets[-1].close()
    await so(lambda: fake.entries > seen + 1, "another try")
    assert health.trouble == "the bot is refused (45009)"
    assert held.rests[-2:] == [60.0, 60.0]
    assert (await held.fails("没有线")).reason == Refusal.UNREACHABLE


async def test_a_dead_line_is_noticed_and_an_answer_that_never_came_is_unknown(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "ASK_SECONDS", 0.05)
    held.fake.silent = True
    assert (await held.fails("听到吗")).unknown
    held.fake.silent = False
    monkeypatch.setattr(lines, "PING_SECONDS", 0.01)
    await held.fake.sockets[-1].close()
    await so(lambda: held.fake.pings > 1, "signs of life")
    held.fake.silent = True
    await so(lambda: held.fake.entries >= 3, "a new line")


async def test_odd_frames_harm_nothing(held: Held) -> None:
    socket = held.fake.sockets[-1]
    for odd in ("", "[]", "{", '{"cmd":7}', '{"headers":7,"errcode":0}', '{"cmd":"aibot_msg_callback","body":7}'):
        await socket.send_str(odd)
    await held.fake.tells("aibot_msg_callback", {"msgid": "x"})
    await held.fake.tells("aibot_event_callback", {"event": 7})
    await held.fake.says("Li", "还在")
    await so(lambda: len(held.rows()) == 2, "the words behind them")
    assert held.fake.entries == 1


async def test_files_are_opened_with_their_own_key(held: Held) -> None:
    from aiohttp import web
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    key = base64.b64decode(AES_KEY + "=")
    photo = b"\xff\xd8\xff\xe0 a photo"
    filling = 32 - len(photo) % 32
    made = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    sealed = made.update(photo + bytes([filling]) * filling) + made.finalize()

    async def give(request: web.Request) -> web.Response:
        return web.Response(body=sealed, status=404 if "gone" in request.path else 200)

    app = web.Application()
    app.router.add_get("/{path}", give)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    item = {"msgtype": "image", "image": {"url": f"{base}/p", "aeskey": AES_KEY}}
    await held.fake.says("Li", "#1001", msgtype="mixed", mixed={"msg_item": [item]})
    await so(lambda: len(held.rows()) == 2, "the photo")
    said = held.reads()[-1]
    assert isinstance(said, MessageReceived)
    where = said.attached[0].file_id or ""
    assert await held.channel.fetch(where, 1000) == photo
    for wrong, is_permanent in ((where.replace("/p", "/gone"), True), (where.replace("abc", "cba"), True), ("{", True)):
        with pytest.raises(FetchFailed) as failed:
            await held.channel.fetch(wrong, 1000)
        assert failed.value.permanent is is_permanent
    with pytest.raises(FetchFailed):
        await held.channel.fetch(where, -60)
    called = DutyByCallback(token="token", aes_key=AES_KEY, api=base)  # there files have no key of their own
    assert await called.fetch(json.dumps({"url": f"{base}/p", "key": ""}), 1000) == photo
    await called.close()
    await runner.cleanup()


async def test_the_check_tells_of_a_bot_that_is_not_let_in(held: Held) -> None:
    await held.lets_go()
    assert await DutyOnLine(BOT, SECRET, line=held.fake.line).check([]) == []
    (trouble,) = await DutyOnLine(BOT, "another", line=held.fake.line).check([])
    assert "LOBBY_WECOM_BOT_SECRET (40001)" in trouble.what
    held.fake.let_in_code = 45009
    (trouble,) = await DutyOnLine(BOT, SECRET, line=held.fake.line).check([])
    assert "asked too often" in trouble.what
    (trouble,) = await DutyOnLine(BOT, SECRET, line="ws://127.0.0.1:1").check([])
    assert "cannot be reached" in trouble.what
