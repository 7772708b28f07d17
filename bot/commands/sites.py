"""`lobby site`: the estates there are to look after."""

from datetime import time

import click

from bot.commands import typed
from bot.commands.opening import act_on, look_at
from handlers import premises
from handlers.emergency_numbers import Service, general_number, number_of
from storage.models import Site
from storage.roster_vocabulary import StaffNames
from storage.unit_of_work import UnitOfWork

BY_COUNTRY = "unless given, by the country of the time zone"


@click.group()
def site() -> None:
    """The sites under this desk."""


@site.command("add")
@click.argument("name", type=typed.name)
@click.option("--timezone", type=typed.zone, default="Asia/Shanghai", show_default=True, help="Where its clocks are.")
@click.option("--language", type=typed.language, default="zh_CN", show_default=True, help="What the desk speaks there.")
@click.option("--emergency-number", type=typed.number, help="Told in danger that is none of these; by the country.")
@click.option("--ambulance-number", type=typed.number_or_none, default="", help=f"The ambulance; {BY_COUNTRY}.")
@click.option("--police-number", type=typed.number_or_none, default="", help=f"The police; {BY_COUNTRY}.")
@click.option("--fire-number", type=typed.number_or_none, default="", help=f"The fire brigade; {BY_COUNTRY}.")
@click.option("--gas-number", type=typed.number_or_none, default="", help="The gas company's own; none unless given.")
@click.option("--desk-phone", type=typed.phone, default="", help="The duty phone, told to a tenant in danger.")
@click.option(
    "--digest-at", type=typed.hour, default="18:00", show_default=True, help="Local hour of the daily digest."
)
def add_site(
    name: str, timezone: str, language: str, emergency_number: str | None, digest_at: time, **numbers: str
) -> None:
    """Add a site."""
    act_on(
        lambda unit: (
            premises.add_site(
                unit,
                Site(
                    name=name,
                    timezone=timezone,
                    language=language,
                    emergency_number=emergency_number or general_number(timezone),
                    digest_at=digest_at,
                    **numbers,  # type: ignore[arg-type]  # click has checked each
                ),
            ).name
        )
    )
    click.echo(f"Site {name} added. Next: lobby building add {_quoted(name)} NAME …, then lobby link.")


@site.command("edit")
@click.argument("name")
@click.option("--name", "new_name", type=typed.name, help="Another name.")
@click.option("--timezone", type=typed.zone, help="Where its clocks are.")
@click.option("--language", type=typed.language, help="What the desk speaks there; its linked chats follow.")
@click.option("--emergency-number", type=typed.number, help="Told in danger that is none of these.")
@click.option("--ambulance-number", type=typed.number_or_none, help="The ambulance; '' for the country's.")
@click.option("--police-number", type=typed.number_or_none, help="The police; '' for the country's.")
@click.option("--fire-number", type=typed.number_or_none, help="The fire brigade; '' for the country's.")
@click.option("--gas-number", type=typed.number_or_none, help="The gas company's; '' for none.")
@click.option("--desk-phone", type=typed.phone, help="The duty phone; '' for none.")
@click.option("--digest-at", type=typed.hour, help="Local hour of the daily digest.")
@click.option("--quiet-from", type=typed.hour, help="From this local hour nobody is asked how a repair went,")
@click.option("--quiet-until", type=typed.hour, help="until this one.")
@click.option(
    "--staff-names",
    type=click.Choice([each.value for each in StaffNames]),
    callback=lambda _, __, chosen: StaffNames(chosen) if chosen else None,
    help="How tenants read who of staff has it.",
)
def edit_site(name: str, new_name: str | None, **facts: str | time | None) -> None:
    """Change a site; what is not given stays as it is."""
    changes = premises.SiteChanges(name=new_name, **facts)  # type: ignore[arg-type]  # click has checked each
    if changes == premises.SiteChanges():
        raise click.UsageError("say what to change, such as --digest-at 17:30; lobby site edit --help lists it all")
    changed = act_on(lambda unit: _described(premises.change_site(unit, name, changes)))
    click.echo(changed)


@site.command("remove")
@click.argument("name")
def remove_site(name: str) -> None:
    """Remove a site that never had a ticket; its chats are unlinked."""
    removed = act_on(lambda unit: premises.remove_site(unit, name).name)
    click.echo(f"Site {removed} removed; its chats are linked to nothing now.")


@site.command("list")
def list_sites() -> None:
    """Show sites, their buildings and linked chats."""
    click.echo("\n".join(look_at(_lines)) or "No site yet. Add one: lobby site add NAME")


def _lines(unit: UnitOfWork) -> list[str]:
    lines = []
    linked = unit.chats.list_linked()
    for one in unit.sites.list_all():
        lines.append(_described(one))
        for building in unit.sites.list_buildings(one.id):
            lines.append(f"  building  {building.name}  {', '.join(building.aliases)}".rstrip())
        for chat in linked:
            if chat.site_id == one.id:
                closed = f"  closed: {chat.closed_reason}" if chat.closed_reason else ""
                lines.append(f"  {chat.role:8}  {chat.title or chat.address}  {chat.group or ''}{closed}".rstrip())
    return lines


def _described(one: Site) -> str:
    gas = f", gas {one.gas_number}" if one.gas_number else ""
    phone = f", desk {one.desk_phone}" if one.desk_phone else ""
    names = "" if one.staff_names is StaffNames.FULL else f", staff names {one.staff_names}"
    return (
        f"{one.name}  ({one.timezone}, {one.language}, emergency {one.emergency_number}, "
        f"{', '.join(f'{service} {number_of(one, service)}' for service in Service)}"
        f"{gas}{phone}, "
        f"digest {one.digest_at:%H:%M}, quiet {one.quiet_from:%H:%M} to {one.quiet_until:%H:%M}{names})"
    )


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
