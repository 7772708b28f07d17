"""Somebody joins, leaves, is blocked, kicked or promoted: the new standing and the update that tells of it."""

from __future__ import annotations

from tests.wire.fake_telegram.accounts import Account, BotAccount
from tests.wire.fake_telegram.chats import Chat, Member


def change_standing(
    chat: Chat, who: Account, status: str, *, by: Account, rights: frozenset[str] = frozenset()
) -> None:
    """`my_chat_member` for the bot itself, `chat_member` for admin bots when it is about somebody else."""
    world = chat.world
    with world.lock:
        before = chat.member(who)
        after = chat.members[who.id] = Member(who, status, rights)
        update = {
            "chat": chat.as_json(),
            "from": by.as_json(),
            "date": int(world.clock()),
            "old_chat_member": before.as_json(),
            "new_chat_member": after.as_json(),
        }
        if isinstance(who, BotAccount):
            who.updates.put("my_chat_member", update, chat.id + (5 << 33))
        for bot in chat.bots:
            if bot is not who and chat.member(bot).is_admin:
                bot.updates.put("chat_member", update, who.id + (6 << 33))
