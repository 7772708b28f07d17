"""One honest digest a day, in the building's zone and in each manager's language."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.channels.channel import SendFailed
from handlers.pushes.push import ScheduledPush
from handlers.pushes.table import PUSHES
from storage.vocabulary import ChatRole, Disposition, Operation, OutboxState
from tests.conversations.wording import unsure
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking, phone 13800138000"
TO_SIX_PM = {"hours": 8, "minutes": 31}


def test_an_empty_day_is_one_line(world: World) -> None:
    world.passes(**TO_SIX_PM)
    (digest,) = world.managers.wordings
    assert digest.splitlines()[1:] == ["A quiet day: nothing heard, nothing open."]


def test_the_ledger_adds_up_and_names_nobody(world: World) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    ann.starts()
    for words in ("good morning everyone", unsure()[0], LEAK, "any news?"):
        bob.says(words)
        ann.says(words, ann.private)
    world.passes(**TO_SIX_PM)
    digest = world.managers.last.speech.plain
    heard, parts = re.search(r"Heard (\d+) = (.*)", digest).groups()  # type: ignore[union-attr]
    assert int(heard) == sum(int(count) for count in re.findall(r"\d+", parts))
    assert int(heard) == 8  # /start was a command
    for secret in ("Ann", "Bob", "1202", "13800138000", "leaking"):
        assert secret not in digest


def test_the_day_ends_at_the_digest_hour_of_the_building(world: World) -> None:
    world.passes(hours=8, minutes=29)
    world.person("Ann").says(LEAK)
    world.passes(minutes=2)
    world.person("Bob").says("The lift in Block 5 is stuck")
    assert world.managers.hears("New 1")
    world.passes(days=1)
    assert len(world.managers.wordings) >= 2
    assert "New 1" in world.managers.last.speech.plain


def test_down_for_three_days_it_comes_once_and_says_so(world: World) -> None:
    world.clock.time = world.clock.time.replace(day=5)
    world.runner.run(world.lobby.ticker.tick())
    world.settles()
    digests = [text for text in world.managers.wordings if "📊" in text]
    assert len(digests) == 1
    world.passes(days=1)
    assert sum("📊" in text for text in world.managers.wordings) == 2


def test_down_for_three_days_nothing_heard_is_left_out(world: World) -> None:
    world.passes(**TO_SIX_PM)
    world.person("Ann").says(LEAK)  # Monday evening, after the digest
    world.passes(hours=14)
    world.person("Bob").says("The lift in Block 5 is broken, please repair it")  # Tuesday morning
    world.clock.time += timedelta(days=3)
    world.runner.run(world.lobby.ticker.tick())
    world.settles()
    assert world.managers.hears("New 2", "Heard 2 =", "2 digests were missed")
    world.passes(days=1)
    assert "New" not in world.managers.last.speech.plain.replace("New 0", "")


def test_a_digest_nobody_could_read_is_in_the_next(world: World) -> None:
    world.passes(**TO_SIX_PM)
    world.person("Ann").says(LEAK)
    world.managers.refuses(SendFailed("form refused", permanent=True))
    world.passes(days=1)
    world.managers.refuses(None)
    world.passes(days=1)
    assert world.managers.hears("New 1", "Heard 1 =", "One digest was missed")


def test_words_that_begin_with_a_slash_are_heard_and_commands_are_not(world: World) -> None:
    ann = world.person("Ann")
    slashed = "/3栋1202厨房水管漏水，请来修"
    world.happens(replace(ann.message(world.room, slashed), command=None))
    ann.says("/help fire in Block 3, smoke everywhere")
    ann.says("/my")
    ann.says("/my", ann.private)
    world.passes(minutes=1)
    world.person("Chief").says("/digest", world.managers)
    assert world.managers.hears("New 2", "Heard 2 = opened 2")


def test_whenever_a_manager_wants_one(world: World) -> None:
    world.person("Ann").says(LEAK)
    world.passes(minutes=1)
    world.person("Chief").says("/digest", world.managers)
    assert world.managers.hears("📊", "New 1")
    said = world.person("Chief").says("what a day", world.managers)
    assert world.disposition(said, world.managers).disposition is Disposition.IGNORED


def test_two_managers_read_two_languages(world: World) -> None:
    hong_kong = world.link(ChatRole.MANAGER, "head office", language="zh_TW")
    world.person("Ann").says(LEAK)
    world.passes(**TO_SIX_PM)
    assert world.managers.hears("New 1")
    assert not hong_kong.hears("New 1")
    assert any("📊" in text for text in hong_kong.wordings)


def test_the_most_delayed_comes_first(world: World) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    ann.says("The kitchen tap in Block 3 1202 is leaking")
    world.passes(hours=5)
    bob.says("The corridor light in Block 5 is broken, please repair it")
    world.passes(days=4)
    lines = [line for line in world.managers.last.speech.plain.splitlines() if "late" in line]
    assert lines[0].strip().startswith("#1001")
    assert lines[1].strip().startswith("#1002")


def test_shut_out_for_a_day_the_next_digest_still_comes(world: World) -> None:
    world.shut_out_of(world.managers)
    world.passes(days=1)
    assert world.managers.wordings == []
    world.let_into(world.managers)
    world.passes(days=1)
    assert world.managers.hears("📊")


def test_a_message_that_failed_is_in_the_ledger(world: World) -> None:
    with world.broken():
        world.person("Ann").says(LEAK)
    world.passes(minutes=1)
    world.person("Chief").says("/digest", world.managers)
    assert world.managers.hears("Heard 1 =", "failed 1")


def test_the_command_itself_is_nobodys_unaccounted_message(world: World) -> None:
    world.person("Ann").starts()
    world.person("Ann").says(LEAK)
    asked = world.raw(world.person("Chief").message(world.managers, "/digest"))
    world.runner.run(world.lobby.inbox.store("memory", [asked]))
    world.passes(seconds=5)
    assert world.managers.hears("Heard 1 =")
    assert not world.managers.hears("unaccounted")


def test_done_but_unconfirmed_has_a_line_of_its_own(world: World) -> None:
    world.person("Ann").says(LEAK)
    world.person("Li").taps("Done", world.engineering)
    world.person("Li").taps("Repaired", world.engineering)
    world.passes(minutes=1)
    world.person("Chief").says("/digest", world.managers)
    assert world.managers.hears("New 1", "open 0", "not yet confirmed by the tenant: 1")


def test_only_messages_count_as_undelivered(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LEAK)
    world.room.refuses(SendFailed("form refused", permanent=True))
    ann.says("it is under the sink, please bring a bucket")
    world.room.refuses(None)
    world.passes(minutes=1)
    world.person("Chief").says("/digest", world.managers)
    refused = [row for row in world.outbox if row.state is OutboxState.REFUSED]
    assert refused
    assert all(row.operation is not Operation.SEND for row in refused)
    assert not world.managers.hears("Not delivered")


def test_a_planned_step_that_failed_is_shown(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setitem(PUSHES, "untaken", ScheduledPush("untaken", breaks))
    world.person("Ann").says(LEAK)
    world.passes(minutes=31)
    world.person("Chief").says("/digest", world.managers)
    assert world.managers.hears("Planned steps that failed: 1")
