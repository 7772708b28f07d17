"""What a bot sets about itself: commands, description, webhook, session."""

import re
from typing import Any

from tests.wire.fake_telegram.accounts import BotAccount
from tests.wire.fake_telegram.arguments import Arguments
from tests.wire.fake_telegram.polling import abort_poll
from tests.wire.fake_telegram.refusals import bad_request, too_many
from tests.wire.fake_telegram.webhook import Courier, Webhook
from tests.wire.fake_telegram.world import World

DESCRIPTION_LIMIT = 512


def get_me(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    return bot.about_itself()


def set_my_commands(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    commands = arguments.parsed("commands") or []
    if len(commands) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"/?[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise bad_request("BOT_COMMAND_INVALID")
        if not command.get("description"):
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    bot.commands[_scope(arguments)] = commands
    return True


def get_my_commands(world: World, bot: BotAccount, arguments: Arguments) -> list[dict[str, str]]:
    return bot.commands.get(_scope(arguments), [])


def set_my_description(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    if len(arguments.text("description")) > DESCRIPTION_LIMIT:
        raise bad_request("BOT_DESCRIPTION_TOO_LONG")
    bot.descriptions["long", arguments.text("language_code")] = arguments.text("description")
    return True


def get_my_description(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, str]:
    return {"description": bot.descriptions.get(("long", arguments.text("language_code")), "")}


def set_webhook(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    url, secret = arguments.text("url"), arguments.text("secret_token")
    if not url:
        return delete_webhook(world, bot, arguments)
    now = world.clock()
    if now < bot.next_webhook_at:
        raise too_many(1)
    bot.next_webhook_at = now + 1
    if not re.match(r"https?://[^/\s]+", url):
        raise bad_request("invalid webhook URL specified")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    delete_webhook(world, bot, arguments)
    abort_poll(bot)
    bot.updates.allow(arguments.parsed("allowed_updates"))
    webhook = Webhook(url, secret, arguments.number("max_connections", 40, 1, 100), arguments.text("ip_address"))
    webhook.has_certificate = arguments.upload("certificate") is not None
    webhook.courier = Courier(world, bot, webhook)
    webhook.courier.start()
    bot.webhook = webhook
    return True


def delete_webhook(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    if bot.webhook is not None and bot.webhook.courier is not None:
        bot.webhook.courier.stop()
    bot.webhook = None
    if arguments.flag("drop_pending_updates"):
        bot.updates.clear()
    return True


def get_webhook_info(world: World, bot: BotAccount, arguments: Arguments) -> dict[str, Any]:
    webhook = bot.webhook or Webhook("")
    info = webhook.as_json(len(bot.updates), bot.updates.allowed)
    if not webhook.url:
        for name in ("max_connections", "ip_address"):
            info.pop(name)
    return info


def close(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    return delete_webhook(world, bot, arguments)


def log_out(world: World, bot: BotAccount, arguments: Arguments) -> bool:
    """From here on every call is answered 400 "Logged out", as for ten minutes in reality."""
    bot.is_logged_out = True
    return delete_webhook(world, bot, arguments)


def _scope(arguments: Arguments) -> tuple[str, str]:
    scope = arguments.parsed("scope", "BotCommandScope") or {"type": "default"}
    return str(sorted(scope.items())), arguments.text("language_code")
