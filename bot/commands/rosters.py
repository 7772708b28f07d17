"""`lobby roster`: who is on duty when, from a spreadsheet and back."""

from pathlib import Path
from zoneinfo import ZoneInfo

import click

from bot.commands import spreadsheets, typed
from bot.commands.opening import act_on, look_at
from bot.commands.spreadsheets import file
from handlers import premises
from handlers.premises import Refused
from handlers.pushes.reminding import REMIND_AFTER
from handlers.roster import binding
from handlers.roster.importing import Imported, put_in_place
from handlers.roster.printing import Sheets, as_lines, as_sheets
from handlers.roster.reading import read_plan
from handlers.roster.rungs import rungs_of
from storage.models import LadderRung, OfferRule
from storage.roster_vocabulary import OfferMode, Rung
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Group, Urgency

WEEK = 7
for_site = click.option("--site", "site_name", help="Which site, where there are several.")


@click.group()
def roster() -> None:
    """Who is on duty when, and which hours count."""


@roster.command("template")
@file
@for_site
def make_template(file: Path, site_name: str | None) -> None:
    """Write FILE, a spreadsheet to fill: with the roster as it is now, if there is one."""

    def look(unit: UnitOfWork) -> Sheets:
        site = premises.find_site(unit, site_name)
        return as_sheets(unit.rosters.recall(site.id), site, unit.now.astimezone(ZoneInfo(site.timezone)).date())

    spreadsheets.write_template(file, "roster", look)


@roster.command("import")
@file
@for_site
@click.option("--yes", is_flag=True, help="Take everybody off the roster, where FILE names nobody.")
def import_roster(file: Path, site_name: str | None, yes: bool) -> None:
    """Put the roster of FILE in the place of the one there is; with one error nothing is changed.

    An empty sheet clears its part of the roster; a part without a sheet stays as it is, and you are told which.
    """
    sheets = spreadsheets.read(file, "roster")

    def act(unit: UnitOfWork) -> Imported:
        site = premises.find_site(unit, site_name)
        today = unit.now.astimezone(ZoneInfo(site.timezone)).date()
        plan, there = read_plan(sheets, today), [one for one in unit.rosters.list_members(site.id) if not one.left_at]
        if there and not plan.members and not yes:
            raise Refused(
                f"{file} names nobody, and {_count(len(there), 'member')} would leave the roster; nothing was changed. "
                "Fill its sheet of members, or add --yes if you mean it"
            )
        return put_in_place(unit, site, plan, today)

    done = spreadsheets.put_in(act)
    click.echo(f"{_count(done.members, 'member')} and {_count(done.shifts, 'shift')} are on the roster now.")
    if done.has_hours:
        click.echo("Promises count in the working hours of each group: look them over with lobby promise list")
    if done.kept:
        click.echo(f"As it was, for {file.name} has no such sheet: {', '.join(done.kept)}")
    if done.left:
        click.echo(f"No longer on it: {', '.join(done.left)}")


@roster.command("show")
@click.option("--days", type=click.IntRange(1, 31), default=WEEK, show_default=True, help="How many days from today.")
@for_site
def show_roster(days: int, site_name: str | None) -> None:
    """Show who is there, and who is on duty on the next days."""

    def look(unit: UnitOfWork) -> list[str]:
        site = premises.find_site(unit, site_name)
        return list(as_lines(unit.rosters.recall(site.id), site, unit.now, days))

    click.echo("\n".join(look_at(look)) or "No roster yet. Make a sheet to fill: lobby roster template roster.xlsx")


@roster.command("code")
@click.argument("name")
@for_site
def print_code(name: str, site_name: str | None) -> None:
    """Print a one-time code with which NAME tells the desk which account is theirs."""
    code = act_on(lambda unit: binding.new_code(unit, premises.find_site(unit, site_name), name))
    click.echo(f"Give this to {name}, to send in a duty or manager chat within a day:\n\n    /iam {code}\n")


def _count(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


@roster.command("mode")
@click.argument("group", type=click.Choice([group.value for group in Group]))
@click.argument("mode", type=click.Choice([mode.value for mode in OfferMode]))
@for_site
def set_mode(group: str, mode: str, site_name: str | None) -> None:
    """Offer GROUP's tickets to all of it, to whoever is on duty, or by turns to the one with the least to do."""

    def act(unit: UnitOfWork) -> None:
        site = premises.find_site(unit, site_name)
        row = next((row for row in unit.rosters.list_rows(OfferRule, site.id) if row.group == group), None)
        if row is None:
            unit.rosters.add(OfferRule(site_id=site.id, group=Group(group), mode=OfferMode(mode)))
        else:
            row.mode = OfferMode(mode)

    act_on(act)
    click.echo(f"From now on tickets of {group} are offered so: {mode.replace('_', ' ')}.")


@roster.command("ladder")
@click.option("--rung", type=click.Choice([rung.value for rung in Rung]), help="Which one to set.")
@click.option("--urgency", type=click.Choice([urgency.value for urgency in Urgency]), help="For tickets this urgent.")
@click.option("--after", type=typed.span, help="Working time since the offer, such as 20m.")
@click.option("--never", is_flag=True, help="Leave this rung out.")
@for_site
def set_ladder(rung: str | None, urgency: str | None, after: int | None, never: bool, site_name: str | None) -> None:
    """Show what follows when nobody takes an offer, or set one rung of it."""
    is_setting = after is not None or never
    if is_setting and (rung is None or urgency is None or (after is not None and never)):
        raise click.UsageError("say which rung of which urgency, and either --after or --never")
    if (rung or urgency) and not is_setting:
        raise click.UsageError("say when: --after 20m, or --never")

    def act(unit: UnitOfWork) -> list[str]:
        site = premises.find_site(unit, site_name)
        if rung is not None and urgency is not None:
            of = (Rung(rung), Urgency(urgency))
            rows = unit.rosters.list_rows(LadderRung, site.id)
            row = next((row for row in rows if (row.rung, row.urgency) == of), None)
            if row is None:
                unit.rosters.add(LadderRung(site_id=site.id, rung=of[0], urgency=of[1], after_minutes=after))
            else:
                row.after_minutes = after
        unit.flush()
        known = unit.rosters.recall(site.id)
        return [
            f"{each:10} "
            + ", ".join(f"{one.replace('_', ' ')} {typed.span_of(at)}" for one, at in rungs_of(known, each, pause))
            for each, pause in REMIND_AFTER.items()
        ]

    click.echo("\n".join(act_on(act)))
