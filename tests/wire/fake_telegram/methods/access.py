"""May this bot do this here? The checks every method begins with, in the order and words of Client.cpp."""

from tests.wire.fake_telegram.accounts import BotAccount
from tests.wire.fake_telegram.arguments import Arguments
from tests.wire.fake_telegram.chats import Chat, Topic
from tests.wire.fake_telegram.messages import Message
from tests.wire.fake_telegram.refusals import bad_request, forbidden
from tests.wire.fake_telegram.world import World

GENERAL_TOPIC = 1


def chat_to_read(world: World, bot: BotAccount, arguments: Arguments, name: str = "chat_id") -> Chat:
    return _chat(world, bot, arguments.text(name), writes=False)


def chat_to_write(world: World, bot: BotAccount, arguments: Arguments) -> Chat:
    return _chat(world, bot, arguments.text("chat_id"), writes=True)


def message_in(chat: Chat, arguments: Arguments, what: str, name: str = "message_id") -> Message:
    """`what` is the server's name for it: "message to edit", "message to delete" …"""
    message = chat.find(arguments.number(name))
    if message is None:
        raise bad_request(f"{what} not found")
    return message


def topic_for_message(chat: Chat, bot: BotAccount, arguments: Arguments) -> Topic | None:
    """Where in the chat a new message goes. General has no id one may send to: 1 is refused, as in reality."""
    thread = arguments.number("message_thread_id")
    if thread <= 0:
        return None
    topic = chat.topics.get(thread)
    if topic is None:
        if chat.kind == "supergroup" and not chat.is_forum and chat.find(thread):
            return None  # an ordinary thread of replies
        raise bad_request("message thread not found")
    if topic.is_closed and not chat.member(bot).can("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return topic


def _chat(world: World, bot: BotAccount, chat_id: str, *, writes: bool) -> Chat:
    if not chat_id:
        raise bad_request("chat_id is empty")
    if chat_id.startswith("@"):
        found = next((c for c in world.chats.values() if c.username and f"@{c.username}" == chat_id), None)
    else:
        number = int(chat_id) if chat_id.lstrip("-").isdecimal() else 0
        if number > 0:
            return _private(world, bot, number, writes=writes)
        found = world.chats.get(number)
    if found is None or bot.id not in found.members:
        raise bad_request("chat not found")
    if found.upgraded_to is not None and writes:
        raise bad_request("group chat was upgraded to a supergroup chat", migrate_to_chat_id=found.upgraded_to.id)
    standing = found.member(bot)
    # A bot thrown out of a basic group may still look, out of a supergroup not even that.
    if not standing.is_inside and (writes or found.kind != "group"):
        if standing.status == "kicked":
            raise forbidden(f"bot was kicked from the {found.kind} chat")
        raise forbidden(f"bot is not a member of the {found.kind} chat")
    if found.kind == "channel" and writes and not standing.is_admin:
        raise bad_request("need administrator rights in the channel chat")
    return found


def _private(world: World, bot: BotAccount, number: int, *, writes: bool) -> Chat:
    if any(other.id == number for other in world.bots.values()):
        raise forbidden("bot can't send messages to bots")
    person = world.people.get(number)
    if person is None:
        raise bad_request("chat not found")
    chat = world.private.get((bot.id, number))
    if chat is None:
        if writes:
            raise forbidden("bot can't initiate conversation with a user")
        raise bad_request("chat not found")
    if writes and chat.member(bot).status == "kicked":
        raise forbidden("bot was blocked by the user")
    return chat
