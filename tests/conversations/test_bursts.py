"""One person's lines, pictures and edits in a short while are one case; two people's never mix."""

from datetime import timedelta

from storage.models import Attachment
from storage.vocabulary import AttachmentKind, Disposition
from tests.world import World

LEAK = "The kitchen tap in Block 3 is leaking"


def files_of(world: World, number: int = 1001) -> list[Attachment]:
    ticket = world.ticket(number)
    return world.look(lambda unit: list(unit.attachments.list_by_ticket(ticket.id)))


def test_words_first_and_a_photo_later(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LEAK)
    world.passes(seconds=40)
    photo = ann.sends(AttachmentKind.PHOTO)
    assert world.disposition(photo).ticket_id == world.ticket().id
    assert len(files_of(world)) == 1
    assert world.engineering.find("📎 No. 1001").media is not None


def test_a_photo_first_and_words_later(world: World) -> None:
    ann = world.person("Ann")
    photo = ann.sends(AttachmentKind.PHOTO)
    assert world.disposition(photo).disposition is Disposition.CHATTER
    world.passes(seconds=40)
    ann.says(LEAK)
    assert world.disposition(photo).disposition is Disposition.ADDED
    assert "📎 1 file" in world.engineering.find("#1001", "leaking").speech.text
    assert world.engineering.find("📎 No. 1001").media is not None


def test_words_under_an_old_photo_of_ones_own_take_it_along(world: World) -> None:
    ann = world.person("Ann")
    photo = ann.sends(AttachmentKind.PHOTO)
    world.passes(hours=2)
    ann.says(LEAK, reply_to=photo)
    assert len(files_of(world)) == 1


def test_an_album_is_one_case_wherever_its_caption_stands(world: World) -> None:
    for position in range(3):
        person = world.person(f"Tenant {position}")
        for item in range(3):
            person.sends(AttachmentKind.PHOTO, LEAK if item == position else "", album=f"album {position}")
            world.passes(seconds=1)
    assert len(world.tickets) == 3
    for number in (1001, 1002, 1003):
        assert len(files_of(world, number)) == 3


def test_an_album_in_private_without_words_is_asked_about_once(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    for _ in range(3):
        ann.sends(AttachmentKind.PHOTO, chat=ann.private, album="album")
    assert sum("Please tell me" in text for text in ann.private.wordings) == 1


def test_two_tenants_interleaved_never_mix(world: World) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    ann.sends(AttachmentKind.PHOTO)
    bob.sends(AttachmentKind.VIDEO)
    ann.says(LEAK)
    bob.says("The lift in Block 5 is stuck")
    ann.sends(AttachmentKind.PHOTO)
    bob.says("it is in the left shaft, phone 13900139000")
    ann.says("room 1202")
    first, second = world.tickets
    assert {file.kind for file in files_of(world, 1001)} == {AttachmentKind.PHOTO}
    assert {file.kind for file in files_of(world, 1002)} == {AttachmentKind.VIDEO}
    assert (first.unit, first.phone) == ("1202", None)
    assert (second.unit, second.phone) == (None, "13900139000")


def test_the_second_line_adds_place_and_phone_to_one_card(world: World) -> None:
    ann = world.person("Ann")
    ann.says("The kitchen tap is leaking")
    ann.says("Block 3 room 1202")
    ann.says("my phone is 13800138000")
    (ticket,) = world.tickets
    assert (ticket.unit, ticket.phone) == ("1202", "13800138000")
    card = world.engineering.find("#1001")
    assert "1202" in card.speech.text
    assert "13800138000" in card.speech.text
    assert len(world.engineering.screen) == 1
    assert len(world.room.screen) == 1


def test_another_problem_right_after_is_another_ticket(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LEAK)
    ann.says("and the lift in Block 3 is stuck")
    assert [ticket.number for ticket in world.tickets] == [1001, 1002]


def test_the_same_problem_in_another_flat_is_another_ticket(world: World) -> None:
    ann = world.person("Ann")
    ann.says("The kitchen tap in Block 3 1202 is leaking")
    ann.says("The kitchen tap in Block 3 1402 is leaking")
    assert [ticket.unit for ticket in world.tickets] == ["1202", "1402"]


def test_plain_talk_right_after_a_request_stays_talk(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LEAK)
    said = ann.says("哈哈哈 今晚吃什么")
    assert world.disposition(said).disposition is Disposition.CHATTER
    assert "今晚" not in world.ticket().words


def test_a_burst_goes_on_across_a_restart(world: World) -> None:
    ann = world.person("Ann")
    photo = ann.sends(AttachmentKind.PHOTO)
    world.restarts()
    ann.says(LEAK)
    world.restarts()
    ann.says("room 1202")
    (ticket,) = world.tickets
    assert ticket.unit == "1202"
    assert world.disposition(photo).ticket_id == ticket.id


def test_after_an_outage_old_lines_are_told_apart_by_when_they_were_written(world: World) -> None:
    ann = world.person("Ann")
    now = world.clock.now()
    world.happens(
        ann.message(world.room, LEAK, sent_at=now - timedelta(hours=5)),
        ann.message(world.room, "room 1202", sent_at=now - timedelta(hours=5) + timedelta(minutes=1)),
        ann.message(world.room, "The kitchen sink in Block 3 is blocked", sent_at=now - timedelta(hours=1)),
    )
    assert len(world.tickets) == 2
    assert world.ticket().unit == "1202"
    assert "🕓 Written" in world.engineering.find("#1001").speech.text


def test_the_very_same_words_hours_later_ask_again(world: World) -> None:
    ann = world.person("Ann")
    ann.says(LEAK)
    ann.says(LEAK)
    world.passes(hours=4)
    ann.says(LEAK)
    (ticket,) = world.tickets
    assert ticket.urged == 1
