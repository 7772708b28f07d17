"""sendMessage and everything else that puts a new message of a bot on the screen."""

from typing import Any

from tests.wire.fake_telegram.accounts import BotAccount
from tests.wire.fake_telegram.arguments import Arguments
from tests.wire.fake_telegram.chats import Chat
from tests.wire.fake_telegram.files import StoredFile, media_content
from tests.wire.fake_telegram.markup import checked_markup
from tests.wire.fake_telegram.messages import Message
from tests.wire.fake_telegram.methods.access import chat_to_write, topic_for_message
from tests.wire.fake_telegram.methods.whispering import is_whisper, whisper
from tests.wire.fake_telegram.refusals import bad_request
from tests.wire.fake_telegram.text import CAPTION_LIMIT, TEXT_LIMIT, formatted
from tests.wire.fake_telegram.world import World


def send_message(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    return _put(world, bot, arguments, text_content(arguments)).as_json()


def send_photo(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    return _send_file(world, bot, arguments, "photo")


def send_video(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    return _send_file(world, bot, arguments, "video")


def send_voice(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    return _send_file(world, bot, arguments, "voice")


def send_document(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    return _send_file(world, bot, arguments, "document")


def send_location(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    place = {}
    for name in ("latitude", "longitude"):
        if not arguments.text(name):
            raise bad_request(f"{name} is empty")
        place[name] = float(arguments.text(name))
    return _put(world, bot, arguments, {"location": place}).as_json()


def send_media_group(world: World, bot: BotAccount, arguments: Arguments) -> list[dict[str, Any]]:
    media = arguments.parsed("media")
    if not isinstance(media, list):
        raise bad_request("Expected an Array of InputMedia")
    if not media:
        raise bad_request("There are no messages to send")
    if len(media) > 10:
        raise bad_request("Too many messages to send as an album")
    kinds = {item.get("type") for item in media}
    if kinds - {"photo", "video"} and len(kinds) > 1:
        raise bad_request("Can't use the media of the specified type in the album")
    contents = [_album_item(world, arguments, item) for item in media]
    album = str(14_000_000_000 + world.number()) if len(media) > 1 else None
    return [_put(world, bot, arguments, content, album=album).as_json() for content in contents]


def text_content(arguments: Arguments) -> dict[str, Any]:
    if not arguments.text("text"):
        raise bad_request("Message text is empty")
    mode, marks = arguments.text("parse_mode"), arguments.parsed("entities")
    text, entities = formatted(arguments.text("text"), mode, marks, TEXT_LIMIT)
    return {"text": text} | ({"entities": entities} if entities else {})


def caption_content(given: Arguments) -> dict[str, Any]:
    mode, marks = given.text("parse_mode"), given.parsed("caption_entities")
    caption, entities = formatted(given.text("caption"), mode, marks, CAPTION_LIMIT)
    return ({"caption": caption} if caption else {}) | ({"caption_entities": entities} if entities else {})


def _send_file(world: World, bot: BotAccount, arguments: Arguments, kind: str) -> dict[str, Any]:
    caption = caption_content(arguments)
    stored = _file(world, arguments, kind, arguments.text(kind), kind)
    return _put(world, bot, arguments, media_content(world.files, stored) | caption).as_json()


def _album_item(world: World, arguments: Arguments, item: dict[str, Any]) -> dict[str, Any]:
    kind = item.get("type")
    if kind not in ("photo", "video", "document"):
        raise bad_request(f'Can\'t parse InputMedia: type "{kind}" is unsupported')
    stored = _file(world, arguments, kind, str(item.get("media", "")), "media")
    return media_content(world.files, stored) | caption_content(Arguments(item))


def _file(world: World, arguments: Arguments, kind: str, reference: str, part: str) -> StoredFile:
    """An uploaded part, a file_id of an earlier file, or an address Telegram would fetch by itself."""
    upload = arguments.attached(reference) or arguments.uploads.get(part)
    if upload is not None:
        if not upload.content:
            raise bad_request("file must be non-empty")
        return world.files.keep(kind, upload.content, upload.name, upload.mime)
    if not reference:
        raise bad_request(f"there is no {kind} in the request")
    if reference.startswith(("http://", "https://")):
        return world.files.keep(kind, reference.encode())
    known = world.files.find(reference)
    if known is None:
        raise bad_request("wrong file identifier/HTTP URL specified")
    if known.kind != kind:
        raise bad_request(f"can't use file of type {known.kind.capitalize()} as {kind.capitalize()}")
    return known


def _put(
    world: World, bot: BotAccount, arguments: Arguments, content: dict[str, Any], album: str | None = None
) -> Message:
    markup = checked_markup(arguments.parsed("reply_markup", "reply keyboard markup"))
    chat = chat_to_write(world, bot, arguments)
    if is_whisper(arguments):
        return whisper(world, bot, chat, arguments, content, markup)
    reply = _replied(world, chat, arguments)
    topic = topic_for_message(chat, bot, arguments)
    thread = None
    if reply is not None and topic is None:
        topic = reply.topic
        thread = (reply.thread_id or reply.id) if chat.kind == "supergroup" and topic is None else None
    if topic is not None and reply is None:
        reply = topic.root
    return world.post(chat, bot, content, reply_to=reply, topic=topic, thread_id=thread, markup=markup, album=album)


def _replied(world: World, chat: Chat, arguments: Arguments) -> Message | None:
    asked = arguments.parsed("reply_parameters", "reply parameters") or {}
    number = int(asked.get("message_id", 0) or arguments.number("reply_to_message_id"))
    lenient = bool(asked.get("allow_sending_without_reply")) or arguments.flag("allow_sending_without_reply")
    if number <= 0:
        return None
    other = asked.get("chat_id")
    where = chat if other in (None, chat.id, str(chat.id)) else world.chats.get(int(other))
    found = where.find(number) if where is not None else None
    if found is None and not lenient:
        raise bad_request("message to be replied not found")
    return found if where is chat else None  # a quote from elsewhere is no reply in this chat
