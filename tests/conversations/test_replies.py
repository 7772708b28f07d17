"""Staff's words reach the tenant, or staff are told the truth and what to do instead."""

from dataclasses import replace

import pytest

from bot.channels.channel import SendFailed
from tests.conversations.answered import LEAK, card
from tests.world import World


def test_a_reply_is_queued_then_sent_and_the_card_says_each(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    ann.private.refuses(SendFailed("server trouble"))
    reply = li.replies(world.engineering.find("#1001"), "On my way", world.engineering)
    assert "waiting to be sent" in card(world)
    assert world.channel.reactions[world.engineering.address, reply] == "👀"
    ann.private.refuses(None)
    world.passes(minutes=1)
    assert "Last reply: sent" in card(world)
    assert world.channel.reactions[world.engineering.address, reply] == "👌"
    assert ann.private.hears("On my way")


def test_a_tenant_who_never_pressed_start_finds_the_answer_there_later(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.says(LEAK)
    li.replies(world.engineering.find("#1001"), "I come to 1202 at ten", world.engineering)
    assert "not opened the private chat" in card(world)
    notice = world.room.find("Ann, you have an answer about no. 1001")
    assert "ten" not in notice.speech.plain
    assert notice.speech.buttons[0][0].url
    li.replies(world.engineering.find("#1001"), "Please be home", world.engineering)
    assert sum("you have an answer" in text for text in world.room.wordings) == 1
    ann.starts()
    said = [text for text in ann.private.wordings if "Management office" in text]
    assert ["ten" in said[0], "be home" in said[1]] == [True, True]
    assert "Last reply: sent" in card(world)
    ann.starts()
    assert sum("I come to 1202" in text for text in ann.private.wordings) == 1


def test_a_reply_changed_before_start_is_delivered_as_it_reads_now(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.says(LEAK)
    reply = li.replies(world.engineering.find("#1001"), "I come at ten", world.engineering)
    li.edits(reply, "I come at eleven", world.engineering)
    li.edits(reply, "I come at twelve", world.engineering)
    ann.starts()
    assert [text.splitlines()[1] for text in ann.private.wordings if "Management" in text] == ["I come at twelve"]


def test_a_changed_reply_changes_on_the_tenants_screen(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    reply = li.replies(world.engineering.find("#1001"), "I come at ten", world.engineering)
    li.edits(reply, "I come at eleven", world.engineering)
    li.edits(reply, "I come at twelve", world.engineering)
    shown = [text for text in ann.private.texts if "Management office" in text]
    assert len(shown) == 1
    assert "twelve" in shown[0]
    ann.starts()
    assert not ann.private.hears("at ten")


def test_a_channel_that_cannot_edit_says_that_the_second_is_a_correction(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    world.channel.abilities = replace(world.channel.abilities, edits=False)
    reply = li.replies(world.engineering.find("#1001", "leaking"), "I come at ten", world.engineering)
    li.edits(reply, "I come at eleven", world.engineering)
    li.edits(reply, "I come at twelve", world.engineering)
    said = [text for text in ann.private.texts if "Management office" in text]
    assert ["corrected" in text for text in said] == [False, True, True]
    assert "twelve" in said[-1]


def test_a_reply_changed_before_it_was_sent_is_no_correction(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    ann.private.refuses(SendFailed("server trouble"))
    reply = li.replies(world.engineering.find("#1001", "leaking"), "I come at ten", world.engineering)
    li.edits(reply, "I come at eleven", world.engineering)
    ann.private.refuses(None)
    world.passes(minutes=1)
    assert [text for text in ann.private.wordings if "I come" in text] == [
        "💬 Management office · no. 1001\nI come at eleven"
    ]


def test_words_given_to_a_photo_later_reach_the_tenant(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    photo = li.replies(world.engineering.find("#1001"), "", world.engineering, attached=(world.file(),))
    li.edits(photo, "This is the part we have ordered", world.engineering)
    assert ann.private.hears("the part we have ordered")


def test_a_command_under_a_card_is_no_word_to_the_tenant(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    before = len(ann.private.screen)
    li.replies(world.engineering.find("#1001"), "/digest", world.engineering)
    assert len(ann.private.screen) == before
    assert "Last reply" not in card(world)


def test_a_photo_alone_is_a_reply_and_the_card_tells_whether_it_arrived(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    sent = li.replies(world.engineering.find("#1001"), "", world.engineering, attached=(world.file(),))
    assert ann.private.last.media is not None
    assert "Last reply: sent" in card(world)
    assert world.channel.reactions[world.engineering.address, sent] == "👌"


def test_a_photo_waits_for_start_also_when_the_work_is_done(world: World) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.says(LEAK)
    li.replies(world.engineering.find("#1001"), "", world.engineering, attached=(world.file(),))
    assert "not opened the private chat" in card(world)
    li.taps("Done", world.engineering)
    li.taps("Repaired", world.engineering)
    ann.starts()
    assert sum(shown.media is not None for shown in ann.private.screen) == 1
    assert not ann.private.hears("(photo or file)")


@pytest.mark.parametrize("letter", ["x", "🏠", "@"])
def test_a_long_reply_arrives_whole_in_several_messages(world: World, letter: str) -> None:
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says(LEAK)
    words = "please read: " + letter * (4070 if letter != "🏠" else 2035) + " END"
    reply = li.replies(world.engineering.find("#1001"), words, world.engineering)
    said = [shown.speech for shown in ann.private.screen if "Management office" in (shown.speech.title or "")]
    assert "".join(speech.text for speech in said).count(letter) == words.count(letter)
    assert len(said) > 1
    assert said[-1].text.endswith("END")
    assert all(len(speech.plain.encode("utf-16-le")) // 2 <= 4096 for speech in said)
    assert "Last reply: sent" in card(world)
    li.edits(reply, "never mind", world.engineering)
    assert [text.splitlines()[1] for text in ann.private.texts if "corrected" in text] == ["never mind", "…"] + [
        "…"
    ] * (len(said) - 2)


def test_staff_read_all_of_long_words_under_the_card(world: World) -> None:
    ann = world.person("Ann")
    ann.says("The kitchen tap leaks in Block 3, flat 1202. " + "drip " * 400 + "Mind the dog.")
    assert "…" in world.engineering.find("🔵 #1001").speech.plain
    assert world.engineering.hears("💬 #1001 · Ann", "The kitchen tap", "Mind the dog.")
    ann.says("The kitchen tap leaks from behind the panel")
    assert world.engineering.hears("💬 #1001 · Ann", "behind the panel")


def test_going_on_under_ones_own_words_reaches_the_tenant_and_under_a_colleagues_stays(world: World) -> None:
    ann, li, wu = world.person("Ann"), world.person("Li"), world.person("Wu")
    ann.starts()
    ann.says(LEAK)
    card = world.engineering.find("#1001")
    first = li.replies(card, "I come at three", world.engineering)
    li.says("and please clear the cupboard", world.engineering, reply_to=first)
    assert ann.private.hears("clear the cupboard")
    wu.says("did you take the ladder?", world.engineering, reply_to=first)
    talk = li.says("yes", world.engineering)
    li.says("it is in the van", world.engineering, reply_to=talk)
    assert not any(word in text for text in ann.private.texts for word in ("ladder", "van"))
