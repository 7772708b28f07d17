"""The official account as a channel: what is ready in time goes out in the answer to WeChat's own call."""

import secrets
from collections.abc import Callable, Sequence
from typing import Any

from aiohttp import web

from bot.channels.channel import Letter, SendFailed, Trouble, Unreadable
from bot.channels.passive import Callers
from bot.channels.seals import Seal
from bot.channels.wechat.answers import refused
from bot.channels.wechat.callbacks import Callbacks
from bot.channels.wechat.checks import troubles_of
from bot.channels.wechat.counted import CountedChannel, cut_short
from bot.channels.wechat.gateway import PATIENCE, CallFailed, Garbled, Gateway, fields_of
from bot.channels.wechat.reading import event_of
from bot.channels.wechat.wording import pieces
from bot.intake.health import IntakeHealth
from handlers.events import Event
from storage.vocabulary import AttachmentKind


class OfficialAccount(CountedChannel):
    """Tenants' one-to-one talk in an official account (公众号 or 服务号).

    `secret` is the AppSecret, `token` and `aes_key` (43 signs, or empty for plain callbacks) are of the callback,
    `template` of the notice that something waits, with `template_fields` such as `thing1=有新回复;thing2=点此查看`.
    `api` has no slash at the end.
    """

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
        super().__init__("wechat", account, Gateway(account, secret, api, patience=patience))
        self._template, self._url = template, url
        pairs = (pair.partition("=") for pair in template_fields.split(";"))
        self._template_fields = {name.strip(): {"value": words.strip()} for name, _, words in pairs if name.strip()}
        self._seal = Seal(token, aes_key, account)
        self._callers = Callers()
        self._begun: dict[tuple[str, str], tuple[str, ...]] = {}
        """Pieces that have been said of rows that wait for another try."""

    def mount(self, app: web.Application, path: str, answers: Callable[[], bool]) -> IntakeHealth:
        """Take callbacks at `path`; `answers` tells whether this replica speaks just now."""
        health = IntakeHealth(self.name, server_memory=None)
        callbacks = Callbacks(self._seal, self._callers, self.kept.keep, answers, health)
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
            kind, media_id = await self.upload(letter, letter.media)
            await self.counted(
                letter.address, 1, lambda client: getattr(client.message, f"send_{kind}")(letter.address, media_id)
            )
            return secrets.token_hex(8)
        await self._say(letter)
        return secrets.token_hex(8)

    async def _say(self, letter: Letter) -> None:
        """All pieces; a later try of the same row goes on behind what has been said."""
        texts, row = pieces(letter), (letter.address, letter.tap_prefix)
        begun = self._begun.pop(row, ())
        said = len(begun) if texts[: len(begun)] == begun else 0
        try:
            if texts and not said and await self._callers.answer(letter.address, texts[0]):
                said = 1
            if texts[said:]:
                await self.spend(letter, len(texts) - said)
            for text in texts[said:]:
                await self.counted(letter.address, len(texts) - said, _saying(letter.address, text))
                said += 1
        except SendFailed as failed:
            if said and not (failed.permanent or failed.unknown):
                self._begun[row] = texts[:said]
            raise cut_short(failed, said) from None

    async def invitation(self, code: str) -> str:
        """What a permanent code of this account says; scanned in WeChat it brings ours along. 100,000 may be made."""
        wanted = {"action_name": "QR_LIMIT_STR_SCENE", "action_info": {"scene": {"scene_str": code}}}
        try:
            made = await self.call(lambda client: client.qrcode.create(wanted))
        except CallFailed as failed:
            raise refused(failed) from None
        return str(made["url"])

    async def publish_menu(self, menu: dict[str, Any]) -> None:
        """Show the menu to everybody who follows; it takes up to five minutes."""
        try:
            await self.call(lambda client: client.menu.create(menu))
        except CallFailed as failed:
            raise refused(failed) from None

    async def check(self, _linked: Sequence[tuple[str, str]], /) -> list[Trouble]:
        """What the platform says of the settings; nothing is sent to anybody."""
        return await troubles_of(self.call, self._template, encrypts=self._seal.encrypts, url=self._url)

    async def nudge(self, address: str) -> None:
        """A template notice, where one is set: it says that something waits, and the talk goes on here."""
        if not self._template or not await self.kept.nudge(address):
            return
        try:
            await self.call(lambda client: client.message.send_template(address, self._template, self._template_fields))
        except CallFailed:
            return  # it was a courtesy; the card tells staff the truth either way


def _saying(address: str, text: str) -> Callable[[Any], Any]:
    return lambda client: client.message.send_text(address, text)
