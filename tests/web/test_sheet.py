"""One ticket on paper: a page without scripts behind a signed link, and a kind page for every other link."""

from bot.demo.cast import duty_address
from bot.demo.stage import Stage
from handlers.printing import _signer
from storage.vocabulary import ChatRole, Group
from tests.web.conftest import Client


async def test_a_signed_link_shows_the_ticket_and_no_other_link_does(stage: Stage, client: Client) -> None:
    await stage.say("fang", "room", "The kitchen pipe is leaking, Block 3 1202")
    await stage.settle()
    duty_chat = duty_address(Group.ENGINEERING)
    card = next(shown for shown in stage.channel.screens[duty_chat] if "#1001" in shown.speech.plain)
    await stage.say("li", duty_chat, "/note bring the long ladder", reply_to=card.message_id)
    await stage.settle()
    duty, room = stage.lobby.writer.read_now(
        lambda unit: [unit.chats.list_by_role(1, role)[0].id for role in (ChatRole.DUTY, ChatRole.ROOM)]
    )
    token, moved = (_signer(stage.lobby.desk).dumps([1, chat, 1]) for chat in (duty, room))
    answer = await client.get(f"/p/{token}")
    page = await answer.text()
    assert answer.status == 200
    assert "#1001" in page
    assert "The kitchen pipe is leaking" in page
    assert "ladder" not in page, "the tenant signs it"
    assert "<script" not in page
    assert (await client.get(f"/p/{moved}")).status == 404, "that chat is no duty chat any more"
    assert (await client.get(f"/p/{token[:-1]}")).status == 404
