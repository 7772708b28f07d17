"""The messages every candidate gets: tenants in 200 rooms of 50 sites, each reporting something of their own."""

import json
import time
from collections.abc import Iterator

ROOMS, SITES, PEOPLE = 200, 50, 6000
# Each tells of the writer's own flat: what neighbours share becomes one incident with one card, which is less work.
SENTENCES = (
    "3栋1202厨房水管漏水了,麻烦派人来看看",
    "5栋902马桶堵了,水下不去,请尽快来通一下",
    "The kitchen pipe in Block 5 room 803 is leaking, please send someone",
    "我家卧室的灯坏了,5栋706,请派人来修",
    "12樓B座冷氣機漏水,麻煩派師傅嚟睇下",
)


def room_address(number: int) -> int:
    """The chat id of the room a message is said in."""
    return -1_001_000_000_000 - number % ROOMS


def duty_address(site: int) -> int:
    """The chat id of a site's duty chat."""
    return -1_002_000_000_000 - site


def person_address(number: int) -> int:
    """The account of a tenant the desk has met before; each says one thing in a run."""
    return 7_000_000 + number


def updates(first: int, count: int) -> Iterator[str]:
    """Raw updates numbered from `first`; each from a person of their own."""
    for number in range(first, first + count):
        chat = {"id": room_address(number), "type": "supergroup", "title": f"Room {number % ROOMS}"}
        who = {
            "id": person_address(number),
            "is_bot": False,
            "first_name": f"Tenant {number}",
            "language_code": "zh-hans",
        }
        text = f"{SENTENCES[number % len(SENTENCES)]} m{number:06}"
        message = {"message_id": 100 + number, "date": int(time.time()), "chat": chat, "from": who, "text": text}
        # update_id first: the far end reads it without parsing
        yield json.dumps({"update_id": 1_000_000 + number, "message": message}, separators=(",", ":"))
