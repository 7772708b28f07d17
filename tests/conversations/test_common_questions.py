"""Whoever would rather choose than write finds what many ask, and tells what is wrong when asked."""

from storage.models import ListedQuestion
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Disposition
from tests.world import World


def list_two(world: World) -> None:
    def act(unit: UnitOfWork) -> None:
        for key, asked, answer in (("parking", "How do I get a parking card?", "At the front desk."), ("gym", "", "")):
            wordings, answers = (
                ({"en": [asked]}, {"en": answer}) if asked else ({"zh_CN": ["健身房"]}, {"zh_CN": "三楼"})
            )
            unit.questions.add(ListedQuestion(site_id=world.site_id, key=key, wordings=wordings, answers=answers))

    world.act(act)


def test_a_tap_answers_one_of_them_and_the_list_stays(world: World) -> None:
    ann = world.person("Ann")
    ann.says("/questions", ann.private)
    assert ann.private.hears("Just write your question"), "where the office has no list"
    list_two(world)
    ann.says("/questions", ann.private)
    assert ann.private.labels == ["How do I get a parking card?"], "only what can be answered in her language"
    ann.taps("parking card", ann.private)
    assert ann.private.hears("“How do I get a parking card?”", "💡 At the front desk.")
    ann.taps("parking card", ann.private)
    assert sum("front desk." in text for text in ann.private.texts) == 2
    said = ann.says("/report", ann.private)
    assert ann.private.hears("in one sentence what is wrong")
    assert world.disposition(said, ann.private).disposition is Disposition.ANSWERED
    assert world.tickets == []
