"""answerCallbackQuery: once per press, and not too late."""

from tests.wire.fake_telegram.accounts import BotAccount
from tests.wire.fake_telegram.arguments import Arguments
from tests.wire.fake_telegram.presses import Toast
from tests.wire.fake_telegram.refusals import QUERY_TOO_OLD, bad_request
from tests.wire.fake_telegram.world import World

TOAST_LIMIT = 200


def answer_callback_query(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    press = world.presses.get(arguments.text("callback_query_id"))
    if press is None or press.bot is not bot or press.toast is not None:
        raise bad_request(QUERY_TOO_OLD)
    if world.clock() - press.at > world.callback_lifetime:
        raise bad_request(QUERY_TOO_OLD)
    if len(arguments.text("text")) > TOAST_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    press.toast = Toast(arguments.text("text"), arguments.flag("show_alert"), arguments.text("url"))
    return True
