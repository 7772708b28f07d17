"""`lobby promise`: by when tenants are promised an answer and the end of the work."""

from collections.abc import Sequence

import click

from bot.commands import typed
from bot.commands.opening import act_on, look_at
from handlers import premises, promises
from handlers.kinds import KINDS
from storage.models import Promise
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Kind, Trade, Urgency

for_site = click.option("--site", "site_name", help="Which site, where there are several.")
of_kind = click.option("--kind", required=True, type=click.Choice([kind.value for kind in KINDS]))
of_urgency = click.option("--urgency", required=True, type=click.Choice([urgency.value for urgency in Urgency]))
of_trade = click.option("--trade", type=click.Choice([trade.value for trade in Trade]), help="For this trade alone.")


@click.group()
def promise() -> None:
    """By when a ticket is seen to and finished, in the working time of its group."""


@promise.command("list")
@for_site
def list_promises(site_name: str | None) -> None:
    """Show what is promised; a star marks what the site has set itself."""

    def look(unit: UnitOfWork) -> list[str]:
        site = premises.find_site(unit, site_name)
        roster, lines = unit.rosters.recall(site.id), []
        for kind in (kind for kind, entry in KINDS.items() if entry.needs_work):
            own = {row.trade for row in roster.promises if row.kind is kind and row.trade is not None}
            for trade in (None, *sorted(own)):
                for urgency in Urgency:
                    row = _find(roster.promises, kind, trade, urgency)
                    if trade is None or row is not None:
                        within = promises.within(roster, kind, trade, urgency)
                        name = f"{kind} {trade or ''}".strip()
                        told = f"answer {typed.span_of(within.answer)}, finish {typed.span_of(within.finish)}"
                        lines.append(f"{'*' if row else ' '} {name:24} {urgency:10} {told}")
        return lines

    click.echo("\n".join(look_at(look)))


@promise.command("set")
@of_kind
@of_urgency
@of_trade
@click.option("--answer", required=True, type=typed.span, help="Working time to the first answer, such as 30m or 2h.")
@click.option("--finish", required=True, type=typed.span, help="Working time to the end of the work, such as 8h.")
@for_site
def set_promise(kind: str, urgency: str, trade: str | None, answer: int, finish: int, site_name: str | None) -> None:
    """Promise something else than Lobby does by itself; tickets that are open keep what they were promised."""
    if answer > finish:
        raise click.UsageError("an answer cannot be promised for later than the end of the work")

    def act(unit: UnitOfWork) -> None:
        site = premises.find_site(unit, site_name)
        rows, of = unit.rosters.list_rows(Promise, site.id), Trade(trade) if trade else None
        row = _find(rows, Kind(kind), of, Urgency(urgency))
        if row is None:
            unit.rosters.add(
                Promise(
                    site_id=site.id,
                    kind=Kind(kind),
                    urgency=Urgency(urgency),
                    trade=of,
                    answer_minutes=answer,
                    finish_minutes=finish,
                )
            )
        else:
            row.answer_minutes, row.finish_minutes = answer, finish

    act_on(act)
    click.echo("Promised. All of it: lobby promise list")


@promise.command("reset")
@of_kind
@of_urgency
@of_trade
@for_site
def reset_promise(kind: str, urgency: str, trade: str | None, site_name: str | None) -> None:
    """Promise again what Lobby does by itself."""

    def act(unit: UnitOfWork) -> None:
        site = premises.find_site(unit, site_name)
        rows = unit.rosters.list_rows(Promise, site.id)
        row = _find(rows, Kind(kind), Trade(trade) if trade else None, Urgency(urgency))
        if row is None:
            raise premises.Refused(f"{site.name} has promised nothing of its own there; see: lobby promise list")
        unit.rosters.remove(row)

    act_on(act)
    click.echo("Back to what Lobby promises by itself.")


def _find(rows: Sequence[Promise], kind: Kind, trade: Trade | None, urgency: Urgency) -> Promise | None:
    return next((row for row in rows if (row.kind, row.trade, row.urgency) == (kind, trade, urgency)), None)
