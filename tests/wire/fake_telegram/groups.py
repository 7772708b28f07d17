"""Groups and channels, and what their admins do: let bots in, kick, promote, pin, rename, upgrade, post."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.wire.fake_telegram.accounts import ANONYMOUS_ADMIN, CHANNEL_VOICE, TELEGRAM, Account
from tests.wire.fake_telegram.chats import BOT_RIGHTS, Chat, Member, Topic
from tests.wire.fake_telegram.messages import Message
from tests.wire.fake_telegram.standing import change_standing
from tests.wire.fake_telegram.text import typed

if TYPE_CHECKING:
    from tests.wire.fake_telegram.person import Person

TOPIC_BLUE = 7322096


class Group(Chat):
    """A group, supergroup or forum. The one who owns it appears the first time somebody must have acted."""

    def owner(self) -> Account:
        creator = next((m.account for m in self.members.values() if m.status == "creator"), None)
        if creator is None:
            creator = self.world.user("群主")
            self.members[creator.id] = Member(creator, "creator")
        return creator

    def adds(self, who: Account, *, by: Account | None = None, admin: bool = False) -> Message:
        """Let somebody in: the service message for everybody, my_chat_member for a bot."""
        with self.world.lock:
            who_did = by or self.owner()
            rights = frozenset(BOT_RIGHTS) if admin else frozenset[str]()
            change_standing(self, who, "administrator" if admin else "member", by=who_did, rights=rights)
            content = {"new_chat_members": [who.as_json()]}
            return self.world.post(self, who_did, content, is_service=True)

    def joined_by(self, person: Person) -> Message:
        return self.adds(person, by=person)

    def left_by(self, person: Person) -> Message:
        return self._removes(person, "left", person)

    def kicks(self, who: Account, *, by: Account | None = None) -> Message:
        return self._removes(who, "kicked", by or self.owner())

    def promotes(self, who: Account, *, rights: tuple[str, ...] = BOT_RIGHTS) -> None:
        change_standing(self, who, "administrator", by=self.owner(), rights=frozenset(rights))

    def demotes(self, who: Account) -> None:
        change_standing(self, who, "member", by=self.owner())

    def pins(self, message: Message, *, by: Account | None = None) -> Message:
        pinned = {"pinned_message": message.as_json(with_reply=False)}
        return self.world.post(self, by or self.owner(), pinned, is_service=True)

    def renames(self, title: str, *, by: Account | None = None) -> Message:
        self.title = title
        return self.world.post(self, by or self.owner(), {"new_chat_title": title}, is_service=True)

    def hears_anonymous_admin(self, text: str) -> Message:
        """An admin who stays anonymous: signed by the group itself, `from` being GroupAnonymousBot."""
        ghost = self.world.ghost(ANONYMOUS_ADMIN)
        return self.world.post(self, ghost, typed(text), sender_chat=self)

    def hears_channel(self, channel: Channel, text: str) -> Message:
        """A member who writes in the name of a channel."""
        ghost = self.world.ghost(CHANNEL_VOICE)
        return self.world.post(self, ghost, typed(text), sender_chat=channel)

    def hears_other_bot(self, text: str, name: str = "NewsBot") -> Message:
        """A bot that is not ours. Most bots never see this; here they do, so that loops can be provoked."""
        other = Account(self.world, 6_000_000_000 + self.world.number(), name, f"{name}_bot", is_bot=True)
        self.members.setdefault(other.id, Member(other))
        return self.world.post(self, other, typed(text), even_from_bots=True)

    def opens_topic(
        self, name: str, *, by: Account | None = None, icon_color: int = TOPIC_BLUE, icon: str = ""
    ) -> Topic:
        """A new topic; its id is that of the service message that says so."""
        with self.world.lock:
            created: dict[str, Any] = {"name": name, "icon_color": icon_color}
            if icon:
                created["icon_custom_emoji_id"] = icon
            number = self.next_id()
            root = Message(self, number, 0, None, {})
            topic = self.topics[number] = Topic(self, number, name, icon_color, root)
            content = {"forum_topic_created": created}
            topic.root = self.world.post(self, by or self.owner(), content, id=number, topic=topic, is_service=True)
            return topic

    def closes_topic(self, topic: Topic, *, by: Account | None = None) -> Message:
        topic.is_closed = True
        return self.notes_in_topic(topic, {"forum_topic_closed": {}}, by or self.owner())

    def deletes_topic(self, topic: Topic) -> None:
        """The topic and all it holds; bots are not told."""
        with self.world.lock:
            for message in topic.messages:
                message.is_deleted = True
            self.topics.pop(topic.id, None)

    def notes_in_topic(self, topic: Topic, content: dict[str, Any], by: Account) -> Message:
        return self.world.post(self, by, content, topic=topic, reply_to=topic.root, is_service=True)

    def becomes_supergroup(self) -> Group:
        """The upgrade: both service messages, new ids, and 400 with migrate_to_chat_id for the old one."""
        with self.world.lock:
            new = self.world.supergroup(self.title, bots=[])
            new.members = dict(self.members)
            owner = self.owner()
            self.world.post(self, owner, {"migrate_to_chat_id": new.id}, is_service=True)
            self.upgraded_to = new
            self.world.post(new, owner, {"migrate_from_chat_id": self.id}, is_service=True)
            return new

    def _removes(self, who: Account, status: str, by: Account) -> Message:
        with self.world.lock:
            content = {"left_chat_member": who.as_json()}
            note = self.world.post(self, by, content, is_service=True)
            change_standing(self, who, status, by=by)
            return note


class Channel(Chat):
    discussion: Group | None = None

    def discussed_in(self, group: Group) -> None:
        """Link a group: every post is forwarded there by itself."""
        self.discussion = group

    def posts(self, text: str) -> Message:
        with self.world.lock:
            post = self.world.post(self, None, typed(text), sender_chat=self)
            if self.discussion is not None:
                self._forwards(post, self.discussion)
            return post

    def _forwards(self, post: Message, group: Group) -> None:
        origin = {"type": "channel", "chat": self.as_json(), "message_id": post.id, "date": post.date}
        content = {**post.content, "forward_origin": origin, "is_automatic_forward": True}
        self.world.post(group, self.world.ghost(TELEGRAM), content, sender_chat=self)
