"""What an office says often is sent with one tap, in the tenant's own language, with its true state like any reply."""

from handlers.ready_answers.sheet import AnswerLine, put_in_place
from handlers.ready_answers.wording import filled
from storage.models import Site
from storage.roster_vocabulary import StaffNames
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Group
from tests.world import World

HOURS = AnswerLine(
    "上门时间",
    Group.ENGINEERING,
    {"zh_CN": "{number}号工单：师傅两小时内到。{name}", "en": "No. {number}: we come within two hours. {name}"},
)
QUIET = AnswerLine("Quiet hours", None, {"en": "After 8 pm no drilling; the guard goes up now."})
GUARDS = AnswerLine("Guard", Group.SECURITY, {"en": "A guard is on the way."})
CHINESE_ONLY = AnswerLine("停车", None, {"zh_CN": "访客前两小时免费。"})


def keep(world: World, *lines: AnswerLine) -> None:
    def act(unit: UnitOfWork) -> None:
        put_in_place(unit, unit.sites.get(world.site_id), lines, is_whole=True)

    world.act(act)


def test_one_tap_answers_each_tenant_in_their_language(world: World) -> None:
    keep(world, HOURS, QUIET, GUARDS, CHINESE_ONLY)
    ann, wang, li = world.person("Ann"), world.person("王女士"), world.person("Li")
    ann.starts()
    ann.says("The kitchen tap in Block 3 1202 is leaking")
    li.taps("⋯ More", world.engineering)
    li.taps("💬 Ready answer", world.engineering)
    shown = world.engineering.find("#1001", "one tap sends it")
    labels = [button.label for row in shown.speech.buttons for button in row]
    assert labels == ["上门时间", "Quiet hours"], "nothing of another group's, nothing this tenant could not read"
    li.taps("上门时间", world.engineering)
    assert ann.private.hears("no. 1001", "No. 1001: we come within two hours. Li")
    assert world.engineering.hears("💬 #1001 · Li to the tenant:", "within two hours")
    verb = shown.speech.buttons[0][0].verb
    assert "answered already" in world.person("Wu").taps_stale(verb, world.engineering, shown)
    assert sum("within two hours" in text for text in ann.private.texts) == 1
    assert world.engineering.hears("#1001", "👤", "✉️") or world.engineering.hears("#1001", "👤", "sent")
    assert world.ticket().first_answer_at is not None

    wang.says("5栋301卫生间漏水，请来修")
    card = world.engineering.find("#1002", "👤")
    li.replies(card, "/a 上门", world.engineering)
    chosen = world.engineering.find("#1002", "one tap sends it")
    assert [button.label for row in chosen.speech.buttons for button in row] == ["上门时间"]
    li.taps("上门时间", world.engineering, chosen)
    assert world.room.hears("王女士", "1002"), "who never opened the private chat hears in the room that it waits"
    assert not world.room.hears("师傅两小时内到")
    wang.starts()
    assert wang.private.hears("1002号工单：师傅两小时内到。Li")
    li.says("/a", world.engineering)
    assert world.engineering.hears("Reply to the card of an open request with /a")
    assert not any("/a" in text for text in ann.private.texts + wang.private.texts)


def test_placeholders_are_data_and_a_neighbour_reads_their_own_number(world: World) -> None:
    assert filled("{number} {name} {0.__class__} {x}", {"number": "1", "name": "{number}"}) == (
        "1 {number} {0.__class__} {x}"
    )
    keep(world, HOURS)
    ann, bob, li = world.person("Ann"), world.person("Bob"), world.person("Li")
    for each in (ann, bob):
        each.starts()
        each.says("The lift in Block 3 has stopped")
    assert world.ticket(1002).incident_id == world.ticket(1001).id
    li.replies(world.engineering.find("#1001", "👤 Ann"), "/a", world.engineering)
    li.taps("上门时间", world.engineering)
    assert ann.private.hears("No. 1001: we come within")
    assert bob.private.hears("No. 1002: we come within")
    world.act(lambda unit: setattr(unit.session.get_one(Site, world.site_id), "staff_names", StaffNames.ROLE))
    li.replies(world.engineering.find("#1001", "👤 Ann"), "/a", world.engineering)
    li.taps("上门时间", world.engineering)
    assert ann.private.hears("No. 1001: we come within two hours. Engineering"), "named as the office chooses"
