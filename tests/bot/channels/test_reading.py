"""Whatever comes in, either bot makes an event of it or says that it cannot be read."""

import copy
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.bot_api.channel import BotApiChannel
from bot.channels.channel import Unreadable
from bot.channels.telegram_duty import TelegramDuty
from bot.channels.telegram_rooms import TelegramRooms
from handlers.events import Event, MessageReceived

CHANNELS = [TelegramRooms("1:a", "http://127.0.0.1:9"), TelegramDuty("1:a", "http://127.0.0.1:9")]
EVENTS = get_args(Event)

ANN = {"id": 7, "is_bot": False, "first_name": "Ann", "last_name": "Li", "language_code": "en"}
HOME = {"id": -100123, "type": "supergroup", "title": "Home", "is_forum": True}
FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 5, "width": 5, "height": 5, "duration": 1}
MESSAGE = {
    "message_id": 5,
    "date": 1_800_000_000,
    "chat": HOME,
    "from": ANN,
    "text": "@bob the lift is stuck",
    "entities": [{"type": "mention", "offset": 0, "length": 4}],
    "reply_to_message": {"message_id": 3, "date": 1_800_000_000, "chat": HOME, "from": ANN, "text": "hi"},
    "message_thread_id": 3,
    "is_topic_message": True,
}
PHOTO = {**{k: v for k, v in MESSAGE.items() if k not in ("text", "entities")}, "photo": [FILE], "caption": "look"}
MEMBER = {"chat": HOME, "from": ANN, "date": 1, "old_chat_member": {"status": "left", "user": ANN}}
UPDATES: list[dict[str, Any]] = [
    {"update_id": 1, "message": MESSAGE},
    {"update_id": 1, "edited_message": PHOTO},
    {"update_id": 1, "channel_post": MESSAGE},
    {"update_id": 1, "callback_query": {"id": "1", "from": ANN, "chat_instance": "1", "data": "x", "message": MESSAGE}},
    {"update_id": 1, "my_chat_member": {**MEMBER, "new_chat_member": {"status": "member", "user": ANN}}},
    {"update_id": 1, "message": {**MESSAGE, "migrate_to_chat_id": -5}},
]
ODD = st.sampled_from(
    [
        None,
        True,
        "",
        "x",
        "\u0000\ud800\u202e",
        "水" * 5000,
        -1,
        0,
        2**63,
        2**70,
        1.5,
        [],
        {},
        [[]],
        [{}],
        {"id": {}},
        {"type": "new"},
    ]
)


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a tree of JSON."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, item in inner for path in [(*at, key), *paths(item, (*at, key))]]


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)
@given(st.data())
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_update_however_mangled_does_worse_than_being_unreadable(
    channel: BotApiChannel, data: st.DataObject
) -> None:
    update = copy.deepcopy(data.draw(st.sampled_from(UPDATES)))
    for _ in range(data.draw(st.integers(1, 3))):
        places = paths(update)
        *way, last = data.draw(st.sampled_from(places))
        holder: Any = update
        for step in way:
            holder = holder[step]
        if data.draw(st.booleans()):
            del holder[last]
        else:
            holder[last] = copy.deepcopy(data.draw(ODD))
        if not paths(update):
            break
    try:
        event = channel.read(update)
    except Unreadable:
        return
    assert isinstance(event, EVENTS)
    if isinstance(event, MessageReceived):
        for words in (event.text, event.speaker.name, event.where.title):
            assert isinstance(words, str)
            words.encode()
            assert "\x00" not in words
        assert len(event.speaker.name) <= 64


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)
@pytest.mark.parametrize(
    "kind", ["poll", "chat_boost", "business_message", "inline_query", "message_reaction", "hologram"]
)
def test_kinds_the_desk_does_not_read_are_no_trouble(channel: BotApiChannel, kind: str) -> None:
    with_empty = {"update_id": 1, kind: {}}
    try:
        event = channel.read(with_empty)
    except Unreadable:
        return
    assert isinstance(event, EVENTS)


@pytest.mark.parametrize("channel", CHANNELS, ids=lambda channel: channel.name)
@pytest.mark.parametrize("update", [[], "hello", 5, None])
def test_what_is_no_object_is_unreadable(channel: BotApiChannel, update: Any) -> None:
    with pytest.raises(Unreadable):
        channel.read(update)


def test_both_libraries_read_the_same() -> None:
    for update in UPDATES:
        rooms, duty = (channel.read(copy.deepcopy(update)) for channel in CHANNELS)
        assert type(rooms) is type(duty)
        if isinstance(rooms, MessageReceived) and isinstance(duty, MessageReceived):
            assert replace(rooms, where=duty.where) == duty
