"""`lobby qr`: a poster for the wall, whose code brings people to the desk knowing where they stand."""

import asyncio
from collections.abc import Mapping
from pathlib import Path

import click

from bot.channels import TENANT_CHANNELS, extra_for, make_channels
from bot.channels.channel import Channel, Invites, SendFailed
from bot.clock import Clock
from bot.commands.configuration import read_settings
from bot.commands.opening import open_writer
from handlers import premises
from storage.unit_of_work import UnitOfWork

APPS = {"telegram_rooms": ("Telegram", "Telegram"), "wechat": ("微信", "WeChat"), "wechat_kf": ("微信", "WeChat")}
"""What people call the app, in Chinese and elsewhere."""


@click.command()
@click.option("--site", "site_name", help="Which site, where there are several.")
@click.option("--building", "building_name", help="For one building.")
@click.option("--unit", help="For one flat of it, such as 1202.")
@click.option(
    "--to",
    "path",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    default=Path("poster.pdf"),
    show_default=True,
    help="The file to write.",
)
def qr(site_name: str | None, building_name: str | None, unit: str | None, path: Path) -> None:
    """Print a poster whose code brings tenants to the desk.

    It is in three languages, a page for each app tenants may use. The desk then knows the building, or the flat.
    """
    if unit and not building_name:
        raise click.UsageError("a flat is in a building: give --building too")
    try:
        from bot.posters import Poster, draw

        settings = read_settings()
        channels = {name: each for name, each in make_channels(settings).items() if name in TENANT_CHANNELS}
    except ImportError as error:
        extra = "lobby[posters]" if (error.name or "").startswith("reportlab") else extra_for(error)
        raise click.ClickException(f"{error.name} is not installed: pip install '{extra}'") from None
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    inviting = {name: channel for name, channel in channels.items() if isinstance(channel, Invites)}
    if not inviting:
        raise click.ClickException("no app for tenants is configured: see .env.example, then lobby check")

    def keep(unit_of_work: UnitOfWork) -> tuple[str, str, str, str]:
        site = premises.find_site(unit_of_work, site_name)
        building = premises.find_building(unit_of_work, site, building_name) if building_name else None
        place = unit_of_work.place_codes.keep(site.id, building.id if building else None, unit)
        where = f"{building.name if building else ''} {unit or ''}".strip()
        return place.code, site.name, where, site.emergency_number

    with open_writer(settings, Clock()) as writer:
        try:
            code, site, where, number = writer.submit(keep).result()
        except premises.Refused as refused:
            raise click.ClickException(str(refused)) from None
    try:
        links = asyncio.run(_invite(inviting, channels, code))
    except SendFailed as failed:
        raise click.ClickException(f"the platform gave no code ({failed.reason}): lobby check tells more") from None
    path.write_bytes(draw([Poster(site, where, APPS[name], link, number) for name, link in links.items()]))
    click.echo(f"{path}: {' and '.join(APPS[name][1] for name in links)}, for {site} {where}".rstrip())


async def _invite(inviting: Mapping[str, Invites], channels: Mapping[str, Channel], code: str) -> dict[str, str]:
    try:
        return {name: await channel.invitation(code) for name, channel in inviting.items()}
    finally:
        for channel in channels.values():
            await channel.close()
