"""What a bot may learn about chats, members and files, and how it leaves."""

from typing import Any

from tests.wire.fake_telegram.accounts import BotAccount
from tests.wire.fake_telegram.arguments import Arguments
from tests.wire.fake_telegram.chats import Member
from tests.wire.fake_telegram.files import DOWNLOAD_LIMIT
from tests.wire.fake_telegram.methods.access import GENERAL_TOPIC, chat_to_read, chat_to_write
from tests.wire.fake_telegram.refusals import bad_request
from tests.wire.fake_telegram.standing import change_standing
from tests.wire.fake_telegram.world import World

CHAT_ACTIONS = frozenset(
    f"{verb}_{what}"
    for verb, things in {
        "record": ("video", "audio", "voice", "video_note"),
        "upload": ("video", "audio", "voice", "video_note", "photo", "document"),
        "find": ("location",),
        "choose": ("sticker",),
    }.items()
    for what in things
) | {"typing", "cancel", "pick_up_location"}


def get_chat(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    return chat_to_read(world, bot, arguments).full_json()


def get_chat_member(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    chat = chat_to_read(world, bot, arguments)
    user_id = arguments.number("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    if user_id in chat.members:
        return chat.members[user_id].as_json()
    if user_id not in world.people:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return Member(world.people[user_id], "left").as_json()


def get_chat_administrators(world: World, bot: BotAccount, arguments: Arguments) -> list[dict[str, Any]]:
    chat = chat_to_read(world, bot, arguments)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    admins = [member for member in chat.members.values() if member.is_admin]
    # Other bots are left out of the list, as the documentation says.
    return [m.as_json() for m in admins if m.account is bot or not m.account.is_bot]


def get_chat_member_count(world: World, bot: BotAccount, arguments: Arguments) -> int:
    chat = chat_to_read(world, bot, arguments)
    return sum(1 for member in chat.members.values() if member.is_inside)


def leave_chat(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    chat = chat_to_write(world, bot, arguments)
    if chat.kind == "private":
        raise bad_request("chat member status can't be changed in private chats")
    content = {"left_chat_member": bot.as_json()}
    world.post(chat, bot, content, is_service=True)
    change_standing(chat, bot, "left", by=bot)
    return True


def send_chat_action(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    chat = chat_to_write(world, bot, arguments)
    thread = arguments.number("message_thread_id")
    if thread not in (0, GENERAL_TOPIC) and thread not in chat.topics:
        raise bad_request("message thread not found")
    if arguments.text("action") not in CHAT_ACTIONS:
        raise bad_request("Wrong parameter action in request")
    return True


def get_file(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    file_id = arguments.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    stored = world.files.find(file_id)
    if stored is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if stored.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return stored.as_json() | {"file_path": stored.path}
