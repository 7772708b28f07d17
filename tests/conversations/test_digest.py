"""One honest digest a day: it adds up, an empty day is one line, and time away costs nobody seven of them."""

from handlers.reports.daily import digest_of
from storage.vocabulary import ChatRole
from tests.world import World


def test_a_quiet_day_is_one_line(world: World) -> None:
    world.passes(hours=10)
    digest = world.managers.find("Sunshine Garden")
    assert "quiet" in digest.speech.text
    assert "\n" not in digest.speech.text


def test_three_days_away_bring_one_digest(world: World) -> None:
    from datetime import timedelta

    world.clock.time += timedelta(days=3, hours=10)
    world.runner.run(world.lobby.ticker.tick())
    world.settles()
    digests = [text for text in world.managers.texts if "Sunshine Garden" in text]
    assert len(digests) == 1


def test_the_ledger_adds_up_to_what_was_heard(world: World) -> None:
    mei, wang = world.person("Mei"), world.person("Wang")
    mei.says("3栋1202厨房水管漏水了,请派人来修")
    mei.says("谢谢")
    wang.says("大家好")
    wang.says("哈哈")
    wang.says("电梯又坏了,请派人来修")
    wang.says("还没来吗?")

    def look(unit: object) -> object:
        from datetime import timedelta

        site = unit.sites.get(world.site_id)  # type: ignore[attr-defined]
        since = world.clock.time - timedelta(hours=1)
        return digest_of(unit, site, since, world.clock.time + timedelta(hours=1), since.date())  # type: ignore[arg-type]

    digest = world.look(look)
    assert digest.heard == 6  # type: ignore[attr-defined]
    assert sum(count for _, count in digest.ledger) == 6  # type: ignore[attr-defined]
    assert digest.unsettled == 0  # type: ignore[attr-defined]
    assert digest.urged == 1  # type: ignore[attr-defined]


def test_a_digest_on_demand_and_no_personal_data_in_it(world: World) -> None:
    world.person("Mei").says("3栋1202厨房水管漏水了,请派人来修,电话13800138000")
    world.person("Boss").says("/digest", world.managers)
    digest = world.managers.find("Sunshine Garden").speech.plain
    assert "1202" not in digest
    assert "13800138000" not in digest
    assert "Mei" not in digest


def test_two_managers_read_it_in_their_own_languages(world: World) -> None:
    from handlers.linking import new_code

    code = world.act(lambda unit: new_code(unit, ChatRole.MANAGER, world.site_id, language="zh_CN"))
    other = world.chat("group-managers-2", is_private=False, title="managers-2")
    world.operator.says(f"/link {code}", other)
    world.passes(hours=10)
    assert world.managers.hears("quiet")
    assert other.texts
    assert not any("quiet" in text for text in other.texts)
