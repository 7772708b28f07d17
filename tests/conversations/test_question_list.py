"""Tenants ask what many ask: the desk answers where it is sure, says that a person can be asked, and never insists."""

import tomllib
from pathlib import Path

import pytest
from sqlalchemy import Engine

from bot.channels.channel import Abilities
from handlers import rooms
from storage.models import ListedQuestion
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Disposition, EntryKind, Kind, Side
from tests.world import World

PLAIN = Abilities(buttons=False, edits=False, reactions=False, writes_first=False, groups=True, text_limit=2048)
LIST = tomllib.loads((Path(__file__).parents[2] / "bot" / "demo" / "questions.toml").read_text("utf-8"))


def has_list(world: World, *, private: str = "") -> None:
    """The office has the demo's list; `private` is the key of a question whose answer is for no group."""

    def put(unit: UnitOfWork) -> None:
        for key, each in LIST.items():
            listed = ListedQuestion(
                site_id=world.site_id,
                key=key,
                wordings=each["wordings"],
                answers=each["answers"],
                is_private=key == private,
            )
            unit.questions.add(listed)

    world.act(put)


@pytest.mark.parametrize(
    ("asked", "answer", "was_it", "yes", "passed_on"),
    [
        ("请问访客停车怎么收费？", "前 2 小时免费", "这是您想问的吗", "👍 是", "已把您的问题转给"),
        ("請問訪客車位怎麼收費？", "首 2 小時免費", "這是您想問的嗎", "👍 是", "已將您的問題轉給"),
        ("How much is guest parking?", "Two hours are free", "Was this what you asked?", "👍 Yes", "I have passed"),
    ],
)
def test_a_question_is_answered_in_its_language_and_a_person_is_one_tap_away(
    world: World, asked: str, answer: str, was_it: str, yes: str, passed_on: str
) -> None:
    has_list(world)
    ann, bo = world.person("Ann"), world.person("Bo")
    first = ann.says(asked)
    shown = world.room.find(answer)
    assert was_it in shown.speech.plain
    assert world.tickets == []
    assert world.disposition(first).disposition is Disposition.ANSWERED

    second = bo.says(asked)
    other = world.room.find(answer)
    ann.taps("🙋", world.room, other)
    assert world.tickets == [], "it was not Ann who asked that time"
    ann.taps(yes, world.room, shown)
    assert world.tickets == []
    bo.taps("🙋", world.room, other)
    (ticket,) = world.tickets
    assert (ticket.words, ticket.kind) == (asked, Kind.INQUIRY)
    assert world.disposition(second).disposition is Disposition.OPENED
    assert world.room.hears(answer, passed_on)
    assert world.desk_chat.hears(asked)
    lines = world.look(lambda unit: list(unit.tickets.list_entries(ticket.id)))
    assert [(line.kind, line.side) for line in lines][:2] == [
        (EntryKind.WORDS, Side.TENANT),
        (EntryKind.NOTE, Side.DESK),
    ]
    assert answer in lines[1].text
    ann.taps_raw(f"{shown.tap_prefix}answered:no", world.room, shown.message_id)
    assert len(world.tickets) == 1, "the first answer counts"
    world.passes(minutes=1)
    world.person("Helen").says("/digest", world.managers)
    assert world.managers.hears("2 (yes 1 · no 1)", "Heard 2 = ")


def test_what_is_not_surely_of_the_list_goes_to_a_person(world: World) -> None:
    has_list(world)
    ann = world.person("Ann")
    for words in (
        "What are the opening hours of the swimming pool?",
        "Where can guests park, the barrier is still broken?",
        "Where can my guests park? I live in Block 3 1202",
        "How much is guest parking? Call me on 13800001234",
        "The visitors' barrier in the garage is broken, guests cannot park",
        "Fire in the visitors' car park!",
    ):
        world.passes(hours=1)
        ann.says(words)
    assert not [text for text in world.room.wordings if "Was this what you asked?" in text]
    assert len(world.tickets) >= 5


def test_asking_on_brings_a_person_both_questions_and_thanks_bring_nobody(world: World) -> None:
    has_list(world)
    ann, bo = world.person("Ann"), world.person("Bo")
    for one in (ann, bo):
        one.says("/start", one.private)
    ann.says("What are the office hours?", ann.private)
    assert ann.private.hears("8:30 to 18:00", "Was this what you asked?")
    ann.says("ok thanks", ann.private)
    assert world.tickets == []
    ann.says("And where do I put bulky waste?", ann.private)
    assert ann.private.hears("Tuesdays and Fridays")
    assert world.tickets == [], "another question of the list is answered by itself"

    bo.says("What are the office hours?", bo.private)
    bo.says("I meant the ones of the sales office", bo.private)
    (ticket,) = world.tickets
    assert ticket.words == "What are the office hours?\nI meant the ones of the sales office"
    assert bo.private.hears("8:30 to 18:00", "passed your question on")
    assert {row.disposition for row in world.inbox if row.text and "office hours" in row.text} == {
        Disposition.ANSWERED,
        Disposition.ADDED,
    }
    world.passes(days=1)
    assert len(world.tickets) == 1, "silence opens nothing"


def test_another_question_is_heard_for_itself_and_the_answer_stays(world: World) -> None:
    has_list(world)
    ann, bo = world.person("Ann"), world.person("Bo")
    bo.starts()
    ann.says("访客停车怎么收费？")
    ann.says("快递柜在哪里")
    assert [ticket.words for ticket in world.tickets] == ["快递柜在哪里"]
    assert world.room.hears("前 2 小时免费", "这是您想问的吗")
    assert not world.room.hears("已把您的问题转给")
    bo.says("访客停车怎么收费？", bo.private)
    bo.says("那摩托车停在哪里？", bo.private)
    assert world.tickets[-1].words == "访客停车怎么收费？\n那摩托车停在哪里？", "of the same thing, and so asked on"


def test_where_nothing_said_can_be_changed_an_answer_is_not_said_twice(engine: Engine) -> None:
    world = World(engine, abilities=PLAIN)
    has_list(world)
    ann = world.person("Ann")
    ann.says("/start", ann.private)
    for number, ending in (("1", "👌 Glad that was it."), ("2", "🙋 I have passed your question on to a person.")):
        ann.says("What are the office hours?", ann.private)
        ann.says(number, ann.private)
        assert ending in ann.private.texts
    assert len([text for text in ann.private.texts if "8:30 to 18:00" in text]) == 2
    assert len(world.tickets) == 1
    world.ends()


def test_what_is_for_no_group_is_answered_in_private_or_by_a_person(world: World) -> None:
    has_list(world, private="moving")
    ann, bo = world.person("Ann"), world.person("Bo")
    bo.says("/start", bo.private)
    bo.says("How do I book the lift for moving?")
    assert bo.private.hears("How do I book the lift for moving?", "goods lift at the front desk")
    assert world.room.hears("in private")
    assert not world.room.hears("goods lift")
    assert world.tickets == []
    ann.says("How do I book the lift for moving?")
    (ticket,) = world.tickets
    assert ticket.reporter_id != world.row_of(bo.private.last).person_id


def test_a_neighbour_can_neither_confirm_nor_refuse_and_a_rewritten_question_is_answered_once(world: World) -> None:
    has_list(world)
    ann, bo = world.person("Ann"), world.person("Bo")
    said = ann.says("What are the office hours?")
    shown = world.room.find("8:30 to 18:00")
    bo.taps("🙋", world.room, shown)
    bo.replies(shown, "That is right", world.room)
    ann.edits(said, "What are the office hours please?")
    assert len([text for text in world.room.texts if "8:30 to 18:00" in text]) == 1
    assert world.tickets == []
    ann.replies(shown, "No, I mean on public holidays", world.room)
    (ticket,) = world.tickets
    assert "public holidays" in ticket.words
    assert world.room.hears("8:30 to 18:00", "passed your question on")


def test_a_room_on_trial_and_a_site_without_a_list_hear_no_answer(world: World) -> None:
    ann = world.person("Ann")
    ann.says("What are the office hours?")
    assert len(world.tickets) == 1
    has_list(world)
    world.passes(hours=1)
    world.act(lambda unit: rooms.put_into_shadow(unit, "room").id)
    ann.says("Where do I put bulky waste?")
    assert len(world.tickets) == 2
