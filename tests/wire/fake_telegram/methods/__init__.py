"""The Bot API methods the fake knows, by their names in lower case (the real server ignores case too).

Each takes the world, the calling bot and its arguments, runs under the world's lock, and returns the plain
JSON value of `result` or raises `Refused`. getUpdates is not here: it waits, see `polling.py`.
"""

from collections.abc import Callable
from typing import Any

from tests.wire.fake_telegram.accounts import BotAccount
from tests.wire.fake_telegram.arguments import Arguments
from tests.wire.fake_telegram.methods import callbacks, editing, forum, itself, looking, sending
from tests.wire.fake_telegram.world import World

Method = Callable[[World, BotAccount, Arguments], Any]

METHODS: dict[str, Method] = {
    "getme": itself.get_me,
    "setmycommands": itself.set_my_commands,
    "getmycommands": itself.get_my_commands,
    "setmydescription": itself.set_my_description,
    "getmydescription": itself.get_my_description,
    "setwebhook": itself.set_webhook,
    "deletewebhook": itself.delete_webhook,
    "getwebhookinfo": itself.get_webhook_info,
    "close": itself.close,
    "logout": itself.log_out,
    "sendmessage": sending.send_message,
    "sendphoto": sending.send_photo,
    "sendvideo": sending.send_video,
    "sendvoice": sending.send_voice,
    "senddocument": sending.send_document,
    "sendlocation": sending.send_location,
    "sendmediagroup": sending.send_media_group,
    "sendchataction": looking.send_chat_action,
    "editmessagetext": editing.edit_message_text,
    "editmessagecaption": editing.edit_message_caption,
    "editmessagereplymarkup": editing.edit_message_reply_markup,
    "deletemessage": editing.delete_message,
    "setmessagereaction": editing.set_message_reaction,
    "answercallbackquery": callbacks.answer_callback_query,
    "createforumtopic": forum.create_forum_topic,
    "editforumtopic": forum.edit_forum_topic,
    "closeforumtopic": forum.close_forum_topic,
    "reopenforumtopic": forum.reopen_forum_topic,
    "deleteforumtopic": forum.delete_forum_topic,
    "getfile": looking.get_file,
    "getchat": looking.get_chat,
    "getchatmember": looking.get_chat_member,
    "getchatadministrators": looking.get_chat_administrators,
    "getchatmembercount": looking.get_chat_member_count,
    "leavechat": looking.leave_chat,
}
