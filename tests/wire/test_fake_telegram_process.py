"""The fake as a process of its own, driven over the control API, as the benches do; and the lean mode."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.wire.fake_telegram import FakeTelegram
from tests.wire.fake_telegram.plain import PlainBot


class Remote:
    def __init__(self, url: str) -> None:
        self.url = url

    def __call__(self, path: str, body: dict[str, Any] | None = None, method: str = "") -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_/{path}", data, method=method or None)  # noqa: S310
        with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
            return json.load(answer)["result"]


@pytest.fixture
def remote() -> Iterator[Remote]:
    command = [sys.executable, "-m", "tests.wire.fake_telegram", "--lean"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Remote(process.stdout.readline().strip())
        process.kill()


def test_a_whole_story_over_the_control_api(remote: Remote) -> None:
    remote("bots", {"token": "111:AAA", "username": "lobby_bot"})
    group = remote("chats", {"kind": "supergroup", "title": "3栋业主群"})["id"]
    ann = remote("users", {"first_name": "Ann", "starts": ["111:AAA"]})["id"]
    acts = [{"who": ann, "does": "says", "where": group, "with": {"text": f"漏水 {n}"}} for n in range(3)]
    numbers = remote("acts", {"acts": acts})
    remote("acts", {"acts": [{"who": ann, "does": "edits", "where": group, "message": 1, "with": {"text": "滴水"}}]})
    remote("updates", {"token": "111:AAA", "updates": [{"hologram": {}}]})
    assert numbers == [1, 2, 3]

    bot = PlainBot(remote.url, "111:AAA")
    kinds = [sorted(set(update) - {"update_id"})[0] for update in bot.gets("getUpdates")]
    assert kinds == ["message"] * 4 + ["edited_message", "hologram"]
    keyboard = {"inline_keyboard": [[{"text": "取消", "callback_data": "drop"}]]}
    card = bot.gets("sendMessage", chat_id=group, text="收到", reply_markup=keyboard)["message_id"]
    remote(
        "acts", {"acts": [{"who": ann, "does": "presses", "where": group, "message": card, "with": {"button": "取消"}}]}
    )
    assert bot.gets("getUpdates", offset=-1)[0]["callback_query"]["data"] == "drop"
    assert [message["text"] for message in remote("screen?chat_id=" + str(group))][-1] == "收到"

    remote("faults", {"damage": "flood", "with": {"retry_after": 9}, "method": "sendMessage", "times": 1})
    assert bot.ask("sendMessage", chat_id=group, text="x")["parameters"] == {"retry_after": 9}
    remote("faults", {"latency": 0.01})
    remote("faults", method="DELETE")
    counted = remote("counts")
    assert counted["counts"] == {"getupdates": 2, "sendmessage": 1}
    assert len(counted["times"]["sendmessage"]) == 1
    assert remote("calls?method=sendMessage") == []
    remote("time", {"hours": 25})
    assert bot.gets("getUpdates") == []
    remote("reset", {})
    assert bot.ask("getMe")["error_code"] == 401
    assert remote("violations") == []


def test_a_lean_fake_needs_no_aiogram(remote: Remote) -> None:
    script = (
        "import sys; from tests.wire.fake_telegram import FakeTelegram\n"
        "with FakeTelegram(lean=True) as fake: fake.bot('1:A')\n"
        "sys.exit('aiogram' in sys.modules or 'telegram' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_the_call_log_tells_what_was_asked() -> None:
    with FakeTelegram(checked=False) as fake:
        desk = fake.bot("111:AAA")
        group = fake.group("3栋业主群")
        bot = PlainBot(fake.url, desk.token)
        bot.gets("sendMessage", chat_id=group.id, text="收到")
        bot.ask("sendMessage", chat_id=5, text="?")
        done, refused = fake.calls.of("sendmessage", bot=desk.token)
        assert (done.values["text"], done.status, done.was_done) == ("收到", 200, True)
        assert (refused.description, refused.was_done) == ("Bad Request: chat not found", False)
        assert fake.calls.of("sendMessage", chat_id=group.id) == [done]
        with pytest.raises(AssertionError, match="sendMessage=400"):
            fake.waits_until(lambda: False, within=0.05)
