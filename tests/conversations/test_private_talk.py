"""In private, while a request is open: what is said goes to it, unless it is a greeting or tells of another trouble."""

from storage.vocabulary import Disposition
from tests.world import World

LEAK = "The kitchen tap in Block 3 room 1202 is leaking"


def ends(world: World, who: str, words: str) -> Disposition | None:
    """How it ends when somebody with a leak open since this morning says this in private."""
    person = world.person(who)
    if not person.private.wordings:
        person.says(LEAK, person.private)
    world.passes(hours=3)
    return world.disposition(person.says(words, person.private), person.private).disposition


def test_what_is_told_or_asked_reaches_whoever_works_on_it(world: World) -> None:
    for words in (
        "good morning, the plumber left his bag here",
        "师傅你好,今天来吗",
        "between two floors",
        "the floor by the stove",
        "電梯裡面的",
    ):
        assert ends(world, "Ann", words) is Disposition.ADDED, words
        assert world.engineering.hears(words)


def test_a_greeting_is_no_part_of_it(world: World) -> None:
    for words in (
        "good morning",
        "Good morning everyone!",
        "早上好",
        "師傅早晨",
        "hi",
        "Hello? 👋",
        "在吗",
        "有人在嗎？",
    ):
        assert ends(world, "Ann", words) is Disposition.ANSWERED, words
        assert not world.engineering.hears(words)
        assert "1001" in world.person("Ann").private.last.speech.plain, "how it stands is what they would like to know"
    thread = world.look(lambda unit: [entry.text for entry in unit.tickets.list_entries(world.ticket().id)])
    assert thread == [LEAK]
    bob = world.person("Bob")
    bob.says("Someone is trapped in the lift in Block 3", bob.private)
    world.passes(minutes=20)
    bob.says("hello? anybody there?", bob.private)
    assert world.engineering.hears("hello? anybody there?"), "in danger it is a call for help"


def test_another_trouble_told_unsurely_is_asked_about_and_not_hidden_in_the_first(world: World) -> None:
    told = {"Ann": "wifi也慢", "Bob": "灯也有点闪", "Cai": "門口的燈也暗了點", "Dan": "lamp in the hall too?"}
    for who, words in told.items():
        assert ends(world, who, words) in (Disposition.ASKED, Disposition.OPENED), words
        assert not world.engineering.hears(f"{who}: {words}")


def test_the_number_comes_before_what_is_asked(world: World) -> None:
    ann = world.person("Ann")
    ann.starts()
    ann.says("The kitchen tap is dripping", ann.private)
    received, asked = ann.private.wordings[-2:]
    assert "Received, no. 1001" in received
    assert "which building and room" in asked
