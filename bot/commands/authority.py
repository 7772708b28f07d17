"""`lobby authority`: what each role may do alone, and how much is settled without anybody above."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal, InvalidOperation

import click

from bot.commands import typed
from bot.commands.opening import act_on, look_at
from handlers import premises
from handlers.kinds import KINDS
from handlers.notifications.to_manager import PersonSettled
from handlers.reports.settling import settled_at
from locales.zones import currency_of
from storage.models import Authority, Site
from storage.roster_vocabulary import MemberRole
from storage.unit_of_work import UnitOfWork

ANY = "any"
for_site = click.option("--site", "site_name", help="Which site, where there are several.")
of_role = click.argument("role", type=click.Choice([role.value for role in MemberRole]))
of_kind = click.Choice([kind.value for kind, entry in KINDS.items() if entry.needs_work])


@click.group()
def authority() -> None:
    """What each role may close, charge and put off alone.

    Whoever may not is told who may.
    """


@authority.command("list")
@for_site
def list_rules(site_name: str | None) -> None:
    """Show every role's, with a * where the site has set something."""

    def look(unit: UnitOfWork) -> list[str]:
        site = premises.find_site(unit, site_name)
        rules = {rule.role: rule for rule in unit.authorities.recall(site.id)}
        return [_told(site, role, rules.get(role)) for role in MemberRole]

    click.echo("\n".join(look_at(look)))


@authority.command("set")
@of_role
@click.option("--may-not-close", "kinds", type=of_kind, multiple=True, help="A kind somebody above finishes; repeat.")
@click.option("--closes-all", is_flag=True, help="May finish every kind again.")
@click.option("--spend", help="The most that may be charged alone, such as 200, or any.")
@click.option("--later", help="How long after the promise a visit may be offered, such as 24h, or any.")
@for_site
def set_rule(
    role: str, kinds: tuple[str, ...], closes_all: bool, spend: str | None, later: str | None, site_name: str | None
) -> None:
    """Say what ROLE may do alone; what is not named stays as it is."""
    if not (kinds or closes_all or spend or later):
        raise click.UsageError("say what to set: --may-not-close, --closes-all, --spend or --later")
    if kinds and closes_all:
        raise click.UsageError("--may-not-close and --closes-all do not go together")
    cents, minutes = _cents(spend), _minutes(later)

    def act(unit: UnitOfWork) -> str:
        site = premises.find_site(unit, site_name)
        rule = next((rule for rule in unit.authorities.list_all(site.id) if rule.role == role), None)
        if rule is None:
            rule = Authority(site_id=site.id, role=MemberRole(role))
            unit.authorities.add(rule)
        if kinds or closes_all:
            rule.may_not_close = sorted(set(kinds))
        rule.spend_cents = cents if spend else rule.spend_cents
        rule.later_minutes = minutes if later else rule.later_minutes
        unit.flush()
        return _told(site, rule.role, rule)

    click.echo(act_on(act))


@authority.command("reset")
@of_role
@for_site
def reset_rule(role: str, site_name: str | None) -> None:
    """Let ROLE do everything alone again."""

    def act(unit: UnitOfWork) -> None:
        site = premises.find_site(unit, site_name)
        rule = next((rule for rule in unit.authorities.list_all(site.id) if rule.role == role), None)
        if rule is None:
            raise premises.Refused(f"{site.name} has set nothing for {role}; see: lobby authority list")
        unit.authorities.remove(rule)

    act_on(act)
    click.echo(f"{role} may do everything alone.")


@authority.command("share")
@click.option("--days", type=click.IntRange(1, 366), default=30, show_default=True, help="How many days back.")
@for_site
def show_share(days: int, site_name: str | None) -> None:
    """Show how many jobs each group closed without calling anybody above; people only where there are enough."""

    def look(unit: UnitOfWork) -> list[str]:
        site = premises.find_site(unit, site_name)
        lines = []
        for group in settled_at(unit, site, unit.now - timedelta(days=days), unit.now):
            lines.append(f"{group.group or 'no group':16} {group.alone} of {group.closed}{_people(group.people)}")
        return lines

    click.echo("\n".join(look_at(look)) or "Nothing was closed in that time.")


def _people(people: Sequence[PersonSettled]) -> str:
    return "".join(f"\n    {each.name:20} {each.alone} of {each.closed}" for each in people)


def _told(site: Site, role: MemberRole, rule: Authority | None) -> str:
    if rule is None:
        return f"  {role:16} everything"
    closes = f"closes all but {', '.join(rule.may_not_close)}" if rule.may_not_close else "closes all"
    currency = currency_of(site.timezone)
    spends = "any amount" if rule.spend_cents is None else f"up to {currency} {rule.spend_cents / 100:.2f}"
    later = rule.later_minutes
    offers = "as late as it takes" if later is None else f"{typed.span_of(timedelta(minutes=later))} after the promise"
    return f"* {role:16} {closes}; charges {spends}; offers a visit {offers}"


def _cents(spend: str | None) -> int | None:
    if spend is None or spend == ANY:
        return None
    try:
        cents = int(Decimal(spend) * 100)
    except (InvalidOperation, ValueError, OverflowError):
        cents = -1
    if not 0 <= cents <= 10**12:
        raise click.UsageError(f"{spend!r} is no amount; give one such as 200 or 99.50, or any")
    return cents


def _minutes(later: str | None) -> int | None:
    return None if later is None or later == ANY else typed.span(later)
