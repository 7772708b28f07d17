"""The contract every channel keeps, whatever platform is behind it; nothing here reaches a network."""

import contextlib
import json

import pytest

from bot.channels import CHANNELS, make_channels
from bot.channels.channel import (
    CalledBack,
    ChangesTapped,
    Channel,
    HoldsLine,
    KeepsItself,
    Letter,
    SendFailed,
    Unreadable,
)
from bot.settings import Settings
from handlers.events import Event
from handlers.notifications.speech import Speech

KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SETTINGS = {
    "rooms_token": "111:rooms-token-of-the-tests",
    "duty_token": "222:duty-token-of-the-tests",
    "wechat_app_id": "wx0123456789abcdef",
    "wechat_secret": "s",
    "wechat_token": "token",
    "wechat_kf_corp": "ww1",
    "wechat_kf_secret": "s",
    "wechat_kf_account": "wk1",
    "wechat_kf_token": "token",
    "wechat_kf_aes_key": KEY,
    "wecom_robots": "保安组=key",
}
LINE = {"wecom_bot_id": "b", "wecom_bot_secret": "s"}
CALLED = {"wecom_bot_token": "token", "wecom_bot_aes_key": KEY}
ODD = ("{}", '{"update_id":1}', '{"xml":7}', '{"told":{},"heard_at":1}', '{"told":7}', '{"msgid":1}')


def every(way: dict[str, str]) -> dict[str, Channel]:
    """Every channel there is; staff's bot in WeCom in one of its two ways."""
    return make_channels(Settings(_env_file=None, **SETTINGS, **way))  # type: ignore[arg-type]  # each is a string


@pytest.mark.parametrize("way", [LINE, CALLED], ids=["line", "called back"])
async def test_every_channel_keeps_the_contract(way: dict[str, str]) -> None:
    channels = every(way)
    assert channels.keys() == CHANNELS.keys()
    for name, channel in channels.items():
        abilities, entry = channel.abilities, CHANNELS[name]
        assert channel.name == name
        assert abilities.text_limit > 600
        assert channel.pace.per_second > 0
        # Each hears in one way: asked for updates, called back, or on a line of its own. Or not at all.
        ways = [bool(entry.updates), isinstance(channel, CalledBack), isinstance(channel, HoldsLine)]
        assert sum(ways) == abilities.hears, name
        assert abilities.hears or not entry.hears_tenants
        assert isinstance(channel, KeepsItself) or not isinstance(channel, CalledBack | HoldsLine)
        assert not (isinstance(channel, ChangesTapped) and abilities.edits), "who can always change asks for no moment"
        for odd in ODD:
            with contextlib.suppress(Unreadable):  # an event, or this, and nothing else
                assert isinstance(channel.read(json.loads(odd)), Event)
        if not abilities.edits:
            with pytest.raises(SendFailed):
                await channel.edit(Letter("nobody", Speech("words"), "7."), "a receipt")
            await channel.react("nobody", "m1", "👀")
            await channel.answer_tap("nobody's tap", "words")
        await channel.close()
