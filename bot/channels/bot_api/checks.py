"""What is wrong with a Telegram bot's set-up, in plain words, before anything runs. `lobby check` shows it."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.channels.bot_api.client import Library, Profile
from bot.channels.channel import SendFailed, Trouble
from bot.channels.refusals import Refusal
from bot.channels.text import clean


async def troubles_of(
    library: Library, bot: str, setting: str, linked: Sequence[tuple[str, str]], *, hears_all: bool, webhook_url: str
) -> list[Trouble]:
    """Every trouble found. `bot` is its name in a sentence; `hears_all` when tenants' plain words must reach it.

    `webhook_url` is empty when updates are polled for.
    """
    try:
        me = await library.me()
    except SendFailed as failure:
        return [_unreachable(bot, setting, failure)]
    try:
        found = await _webhook(library, bot, webhook_url)
        for address, title in linked:
            if address.startswith("-"):
                found += await _group(library, me, address, title, hears_all=hears_all)
    except SendFailed as failure:
        found = [_unreachable(bot, setting, failure)]
    return found


def _unreachable(bot: str, setting: str, failure: SendFailed) -> Trouble:
    if failure.reason == Refusal.TOKEN_REFUSED:
        return Trouble(
            f"Telegram refuses the token of {bot}.",
            f"Ask @BotFather for it (/mybots, API Token) and put it into {setting}_TOKEN.",
        )
    return Trouble(
        f"Telegram could not be asked about {bot}: {failure.reason}.",
        f"Check the network, a proxy or firewall, and {setting}_API.",
    )


async def _webhook(library: Library, bot: str, wanted: str) -> list[Trouble]:
    now = await library.webhook()
    if not wanted and now.url:
        host = urlsplit(now.url).hostname or "another server"
        return [
            Trouble(
                f"{bot} is set to deliver to a webhook at {host}, while this desk polls.",
                "`lobby run` removes it. If that server is yours and alive, stop it, or give each its own bot.",
                is_fatal=False,
            )
        ]
    if wanted and now.url == wanted and now.last_error:
        return [
            Trouble(
                f"Telegram could not deliver to the webhook of {bot}: {clean(now.last_error)[:200]}.",
                "Check that LOBBY_PUBLIC_URL is reachable from outside over https with a valid certificate.",
                is_fatal=False,
            )
        ]
    return []


async def _group(library: Library, me: Profile, address: str, title: str, *, hears_all: bool) -> list[Trouble]:
    where, name = title or address, f"@{me.username}"
    try:
        status = await library.standing(address, me.id)
    except SendFailed as failure:
        if not failure.permanent and failure.moved_to is None:
            raise
        status = "moved" if failure.moved_to else "left"
    if status == "moved":
        return [
            Trouble(
                f"{where} became a supergroup.",
                "Nothing to do: the next message there links it anew.",
                is_fatal=False,
            )
        ]
    if status in ("left", "kicked"):
        return [Trouble(f"{name} is not in {where}.", "Add it to the group again.")]
    if status == "restricted":
        return [Trouble(f"{name} may not write in {where}.", "Lift its restrictions or make it an admin.")]
    if hears_all and not me.reads_all and status == "member":
        return [
            Trouble(
                f"{name} hears only commands in {where}: its privacy mode is on and it is no admin there.",
                "Make it an admin, or send @BotFather /setprivacy, choose Disable, then remove and add it again.",
            )
        ]
    return []
