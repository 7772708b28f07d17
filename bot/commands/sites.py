"""`lobby site` and `lobby building`: what there is to look after."""

from datetime import time
from zoneinfo import ZoneInfo

import click

from bot.clock import Clock
from bot.commands.opening import open_writer, read_settings
from locales import LOCALES
from storage.models import Site
from storage.unit_of_work import UnitOfWork


@click.group()
def site() -> None:
    """The sites under this desk."""


@site.command("add")
@click.argument("name")
@click.option("--timezone", default="Asia/Shanghai", show_default=True, help="Where the site's clocks are.")
@click.option("--language", type=click.Choice(list(LOCALES)), default="zh_CN", show_default=True)
@click.option("--emergency-number", default="119", show_default=True, help="Spoken to a tenant in danger.")
@click.option("--desk-phone", default="", help="The duty phone, spoken to a tenant in danger.")
@click.option("--digest-at", default="18:00", show_default=True, help="Local hour of the daily digest.")
def add_site(name: str, timezone: str, language: str, emergency_number: str, desk_phone: str, digest_at: str) -> None:
    """Add a site."""
    try:
        ZoneInfo(timezone)
        at = time.fromisoformat(digest_at)
    except (ValueError, OSError, LookupError):
        raise click.BadParameter("give a zone like Asia/Shanghai and an hour like 18:00") from None

    def act(unit: UnitOfWork) -> None:
        if unit.sites.find_by_name(name) is not None:
            raise click.ClickException(f"there is a site {name} already")
        unit.sites.add(
            Site(
                name=name,
                timezone=timezone,
                language=language,
                emergency_number=emergency_number,
                desk_phone=desk_phone,
                digest_at=at,
            )
        )

    with open_writer(read_settings(), Clock()) as writer:
        writer.submit(act).result()
    click.echo(f"Site {name} added. Next: lobby building add {name!r} NAME …, then lobby link.")


@site.command("list")
def list_sites() -> None:
    """Show sites, their buildings and linked chats."""

    def look(unit: UnitOfWork) -> list[str]:
        lines = []
        for one in unit.sites.list_all():
            lines.append(f"{one.name}  ({one.timezone}, {one.language}, digest {one.digest_at:%H:%M})")
            for b in unit.sites.list_buildings(one.id):
                lines.append(f"  building  {b.name}  {' '.join(b.aliases)}".rstrip())
            for chat in unit.chats.list_linked():
                if chat.site_id == one.id:
                    closed = f"  closed: {chat.closed_reason}" if chat.closed_reason else ""
                    lines.append(f"  {chat.role:8}  {chat.title or chat.address}  {chat.group or ''}{closed}".rstrip())
        return lines

    with open_writer(read_settings(), Clock()) as writer:
        lines = writer.read_now(look)
    click.echo("\n".join(lines) or "No site yet. Add one: lobby site add NAME")


@click.group()
def building() -> None:
    """The buildings of a site."""


@building.command("add")
@click.argument("site_name", metavar="SITE")
@click.argument("name")
@click.option("--alias", multiple=True, help="Another name people use; may be given again.")
def add_building(site_name: str, name: str, alias: tuple[str, ...]) -> None:
    """Add a building to a site."""

    def act(unit: UnitOfWork) -> None:
        of_site = find_site(unit, site_name)
        if any(b.name == name for b in unit.sites.list_buildings(of_site.id)):
            raise click.ClickException(f"{site_name} has a building {name} already")
        unit.sites.add_building(of_site.id, name, alias)

    with open_writer(read_settings(), Clock()) as writer:
        writer.submit(act).result()
    click.echo(f"Building {name} added to {site_name}.")


def find_site(unit: UnitOfWork, name: str | None) -> Site:
    """The site of that name, or the only one there is."""
    sites = unit.sites.list_all()
    if name is None and len(sites) == 1:
        return sites[0]
    found = next((one for one in sites if one.name == name), None)
    if found is None:
        known = ", ".join(one.name for one in sites) or "none yet: lobby site add NAME"
        raise click.ClickException(f"no site {name!r}; there is {known}" if name else f"say which site: {known}")
    return found
