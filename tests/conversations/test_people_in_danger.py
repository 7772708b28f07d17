"""Somebody is hurt, attacked or about to fall: an alarm of its own, the right first line, nobody unanswered."""

import pytest

from handlers.understanding.perils import Peril, peril_in
from handlers.understanding.reading import read
from storage.vocabulary import Trade, Urgency
from tests.world import World

HURT = [
    ("my husband has chest pain please help", "Call an ambulance now: 120"),
    ("My mum fell down and isn't moving", "let the ambulance in"),
    ("someone collapsed in the lobby", "Call an ambulance now"),
    ("a kid is drowning in the pool", "Call an ambulance now"),
    ("he is having a seizure in the gym", "Call an ambulance now"),
    ("有人晕倒在大堂了", "叫救护车：120"),
    ("我妈摔倒了起不来", "看看有没有呼吸"),
    ("我老公心口痛，唞唔到氣", "叫救護車：120"),
    ("阿婆跌低咗起唔到身，喺大堂", "看看有沒有呼吸"),
]
HARMLESS = [
    "I nearly fainted when I saw the bill",
    "笑到断气",
    "笑到斷氣",
    "my back hurts",
    "heart attack prices at the new cafe",
    "yesterday a man collapsed in the lobby, is he ok?",
    "昨天有人晕倒在大堂",
    "尋日有人喺大堂暈低",
    "first aid course on Friday: what to do if someone is choking",
    "我路过看到两只猫在楼下打架",
    "眼皮打架了，睡觉去",
    "衣服挂在窗外滴水",
    "drowning in work this week",
    "思想火花",
]
OTHERS = [
    ("There is smoke in the corridor", Trade.FIRE_SAFETY),
    ("smoke in the hallway 8/F", Trade.FIRE_SAFETY),
    ("电表箱冒火花", Trade.ELECTRICAL),
    ("电箱噼里啪啦在冒火花", Trade.ELECTRICAL),
    ("孩子卡在窗户外面了", Trade.SECURITY),
    ("楼道里有人打架", Trade.SECURITY),
    ("走廊有人打緊交", Trade.SECURITY),
    ("someone is breaking into my flat", Trade.SECURITY),
    ("有小偷撬我门", Trade.SECURITY),
]


@pytest.mark.parametrize(("cry", "safety"), HURT)
def test_somebody_is_hurt_and_everybody_who_can_help_is_paged(world: World, cry: str, safety: str) -> None:
    world.person("Ann").says(cry)
    ticket = world.ticket()
    assert (ticket.urgency, ticket.trade) == (Urgency.EMERGENCY, Trade.SECURITY)
    assert safety in world.room.last.speech.plain
    for chat in (world.security, world.desk_chat, world.managers):
        assert chat.hears("🚨", "#1001")


@pytest.mark.parametrize("talk", HARMLESS)
def test_what_only_sounds_like_it_pages_nobody(talk: str) -> None:
    assert read(talk).urgency is not Urgency.EMERGENCY
    assert peril_in(talk) is None or "yesterday" in talk or "昨" in talk or "尋日" in talk


@pytest.mark.parametrize(("cry", "trade"), OTHERS)
def test_other_dangers_go_to_the_right_hands(cry: str, trade: Trade) -> None:
    heard = read(cry)
    assert (heard.urgency, heard.trade) == (Urgency.EMERGENCY, trade)


def test_smoke_in_english_gets_the_stairs_line(world: World) -> None:
    world.person("Ann").says("There is smoke in the corridor")
    assert world.room.hears("Leave by the stairs", "not the lift")


@pytest.mark.parametrize(
    ("cry", "line"),
    [
        ("someone is breaking into my flat", "lock the door"),
        ("有小偷撬我门", "锁好门"),
        ("走廊有人打緊交", "鎖好門"),
    ],
)
def test_a_break_in_or_a_fight_is_met_behind_a_locked_door(world: World, cry: str, line: str) -> None:
    world.person("Ann").says(cry)
    assert world.room.hears(line, "110")


def test_somebody_hurt_is_never_more_of_a_burst_pipe(world: World) -> None:
    ann = world.person("Ann")
    ann.says("水管爆了，家里全淹了")
    ann.says("阿婆跌低咗起唔到身，喺大堂")
    ann.says("有人撬我门")
    assert [peril_in(ticket.words) for ticket in world.tickets] == [None, Peril.HURT, Peril.ATTACK]


@pytest.mark.parametrize(
    ("cry", "call", "answer"),
    [
        ("lift 3 trapped people inside help", "is anyone coming?", "everybody again"),
        ("有人被困电梯", "有人来吗？？？都半小时了", "又呼叫了所有人"),
        ("有人被困电梯", "有人来吗？我还在电梯里！", "又呼叫了所有人"),
        ("𨋢困咗人 快啲嚟", "有冇人嚟呀", "又呼叫了所有人"),
    ],
)
def test_calling_again_is_heard_loudly_and_answered(world: World, cry: str, call: str, answer: str) -> None:
    ann = world.person("Ann")
    ann.says(cry)
    world.passes(minutes=30)
    ann.says(call)
    assert len(world.tickets) == 1
    assert answer in world.room.last.speech.plain
    assert world.managers.hears("📣 #1001")
    assert world.engineering.hears("💬 #1001")


def test_naming_the_danger_again_is_never_met_with_silence(world: World) -> None:
    ann = world.person("Ann")
    ann.says("fire on the 5th floor!")
    for minutes in (0, 1, 10, 60):
        world.passes(minutes=minutes)
        before = len(world.room.wordings)
        ann.says("fire!! please hurry")
        assert len(world.room.wordings) > before
    assert len(world.tickets) == 1


def test_nobody_in_danger_and_the_same_words_are_talk(world: World) -> None:
    world.person("Ann").says("is anyone coming?")
    assert world.room.wordings == []
    assert world.tickets == []


@pytest.mark.parametrize(
    ("report", "asks", "answer"),
    [
        ("The kitchen tap in Block 3 1202 is leaking", "how's #1001", "No. 1001"),
        ("3栋1202厨房水管漏水", "1001号怎么样了", "1001号"),
        ("3座1202廚房水喉漏水", "1001 點呀", "1001號"),
    ],
)
def test_progress_is_asked_by_number_and_answered_in_one_line(
    world: World, report: str, asks: str, answer: str
) -> None:
    ann = world.person("Ann")
    ann.says(report)
    world.passes(minutes=30)
    ann.says(asks)
    assert answer in world.room.last.speech.plain
    assert len(world.tickets) == 1


@pytest.mark.parametrize("words", ["Fixed, thanks", "Thanks, all fixed now", "好了，修好了谢谢", "整好咗，唔該"])
def test_the_tenant_says_it_is_solved_and_one_tap_confirms(world: World, words: str) -> None:
    ann = world.person("Ann")
    ann.says("3栋1202厨房水管漏水")
    ann.says(words)
    assert words not in world.ticket().words
    assert world.engineering.hears("✅ #1001", "says it is solved")
    assert world.room.last.speech.plain.startswith("😊")
    world.person("Li").taps("Done", world.engineering, world.engineering.find("✅ #1001"))
    assert not world.ticket().is_open


def test_where_it_is_is_acknowledged_and_the_last_word_holds_for_a_lift(world: World) -> None:
    ann = world.person("Ann")
    ann.says("有人被困电梯")
    ann.says("1202")
    assert world.room.last.speech.plain.startswith("📍")
    ann.says("3栋电梯，5楼")
    assert world.room.last.speech.plain.startswith("📍")
    assert len(world.tickets) == 1
    assert world.engineering.hears("🚨 #1001", "📍 3栋 5楼")
    assert world.managers.hears("🚨", "📍 3栋 5楼")


def test_the_floor_is_on_card_and_page(world: World) -> None:
    world.person("Ann").says("走廊里有烟！3栋8楼")
    assert world.engineering.hears("#1001", "3栋 8楼")
    assert world.managers.hears("🚨", "3栋 8楼")


def test_an_emergency_is_called_off_by_staff_alone(world: World) -> None:
    ann = world.person("Ann")
    ann.says("fire on the 5th floor!")
    ann.says("3栋1202厨房水管漏水")
    world.passes(minutes=10)
    ann.says("cancel no. 1001 please")
    assert world.ticket(1001).is_open
    assert world.room.hears("No. 1001 is an emergency")
    assert world.engineering.hears("💬 #1001", "cancel")


def test_managers_are_told_what_and_for_how_long_in_hours(world: World) -> None:
    world.person("Ann").says("fire in Block 3, 5th floor!")
    world.passes(hours=23)
    pages = [text for text in world.managers.wordings if "has not taken #1001" in text]
    assert "h for" not in pages[-1]
    assert " h" in pages[-1].split("for")[-1]
    assert "3栋" in pages[-1]
    assert "fire in Block 3" in pages[-1]
    assert len(pages) <= 20


def test_a_reminder_loses_its_button_and_a_group_that_gave_it_away_is_left_in_peace(world: World) -> None:
    li = world.person("Li")
    world.person("Ann").says("3栋1202厨房水管漏水")
    world.passes(minutes=31)
    assert world.engineering.find("⏳ #1001").speech.buttons
    li.taps("Hand over", world.engineering, world.engineering.find("#1001", "厨房"))
    li.taps("Security", world.engineering)
    assert not world.engineering.find("⌛ #1001").speech.buttons
    world.passes(hours=2)
    assert not world.engineering.hears("⏳ #1001")
    assert world.security.hears("⏳ #1001")


def test_own_words_count_without_a_reply_for_five_minutes(world: World) -> None:
    li = world.person("Li")
    ann = world.person("Ann")
    ann.starts()
    ann.says("3栋1202厨房水管漏水", ann.private)
    li.taps("Ask", world.engineering)
    li.taps("Write my own", world.engineering)
    world.person("Bo").says("lunch?", world.engineering)
    assert not ann.private.hears("lunch?")
    li.says("Is the water off already?", world.engineering)
    assert ann.private.hears("Is the water off already?")
    li.says("see you at noon", world.engineering)
    assert not ann.private.hears("see you at noon")


@pytest.mark.parametrize(
    ("cry", "told"),
    [
        ("有人晕倒在大堂了,3栋", "120"),
        ("Somebody is breaking into Block 3 with a knife, help", "110"),
        ("3號樓著火了,快來人", "119"),
    ],
)
def test_whoever_cries_is_told_the_number_that_helps(world: World, cry: str, told: str) -> None:
    world.person("Ann").says(cry)
    heard = world.room.find("1001").speech.plain
    assert told in heard
    assert not any(other in heard for other in {"110", "119", "120"} - {told})


@pytest.mark.parametrize(
    ("cry", "floor"), [("9栋电梯困人了,快来", "12楼"), ("Block 9 lift: people trapped, help", "12th floor")]
)
def test_a_floor_told_later_keeps_the_building_told_before(world: World, cry: str, floor: str) -> None:
    ann, block = world.person("Ann"), cry.split("电")[0].split(" lift")[0]
    ann.says(cry)
    ann.says(floor)
    assert world.engineering.hears("🚨 #1001", f"📍 {block} {floor}")
    assert block in world.managers.find("🚨").speech.plain
    assert floor in world.managers.find("🚨").speech.plain
    ann.says("5楼")
    assert world.ticket().place == f"{block} 5楼"


def test_managers_are_rung_for_each_kind_of_call_and_shown_how_often_it_came(world: World) -> None:
    ann = world.person("Ann")
    ann.says("3栋电梯困人了,快来")
    for _ in range(5):
        ann.says("救命,还没人来吗,电梯困人了")
    calls = [text for text in world.managers.texts if "📣" in text]
    assert len(calls) == 1
    assert "Called 5 times" in calls[0]
    assert sum("💬 #1001" in text for text in world.engineering.texts) == 5
    ann.says("电梯困人了,里面有人晕倒了,快来救命")
    assert len([text for text in world.managers.texts if "📣" in text or "晕倒" in text]) == 2
    world.passes(minutes=11)
    ann.says("救命,还没人来吗,电梯困人了")
    assert len([text for text in world.managers.texts if "📣" in text]) >= 2


@pytest.mark.parametrize("command", ["/emergency", "/sos"])
def test_a_bare_emergency_command_is_a_cry(world: World, command: str) -> None:
    ann = world.person("Ann")
    ann.says(command)
    assert world.ticket().urgency is Urgency.EMERGENCY
    assert world.room.hears("Please get to a safe place first.", "119", "What is happening, and where?")
    ann.says(command)
    assert len(world.tickets) == 1
    assert sum("🚨" in text for text in world.managers.texts) == 1
    assert world.security.hears("🚨 #1001")


def test_a_bare_emergency_command_in_private_and_from_nobody_knows_where(world: World) -> None:
    ann, eve = world.person("Ann"), world.person("Eve")
    ann.says("good morning")
    ann.says("/emergency", ann.private)
    assert ann.private.hears("safe place", "What is happening")
    world.second_site()
    eve.says("/emergency", eve.private)
    assert eve.private.hears("safe place", "Where are you?")
