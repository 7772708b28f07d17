"""Staff on a channel like WeCom's: six buttons on a card, the rest by number, and a ticket named by its own number."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from bot.channels.channel import Abilities
from handlers.events import MessageReceived
from storage.vocabulary import Disposition, EntryKind, TicketState, Trade
from tests.stage import ChatOnStage
from tests.world import World

LEAK = "The kitchen tap in Block 3 1202 is leaking"
FEW = Abilities(
    buttons=True, edits=False, reactions=False, writes_first=False, groups=True, text_limit=4096, most_buttons=6
)


@pytest.fixture
def few(engine: Engine) -> Iterator[World]:
    """The same site on such a channel."""
    stage = World(engine, abilities=FEW)
    yield stage
    stage.ends()


def names(few: World, number: int, words: str, chat: ChatOnStage | None = None) -> MessageReceived:
    """Li names a ticket by its number, as a channel hands it on."""
    said = few.person("Li").message(chat or few.engineering, words)
    event = replace(said, about=number)
    few.happens(event)
    return event


def test_six_buttons_fit_and_the_others_have_numbers(few: World) -> None:
    few.person("Ann").says(LEAK)
    card = few.engineering.last
    assert [button.label for row in card.speech.buttons for button in row] == [
        "✋ Take", "✅ Done", "❓ Ask", "➡️ Hand over", "⏸ Waiting", "⋯ More",
    ]  # fmt: skip
    assert "#number" not in card.speech.text
    few.person("Li").taps("⋯ More", few.engineering)
    more = few.engineering.last
    assert sum(len(row) for row in more.speech.buttons) == 6
    assert "More: write the #number of the request and one of these:\n7. " in more.speech.text
    assert "tap in Block" not in more.speech.text  # the words stand above
    back = more.speech.text.rpartition("\n")[2]
    assert back.endswith("← Back")
    names(few, 1001, back.partition(".")[0])
    assert few.engineering.last.speech.buttons[0][0].label == "✋ Take"
    names(few, 1001, "1")
    assert few.ticket().state is TicketState.ACCEPTED
    assert few.engineering.last.speech.plain.startswith("🔵 #1001 repair · plumbing\n📍 3栋 1202\n🛠 taken · Li")


def test_words_under_a_number_go_to_the_tenant_or_answer_what_was_asked(few: World) -> None:
    few.person("Ann").starts()
    few.person("Ann").says(LEAK)
    names(few, 1001, "1")
    names(few, 1001, "Please close the main valve first.")
    assert few.person("Ann").private.hears("Please close the main valve first.")
    names(few, 1001, "1")  # done, of the card as it reads now
    menu = few.engineering.last.speech
    labels = [button.label for row in menu.buttons for button in row] + menu.text.partition("these:\n")[2].split("\n")
    own = next(place for place, label in enumerate(labels, 1) if "Write my own" in label)
    names(few, 1001, str(own))
    names(few, 1001, "Replaced the washer.")
    assert (few.ticket().state, few.ticket().done_words) == (TicketState.DONE, "Replaced the washer.")


def test_a_command_may_name_a_ticket_too(few: World) -> None:
    few.person("Ann").says(LEAK)
    names(few, 1001, "/note The key is at the gate.")
    entries = few.look(lambda unit: unit.tickets.list_entries(few.ticket().id))
    assert (entries[-1].kind, entries[-1].text) == (EntryKind.NOTE, "The key is at the gate.")
    names(few, 4711, "/open")  # quoted beside it, by chance
    assert "#1001" in few.engineering.last.speech.plain


def test_a_number_that_never_stood_here_opens_nothing(few: World) -> None:
    few.person("Ann").says(LEAK)
    for number, chat in ((1001, few.security), (4711, few.engineering)):
        said = names(few, number, "1", chat)
        assert few.disposition(said.message_id, chat).disposition is Disposition.REFUSED
        assert str(number) in chat.last.speech.plain
    assert few.ticket().state is TicketState.ASSIGNED
    assert few.ticket().trade is Trade.PLUMBING
