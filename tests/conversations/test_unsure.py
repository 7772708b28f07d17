"""The desk is unsure: the author is asked once, and what nobody explains goes to the desk's own list."""

from storage.vocabulary import Disposition, Kind
from tests.conversations.wording import unsure
from tests.world import World

UNSURE, ALSO_UNSURE = unsure()


def test_the_author_is_asked_and_one_tap_opens_a_ticket(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says(UNSURE)
    assert world.disposition(said).disposition is Disposition.ASKED
    assert "Ann" in world.room.last.speech.plain
    ann.taps("repair", world.room)
    assert world.ticket().kind is Kind.REPAIR
    assert world.disposition(said).disposition is Disposition.OPENED
    assert len(world.room.screen) == 1
    assert world.room.hears("1001")
    assert any(chat.hears("#1001", UNSURE) for chat in (world.engineering, world.desk_chat, world.security))


def test_only_the_authors_tap_counts_and_others_get_a_kind_answer(world: World) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    ann.says(UNSURE)
    assert "somebody else" in bob.taps("repair", world.room)
    assert world.tickets == []
    ann.taps("complaint", world.room)
    assert world.ticket().kind is Kind.COMPLAINT


def test_not_a_request_is_taken_at_its_word(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says(UNSURE)
    question = world.room.last
    ann.taps("Not a request", world.room)
    assert world.disposition(said).disposition is Disposition.CHATTER
    assert world.room.last.speech.buttons == ()
    assert "answered already" in ann.taps_raw(f"{question.tap_prefix}kind:repair", world.room, question.message_id)
    world.passes(hours=2)
    assert world.desk_chat.wordings == []


def test_two_taps_open_one_ticket(world: World) -> None:
    ann = world.person("Ann")
    ann.says(UNSURE)
    question = world.room.last
    for _ in range(2):
        ann.taps_raw(f"{question.tap_prefix}kind:repair", world.room, question.message_id)
    assert len(world.tickets) == 1


def test_what_nobody_explains_is_decided_by_the_desk(world: World) -> None:
    ann, may = world.person("Ann"), world.person("May")
    said = ann.says(UNSURE)
    world.passes(hours=1, minutes=1)
    assert world.disposition(said).disposition is Disposition.STAFF_TRIAGE
    assert world.desk_chat.hears("🤔", UNSURE)
    may.taps("repair", world.desk_chat)
    assert world.ticket().reporter_id == world.disposition(said).person_id
    assert world.desk_chat.find("Opened as #1001").speech.buttons == ()
    assert world.disposition(said).disposition is Disposition.OPENED
    assert world.room.last.reply_to == said
    assert "answered already" in ann.taps_stale("kind:repair", world.room)
    assert len(world.tickets) == 1


def test_the_desk_dismisses_and_says_nothing_in_the_room(world: World) -> None:
    ann, may = world.person("Ann"), world.person("May")
    said = ann.says(UNSURE)
    world.passes(hours=2)
    before = len(world.room.wordings)
    may.taps("Dismiss", world.desk_chat)
    assert world.disposition(said).disposition is Disposition.CHATTER
    assert len(world.room.wordings) == before
    assert world.desk_chat.hears("Dismissed")


def test_the_author_may_still_answer_after_the_hour(world: World) -> None:
    ann = world.person("Ann")
    ann.says(UNSURE)
    world.passes(hours=2)
    ann.taps("repair", world.room)
    assert len(world.tickets) == 1
    assert world.desk_chat.hears("Opened as #1001")
    assert not any("Dismiss" in label for label in world.desk_chat.labels)


def test_a_room_asked_often_is_left_in_peace_and_nothing_is_dropped(world: World) -> None:
    for index in range(5):
        said = world.person(f"Tenant {index}").says(UNSURE)
    assert sum("shall I pass" in text for text in world.room.wordings) == 3
    assert world.disposition(said).disposition is Disposition.STAFF_TRIAGE
    assert sum(UNSURE in text for text in world.desk_chat.wordings) == 2
    world.passes(minutes=11)
    world.person("Late").says(UNSURE)
    assert sum("shall I pass" in text for text in world.room.wordings) == 4


def test_clear_words_before_a_tap_settle_the_question(world: World) -> None:
    ann = world.person("Ann")
    unsure = ann.says(UNSURE)
    question = world.room.last
    ann.says("the door of Block 3 does not lock any more, please repair it")
    (ticket,) = world.tickets
    assert UNSURE in ticket.words
    assert world.disposition(unsure).ticket_id == ticket.id
    assert len(world.room.screen) == 1
    assert world.room.hears("1001")
    ann.taps_raw(f"{question.tap_prefix}kind:repair", world.room, question.message_id)
    assert len(world.tickets) == 1
    world.passes(hours=2)
    assert world.desk_chat.wordings == []


def test_a_second_unsure_line_is_part_of_the_same_question(world: World) -> None:
    ann = world.person("Ann")
    first = ann.says(UNSURE)
    second = ann.says(ALSO_UNSURE)
    assert sum("shall I pass" in text for text in world.room.wordings) == 1
    ann.taps("repair", world.room)
    (ticket,) = world.tickets
    assert ALSO_UNSURE in ticket.words
    assert {world.disposition(said).ticket_id for said in (first, second)} == {ticket.id}


def test_the_question_holds_across_a_restart(world: World) -> None:
    ann = world.person("Ann")
    ann.says(UNSURE)
    world.restarts()
    ann.taps("repair", world.room)
    assert len(world.tickets) == 1
