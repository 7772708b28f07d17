"""Groups' robots as a channel: each posts into one group, under a key that is its whole secret."""

import json
import secrets
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, ConnectionTimeoutError

from bot.channels.channel import Abilities, FetchFailed, Letter, Pace, SendFailed, Trouble, Unreadable
from bot.channels.refusals import Refusal
from bot.channels.wecom_answers import MAY_HAVE_ARRIVED, refused
from bot.channels.wecom_wording import is_card, markdown
from bot.channels.words_only import WordsOnly
from handlers.events import Event
from handlers.notifications.numbering import act_elsewhere
from handlers.notifications.speech import Speech
from locales import Voice
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import AttachmentKind, ChatRole, Group
from storage.writer import Writer

CONNECT, PATIENCE = 3.0, 8.0
LONGEST = 4_000
"""Bytes of Markdown; WeCom takes 4,096."""
REMEMBERED = 500


class WecomRobots(WordsOnly):
    """`keys` are the robots' by the names they were given; a chat's address is such a name."""

    name = "wecom_robot"
    abilities = Abilities(
        buttons=False,
        edits=False,
        reactions=False,
        writes_first=True,
        groups=True,
        text_limit=LONGEST // 3,
        hears=False,
    )
    pace = Pace(per_chat_seconds=0.5, per_group_minute=20, per_second=20)

    def __init__(self, keys: Mapping[str, str], *, api: str) -> None:
        self._keys, self._api = dict(keys), api
        self._writer: Writer | None = None
        self._session: ClientSession | None = None
        self._shown: OrderedDict[tuple[str, str], Speech] = OrderedDict()

    def attach(self, writer: Writer) -> None:
        """Where it is written which chats can be answered."""
        self._writer = writer

    def read(self, update: dict[str, Any]) -> Event:
        """Nobody tells it anything."""
        raise Unreadable(f"nothing comes here: {len(update)}")

    async def send(self, letter: Letter) -> str:
        """Markdown, and where to act on it; what reads just as it did is not posted again."""
        row, speech = (letter.address, letter.tap_prefix), letter.speech
        if letter.media is not None and letter.media.kind is not AttachmentKind.LOCATION:
            raise SendFailed(Refusal.UNFIT_FORM, permanent=True)
        if self._shown.get(row) != speech:
            hint = await self._hint(letter) if is_card(speech) else ""
            room = LONGEST - len(hint.encode()) - 2
            words = markdown(Speech(speech.text, speech.title, _links_of(speech)), room)
            await self._post(letter.address, "\n".join(filter(None, (words, hint))))
            self._shown[row] = speech
            if len(self._shown) > REMEMBERED:
                self._shown.popitem(last=False)
        return secrets.token_hex(8)

    async def fetch(self, _file_id: str, _limit: int, /) -> bytes:
        """Nothing comes here."""
        raise FetchFailed("nothing comes here", permanent=True)

    async def check(self, linked: Sequence[tuple[str, str]], /) -> list[Trouble]:
        """Whether each linked name has a key; to try a key would be to post."""
        return [
            Trouble(
                f"The group “{name}” is linked and LOBBY_WECOM_ROBOTS has no key for it.",
                f"Add {name}=KEY there; the key stands at the end of the robot's address: docs/wecom.md",
            )
            for name, _ in linked
            if name not in self._keys
        ]

    async def close(self) -> None:
        """Let go of every connection."""
        if self._session is not None:
            await self._session.close()

    async def _post(self, address: str, words: str) -> None:
        key = self._keys.get(address)
        if key is None:
            raise SendFailed(Refusal.TOKEN_REFUSED, permanent=True)
        if self._session is None or self._session.closed:
            self._session = ClientSession(timeout=ClientTimeout(total=30, connect=CONNECT, sock_read=PATIENCE))
        body = {"msgtype": "markdown", "markdown": {"content": words}}
        try:
            url = f"{self._api}/cgi-bin/webhook/send"
            async with self._session.post(url, params={"key": key}, json=body, allow_redirects=False) as response:
                code = int(json.loads(await response.text())["errcode"])
        except (ClientConnectorError, ConnectionTimeoutError):
            raise refused(None) from None
        except (TimeoutError, ClientError, OSError, ValueError, TypeError, KeyError):
            raise refused(MAY_HAVE_ARRIVED) from None  # `from None`: their texts carry the address with the key in it
        if code:
            raise refused(code)

    async def _hint(self, letter: Letter) -> str:
        """Where somebody hears: a chat of the same group, or of the desk."""
        if self._writer is None:
            return ""
        where = await self._writer.read(lambda unit: _heard_in(unit, self.name, letter.address))
        return act_elsewhere(Voice(letter.language), where) if where else ""


def _heard_in(unit: UnitOfWork, channel: str, address: str) -> str | None:
    chat = unit.chats.find(channel, address)
    if chat is None or chat.site_id is None:
        return None
    for group in (chat.group, Group.DESK):
        chats = unit.chats.list_by_role(chat.site_id, ChatRole.DUTY, group)
        heard = next((each.title for each in chats if each.channel != channel and each.is_open and each.title), None)
        if heard is not None:
            return heard
    return None


def _links_of(speech: Speech) -> tuple[tuple[Any, ...], ...]:
    return tuple(tuple(button for button in row if button.url is not None) for row in speech.buttons)
