"""Complaints about somebody of ours: they never reach that person, nor anybody who works under them."""

from functools import partial

import pytest
from sqlalchemy import event

from handlers.complaints import concerns
from storage.models import Concern
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, Group, Kind, TicketState, Trade
from tests.rosters import set_roster
from tests.world import ChatOnStage, World


def reaches(chat: ChatOnStage, *secrets: str) -> list[str]:
    """Everything ever said in a chat, also what an edit has replaced, that holds one of these."""
    return [text for text in chat.wordings if any(secret in text for secret in secrets)]


def test_the_plumber_who_came_never_hears_of_it(world: World) -> None:
    """By card, edit, reply, incident, merge menu, search, list, digest, history, on-duty, or a tap that is late."""
    set_roster(world)
    ann, bob, li, dai, qin = (world.person(name) for name in ("Ann", "Bob", "Li", "Dai", "Director Qin"))
    ann.starts()
    ann.says("The kitchen pipe is leaking, Block 3 room 1202")
    li.taps("Take", world.engineering)
    ann.says("The plumber who came was rude and asked me for money", ann.private)
    ticket = world.ticket(1002)
    assert (ticket.kind, ticket.group, ticket.state) == (Kind.COMPLAINT, None, TicketState.ASSIGNED)
    assert world.managers.hears("#1002", "asked me for money", "🔒")
    secrets = ("asked me", "was rude", "#1002", "snapped", "mother")
    mine = ann.says("He snapped at my mother too", ann.private)
    ann.edits(mine, "He snapped at my mother twice", ann.private)
    bob.says("The water in Block 3 is off")
    li.taps("Take", world.engineering, world.engineering.find("#1003"))
    li.taps("⋯", world.engineering, world.engineering.find("#1003"))
    li.taps("Merge", world.engineering, world.engineering.find("#1003"))
    for asked in ("/open", "/find money", "/room 1202", "/overdue", "/mine", "/onduty", "/digest"):
        for chat in (world.engineering, world.security):
            li.says(asked, chat)
    world.passes(days=4)
    for chat in (world.engineering, world.security, world.desk_chat):
        assert reaches(chat, *secrets) == []
    qin.taps("Take", world.managers, world.managers.find("#1002", "🔒"))
    qin.taps("Confirm with", world.managers)
    qin.says("You told us that our plumber was rude and asked for money.", world.managers)
    ann.taps("Yes", ann.private)
    qin.replies(world.managers.find("#1002", "🔒"), "I am sorry, I look into it myself", world.managers)
    assert ann.private.hears("I look into it myself")
    dai.says("/t 1002", world.desk_chat)
    assert world.desk_chat.last.speech.plain.startswith("There is no #1002 here")
    assert "somebody else" in li.taps_stale("why", world.managers)
    assert reaches(world.engineering, *secrets) == []
    assert not world.room.hears("rude")


@pytest.mark.parametrize(
    ("words", "groups"),
    [
        ("保安态度太差了,拦着我不让进还骂人", {Group.SECURITY}),
        ("清潔阿姨亂丟我的東西,態度很差", {Group.ENVIRONMENT}),
        ("Staff were very rude to me, I want to complain about your staff", set(Group)),
    ],
)
def test_a_role_alone_stands_for_everybody_of_it(world: World, words: str, groups: set[Group]) -> None:
    ann = world.person("Ann")
    ann.says(words)
    assert world.managers.hears("#1001", words[:6])
    assert all(reaches(chat, words[:6]) == [] for chat in (world.engineering, world.security, world.desk_chat))
    concerned = world.look(lambda unit: unit.complaints.guarded()[world.ticket().id])
    assert {each.group for each in concerned} == (groups if len(groups) == 1 else {None})


def test_staff_say_that_it_is_about_one_of_them(world: World) -> None:
    """What stood in the desk's chat is taken back, with the words under it; the wrong choice can be undone."""
    set_roster(world)
    ann, dai, qin = world.person("Ann"), world.person("Dai"), world.person("Director Qin")
    ann.starts()
    ann.says("The neighbours upstairs renovate every night, nobody cares")
    ann.says("It starts at eleven", ann.private)
    desk = world.desk_chat
    assert desk.hears("eleven") or desk.hears("#1001", "renovate")
    dai.taps("More", desk)
    dai.taps("About one of us", desk)
    dai.taps_stale("concern:g=desk", desk)
    dai.taps("Dai", desk)
    assert not any("renovate" in text or "eleven" in text for text in desk.texts)
    assert desk.hears("#1001 is looked after elsewhere now")
    assert world.managers.hears("#1001", "renovate")
    assert "old card" in dai.taps_stale("take", desk, desk.find("elsewhere"))
    assert world.ticket().assignee_id is None
    qin.taps("More", world.managers)
    qin.taps("About one of us", world.managers)
    qin.taps("Nobody of ours", world.managers)
    assert world.ticket().group is Group.DESK
    assert desk.hears("#1001", "renovate")


def test_a_complaint_about_a_manager_waits_for_somebody_above(world: World) -> None:
    """Nobody below hears of it; the quality department's chat gets it as soon as it is known as theirs."""
    set_roster(world)
    ann, xu = world.person("Ann"), world.person("Quality Xu")
    ann.starts()
    ann.says("I want to complain about Manager Meng, he lied to me", ann.private)
    assert world.ticket().state is TicketState.RECEIVED
    world.passes(hours=9)
    everybody = (world.engineering, world.security, world.desk_chat, world.managers)
    assert all(reaches(chat, "Meng", "1001") == [] for chat in everybody)
    quality = world.link(ChatRole.MANAGER, "quality")
    xu.says("hello", quality)
    world.passes(days=1)
    assert quality.hears("#1001", "he lied to me")
    assert reaches(world.managers, "lied") == []


def test_one_of_them_heard_in_the_managers_chat_ends_its_sight(world: World) -> None:
    set_roster(world)
    ann, gao, qin = world.person("Ann"), world.person("Gao"), world.person("Director Qin")
    ann.says("Gao shouted at me, I want to complain about Gao")
    assert world.managers.hears("#1001", "shouted")
    gao.taps("Take", world.managers)
    assert world.ticket().assignee_id is None
    qin.taps("Take", world.managers)
    assert world.ticket().assignee_id is None
    assert not world.managers.hears("shouted")
    assert world.desk_chat.hears("#1001", "shouted")


def test_same_here_is_about_the_same_person(world: World) -> None:
    ann, bob = world.person("Ann"), world.person("Bob")
    said = ann.says("The security guard is asleep every night, I want to complain about him")
    bob.says("same here", reply_to=said)
    for ticket in world.tickets:
        assert ticket.group is None
    assert reaches(world.security, "asleep", "same here") == []
    assert reaches(world.desk_chat, "asleep", "same") == []


def test_what_it_taught_before_is_shown_under_nobody_elses_card(world: World) -> None:
    """Set right and only then told to be about one of us: its words are no example any more."""
    set_roster(world)
    ann, dai = world.person("Ann"), world.person("Dai")
    ann.says("The tap in the hall drips since somebody of you fiddled with it")
    card = next(chat for chat in (world.desk_chat, world.engineering) if chat.hears("#1001"))
    dai.taps("⋯", card)
    dai.taps("Correct", card)
    dai.taps("Kind:", card)
    dai.taps("complaint", card)
    desk = world.desk_chat if world.desk_chat.hears("#1001", "fiddled") else card
    dai.taps_stale("concern:m=1", desk, desk.find("#1001", "fiddled"))
    assert world.managers.hears("#1001", "fiddled")
    world.passes(minutes=1)
    later = world.clock.now()
    assert world.look(lambda unit: list(unit.corrections.list_taught(world.site_id, later))) == []
    world.person("Bob").says("The tap in the hall drips since somebody of you fiddled with it")
    assert world.ticket(1002).kind is Kind.REPAIR


def test_whoever_registers_one_hears_that_it_is_in_the_books_and_no_more(world: World) -> None:
    """In a line and in a form; silence would have it registered again."""
    guard = world.person("Hu")
    guard.says("/new Mr Wong 3-1202 the security guard at the gate was rude and swore at me, phone", world.security)
    assert world.security.last.speech.plain == "#1001 is looked after elsewhere now."
    guard.says("/new", world.security)
    guard.says("Mr Wong", world.security)
    guard.says("3-1202", world.security)
    guard.says("13800138000", world.security)
    guard.says("The security guard at the gate was rude and swore at me again", world.security)
    guard.taps("phone", world.security)
    assert world.security.hears("#1002 is looked after elsewhere now.")
    assert not world.security.hears("swore")


def test_words_for_a_chat_that_may_read_them_no_more_find_another(world: World) -> None:
    """Whom it is about only speaks in the managers' chat and taps nothing: what comes next is not said to nobody."""
    set_roster(world)
    ann, gao = world.person("Ann"), world.person("Gao")
    ann.starts()
    ann.says("Gao shouted at me, I want to complain about Gao", ann.private)
    assert world.managers.hears("#1001", "shouted")
    gao.says("good morning", world.managers)
    ann.says("Gao shouted at my mother too", ann.private)
    assert world.desk_chat.hears("#1001", "shouted at me")
    assert world.desk_chat.hears("my mother")
    assert not world.managers.hears("shouted")


def test_a_promise_about_them_does_not_run_out_unheard(world: World) -> None:
    set_roster(world)
    ann, gao, qin = world.person("Ann"), world.person("Gao"), world.person("Director Qin")
    ann.says("Gao shouted at me, I want to complain about Gao")
    qin.taps("Take", world.managers)
    gao.says("good morning", world.managers)
    world.passes(days=2)
    assert world.desk_chat.hears("#1001", "shouted")
    assert not world.managers.hears("shouted")
    assert world.ticket().state is TicketState.ASSIGNED, "whoever had it sees it no more"


def test_however_many_there_were_a_look_asks_once_who_may_see_them(world: World) -> None:
    """Complaints about one and the same person, years of them, cost a search no more than one does."""
    set_roster(world)

    def guard(unit: UnitOfWork, count: int) -> None:
        li = next(member for member in unit.rosters.list_members(world.site_id) if member.name == "Li")
        for ticket_id in range(1, count + 1):
            unit.complaints.guard(ticket_id, [Concern(ticket_id=ticket_id, member_id=li.id)])

    for number in range(8):
        world.person(f"P{number}").says(f"The light in flat {1201 + number} of Block 3 is broken, please repair it")
    asked: list[str] = []

    def note(*about: object) -> None:
        asked.append(str(about[2]))

    def look(unit: UnitOfWork) -> int:
        chat = unit.chats.list_by_role(world.site_id, ChatRole.DUTY, Group.ENGINEERING)[0]
        event.listen(world.engine, "before_cursor_execute", note)
        hidden = concerns.list_hidden(unit, chat)
        event.remove(world.engine, "before_cursor_execute", note)
        return len(hidden)

    costs = []
    for count in (1, 8):
        world.act(partial(guard, count=count))
        asked.clear()
        assert world.look(look) == count
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_after_a_noise_a_word_about_the_guard_is_a_complaint_of_its_own(world: World) -> None:
    """The noise stays where it was; a neighbour who says the same in passing has told the desk nothing."""
    ann = world.person("Ann")
    ann.says("楼下1102那个人天天半夜打麻将吵得我睡不着")
    ann.says("护卫那个老赵态度真是差，骂我老婆")
    world.person("Bo").says("护卫那个老赵态度真是差，骂我老婆")
    assert [(ticket.trade, ticket.kind) for ticket in world.tickets] == [
        (Trade.NOISE, Kind.COMPLAINT),
        (Trade.STAFF, Kind.COMPLAINT),
    ]
    assert world.desk_chat.hears("#1001", "麻将")
    assert reaches(world.desk_chat, "老赵") == reaches(world.security, "老赵") == []
    assert world.managers.hears("#1002", "老赵", "🔒")
    assert not world.managers.hears("#1001", "🔒")


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("The man you sent was drunk and shouted at me", "private"),
        ("Send somebody else, this guy is a thief", "room"),
        ("he threatened me when I said I would complain", "not fixed"),
        ("你们派来的人喝醉了，还对我大吼大叫", "not fixed"),
        ("刚才来的那个人偷了我的手机", "room"),
        ("来的人动手动脚，骚扰我女儿", "private"),
        ("You sent us a drunk, he pushed me", "edit"),
        ("换个人来吧，那个人手脚不干净", "private"),
        ("你们的师傅喝醉了，还对我大吼大叫", "edit"),
        ("工程組的人每次修水管都亂收錢", "private"),
    ],
)
def test_whoever_came_never_reads_what_is_said_about_him(world: World, words: str, way: str) -> None:
    """He is named by nothing but having come: a complaint of its own, wherever the tenant writes it."""
    set_roster(world)
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    leak = "The kitchen pipe is leaking, Block 3 room 1202" if words.isascii() else "3栋1202厨房水管爆了，请来修"
    said = ann.says(leak)
    li.taps("Take", world.engineering)
    world.passes(minutes=20)
    match way:
        case "room":
            ann.replies(world.room.last, words, world.room)
        case "edit":
            ann.edits(said, f"{leak} {words}")
        case "not fixed":
            li.taps_stale("done:repaired", world.engineering, world.engineering.find("#1001"))
            world.passes(hours=5)
            ann.taps("not fixed" if words.isascii() else "没解决", ann.private)
            ann.says(words, ann.private)
        case _:
            ann.says(words, ann.private)
    assert reaches(world.engineering, words[:9]) == []
    assert world.ticket(1002).kind is Kind.COMPLAINT
    concerned = world.look(lambda unit: unit.complaints.guarded()[world.ticket(1002).id])
    assert {each.person_id for each in concerned} == {world.ticket(1001).assignee_id}
    assert world.managers.hears("#1002", words[:9], "🔒")


@pytest.mark.parametrize(
    "words",
    [
        "My neighbour upstairs is drunk and he shouts all night",
        "Somebody stole my bike from the garage",
        "楼下有个人喝醉了，他一直大吼大叫",
    ],
)
def test_somebody_else_who_is_drunk_or_a_thief_is_nobody_of_ours(world: World, words: str) -> None:
    set_roster(world)
    ann, li = world.person("Ann"), world.person("Li")
    ann.starts()
    ann.says("The kitchen pipe is leaking, Block 3 room 1202")
    li.taps("Take", world.engineering)
    world.passes(minutes=20)
    ann.says(words, ann.private)
    assert world.look(lambda unit: unit.complaints.guarded()) == {}


def test_what_was_looked_for_before_quotes_it_no_more(world: World) -> None:
    set_roster(world)
    ann, bob, dai = world.person("Ann"), world.person("Bob"), world.person("Dai")
    ann.says("The neighbours upstairs renovate every night, nobody cares")
    bob.says("How do I get a parking card for a second car?")
    dai.says("/open", world.desk_chat)
    assert world.desk_chat.hears("Open · 2", "renovate", "parking card")
    dai.taps_stale("concern:w=desk", world.desk_chat, world.desk_chat.find("#1001", "👤 Ann"))
    assert not world.desk_chat.hears("renovate")
    assert world.desk_chat.hears("Open · 1", "parking card")
