"""What staff set right is told to an operator without anybody's name, and an example is taken out again."""

from storage.models import Correction
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import Aspect
from tests.bot.commands.operator import Operator
from tests.storage.cast import arrive


def a_trade_is_set_right(unit: UnitOfWork) -> None:
    cast = arrive(unit)
    ticket = unit.tickets.add(cast.ticket(1001, unit.now))
    unit.corrections.add(
        Correction(
            site_id=cast.site,
            ticket_id=ticket.id,
            person_id=cast.wang,
            at=unit.now,
            aspect=Aspect.TRADE,
            was="plumbing",
            became="appliance",
            language="zh_CN",
            words="厨房水龙头漏水",
        )
    )


def test_nothing_set_right_is_said_so(operator: Operator) -> None:
    assert "Nothing has been set right" in operator.gets("accuracy")


def test_the_account_shows_what_was_taken_for_what_and_nobodys_name(operator: Operator) -> None:
    operator.acts(a_trade_is_set_right)
    told = operator.gets("accuracy")
    assert "plumbing" in told
    assert "appliance" in told
    assert "(100%)" in told
    assert "Wang" not in told


def test_an_example_is_listed_and_taken_out(operator: Operator) -> None:
    operator.acts(a_trade_is_set_right)
    assert "plumbing -> appliance" in operator.gets("exemplars", "list", "Harbour Court")
    assert "taken out" in operator.gets("exemplars", "remove", "1")
    assert "No examples yet" in operator.gets("exemplars", "list", "Harbour Court")
    assert "no example 1" in operator.is_refused("exemplars", "remove", "1")
    assert "plumbing" in operator.gets("accuracy")


def test_a_site_nobody_knows_is_refused(operator: Operator) -> None:
    assert "no site called" in operator.is_refused("exemplars", "list", "Nowhere")
