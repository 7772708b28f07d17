"""The Bot API through python-telegram-bot's `Bot`, for `bot_api/channel.py`; no Application, no Updater."""

import os
from typing import Any

from telegram import Bot, ChatMemberAdministrator, ChatMemberRestricted, Message, Update

from bot.channels.bot_api.client import Profile, Webhook, standing_of
from bot.channels.bot_api.downloads import check_size, download, not_given
from bot.channels.bot_api.wording import Parcel, Wording
from bot.channels.channel import SendFailed, Unreadable
from bot.channels.telegram_duty.failures import told_apart
from bot.channels.telegram_duty.forms import NO_PREVIEW, answering, bold, keyboard
from bot.channels.telegram_duty.request import AiohttpRequest


class _Bot(Bot):
    """The library's bot, which can also leave an answer as it came: 95 attributes are a third of a card's price."""

    async def receipt(self, method: str, fields: dict[str, Any]) -> str:
        """Call a method that answers with a message; its id."""
        return str((await self._post(method, fields))["message_id"])


class PythonTelegramBot:
    """One bot and its one session."""

    def __init__(self, token: str, api: str, patience: float) -> None:
        # Durations as durations, the library's own future; without it every 429 prints a deprecation warning.
        os.environ.setdefault("PTB_TIMEDELTA", "1")
        self._request = AiohttpRequest(patience)
        self._bot = _Bot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=self._request,
            get_updates_request=self._request,
        )

    def parse(self, raw: dict[str, Any]) -> Update:
        """The library checks little, so a malformed update may show itself in any way."""
        try:
            return Update.de_json(raw, self._bot)
        except Exception as error:
            raise Unreadable(f"{type(error).__name__}: {error}"[:200]) from None

    async def me(self) -> Profile:
        """getMe."""
        with told_apart():
            return Profile.of(await self._bot.get_me())

    async def standing(self, address: str, account: int) -> str:
        """getChatMember."""
        with told_apart():
            member = await self._bot.get_chat_member(address, account)
            return standing_of(str(member.status), member if isinstance(member, ChatMemberRestricted) else None)

    async def webhook(self) -> Webhook:
        """getWebhookInfo."""
        with told_apart():
            return Webhook.of(await self._bot.get_webhook_info())

    async def say(self, address: str, wording: Wording, reply_to: str | None, topic: str | None) -> str:
        """sendMessage."""
        with told_apart():
            fields = {
                "chat_id": address,
                "message_thread_id": None if topic is None else int(topic),
                "text": wording.text,
                "entities": bold(wording),
                "link_preview_options": NO_PREVIEW,
                "reply_parameters": answering(reply_to),
                "reply_markup": keyboard(wording),
            }
            return await self._bot.receipt("sendMessage", fields)

    async def hand_over(
        self, address: str, parcel: Parcel, wording: Wording, reply_to: str | None, topic: str | None
    ) -> str:
        """sendPhoto and its brothers."""
        fields = {"message_thread_id": None if topic is None else int(topic), "reply_parameters": answering(reply_to)}
        with told_apart():
            return str((await self._hand_over(address, parcel, wording, fields)).message_id)

    async def reword(self, address: str, message_id: str, wording: Wording) -> None:
        """editMessageText."""
        with told_apart():
            fields = {
                "chat_id": address,
                "message_id": int(message_id),
                "text": wording.text,
                "entities": bold(wording),
                "link_preview_options": NO_PREVIEW,
                "reply_markup": keyboard(wording),
            }
            await self._bot.receipt("editMessageText", fields)

    async def recaption(self, address: str, message_id: str, wording: Wording) -> None:
        """editMessageCaption."""
        with told_apart():
            fields = {
                "chat_id": address,
                "message_id": int(message_id),
                "caption": wording.text,
                "caption_entities": bold(wording),
                "reply_markup": keyboard(wording),
            }
            await self._bot.receipt("editMessageCaption", fields)

    async def delete(self, address: str, message_id: str) -> None:
        """deleteMessage."""
        with told_apart():
            await self._bot.delete_message(address, int(message_id))

    async def react(self, address: str, message_id: str, emoji: str) -> None:
        """setMessageReaction."""
        with told_apart():
            await self._bot.set_message_reaction(address, int(message_id), reaction=[emoji] if emoji else [])

    async def answer(self, tap_id: str, text: str) -> None:
        """answerCallbackQuery."""
        with told_apart():
            await self._bot.answer_callback_query(tap_id, text or None)

    async def download(self, file_id: str, limit: int) -> bytes:
        """getFile, then the file; the library makes a whole address of its path."""
        try:
            with told_apart():
                file = await self._bot.get_file(file_id)
        except SendFailed as failure:
            raise not_given(failure) from None
        check_size(file.file_size, limit)
        return await download(self._request.session, file.file_path or "", limit)

    async def open_topic(self, address: str, name: str, colour: int) -> str:
        """createForumTopic."""
        with told_apart():
            return str((await self._bot.create_forum_topic(address, name, icon_color=colour)).message_thread_id)

    async def name_topic(self, address: str, topic: str, name: str) -> None:
        """editForumTopic."""
        with told_apart():
            await self._bot.edit_forum_topic(address, int(topic), name=name)

    async def close_topic(self, address: str, topic: str) -> None:
        """closeForumTopic."""
        with told_apart():
            await self._bot.close_forum_topic(address, int(topic))

    async def reopen_topic(self, address: str, topic: str) -> None:
        """reopenForumTopic."""
        with told_apart():
            await self._bot.reopen_forum_topic(address, int(topic))

    async def may_not_open_topics(self, address: str, account: int) -> bool:
        """getChat and getChatMember: whether this group is a forum in which an account may manage no topics."""
        with told_apart():
            if not (await self._bot.get_chat(address)).is_forum:
                return False
            member = await self._bot.get_chat_member(address, account)
        return not (isinstance(member, ChatMemberAdministrator) and member.can_manage_topics)

    async def close(self) -> None:
        """Close the session."""
        await self._request.shutdown()

    async def _hand_over(self, address: str, parcel: Parcel, wording: Wording, fields: dict[str, Any]) -> Message:
        fields["reply_markup"] = keyboard(wording)
        common: dict[str, Any] = {"api_kwargs": fields}
        match parcel.method:
            case "location":
                return await self._bot.send_location(address, parcel.latitude, parcel.longitude, **common)
            case "venue":
                title, _, rest = wording.text.partition("\n")
                return await self._bot.send_venue(
                    address, parcel.latitude, parcel.longitude, title, rest or title, **common
                )
            case "sticker":
                return await self._bot.send_sticker(address, parcel.content, **common)
        fields["caption_entities"] = bold(wording)
        common |= {"caption": wording.text or None, "filename": parcel.name}
        match parcel.method:
            case "photo":
                return await self._bot.send_photo(address, parcel.content, **common)
            case "video":
                return await self._bot.send_video(address, parcel.content, **common)
            case "voice":
                return await self._bot.send_voice(address, parcel.content, **common)
            case _:
                return await self._bot.send_document(address, parcel.content, **common)
