"""The register of closed complaints teaches without telling on anybody, and no spreadsheet runs what somebody wrote."""

import csv
import io
from datetime import timedelta

from storage.complaint_vocabulary import Affected, Weight
from storage.models import Concern
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import CloseReason, Group, Kind
from tests.bot.commands.operator import Operator
from tests.storage.cast import arrive


def a_case_is_closed(unit: UnitOfWork) -> None:
    """About the plumber Wang, by a tenant who signs with room and phone."""
    cast = arrive(unit)
    ticket = cast.ticket(1001, unit.now - timedelta(hours=5))
    ticket.kind, ticket.words = (
        Kind.COMPLAINT,
        "=HYPERLINK(1) Wang was rude. Block 3 room 1202, call 13800138000. " * 12,
    )
    unit.tickets.add(ticket)
    steps = unit.complaints.of(ticket)
    steps.ask_account("Our plumber Wang was rude.", unit.now)
    steps.confirm(unit.now)
    steps.weigh(weight=Weight.SERIOUS, affected=Affected.ONE_HOME)
    steps.find("Wang had worked for 14 hours; call 13800138000", unit.now)
    steps.propose("@Wang apologises at room 1202", unit.now)
    steps.accept(unit.now)
    ticket.assign(Group.ENGINEERING)
    ticket.finish(cast.wang, unit.now)
    ticket.done_words = "+Wang apologised"
    steps.finish(unit.now)
    ticket.close(CloseReason.CONFIRMED, unit.now)
    steps.end(unit.now)
    steps.file("-Nobody works more than ten hours.", unit.now)
    waiting = cast.ticket(1002, unit.now)
    waiting.kind, waiting.words = Kind.COMPLAINT, "The manager lied to me"
    unit.tickets.add(waiting)
    unit.complaints.guard(waiting.id, [Concern(ticket_id=waiting.id, is_above=True)])


def test_the_register_is_empty_at_first(operator: Operator) -> None:
    operator.acts(arrive)
    assert "No complaint has been closed" in operator.gets("complaints")


def test_a_closed_case_is_shown_and_exported_without_anybody_in_it(operator: Operator) -> None:
    operator.acts(a_case_is_closed)
    told = operator.gets("complaints")
    assert "#1001" in told
    assert "serious · one home" in told
    assert "learned" in told
    exported = operator.gets("complaints", "--csv", "-")
    for secret in ("Wang", "1202", "138"):
        assert secret not in told
        assert secret not in exported
    heads, row = csv.reader(io.StringIO(exported))
    case = dict(zip(heads, row, strict=True))
    assert "invalid" not in exported
    assert case["settled"] == "yes"
    assert case["proposals"] == "1"
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in row)
    assert case["summary"] == "'-Nobody works more than ten hours."
    assert len(case["complaint"]) > 300
    assert "Wrote 1 closed complaints" in operator.gets("complaints", "--csv", "register.csv")
    assert "No complaint" in operator.gets("complaints", "--until", "2020-01-01")


def test_what_nobody_may_look_after_is_told_to_the_operator(operator: Operator) -> None:
    operator.acts(a_case_is_closed)
    assert "#1002" in operator.gets("complaints", "held")
    assert "complaints nobody may look after" in operator.types("check").output
