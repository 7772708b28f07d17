"""`lobby audit`: who looked at which ticket, list or phone, and printed what. Lines are only ever added."""

from zoneinfo import ZoneInfo

import click

from bot.commands.opening import look_at
from handlers.premises import find_site
from storage.unit_of_work import UnitOfWork

SHOWN = 200


@click.command()
@click.argument("site", required=False)
@click.option("--ticket", type=int, metavar="NUMBER", help="Only what concerns this ticket.")
@click.option("--person", metavar="NAME", help="Only what this person looked at.")
@click.option("--limit", type=click.IntRange(1), default=SHOWN, show_default=True, help="The newest so many lines.")
def audit(site: str | None, ticket: int | None, person: str | None, limit: int) -> None:
    """Tell who looked at what at SITE, the newest first. What was done to a ticket is in its own thread: `/t`."""
    lines = look_at(lambda unit: _lines(unit, site, ticket, person, limit))
    click.echo("\n".join(lines) or "Nobody has looked anything up yet.")


def _lines(unit: UnitOfWork, name: str | None, ticket: int | None, person: str | None, limit: int) -> list[str]:
    site = find_site(unit, name)
    zone = ZoneInfo(site.timezone)
    return [
        f"{line.at.astimezone(zone):%Y-%m-%d %H:%M}  {line.person or '-':<16}  {line.look:<8}"
        f"  {f'#{line.number}' if line.number is not None else '':<7} {line.about}".rstrip()
        for line in unit.audits.list_newest(site.id, limit, number=ticket, name=person)
    ]
