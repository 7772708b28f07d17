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


def lift_stops(world: World, *names: str) -> None:
    """Each of them writes that the lift in Block 3 has stopped, two minutes apart."""
    for name in names:
        world.person(name).says("The lift in Block 3 has stopped again")
        world.passes(minutes=2)


def digest_now(world: World) -> str:
    world.passes(minutes=1)
    world.person("Chief").says("/digest", world.managers)
    return world.managers.last.speech.plain


def test_an_incident_says_who_told_how_long_and_adds_up(world: World) -> None:
    lift_stops(world, "Ann", "Bob", "Cai")
    world.person("Bob").says("The lift in Block 3 has stopped again")  # asks again, and is no further person
    world.person("Dan").says(LEAK)
    digest = digest_now(world)
    assert "👥 1 incident\n" in digest
    assert "  #1001 lift · 3栋 · told by 3 people · open for 7 min" in digest
    assert "2 of the new requests are further reports of these" in digest
    assert "New 4" in digest
    assert "joined an incident 2" in digest
    assert not any(word in digest for word in ("put together", "parted", "Ann", "Bob"))


def test_an_incident_that_is_over_says_after_how_long_and_is_not_in_the_next_digest(world: World) -> None:
    lift_stops(world, "Ann", "Bob")
    world.passes(minutes=56)
    for label in ("Take", "Done", "Repaired"):
        world.person("Li").taps(label, world.engineering)
    assert "told by 2 people · over after 1 h" in digest_now(world)
    world.passes(days=2)
    assert "incident" not in world.managers.last.speech.plain


def test_what_staff_put_together_or_part_is_told_apart_from_what_was_heard(world: World) -> None:
    lift_stops(world, "Ann", "Bob", "Cai")
    world.person("Li").taps_more("All reports", world.engineering)
    world.person("Li").taps("Split #1003", world.engineering)
    digest = digest_now(world)
    assert "1 of the new requests is a further report of these · parted or taken back since: 1" in digest
    assert "joined an incident 2" in digest
    world.person("Dan").says(LEAK)
    world.person("Li").taps_more("Merge", world.engineering, world.engineering.find("#1004"))
    world.person("Li").taps("#1001", world.engineering)
    assert "put together by staff or told with others: 1 · parted or taken back since: 1" in digest_now(world)


def test_many_incidents_are_counted_and_the_widest_shown(world: World) -> None:
    for block in range(10, 17):
        world.act(lambda unit, block=block: unit.sites.add_building(world.site_id, f"{block}栋", [f"Block {block}"]).id)
    for block in range(10, 17):
        for name in ("Ann", "Bob", *(["Cai"] if block == 16 else [])):
            world.person(f"{name} {block}").says(f"The lift in Block {block} has stopped")
        world.passes(minutes=4)
    digest = digest_now(world)
    assert "👥 7 incidents" in digest
    assert "and 2 more" in digest
    assert "16栋 · told by 3" in next(line for line in digest.splitlines() if "told by" in line)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh_CN", ("👥 公共事件 1 起", "2 人报告 · 已持续 5分钟", "新工单中有 1 单是邻居就同一件事的报告")),
        ("zh_TW", ("👥 公共事件 1 起", "2 人報告 · 已持續 5分鐘", "新工單中有 1 單是鄰居就同一件事的報告")),
    ],
)
def test_incidents_in_the_languages_of_managers(world: World, language: str, words: tuple[str, ...]) -> None:
    there = world.link(ChatRole.MANAGER, "head office", language=language)
    lift_stops(world, "Ann", "Bob")
    world.passes(minutes=1)
    world.person("Chief").says("/digest", there)
    assert there.hears(*words), there.texts


def test_what_nobody_took_is_told_as_that(world: World) -> None:
    world.person("Ann").says("Somebody is trapped in the lift of Block 3!")
    world.passes(**TO_SIX_PM)
    assert re.search(r"#1001 .* late · nobody has taken it", world.managers.last.speech.plain)
    world.person("Li").taps("Take", world.engineering)
    world.passes(days=1)
    digest = world.managers.find("📊").speech.plain
    assert "#1001" in digest
    assert "nobody has taken it" not in digest
    assert "Heard" not in digest
