"""An operator lets staff work in WeCom: half a setting is refused, a robot is linked by its name, the check tells."""

import pytest
from pydantic import ValidationError

from bot.settings import Settings
from storage.vocabulary import ChatRole, Group
from tests.bot.commands.operator import Operator

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"wecom_bot_id": "b"}, "belong together"),
        ({"wecom_bot_secret": "s"}, "belong together"),
        ({"wecom_bot_token": "t"}, "belong together"),
        ({"wecom_bot_token": "t", "wecom_bot_aes_key": "short"}, "43 letters"),
        (
            {"wecom_bot_id": "b", "wecom_bot_secret": "s", "wecom_bot_token": "t", "wecom_bot_aes_key": KEY},
            "never both",
        ),
        ({"wecom_robots": "=key"}, "name=key"),
        ({"wecom_bot_line": "https://x"}, "pattern"),
    ],
)
def test_half_a_setting_is_refused(settings: dict[str, str], told: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Settings(_env_file=None, **settings)  # type: ignore[arg-type]  # each is a string
    assert told in str(refused.value)
    assert KEY not in str(refused.value)


def test_a_robot_is_linked_by_its_name(operator: Operator) -> None:
    operator.gets("site", "add", "阳光花园")
    link = ("link", "duty", "--group", "security", "--robot", "保安组")
    assert "knows no 保安组" in operator.is_refused(*link)
    operator.settings["LOBBY_WECOM_ROBOTS"] = "保安组=a-key"
    assert "hears no tenant" in operator.is_refused("link", "room", "--robot", "保安组")
    for _ in range(2):
        assert "保安组 is linked" in operator.gets(*link)
    (chat,) = operator.looks(lambda unit: list(unit.chats.list_linked()))
    assert (chat.channel, chat.address, chat.role, chat.group) == (
        "wecom_robot", "保安组", ChatRole.DUTY, Group.SECURITY,
    )  # fmt: skip
    operator.settings |= {"LOBBY_WECOM_BOT_TOKEN": "t", "LOBBY_WECOM_BOT_AES_KEY": KEY}
    assert "@bot /link " in operator.gets("link", "manager")
    assert "@bot" not in operator.gets("link", "room")
    said = operator.is_refused("check")
    assert "No token for the duty bot" not in said
    assert "LOBBY_PUBLIC_URL is no https:// address, so WeCom cannot call the bot" in said
    operator.settings["LOBBY_PUBLIC_URL"] = "https://127.0.0.1:1"
    said = operator.is_refused("check")
    assert "WeCom's bot is not answered for at https://127.0.0.1:1/wecom/duty" in said
