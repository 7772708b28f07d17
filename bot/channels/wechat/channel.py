"""The official account as a channel: plain text, numbers for buttons, and few messages."""

import secrets
import time
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from aiohttp import web

from bot.channels.channel import Abilities, FetchFailed, Letter, Media, Pace, SendFailed, Trouble, Unreadable
from bot.channels.refusals import Refusal
from bot.channels.text import file_name
from bot.channels.wechat.answers import WINDOW, may_have_arrived, refused
from bot.channels.wechat.callbacks import Callbacks
from bot.channels.wechat.checks import troubles_of
from bot.channels.wechat.gateway import PATIENCE, STALE, CallFailed, Garbled, Gateway, Seal, fields_of
from bot.channels.wechat.ledger import Ledger
from bot.channels.wechat.passive import Callers
from bot.channels.wechat.reading import event_of
from bot.channels.wechat.tokens import Tokens
from bot.channels.wechat.wording import pieces
from bot.intake.health import IntakeHealth
from handlers.events import Event
from storage.vocabulary import AttachmentKind
from storage.writer import Writer

ABILITIES = Abilities(buttons=False, edits=False, reactions=False, writes_first=False, groups=False, text_limit=680)
PACE = Pace(per_chat_seconds=0.3, per_group_minute=10_000, per_second=50)
GONE = frozenset({40004, 40007})
"""Codes that say: no such file any more."""
KEPT_BACK = 1
"""Messages left for the last word, such as that the work is done."""
_UPLOADS = {AttachmentKind.PHOTO: "image", AttachmentKind.VOICE: "voice", AttachmentKind.VIDEO: "video"}
_ENDINGS = {"image": ".jpg", "voice": ".amr", "video": ".mp4"}


class OfficialAccount:
    """Tenants' one-to-one talk in an official account (公众号 or 服务号).

    `secret` is the AppSecret, `token` and `aes_key` (43 signs, or empty for plain callbacks) are of the callback,
    `template` of the notice that something waits, with `template_fields` such as `thing1=有新回复;thing2=点此查看`.
    `api` has no slash at the end.
    """

    abilities = ABILITIES
    pace = PACE

    def __init__(
        self,
        account: str,
        secret: str,
        *,
        token: str,
        aes_key: str = "",
        api: str = "https://api.weixin.qq.com",
        template: str = "",
        template_fields: str = "",
        url: str = "",
        patience: float = PATIENCE,
    ) -> None:
        self.name = "wechat"
        self._account, self._template, self._url = account, template, url
        pairs = (pair.partition("=") for pair in template_fields.split(";"))
        self._template_fields = {name.strip(): {"value": words.strip()} for name, _, words in pairs if name.strip()}
        self._seal = Seal(token, aes_key, account)
        self._gateway = Gateway(account, secret, api, patience=patience)
        self._tokens = Tokens(lambda force: self._gateway.fetch_token(force=force), time.time)
        self._callers = Callers()
        self._ledger: Ledger | None = None

    def attach(self, writer: Writer) -> None:
        """Where callbacks, the token and the counts are kept."""
        self._ledger = self._tokens.shelf = Ledger(writer, self.name, self._account)

    def mount(self, app: web.Application, path: str, answers: Callable[[], bool]) -> IntakeHealth:
        """Take callbacks at `path`; `answers` tells whether this replica speaks just now."""
        health = IntakeHealth(self.name, server_memory=None)
        callbacks = Callbacks(self._seal, self._callers, self._kept.keep, answers, health)
        app.router.add_get(path, callbacks.prove)
        app.router.add_post(path, callbacks.take)
        return health

    def read(self, update: dict[str, Any]) -> Event:
        """The event a stored callback is."""
        try:
            return event_of(self.name, fields_of(update["xml"]))
        except (Garbled, KeyError, TypeError) as error:
            raise Unreadable(type(error).__name__) from error

    async def send(self, letter: Letter) -> str:
        """Say it in the answer to a callback that waits, else by messages that are counted."""
        if letter.media is not None and letter.media.kind is not AttachmentKind.LOCATION:
            return await self._send_file(letter, letter.media)
        texts = pieces(letter)
        if texts and await self._callers.answer(letter.address, texts[0]):
            texts = texts[1:]
        if texts:
            await self._spend(letter, len(texts))
            for index, text in enumerate(texts):
                await self._counted(letter.address, len(texts) - index, _saying(letter.address, text))
        return secrets.token_hex(8)

    async def edit(self, _letter: Letter, _receipt: str, /) -> None:
        """It cannot; the outbox never asks one that says so."""
        raise SendFailed(Refusal.MESSAGE_GONE, permanent=True)

    async def react(self, address: str, message_id: str, emoji: str) -> None:
        """It cannot, and silence says the same."""

    async def answer_tap(self, tap_id: str, text: str) -> None:
        """Nobody taps here."""

    async def fetch(self, file_id: str, limit: int) -> bytes:
        """The bytes of a picture, voice or film; WeChat keeps them for three days."""
        try:
            response = await self._call(lambda client: client.media.download(file_id))
        except CallFailed as failed:
            raise FetchFailed(refused(failed).reason, permanent=failed.code in GONE) from None
        content = getattr(response, "content", None)
        if not isinstance(content, bytes):
            raise FetchFailed("no bytes", permanent=True)
        if len(content) > limit:
            raise FetchFailed(Refusal.TOO_BIG, permanent=True)
        return content

    async def invitation(self, code: str) -> str:
        """What a permanent code of this account says; scanned in WeChat it brings ours along. 100,000 may be made."""
        wanted = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": code}}}
        try:
            made = await self._call(lambda client: client.qrcode.create(wanted))
        except CallFailed as failed:
            raise refused(failed) from None
        return str(made["url"])

    async def check(self, _linked: Sequence[tuple[str, str]], /) -> list[Trouble]:
        """What the platform says of the settings; nothing is sent to anybody."""
        return await troubles_of(self._call, self._template, encrypts=self._seal.encrypts, url=self._url)

    async def open(self) -> None:
        """A token is fetched when it is needed, so that WeChat being away does not hold up the start."""

    async def close(self) -> None:
        """Let go of the threads."""
        self._gateway.close()

    @property
    def _kept(self) -> Ledger:
        if self._ledger is None:
            raise RuntimeError("attach a writer first")
        return self._ledger

    async def _send_file(self, letter: Letter, media: Media) -> str:
        kind = _UPLOADS.get(media.kind)
        if kind is None:
            raise SendFailed(Refusal.UNFIT_FORM, permanent=True)
        await self._spend(letter, 1)
        name = file_name(media.name) or kind
        upload = BytesIO(media.content)
        upload.name = name if "." in name else name + _ENDINGS[kind]
        try:
            uploaded = await self._call(lambda client: client.media.upload(kind, upload))
        except CallFailed as failed:
            await self._kept.give_back(letter.address, 1)
            unsent = CallFailed(failed.code, is_written=False, http_status=failed.http_status)
            raise refused(unsent) from None
        say = {"image": "send_image", "voice": "send_voice", "video": "send_video"}[kind]
        await self._counted(
            letter.address, 1, lambda client: getattr(client.message, say)(letter.address, uploaded["media_id"])
        )
        return secrets.token_hex(8)

    async def _spend(self, letter: Letter, count: int) -> None:
        keep = 0 if letter.is_last_word else KEPT_BACK
        if not await self._kept.spend(letter.address, count, keep=keep):
            await self._nudge(letter.address)
            raise SendFailed(Refusal.CANNOT_WRITE_FIRST, permanent=True)

    async def _counted(self, address: str, unsent: int, what: Callable[[Any], Any]) -> None:
        """One call whose message has been counted; `unsent` are this one and those after it."""
        try:
            await self._call(what)
        except CallFailed as failed:
            if failed.code in WINDOW:
                await self._kept.shut(address)
                await self._nudge(address)
            elif not may_have_arrived(failed):
                await self._kept.give_back(address, unsent)
            raise refused(failed) from None

    async def _nudge(self, address: str) -> None:
        """A template notice, where one is set: it says that something waits, and the talk goes on here."""
        if not self._template or not await self._kept.nudge(address):
            return
        try:
            await self._call(
                lambda client: client.message.send_template(address, self._template, self._template_fields)
            )
        except CallFailed:
            return  # it was a courtesy; the card tells staff the truth either way

    async def _call(self, what: Callable[[Any], Any]) -> Any:
        """One call with the shared token; once more with another when the platform refuses that."""
        token = await self._tokens.current()
        try:
            return await self._gateway.call(token, what)
        except CallFailed as failed:
            if failed.code not in STALE:
                raise
        return await self._gateway.call(await self._tokens.renewed(token), what)


def _saying(address: str, text: str) -> Callable[[Any], Any]:
    return lambda client: client.message.send_text(address, text)
