"""One person in Telegram and in WeChat is one tenant, bound by a code or by the desk; nobody takes over another's."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from bot.channels.memory import PLAIN
from tests.stage import PersonOnStage, StageChannel
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking"
LAMP = "The corridor light on floor 3 of Block 5 is broken"


@pytest.fixture
def two(engine: Engine) -> Iterator[World]:
    """The same site with tenants in two places."""
    stage = World(engine, others={"other": StageChannel(abilities=PLAIN)})
    yield stage
    stage.ends()


def code_for(person: PersonOnStage) -> str:
    person.says("/bind", person.private)
    found = re.search(r"/bind (\w+)", person.private.last.speech.plain)
    assert found is not None
    return found[1]


def reports(person: PersonOnStage, words: str) -> None:
    person.says(words, person.private)


def reporters(two: World) -> set[int]:
    return {ticket.reporter_id for ticket in two.tickets}


def test_what_was_reported_in_one_place_is_answered_where_they_wrote_last(two: World) -> None:
    ann = two.person("Ann")
    wei = ann.on("other")
    ann.starts()
    reports(ann, LEAK)
    reports(wei, LAMP)
    assert len(reporters(two)) == 2
    code = code_for(ann)
    wei.says(f"/bind {code}", wei.private)
    assert len(reporters(two)) == 1
    for who in (ann, wei):
        assert who.private.hears("belong to one tenant", "/unbind"), "both places are told"
    wei.says("/my", wei.private)
    assert wei.private.hears("1001", "1002")
    card = two.engineering.find("#1001")
    two.person("Li").replies(card, "I will be there at two", two.engineering)
    assert wei.private.hears("there at two"), "the older ticket, where they wrote last"
    ann.says("Is somebody coming today?", ann.private)
    two.person("Li").replies(card, "In ten minutes", two.engineering)
    assert ann.private.hears("ten minutes")
    assert not wei.private.hears("ten minutes")
    wei.says("/here", wei.private)
    ann.says("Thank you", ann.private)
    two.person("Li").replies(card, "I bring a new tap", two.engineering)
    assert wei.private.hears("new tap"), "chosen stays chosen"
    two.act(lambda unit: unit.windows.shut("other", wei.private.address, unit.now))
    two.person("Li").replies(card, "Done in an hour", two.engineering)
    assert ann.private.hears("in an hour"), "where nothing may go, the other place has it"


def test_parted_again_everybody_has_what_was_reported_there(two: World) -> None:
    ann = two.person("Ann")
    wei = ann.on("other")
    reports(ann, LEAK)
    reports(wei, LAMP)
    first = [ticket.reporter_id for ticket in two.tickets]
    wei.says(f"/bind {code_for(ann)}", wei.private)
    ann.says("/unbind", ann.private)
    assert [ticket.reporter_id for ticket in two.tickets] == first
    wei.private.screen.clear()
    wei.says("/my", wei.private)
    assert wei.private.hears("1002")
    assert not wei.private.hears("1001")
    two.person("Li").replies(two.engineering.find("#1002"), "On my way", two.engineering)
    assert wei.private.hears("On my way")


def test_nobody_takes_over_anothers_tickets(two: World) -> None:
    ann, bob = two.person("Ann"), two.person("Bob")
    eve = bob.on("other")
    reports(ann, LEAK)
    reports(eve, LAMP)
    code = code_for(ann)
    stored = two.look(lambda unit: str(unit.people.find_by_account("memory", ann.address)) + repr(two.outbox))
    assert code not in stored, "only its digest is kept"
    reports(bob, "/start")
    bob.says(f"/bind {code}", bob.private)  # the same channel: two people
    assert bob.private.hears("does not work here")
    eve.says(f"/bind {code}", eve.private)
    assert eve.private.hears("does not work here"), "it was used up by the first try"
    late = code_for(ann)
    two.passes(minutes=31)
    eve.says(f"/bind {late}", eve.private)
    assert len(reporters(two)) == 2
    for _ in range(5):
        eve.says("/bind AAAAAAAAAA", eve.private)
    eve.says(f"/bind {code_for(ann)}", eve.private)
    assert len(reporters(two)) == 2, "five wrong ones are enough for a day"
    two.passes(days=1)
    eve.says(f"/bind {code_for(ann)}", eve.private)
    assert len(reporters(two)) == 1


def test_the_desk_binds_two_reporters_by_their_tickets(two: World) -> None:
    ann = two.person("Ann")
    wei = ann.on("other")
    reports(ann, LEAK)
    reports(wei, LAMP)
    joan = two.person("Joan")
    joan.says("/bind 1001 1002", two.engineering)
    assert len(reporters(two)) == 2, "only the customer desk may"
    joan.says("/bind 1001 9999", two.desk_chat)
    assert two.desk_chat.hears("/bind 1001 1002")
    joan.says("/bind 1001 1002", two.desk_chat)
    assert two.desk_chat.hears("#1001", "#1002", "one tenant")
    assert len(reporters(two)) == 1
    assert wei.private.hears("belong to one tenant")
    joan.says("/unbind 1002", two.desk_chat)
    assert len(reporters(two)) == 2
