"""`lobby check`: what is wrong with the set-up, before anything runs, and how to mend it."""

import asyncio
from collections.abc import Mapping
from zoneinfo import ZoneInfo

import click

from bot.channels import extra_for, make_channels
from bot.channels.channel import Channel, SendFailed, Trouble
from bot.clock import Clock
from bot.commands.configuration import read_settings
from bot.commands.opening import CANNOT_BE_OPENED, OPENING_QUESTIONS, open_writer
from bot.settings import Intake, Settings
from handlers.complaints.concerns import list_held
from handlers.emergency_numbers import list_missing
from handlers.pushes.public_days import unknown_years
from handlers.roster.calendars import has_hours_by_rule
from storage.engine import open_engine
from storage.schema import is_behind, is_newer
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole

CALLED = {"ambulance": "the ambulance", "police": "the police", "fire": "the fire brigade"}


@click.command()
def check() -> None:
    """Tell what is wrong with the set-up and how to mend it.

    Exit code 1 when Lobby could not work so. Nothing is changed, the database neither.
    """
    settings = read_settings()
    troubles = _check_database(settings)
    linked: dict[str, list[tuple[str, str]]] = {}
    if not troubles:
        with open_writer(settings, Clock(), migrates=False) as writer:
            linked = writer.read_now(_linked)
            troubles += writer.read_now(_check_links)
    troubles += _check_channels(settings, linked) + _check_address(settings)
    for trouble in troubles:
        mark = "✗" if trouble.is_fatal else "!"
        click.echo(f"{mark} {trouble.what}\n    {trouble.mend}")
    if any(trouble.is_fatal for trouble in troubles):
        raise SystemExit(1)
    click.echo("All is well." if not troubles else "Lobby can run; the remarks above would make it better.")


def _check_database(settings: Settings) -> list[Trouble]:
    path = settings.sqlite_path
    if path is not None and not path.exists():
        return [Trouble(f"There is no database at {path} yet.", "Run: lobby migrate, then lobby site add NAME")]
    try:
        engine = open_engine(settings.database)
        try:
            if is_newer(engine):
                what = "The database was written by a newer Lobby."
                return [Trouble(what, "Run that version, or restore an older backup.")]
            if is_behind(engine):
                what = "The database is behind on migrations, so what is linked was not looked at."
                return [Trouble(what, "Back it up, then run: lobby migrate (lobby run does it too)", is_fatal=False)]
        finally:
            engine.dispose()
    except Exception as error:
        what = f"T{CANNOT_BE_OPENED[1:]} ({type(error).__name__})."
        return [Trouble(what, f"I{OPENING_QUESTIONS[1:]}")]
    return []


def _check_channels(settings: Settings, linked: Mapping[str, list[tuple[str, str]]]) -> list[Trouble]:
    """No token, a token that is none, or what the platforms say of it."""
    # Any of these brings tenants in.
    tenants_bot = settings.rooms_token.get_secret_value() or settings.wechat_app_id or settings.wechat_kf_corp
    # Staff may work in either.
    staffs_bot = (
        settings.duty_token.get_secret_value() or settings.wecom_bot_id or settings.wecom_bot_token.get_secret_value()
    )
    troubles = [
        Trouble(f"No token for {called}.", f"Make a bot with @BotFather and set {name}{or_else}.")
        for name, called, or_else, token in (
            ("LOBBY_ROOMS_TOKEN", "the tenants' bot", ", or let tenants write in WeChat: docs/wechat.md", tenants_bot),
            ("LOBBY_DUTY_TOKEN", "the duty bot", ", or let staff work in WeCom: docs/wecom.md", staffs_bot),
        )
        if not token
    ]
    troubles += _check_wechat(settings)
    try:
        channels = make_channels(settings)
    except ValueError as error:
        return [*troubles, Trouble(str(error), "Copy the token again from @BotFather.")]
    except ImportError as error:
        return [*troubles, Trouble(f"{error.name} is not installed.", f"Run: pip install '{extra_for(error)}'")]
    return troubles + asyncio.run(_ask(channels, linked))


def _check_wechat(settings: Settings) -> list[Trouble]:
    """A part of WeChat that is off though somebody has begun to set it up."""
    parts = (
        ("LOBBY_WECHAT_SECRET", settings.wechat_secret, "LOBBY_WECHAT_APP_ID", settings.wechat_app_id),
        ("LOBBY_WECHAT_KF_SECRET", settings.wechat_kf_secret, "LOBBY_WECHAT_KF_CORP", settings.wechat_kf_corp),
    )
    return [
        Trouble(
            f"{secret} is set and {name} is not, so this part of WeChat is off.", f"Set {name}: docs/wechat.md", False
        )
        for secret, its_value, name, account in parts
        if its_value.get_secret_value() and not account
    ]


def _linked(unit: UnitOfWork) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for chat in unit.chats.list_linked():
        found.setdefault(chat.channel, []).append((chat.address, chat.title))
    return found


def _check_links(unit: UnitOfWork) -> list[Trouble]:
    """Every site needs a room to hear, a duty chat to send to and somebody to read the digest."""
    troubles = []
    sites = unit.sites.list_all()
    if not sites:
        troubles.append(Trouble("There is no site yet.", "Run: lobby site add NAME"))
    for site in sites:
        held = len(list_held(unit, site.id))
        if held:
            what = f"{site.name}: complaints nobody may look after, as whoever reads a chat may be meant: {held}."
            mend = "Run: lobby complaints held, then lobby link manager for those above them, such as quality"
            troubles.append(Trouble(what, mend, is_fatal=False))
        if not unit.chats.list_by_role(site.id, ChatRole.DUTY):
            troubles.append(Trouble(f"{site.name} has no duty chat.", "Run: lobby link duty --group engineering"))
        if not unit.chats.list_by_role(site.id, ChatRole.ROOM):
            troubles.append(Trouble(f"{site.name} has no room linked.", "Run: lobby link room", is_fatal=False))
        if not unit.chats.list_by_role(site.id, ChatRole.MANAGER):
            troubles.append(
                Trouble(
                    f"{site.name} has no manager chat: nobody gets the digest.",
                    "Run: lobby link manager",
                    is_fatal=False,
                )
            )
        for service in list_missing(site):
            what = f"{site.name} has no number for {CALLED[service]}: we know none for {site.timezone}."
            mend = (
                f"Run: lobby site edit NAME --{service}-number N; until then people are told {site.emergency_number}."
            )
            troubles.append(Trouble(what, mend, is_fatal=False))
    return troubles + _check_holidays(unit) + _check_questions(unit)


def _check_holidays(unit: UnitOfWork) -> list[Trouble]:
    """A roster that moves with the holidays needs their table, early enough."""
    troubles = []
    for site in unit.sites.list_all():
        today = unit.now.astimezone(ZoneInfo(site.timezone)).date()
        if has_hours_by_rule(unit.rosters.recall(site.id)):
            for year in unknown_years(site, today):
                what = f"The public holidays of {year} are not known yet for {site.name} ({site.timezone})."
                mend = "Once they are out: pip install --upgrade chinesecalendar holidays; until then weeks are plain."
                troubles.append(Trouble(what, mend, is_fatal=False))
    return troubles


def _check_questions(unit: UnitOfWork) -> list[Trouble]:
    """Answers that nobody has looked over since the day they asked for it."""
    troubles = []
    for site in unit.sites.list_all():
        today = unit.now.astimezone(ZoneInfo(site.timezone)).date()
        due = [row.key for row in unit.questions.list_to_review(site.id, today)]
        if due:
            what = f"Answers to look over at {site.name}: {', '.join(due)}"
            mend = "Run: lobby questions template list.xlsx, set new days, then: lobby questions import list.xlsx"
            troubles.append(Trouble(what, mend, is_fatal=False))
    return troubles


def _check_address(settings: Settings) -> list[Trouble]:
    if settings.public_url or settings.intake is Intake.WEBHOOK:
        return []
    what = "LOBBY_PUBLIC_URL is not set: tenants cannot open survey links."
    return [Trouble(what, "Set it to the address at which this server is reached from outside.", is_fatal=False)]


async def _ask(channels: Mapping[str, Channel], linked: Mapping[str, list[tuple[str, str]]]) -> list[Trouble]:
    """What the platforms themselves say, and whether one token was given twice."""
    troubles: list[Trouble] = []
    accounts: dict[int, str] = {}
    for name, channel in channels.items():
        try:
            troubles += await channel.check(linked.get(name, []))
            identity = getattr(channel, "identity", None)
            if identity is not None:
                account, _ = await identity()
                if account in accounts:
                    what = "LOBBY_ROOMS_TOKEN and LOBBY_DUTY_TOKEN are the same bot."
                    troubles.append(Trouble(what, "Make a second bot with @BotFather: one token cannot be read twice."))
                accounts[account] = name
        except SendFailed:
            pass  # check() has said what is wrong already
        finally:
            await channel.close()
    return troubles
