"""What `lobby check` finds out about the bot without saying anything in any group."""

import asyncio
import json
import secrets
import time
from collections.abc import Mapping, Sequence

from aiohttp import ClientError, ClientSession

from bot.channels.channel import Trouble
from bot.channels.seals import Seal
from bot.channels.wecom_duty.line import Line, Refused

OUTSIDE_SECONDS = 5.0
GUIDE = "docs/wecom.md"
TOO_OFTEN = 45009


async def troubles_of_callback(
    session: ClientSession, seal: Seal, url: str, linked: Sequence[tuple[str, str]]
) -> list[Trouble]:
    """The callback's address from outside, and what a bot that is only called cannot do."""
    if not url.startswith("https://"):
        what = "LOBBY_PUBLIC_URL is no https:// address, so WeCom cannot call the bot."
        return [Trouble(what, "Set it to the address under which the world reaches this server.")]
    troubles = [] if await _answers(session, seal, url) else [_unreachable(url)]
    if linked:
        what = "WeCom's bot is called back, so it only answers: new cards come after somebody's words, or not."
        mend = f"Let it hold a line instead (LOBBY_WECOM_BOT_ID and _SECRET), or add a group robot: {GUIDE}."
        troubles.append(Trouble(what, mend, is_fatal=False))
    return troubles


async def troubles_of_line(session: ClientSession, where: str, credentials: Mapping[str, str]) -> list[Trouble]:
    """Whether the bot is let in. The line is given back at once, and whoever held it takes it up again soon."""
    try:
        async with Line.taken(session, where, credentials):
            return []
    except Refused as refused:
        return [_not_let_in(refused.code)]
    except (ClientError, OSError, TimeoutError) as error:
        what = f"WeCom's line for bots cannot be reached from here ({type(error).__name__})."
        return [Trouble(what, "Check the network, its proxy, and LOBBY_WECOM_BOT_LINE.")]


async def told_by_lobby(session: ClientSession, where: str, source: str) -> list[Trouble] | None:
    """What a Lobby that runs says of this channel; None where none runs, or another replica leads."""
    try:
        async with asyncio.timeout(OUTSIDE_SECONDS), session.get(where) as response:
            intakes = json.loads(await response.text())["intakes"]
            found = [each["trouble"] for each in intakes if each["source"] == source]
    except (ClientError, OSError, TimeoutError, ValueError, TypeError, KeyError):
        return None
    if not found:
        return None
    mend = "Stop what else uses this bot (another Lobby, another program); this Lobby takes the line again by itself."
    return [Trouble(f"The Lobby that runs here has no line to WeCom: {each}.", mend) for each in found if each]


def _not_let_in(code: int) -> Trouble:
    if code == TOO_OFTEN:
        what = "WeCom lets nobody in for now: this bot has asked too often (45009)."
        return Trouble(what, "Stop what else uses this bot, wait some minutes, then run lobby check again.")
    what = f"WeCom refuses LOBBY_WECOM_BOT_ID with LOBBY_WECOM_BOT_SECRET ({code})."
    return Trouble(what, "Copy both again from the bot's page: API 模式 > 长连接; once reset, a Secret is another.")


async def _answers(session: ClientSession, seal: Seal, url: str) -> bool:
    """Ask ourselves as the console would, by the address of the settings."""
    echo, stamp, nonce = secrets.token_hex(8), str(int(time.time())), secrets.token_hex(6)
    envelope, signature = seal.seal(echo, stamp, nonce)
    asked = {"msg_signature": signature, "timestamp": stamp, "nonce": nonce, "echostr": envelope}
    try:
        async with asyncio.timeout(OUTSIDE_SECONDS), session.get(url, params=asked) as response:
            return await response.text() == echo
    except (ClientError, OSError, TimeoutError, UnicodeDecodeError):
        return False


def _unreachable(url: str) -> Trouble:
    what = f"WeCom's bot is not answered for at {url}."
    mend = "Start Lobby (lobby run), and see that this address leads to it from outside; then check again."
    return Trouble(what, mend, is_fatal=False)
