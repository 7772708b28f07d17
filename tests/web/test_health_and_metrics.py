"""Whether the desk is well, told to machines and to nobody's harm."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.demo.stage import Stage
from bot.intake.health import IntakeHealth
from bot.web.pages import Pages
from tests.web.conftest import Client


async def test_a_desk_at_work_is_well(client: Client) -> None:
    answer = await client.get("/health")
    told = await answer.json()
    assert answer.status == 200
    assert told["status"] == "well"
    assert told["database"] == "reachable"
    assert told["schema"] == "current"
    assert told["leader"] is True
    assert told["outbox_waiting"] == {"0-emergency": 0, "1-normal": 0, "2-bulk": 0}


async def test_a_deaf_intake_makes_it_unwell_and_is_named(client: Client, intakes: dict[str, IntakeHealth]) -> None:
    intakes["telegram_rooms"] = IntakeHealth("telegram_rooms")
    intakes["telegram_rooms"].went_wrong("token refused")
    answer = await client.get("/health")
    assert answer.status == 503
    assert (await answer.json())["intakes"][0]["trouble"] == "token refused"
    intakes["telegram_rooms"].went_well(3)
    assert (await client.get("/health")).status == 200


async def test_a_database_behind_on_migrations_is_unwell(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Pages, "is_schema_current", lambda _: False)
    answer = await client.get("/health")
    assert answer.status == 503
    assert (await answer.json())["schema"] == "behind"


async def test_metrics_count_rows_and_name_nobody(stage: Stage, client: Client) -> None:
    await stage.say("fang", "room", "The kitchen pipe is leaking, Block 3 1202, my phone is 13800138000")
    await stage.settle()
    text = await (await client.get("/metrics")).text()
    told = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert told["lobby_leader",] == 1
    assert told["lobby_inbox_waiting",] == 0
    assert told["lobby_inbox_ended", "opened"] == 1
    assert told["lobby_outbox_ended", "sent"] >= 3
    assert told["lobby_outbox_ended", "dead"] == 0
    assert told["lobby_outbox_waiting", "emergency"] == 0
    for private in ("Emma", "1202", "13800138000", "room-", "fang"):
        assert private not in text


async def test_an_unknown_page_and_a_wrong_method_end_without_a_trace(client: Client) -> None:
    assert (await client.get("/wp-login.php")).status == 404
    assert (await client.post("/health")).status == 405
