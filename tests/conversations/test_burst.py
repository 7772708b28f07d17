"""One person's text, photos and next lines are one case; two people's never mix."""

from storage.vocabulary import AttachmentKind, Disposition
from tests.world import World

LEAK = "3栋1202厨房水管漏水了,请派人来修"


def test_a_photo_first_and_words_later_are_one_ticket(world: World) -> None:
    mei = world.person("Mei")
    photo = mei.sends(AttachmentKind.PHOTO)
    assert world.room.screen == []
    mei.says(LEAK)
    assert world.disposition(photo).disposition is Disposition.ADDED
    ticket = world.ticket()
    files = world.look(lambda unit: unit.attachments.list_by_ticket(ticket.id))
    assert len(files) == 1
    assert "1 file" in world.engineering.find("#1001").speech.text
    assert world.engineering.find("No. 1001").media is not None


def test_words_first_and_an_album_later_are_one_ticket(world: World) -> None:
    mei = world.person("Mei")
    mei.says(LEAK)
    for _ in range(3):
        mei.sends(AttachmentKind.PHOTO, album="a1")
    ticket = world.ticket()
    assert len(world.look(lambda unit: unit.attachments.list_by_ticket(ticket.id))) == 3
    assert world.look(lambda unit: unit.tickets.find_by_number(world.site_id, 1002)) is None


def test_an_album_whose_last_photo_carries_the_words(world: World) -> None:
    mei = world.person("Mei")
    for _ in range(2):
        mei.sends(AttachmentKind.PHOTO, album="a1")
    mei.sends(AttachmentKind.PHOTO, LEAK, album="a1")
    ticket = world.ticket()
    assert len(world.look(lambda unit: unit.attachments.list_by_ticket(ticket.id))) == 3


def test_two_neighbours_speak_at_once_and_their_photos_stay_apart(world: World) -> None:
    mei, wang = world.person("Mei"), world.person("Wang")
    mei.sends(AttachmentKind.PHOTO)
    wang.sends(AttachmentKind.PHOTO)
    mei.says(LEAK)
    wang.says("5栋大堂的灯坏了,请派人来修")
    first, second = world.ticket(1001), world.ticket(1002)
    assert first.reporter_id != second.reporter_id
    for ticket in (first, second):
        assert len(world.look(lambda unit, t=ticket: unit.attachments.list_by_ticket(t.id))) == 1  # type: ignore[misc]


def test_the_next_line_adds_the_room_and_the_phone(world: World) -> None:
    mei = world.person("Mei")
    mei.says("厨房水管漏水了,请派人来修")
    mei.says("3栋1202,电话13800138000")
    ticket = world.ticket()
    assert ticket.unit == "1202"
    assert ticket.phone == "13800138000"
    card = world.engineering.find("#1001").speech.text
    assert "1202" in card
    assert "13800138000" in card


def test_another_problem_right_after_is_another_ticket(world: World) -> None:
    mei = world.person("Mei")
    mei.says(LEAK)
    mei.says("还有电梯也坏了,一直停在7楼,请派人来修")
    assert world.ticket(1002).trade == "lift"


def test_a_photo_sent_in_private_without_words_is_asked_about_once(world: World) -> None:
    mei = world.person("Mei")
    mei.starts()
    for _ in range(3):
        mei.sends(AttachmentKind.PHOTO, chat=mei.private, album="a2")
    assert sum("Please tell me" in text or "请用一句话" in text for text in mei.private.texts) == 1
