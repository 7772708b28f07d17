"""An honest fake of the far end of the Telegram Bot API, over real HTTP.

    from tests.wire.fake_telegram import FakeTelegram, faults

    with FakeTelegram() as fake:                    # own thread; `async with` serves from the running loop
        desk = fake.bot("111:AAA", "lobby_bot")     # reads_all=False: privacy mode on
        group = fake.group("3栋业主群")               # also supergroup, forum, channel; all known bots are in
        ann = fake.user("Ann", language_code="en")
        start_the_product(base_url=fake.url, token=desk.token)

        said = ann.says(group, "厨房水管爆了")        # also sends_photo/video/voice/document/album/location/…
        fake.waits_until(lambda: ann.sees(group).shows("收到"))   # `await fake.until(…)` in async tests
        press = ann.presses(group.messages[-1], "取消")          # label, piece of label, or callback data
        fake.waits_until(lambda: press.toast)                    # .toast.text, .toast.is_alert
        ann.edits(said, "是卫生间")
        ann.starts(desk, "payload")                 # /start payload in private; ann.blocks(desk)
        new_group = group.becomes_supergroup()      # the old id now answers 400 with migrate_to_chat_id

        fake.breaks("sendMessage", faults.flood(35), chat=group, times=2)
        outage = fake.breaks("", faults.reset())    # everything, until fake.mends(outage)
        fake.clock.passes(hours=25)                 # undelivered updates expire, buttons go stale
        fake.raw_update(desk, {"hologram": {}})     # malformed and unknown kinds
        fake.calls.of("sendMessage", chat_id=group.id)           # Call: values, status, was_done, fault
        assert fake.violations == []                # every call checked against aiogram's typed methods

Both clients: aiogram `AiohttpSession(api=TelegramAPIServer.from_base(fake.url))`; python-telegram-bot
`.base_url(fake.url + "/bot").base_file_url(fake.url + "/file/bot")`.

In a process of its own: `python -m tests.wire.fake_telegram --port 0 [--lean]` prints the URL and takes JSON:
POST /_/bots {token, username} · /_/chats {kind, title} · /_/users {first_name, starts: [token]} ·
/_/acts {acts: [{who, does: "says", where: chat id or token, with: {text}}]} · /_/updates {token, updates} ·
/_/faults {damage: "flood", with: {retry_after: 5}, method, chat_id, times} · /_/time {hours: 25} · /_/reset;
GET /_/calls?method= · /_/counts · /_/screen?chat_id= · /_/violations; DELETE /_/faults · /_/calls.
"""

from tests.wire.fake_telegram import faults
from tests.wire.fake_telegram.accounts import BotAccount
from tests.wire.fake_telegram.chats import Chat, Topic
from tests.wire.fake_telegram.fake import FakeTelegram
from tests.wire.fake_telegram.groups import Channel, Group
from tests.wire.fake_telegram.messages import Message, Screen
from tests.wire.fake_telegram.person import Person
from tests.wire.fake_telegram.presses import Press, Toast

__all__ = [
    "BotAccount",
    "Channel",
    "Chat",
    "FakeTelegram",
    "Group",
    "Message",
    "Person",
    "Press",
    "Screen",
    "Toast",
    "Topic",
    "faults",
]
