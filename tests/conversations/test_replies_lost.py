"""Answers of staff that are blocked, refused, cut short or lost on the way: the card tells, and shows a way out."""

import pytest

from bot.channels.channel import SendFailed
from storage.vocabulary import OutboxState
from tests.conversations.answered import LEAK, card
from tests.world import World


def test_blocked_by_the_tenant_staff_are_told_and_shown_a_way_out(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    ann.private.refuses(SendFailed("blocked", permanent=True, closes_chat=True))
    li.replies(world.engineering.find("#1001"), "I come at ten", world.engineering)
    assert "blocked by the tenant" in card(world)
    assert world.engineering.hears("📭 #1001", "blocked", "call 13800138000")
    assert world.engineering.hears("let them know in the building's group")
    assert world.room.hears("you have an answer about no. 1001")
    li.replies(world.engineering.find("#1001"), "And bring the key", world.engineering)
    assert sum("📭" in text for text in world.engineering.wordings) == 2
    ann.private.refuses(None)
    ann.unblocks()
    assert ann.private.hears("I come at ten")
    assert ann.private.hears("bring the key")
    assert "Last reply: sent" in card(world)


def test_a_block_while_the_reply_waits_is_told_too(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    ann.private.refuses(SendFailed("server trouble"))
    li.replies(world.engineering.find("#1001"), "I come at ten", world.engineering)
    ann.blocks()
    assert "blocked by the tenant" in card(world)
    assert world.engineering.hears("📭 #1001", "blocked")


def test_a_tenant_who_only_wrote_in_private_and_blocked_us(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK, ann.private)
    ann.blocks()
    li.replies(world.engineering.find("#1001"), "I come at ten", world.engineering)
    assert world.engineering.hears("📭 #1001", "call 13800138000")
    assert not world.engineering.hears("building's group that")
    assert world.room.wordings == []


def test_nobody_knows_whether_it_arrived(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    ann.private.refuses(SendFailed("no answer", unknown=True))
    li.replies(world.engineering.find("#1001"), "On my way", world.engineering)
    ann.private.refuses(None)
    world.passes(minutes=2)
    assert ann.private.hears("may have seen this already", "On my way")
    assert "Last reply: sent" in card(world)
    ann.private.refuses(SendFailed("no answer", unknown=True))
    li.replies(world.engineering.find("#1001"), "Are you there?", world.engineering)
    for _ in range(20):
        world.passes(minutes=15)
    assert "not known whether it arrived" in card(world)
    assert world.engineering.hears("📭 #1001", "not known")


def test_a_card_that_cannot_be_put_into_its_chat_is_an_alarm(world: World) -> None:
    world.engineering.refuses(SendFailed("kicked", permanent=True, closes_chat=True))
    world.person("Ann").says(LEAK)
    assert world.managers.hears("#1001", "no longer write in the duty chat of Engineering", "customer desk now")
    assert world.desk_chat.hears("#1001", "leaking")
    world.engineering.refuses(None)
    world.let_into(world.engineering)
    assert any("Take" in label for label in world.engineering.labels)


@pytest.mark.parametrize(
    ("failure", "state"),
    [
        (SendFailed("kicked", permanent=True, closes_chat=True), OutboxState.REFUSED),
        (SendFailed("form refused", permanent=True), OutboxState.REFUSED),
        (SendFailed("asked to wait", retry_after=30), OutboxState.PENDING),
        (SendFailed("server trouble"), OutboxState.PENDING),
        (SendFailed("no answer", unknown=True), OutboxState.PENDING),
    ],
)
def test_whatever_the_platform_says_the_row_tells(world: World, failure: SendFailed, state: OutboxState) -> None:
    world.room.refuses(failure)
    world.person("Ann").says(LEAK)
    row = next(row for row in world.outbox if row.notification == "Received")
    assert row.state is state
    assert row.reason
    assert world.engineering.hears("#1001")


def test_every_row_ends_and_the_refused_ones_are_counted(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    ann.private.refuses(SendFailed("deactivated", permanent=True, closes_chat=True))
    li.replies(world.engineering.find("#1001"), "On my way", world.engineering)
    world.passes(hours=1)
    assert all(row.state in (OutboxState.SENT, OutboxState.REFUSED, OutboxState.DEAD) for row in world.outbox)
    li.says("/digest", world.managers)
    assert world.managers.hears("📭 Not delivered")


@pytest.mark.parametrize("failed", [SendFailed("blocked", permanent=True, closes_chat=True), None])
def test_a_photo_to_one_who_blocked_us_waits_for_them(world: World, failed: SendFailed | None) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    ann.private.refuses(failed)
    if failed is None:
        ann.blocks()
    li.replies(world.engineering.find("#1001", "leaking"), "", world.engineering, attached=(world.file(),))
    assert "blocked" in card(world)
    assert world.engineering.hears("📭 #1001")
    assert world.room.hears("Ann, you have an answer about no. 1001")
    ann.private.refuses(None)
    ann.unblocks()
    assert sum(shown.media is not None for shown in ann.private.screen) == 1
    assert "Last reply: sent" in card(world)
    ann.starts()
    assert sum(shown.media is not None for shown in ann.private.screen) == 1


def test_of_a_long_reply_that_was_cut_short_nothing_is_called_sent(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    ann.private.refuses(SendFailed("blocked", permanent=True, closes_chat=True))
    li.replies(world.engineering.find("#1001"), "word " * 810 + "END", world.engineering)
    assert "blocked" in card(world)
    ann.private.refuses(None)
    ann.unblocks()
    assert ann.private.texts[-1].endswith("END")
    assert "Last reply: sent" in card(world)
