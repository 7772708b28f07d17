"""When it is not sure the desk asks the author, once and briefly; only the author's tap counts; nothing is dropped."""

from storage.vocabulary import Disposition, Kind
from tests.world import World


def unsure(world: World) -> str:
    """A sentence today's understanding asks about; found by trying, since understanding gets better."""
    from handlers.tenant import ASK_FROM, SPEAK_FROM
    from handlers.understanding.reading import read

    candidates = [
        "大堂的灯有点暗",
        "5栋大堂的灯不亮了,晚上很黑",
        "电梯今天好慢",
        "门口的水是怎么回事",
        "楼道里有味道",
        "the lobby smells funny today",
        "水压好像小了",
        "车库有点黑",
    ]
    for sentence in candidates:
        reading = read(sentence)
        if reading.kind is not Kind.CHATTER and ASK_FROM <= reading.confidence < SPEAK_FROM:
            return sentence
    raise AssertionError("no sentence is unsure any more; find new ones")


def test_the_author_says_what_it_is(world: World) -> None:
    mei, wang = world.person("Mei"), world.person("Wang")
    message = mei.says(unsure(world))
    assert world.disposition(message).disposition is Disposition.ASKED
    question = world.room.last
    assert wang.taps_raw(f"{question.tap_prefix}kind:repair", world.room, question.message_id)
    assert world.look(lambda unit: unit.tickets.find_by_number(world.site_id, 1001)) is None
    mei.taps_raw(f"{question.tap_prefix}kind:repair", world.room, question.message_id)
    assert world.ticket().kind is Kind.REPAIR
    assert world.disposition(message).disposition is Disposition.OPENED
    assert "1001" in world.room.last.speech.text
    assert not world.room.last.speech.buttons or world.room.last.speech.buttons[0][0].url


def test_it_was_nothing_for_the_desk(world: World) -> None:
    mei = world.person("Mei")
    message = mei.says(unsure(world))
    question = world.room.last
    mei.taps_raw(f"{question.tap_prefix}kind:chatter", world.room, question.message_id)
    assert world.disposition(message).disposition is Disposition.CHATTER
    assert not world.engineering.screen


def test_an_hour_of_silence_hands_it_to_the_desk(world: World) -> None:
    mei, li = world.person("Mei"), world.person("Li")
    message = mei.says(unsure(world))
    world.passes(minutes=61)
    assert world.disposition(message).disposition is Disposition.STAFF_TRIAGE
    assert world.desk_chat.hears("Mei")
    li.taps("repair", world.desk_chat)
    assert world.ticket().kind is Kind.REPAIR
    assert world.disposition(message).disposition is Disposition.OPENED


def test_a_room_is_not_pestered_with_questions(world: World) -> None:
    sentence = unsure(world)
    for number in range(6):
        world.person(f"Tenant {number}").says(sentence)
    assert len(world.room.screen) == 3
    assert len([text for text in world.desk_chat.texts if "Tenant" in text]) == 3
