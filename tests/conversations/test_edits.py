"""People correct themselves: the desk follows, and nothing is said twice."""

from storage.vocabulary import AttachmentKind, Disposition, InboxState, TicketState, Trade
from tests.conversations.wording import unsure
from tests.world import World

UNSURE, ALSO_UNSURE = unsure()
LEAK = "The kitchen tap in Block 3 1202 is leaking"


def test_talk_that_becomes_a_request_opens_a_ticket(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says("good morning everyone")
    ann.edits(said, LEAK)
    ann.edits(said, LEAK)
    ann.edits(said, LEAK + ", please hurry")
    assert len(world.tickets) == 1
    assert len(world.room.screen) == 1


def test_before_it_is_taken_the_card_follows_the_new_words(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says(LEAK)
    ann.edits(said, "The kitchen tap in Block 3 1202 is dripping a little")
    assert world.engineering.hears("#1001", "dripping a little")
    assert not world.engineering.hears("is leaking")
    assert len(world.room.screen) == 1


def test_after_it_is_taken_the_change_is_told_under_the_card(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says(LEAK)
    world.person("Li").taps("Take", world.engineering)
    ann.edits(said, LEAK + " badly")
    assert world.engineering.hears("💬 #1001", "badly")
    assert world.ticket().words == LEAK


def test_an_edit_after_closing_is_kept_and_opens_nothing(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    said = ann.says(LEAK)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    ann.edits(said, LEAK + " badly")
    assert world.ticket().state is TicketState.DONE
    assert len(world.tickets) == 1
    assert len(world.look(lambda unit: list(unit.tickets.list_entries(1)))) >= 3


def test_an_edit_of_a_message_nobody_heard_is_a_message(world: World) -> None:
    ann = world.person("Ann")
    ann.edits("m-unknown", LEAK)
    assert world.inbox[-1].disposition is Disposition.OPENED
    ann.edits("m-unknown", LEAK + " badly")
    assert [ticket.words for ticket in world.tickets] == [LEAK + " badly"]


def test_a_cry_whose_edit_comes_first_is_heard_once(world: World) -> None:
    ann = world.person("Ann")
    ann.says("hello")
    ann.edits("m-unknown", "Fire in Block 3! smoke everywhere")
    assert world.managers.hears("🚨", "#1001")
    for words in ("Fire in Block 3!", "The lift in Block 5 is broken, please repair it", "hi all"):
        ann.says(words, message_id="m-unknown")
        assert world.inbox[-1].disposition is Disposition.IGNORED
    assert [ticket.words for ticket in world.tickets] == ["Fire in Block 3! smoke everywhere"]


def test_an_edited_command_is_not_obeyed_again(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says("/my", ann.private)
    before = len(ann.private.screen)
    ann.edits(said, "/language", ann.private)
    assert len(ann.private.screen) == before
    ann.edits(said, "/help fire in Block 3, smoke everywhere", ann.private)
    assert ann.private.hears("🚨", "119")


def test_an_edit_to_the_same_text_changes_nothing(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says(LEAK)
    before = len(world.outbox)
    ann.edits(said, LEAK)
    assert world.inbox[-1].disposition is Disposition.IGNORED
    assert len(world.outbox) == before
    ann.edits(said, LEAK + " badly")
    assert len(world.tickets) == 1


def test_a_changed_caption_brings_its_photo_only_once(world: World) -> None:
    ann = world.person("Ann")
    said = ann.sends(AttachmentKind.PHOTO, LEAK)
    for words in (LEAK + " badly", LEAK + " very badly"):
        ann.edits(said, words, attached=(world.file(),))
    assert len(world.look(lambda unit: list(unit.attachments.list_by_ticket(1)))) == 1


def test_what_was_asked_about_is_rewritten_into_a_request(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says(UNSURE)
    ann.edits(said, "the door of Block 3 does not lock any more, please repair it")
    (ticket,) = world.tickets
    assert UNSURE not in ticket.words
    assert len(world.room.screen) == 1
    world.passes(hours=2)
    assert world.desk_chat.wordings == []


def test_what_was_asked_about_is_rewritten_into_talk(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says(UNSURE)
    ann.edits(said, "good morning everyone")
    assert world.room.last.speech.buttons == ()
    world.passes(hours=2)
    assert world.desk_chat.wordings == []
    assert world.tickets == []


def test_what_was_asked_about_is_rewritten_and_still_unclear(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says(UNSURE)
    world.passes(minutes=10)
    ann.edits(said, ALSO_UNSURE)
    assert sum("shall I pass" in text for text in world.room.wordings) == 1
    ann.taps("repair", world.room)
    assert world.ticket().words == ALSO_UNSURE


def test_a_room_number_corrected_by_an_edit_reaches_the_card(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says(LEAK)
    ann.edits(said, LEAK.replace("1202", "1302"))
    assert world.ticket().unit == "1302"
    assert "1202" not in world.engineering.find("#1001").speech.text


def test_what_the_desk_has_on_its_list_follows_the_authors_edits(world: World) -> None:
    ann, may = world.person("Ann"), world.person("May")
    said = ann.says(UNSURE)
    world.passes(hours=1, minutes=1)
    ann.edits(said, ALSO_UNSURE)
    listed = world.desk_chat.find("🤔").speech.plain
    assert ALSO_UNSURE in listed
    assert UNSURE not in listed
    assert sum("shall I pass" in text for text in world.room.wordings) == 1
    assert world.disposition(said).disposition is Disposition.STAFF_TRIAGE
    may.taps("repair", world.desk_chat)
    assert world.ticket().words == ALSO_UNSURE


def test_an_edit_into_talk_takes_it_off_the_desks_list(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says(UNSURE)
    world.passes(hours=2)
    ann.edits(said, "good morning everyone")
    assert not any("Dismiss" in label for label in world.desk_chat.labels)
    assert not any("repair" in label for label in world.room.labels)
    assert world.tickets == []


def test_an_edit_into_a_request_opens_it_and_clears_the_desks_list(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says(UNSURE)
    world.passes(hours=2)
    ann.edits(said, "the door of Block 3 does not lock any more, please repair it")
    (ticket,) = world.tickets
    assert UNSURE not in ticket.words
    assert world.desk_chat.hears("Opened as #1001")


def test_a_second_unsure_line_may_be_rewritten_by_itself(world: World) -> None:
    ann, may = world.person("Ann"), world.person("May")
    ann.says(UNSURE)
    second = ann.says(ALSO_UNSURE)
    world.passes(minutes=10)
    ann.edits(second, "good morning everyone")
    assert any("repair" in label for label in world.room.labels)
    world.passes(hours=1)
    assert world.desk_chat.hears("🤔", UNSURE)
    assert not world.desk_chat.hears(ALSO_UNSURE)
    may.taps("repair", world.desk_chat)
    assert world.ticket().words == UNSURE


def test_every_line_the_desk_was_shown_is_in_the_ticket_it_opens(world: World) -> None:
    ann, may = world.person("Ann"), world.person("May")
    ann.says(UNSURE)
    second = ann.says(ALSO_UNSURE)
    world.passes(hours=2)
    may.taps("repair", world.desk_chat)
    (ticket,) = world.tickets
    assert UNSURE in ticket.words
    assert ALSO_UNSURE in ticket.words
    assert world.disposition(second).ticket_id == ticket.id


def test_a_finished_emergency_rewritten_into_another_pages_everybody_again(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    said = ann.says("Fire in Block 3! smoke everywhere")
    li.taps("Done", world.security)
    li.taps(world.security.labels[0], world.security)
    assert world.ticket().state is TicketState.DONE
    ann.edits(said, "Strong smell of gas in Block 5")
    assert world.managers.hears("🚨", "5栋", "#1002")
    assert world.security.hears("🚨 #1002")
    assert "Open the windows" in world.room.last.speech.plain


def test_an_emergency_rewritten_into_another_danger_is_a_new_one(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says("Fire in Block 3! smoke everywhere")
    ann.edits(said, "Strong smell of gas in Block 5")
    assert [ticket.trade for ticket in world.tickets] == [Trade.FIRE_SAFETY, Trade.GAS]
    assert world.managers.hears("🚨", "5栋", "#1002")


def test_a_rewritten_building_moves_the_card_and_the_emergency_page(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says("Fire in Block 3! smoke everywhere")
    ann.edits(said, "Fire in Block 5! smoke everywhere")
    assert len(world.tickets) == 1
    for chat in (world.security, world.engineering):
        assert "📍 5栋" in chat.find("🚨 #1001").speech.plain
        assert chat.hears("💬 #1001", "Fire in Block 5")
    assert [("5栋" in text, "Block 5" in text) for text in world.managers.texts] == [(True, True), (True, True)]


def test_a_building_rewritten_while_somebody_runs_is_told_aloud(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says("Fire in Block 3! smoke everywhere")
    world.person("Li").taps("Take", world.security)
    ann.edits(said, "Fire in Block 5! smoke everywhere")
    assert "📍 5栋" in world.security.find("🚨 #1001").speech.plain
    assert world.security.hears("💬 #1001", "Fire in Block 5")
    assert all("5栋" in text for text in world.managers.texts)
    assert len(world.managers.screen) == 2


def test_a_rewritten_building_shows_on_the_card(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says("The kitchen tap leaks in Block 3, flat 1202")
    ann.edits(said, "The kitchen tap leaks in Block 5, flat 1202")
    assert "📍 5栋 1202" in world.engineering.find("#1001").speech.plain


def test_a_request_rewritten_into_another_trade_goes_to_other_hands(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says("The lift in Block 3 is broken")
    ann.edits(said, "Sorry: the kitchen tap leaks in Block 3, flat 1202")
    assert world.engineering.hears("#1001 repair · plumbing", "📍 3栋 1202")
    assert world.room.hears("1001", "plumbing")
    other = ann.says("The corridor light in Block 5 is broken")
    ann.edits(other, "A stranger is forcing the doors of parked cars in Block 5, please send a guard")
    assert world.security.hears("#1002", "📍 5栋", "forcing the doors")
    assert world.security.find("#1002").speech.buttons
    assert not world.engineering.find("#1002").speech.buttons


def test_a_neighbours_report_rewritten_to_another_building_goes_its_own_way(world: World) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    ann.says("The lift in Block 3 is broken")
    said = bob.says("The lift in Block 3 is broken again")
    assert world.ticket(1002).incident_id == world.ticket(1001).id
    bob.edits(said, "The lift in Block 5 is broken again")
    assert world.ticket(1002).incident_id is None
    assert "📍 5栋" in world.engineering.find("#1002", "Block 5").speech.plain
    assert "📍 3栋" in world.engineering.find("#1001").speech.plain


def test_a_request_rewritten_into_talk_stays_what_it_was(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says(LEAK)
    ann.edits(said, "good morning everyone")
    assert world.inbox[-1].disposition is Disposition.ADDED
    assert world.ticket().trade is Trade.PLUMBING


def test_a_request_rewritten_to_bare_talk_keeps_its_ticket(world: World) -> None:
    ann = world.person("Ann")
    said = ann.says("3栋1202厨房水管漏水")
    world.passes(minutes=10)
    ann.edits(said, "room 1202, my phone is 13800138000")
    assert world.ticket().is_open
    assert world.disposition(said).state is InboxState.DONE
    assert all(row.state is InboxState.DONE for row in world.inbox)
