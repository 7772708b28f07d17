"""The Bot API through aiogram, for `bot_api/channel.py`. aiogram's router, poller and states are not used."""

from typing import Any, ClassVar

from aiogram import Bot
from aiogram.enums import ChatMemberStatus
from aiogram.exceptions import ClientDecodeError
from aiogram.methods import EditMessageCaption, EditMessageText, SendMessage, TelegramMethod
from aiogram.types import ChatMemberRestricted, LinkPreviewOptions, Message, ReactionTypeEmoji, TelegramObject, Update
from pydantic import ValidationError

from bot.channels.bot_api.client import Profile, Webhook, standing_of
from bot.channels.bot_api.downloads import check_size, download, not_given
from bot.channels.bot_api.wording import Parcel, Wording
from bot.channels.channel import SendFailed, Unreadable
from bot.channels.telegram_rooms.failures import told_apart
from bot.channels.telegram_rooms.forms import answering, bold, keyboard, method_for, thread_of
from bot.channels.telegram_rooms.session import Session
from bot.channels.text import clean

_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class _Receipt(TelegramObject):
    """Of an answer to a send, the part this house keeps: to read the whole message takes 50 µs more."""

    message_id: int


class _Say(SendMessage):
    __returning__: ClassVar[Any] = _Receipt


class Aiogram:
    """One bot and its one session."""

    def __init__(self, token: str, api: str, patience: float) -> None:
        self._session = Session(api, patience)
        self._bot = Bot(token, session=self._session)

    def parse(self, raw: dict[str, Any]) -> Update:
        """With the bot mounted, or aiogram serialises it all again. Cleaned if need be: pydantic refuses surrogates."""
        try:
            return Update.model_validate(raw, context={"bot": self._bot})
        except ValidationError:
            pass
        try:
            return Update.model_validate(_cleaned(raw), context={"bot": self._bot})
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            path = ".".join(str(step) for step in first["loc"])
            raise Unreadable(f"{path}: {first['msg']}"[:200]) from None

    async def me(self) -> Profile:
        """getMe."""
        with told_apart():
            return Profile.of(await self._bot.get_me())

    async def standing(self, address: str, account: int) -> str:
        """getChatMember."""
        with told_apart():
            member = await self._bot.get_chat_member(address, account)
        status = ChatMemberStatus(member.status).value
        return standing_of(status, member if isinstance(member, ChatMemberRestricted) else None)

    async def webhook(self) -> Webhook:
        """getWebhookInfo."""
        with told_apart():
            return Webhook.of(await self._bot.get_webhook_info())

    async def say(self, address: str, wording: Wording, reply_to: str | None, topic: str | None) -> str:
        """sendMessage."""
        return await self._receipt(
            _Say(
                chat_id=address,
                message_thread_id=thread_of(topic),
                text=wording.text,
                entities=bold(wording),
                parse_mode=None,
                link_preview_options=_NO_PREVIEW,
                reply_parameters=answering(reply_to),
                reply_markup=keyboard(wording),
            )
        )

    async def hand_over(
        self, address: str, parcel: Parcel, wording: Wording, reply_to: str | None, topic: str | None
    ) -> str:
        """sendPhoto and its brothers."""
        return await self._receipt(method_for(address, parcel, wording, reply_to, topic))

    async def reword(self, address: str, message_id: str, wording: Wording) -> None:
        """editMessageText."""
        with told_apart():
            await self._bot(
                EditMessageText(
                    chat_id=address,
                    message_id=int(message_id),
                    text=wording.text,
                    entities=bold(wording),
                    parse_mode=None,
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=keyboard(wording),
                )
            )

    async def recaption(self, address: str, message_id: str, wording: Wording) -> None:
        """editMessageCaption."""
        with told_apart():
            await self._bot(
                EditMessageCaption(
                    chat_id=address,
                    message_id=int(message_id),
                    caption=wording.text,
                    caption_entities=bold(wording),
                    parse_mode=None,
                    reply_markup=keyboard(wording),
                )
            )

    async def delete(self, address: str, message_id: str) -> None:
        """deleteMessage."""
        with told_apart():
            await self._bot.delete_message(address, int(message_id))

    async def react(self, address: str, message_id: str, emoji: str) -> None:
        """setMessageReaction."""
        reaction = [ReactionTypeEmoji(emoji=emoji)] if emoji else []
        with told_apart():
            await self._bot.set_message_reaction(address, int(message_id), reaction=[*reaction])

    async def answer(self, tap_id: str, text: str) -> None:
        """answerCallbackQuery."""
        with told_apart():
            await self._bot.answer_callback_query(tap_id, text=text or None)

    async def download(self, file_id: str, limit: int) -> bytes:
        """getFile, then the file."""
        try:
            with told_apart():
                file = await self._bot.get_file(file_id)
        except SendFailed as failure:
            raise not_given(failure) from None
        check_size(file.file_size, limit)
        url = self._session.api.file_url(self._bot.token, file.file_path or "")
        return await download(await self._session.create_session(), url, limit)

    async def close(self) -> None:
        """Close the session."""
        await self._session.close()

    async def _receipt(self, method: TelegramMethod[Message]) -> str:
        with told_apart():
            try:
                return str((await self._bot(method)).message_id)
            except ClientDecodeError as error:
                # Sent, but in an answer newer than this aiogram: the id is where it always was.
                match error.data:
                    case {"ok": True, "result": {"message_id": int(message_id)}}:
                        return str(message_id)
                raise


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return clean(value)
        case list():
            return [_cleaned(item) for item in value]
        case dict():
            return {key: _cleaned(item) for key, item in value.items()}
        case _:
            return value
