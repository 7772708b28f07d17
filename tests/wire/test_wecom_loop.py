"""Li and Wu work in a WeCom group: one repair through a running Lobby, from the code that links the group on."""

import pytest

from storage.vocabulary import ChatRole, Group, TicketState
from tests.wire.fake_wechat import AES_KEY, TOKEN, Peer
from tests.wire.fake_wecom import BOT, GROUP, FakeWecom, Posted
from tests.wire.fake_wecom_line import SECRET, FakeWecomLine
from tests.wire.replica import replica_of, until
from tests.wire.running_lobby import Stage
from tests.wire.wecom_stage import peer

__all__ = ["peer"]

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def shown(fake: FakeWecom, *words: str) -> Posted | None:
    """The newest message in the group with these words."""
    found = (each for each in reversed(fake.chats[GROUP]) if all(word in each.text for word in words))
    return next(found, None)


def entries(stage: Stage) -> list[str]:
    """What stands in the ticket's thread."""
    return stage.look(lambda unit: [entry.text for entry in unit.tickets.list_entries(1)])


async def test_a_repair_in_a_group_on_a_line(stage: Stage) -> None:
    code = stage.code(ChatRole.DUTY, Group.ENGINEERING)
    async with FakeWecomLine() as wecom:
        lobby = replica_of(
            stage, wecom_bot_id=BOT, wecom_bot_secret=SECRET, wecom_bot_line=wecom.line, lease_seconds=60
        )
        lobby.starts()
        await until(lambda: wecom.is_held, "the line")
        await wecom.says("Li", f"/link {code}")
        await until(lambda: shown(wecom, "阳光花园"), "the group to be linked")
        mei = stage.fake.user("Mei")
        mei.says(stage.room, "3栋1202厨房水管漏水了,请派人来修")

        await until(lambda: shown(wecom, "#1001", "1202"), "the card")
        card = shown(wecom, "#1001", "1202")
        assert card is not None
        assert card.labels[:2] == ["✋ 接单", "✅ 完成"]
        assert len(card.labels) == 6
        await wecom.taps("Li", card, "接单")
        await until(lambda: "Li" in card.text and card.is_changed, "the tapped card to change")
        await wecom.taps("Li", card, "更多")
        await until(lambda: "7. " in card.text, "the choices beyond six, under their numbers")
        await wecom.says("Li", "请先关总阀门", quote=card.text)
        await until(lambda: "请先关总阀门" in entries(stage), "the reply for the tenant")

        await wecom.says("Li", "#1001 2")
        await wecom.says("Li", "#4711 1")
        await until(lambda: shown(wecom, "4711"), "a number that is none here to be told so")
        states = stage.look(lambda unit: [ticket.state for ticket in unit.tickets.list_open(1)])
        assert states == [TicketState.ACCEPTED]
        assert wecom.refused == []
        await lobby.stops()


async def test_a_group_whose_bot_is_called_back(stage: Stage, peer: Peer) -> None:
    code = stage.code(ChatRole.DUTY, Group.ENGINEERING)
    async with FakeWecom(peer) as wecom:
        lobby = replica_of(
            stage, wecom_bot_token=TOKEN, wecom_bot_aes_key=AES_KEY, wecom_api=wecom.url, lease_seconds=60
        )
        lobby.starts()
        wecom.callback = f"http://127.0.0.1:{lobby.port}/wecom/duty"
        await until(lobby.leads, "Lobby to lead")
        assert (await wecom.calls(wecom.message("Li", f"/link {code}"))).status == 200
        await until(lambda: shown(wecom, "阳光花园"), "the group to be linked")
        for _ in range(2):  # each brings a way to say one thing more
            assert (await wecom.calls(wecom.message("Wu", "大家好"))).status == 200
        stage.fake.user("Mei").says(stage.room, "3栋1202厨房水管漏水了,请派人来修")
        await until(lambda: shown(wecom, "#1001", "1202"), "the card, by one of them")
        card = shown(wecom, "#1001", "1202")
        assert card is not None
        assert (await wecom.calls(wecom.tap("Li", card, "接单"))).status == 200
        await until(lambda: card.is_changed or shown(wecom, "Li"), "the taken card")
        assert (await wecom.calls(wecom.message("Li", "#1001 请先关总阀门"))).status == 200
        await until(lambda: "请先关总阀门" in entries(stage), "the reply for the tenant")
        assert wecom.refused == []
        await lobby.stops()
