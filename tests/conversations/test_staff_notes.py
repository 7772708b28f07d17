"""What is meant for staff stays among staff, however it was written."""

from handlers.notifications.to_duty import HowToNote, NotChanged
from storage.vocabulary import AttachmentKind, EntryKind
from tests.world import World

LEAK = "The kitchen pipe is leaking, Block 3 room 1202"


def notes(world: World) -> list[str]:
    """What staff have noted of the first ticket."""
    entries = world.look(lambda unit: unit.tickets.list_entries(world.ticket().id))
    return [entry.text for entry in entries if entry.kind is EntryKind.NOTE]


def unchanged(world: World) -> list[str | None]:
    """Whose edits the engineers were told to change nothing."""
    shown = (each for each in world.engineering.screen if world.row_of(each).notification == NotChanged.__name__)
    return [each.reply_to for each in shown]


def test_a_note_is_one_however_it_is_written(world: World) -> None:
    mei, li, wang = world.person("Mei"), world.person("Li"), world.person("Wang")
    mei.starts()
    mei.says(LEAK)
    card, before = world.engineering.find("#1001"), len(mei.private.wordings)
    for words in ("／note full width", "/ note spaced", "note: by a colon", "/备注没有空格", "備註：冒號"):
        li.replies(card, words, world.engineering)
    said = wang.says("who goes?", world.engineering)
    wang.says("note: bring the key", world.engineering, reply_to=said)  # to a colleague
    world.passes(seconds=1)
    li.taps_stale("note", world.engineering, card)
    li.replies(card, "she never pays", world.engineering)
    assert notes(world) == ["full width", "spaced", "by a colon", "没有空格", "冒號", "she never pays"]
    assert len(mei.private.wordings) == before
    li.replies(card, "I come at three", world.engineering)
    assert mei.private.hears("I come at three")

    li.says("/note of what?", world.engineering)
    assert world.row_of(world.engineering.last).notification == HowToNote.__name__


def test_all_pictures_of_a_notes_album_stay_here(world: World) -> None:
    mei, li = world.person("Mei"), world.person("Li")
    mei.starts()
    mei.says(LEAK)
    card = world.engineering.find("#1001")
    for captions in (("/note her mess", "", ""), ("", "/note her mess", "")):
        for caption in captions:
            li.sends(AttachmentKind.PHOTO, caption, world.engineering, reply_to=card.message_id, album=str(captions))
    assert not any(shown.media for shown in mei.private.screen)
    assert world.engineering.hears("#1001", "taken back")
    assert notes(world) == ["her mess", "", "", "her mess", ""]
    li.sends(AttachmentKind.PHOTO, "", world.engineering, reply_to=card.message_id, album="another")
    assert any(shown.media for shown in mei.private.screen)


def test_a_reply_edited_into_a_note_changes_nothing_for_the_tenant(world: World) -> None:
    mei, li = world.person("Mei"), world.person("Li")
    mei.says(LEAK)
    card = world.engineering.find("#1001")
    waits = li.replies(card, "Coming", world.engineering)
    li.edits(waits, "/note she lies", world.engineering, reply_to=card.message_id)
    mei.starts()
    assert mei.private.hears("Coming")
    photo = li.sends(AttachmentKind.PHOTO, "", world.engineering, reply_to=card.message_id)
    li.edits(photo, "备注：她骗人", world.engineering, reply_to=card.message_id)
    li.edits(photo, "and what a pigsty", world.engineering, reply_to=card.message_id)
    undone = li.sends(AttachmentKind.PHOTO, "", world.engineering, reply_to=card.message_id)
    li.says("/undo", world.engineering, reply_to=undone)
    li.edits(undone, "what a pigsty", world.engineering, reply_to=card.message_id)
    assert not any(word in text for text in mei.private.wordings for word in ("lies", "骗人", "pigsty"))
    assert notes(world) == ["she lies", "她骗人"]


def test_going_on_under_ones_own_words_is_for_the_tenant_only_while_they_stand(world: World) -> None:
    mei, li = world.person("Mei"), world.person("Li")
    mei.starts()
    mei.says(LEAK)
    said = li.replies(world.engineering.find("#1001"), "I come at three", world.engineering)
    li.says("and bring a new tap", world.engineering, reply_to=said)
    assert mei.private.hears("a new tap")
    li.says("@Wu bring the key, she is a pain", world.engineering, reply_to=said, is_to_another=True)
    li.says("/note she is deaf", world.engineering, reply_to=said)
    li.says("/undo", world.engineering, reply_to=said)
    li.says("sorry Wu, wrong chat", world.engineering, reply_to=said)
    assert not any(word in text for text in mei.private.wordings for word in ("pain", "wrong chat", "deaf"))
    assert notes(world) == ["she is deaf"]


def test_an_edited_hour_or_amount_is_answered_once(world: World) -> None:
    mei, li = world.person("Mei"), world.person("Li")
    mei.starts()
    mei.says(LEAK)
    card = world.engineering.find("#1001")
    li.taps("Take", world.engineering)
    hour = li.replies(card, "tomorrow 10:00", world.engineering)
    li.edits(hour, "tomorrow 11:00", world.engineering, reply_to=card.message_id)
    li.edits(hour, "tomorrow 12:00", world.engineering, reply_to=card.message_id)
    assert not any("11:00" in text or "12:00" in text for text in mei.private.wordings)
    assert unchanged(world) == [hour]
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    amount = li.says("80元", world.engineering)
    li.edits(amount, "800元", world.engineering)
    assert unchanged(world) == [hour, amount]
