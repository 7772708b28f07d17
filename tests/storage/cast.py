"""The people of the storage tests and the house they live in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.models import Chat, Site, Ticket
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group, Kind, Trade, Urgency
from storage.writer import Writer


@dataclass(frozen=True, slots=True)
class Cast:
    """Ids of one site, its room and duty chat, Mei who lives there and Wang who mends things."""

    site: int
    room: int
    duty: int
    mei: int
    wang: int

    def ticket(self, number: int, now: datetime, **changes: Any) -> Ticket:
        """Mei's kitchen tap drips."""
        values: dict[str, Any] = {
            "site_id": self.site,
            "number": number,
            "kind": Kind.REPAIR,
            "trade": Trade.PLUMBING,
            "urgency": Urgency.NORMAL,
            "words": "厨房水龙头漏水",
            "language": "zh_CN",
            "reporter_id": self.mei,
            "chat_id": self.room,
            "message_id": "7",
            "opened_at": now,
        }
        return Ticket(**values | changes)

    def message(self, now: datetime, chat: int | None = None, **changes: Any) -> dict[str, Any]:
        """The columns of something to say, to the duty chat if no other is named."""
        values: dict[str, Any] = {
            "chat_id": self.duty if chat is None else chat,
            "notification": "NewTicket",
            "payload": "{}",
            "language": "zh_CN",
            "created_at": now,
            "due_at": now,
        }
        return values | changes


def arrive(unit: UnitOfWork, name: str = "Harbour Court") -> Cast:
    """Everybody moves in."""
    site = unit.sites.add(
        Site(name=name, timezone="Asia/Shanghai", language="zh_CN", emergency_number="119"),
    )
    mei, wang = unit.people.add("memory", f"mei of {name}", "Mei"), unit.people.add("memory", f"wang of {name}", "Wang")
    room = unit.chats.add(Chat(channel="memory", address=f"room of {name}", role=ChatRole.ROOM, site_id=site.id))
    duty = unit.chats.add(
        Chat(
            channel="memory",
            address=f"duty of {name}",
            role=ChatRole.DUTY,
            site_id=site.id,
            group=Group.ENGINEERING,
        )
    )
    return Cast(site=site.id, room=room.id, duty=duty.id, mei=mei.id, wang=wang.id)


def moved_in(writer: Writer) -> Cast:
    """Everybody has moved in, and it is committed."""
    return writer.submit(arrive).result(timeout=10)
