"""An operator says what each role may do alone."""

from tests.bot.commands.operator import Operator


def test_rules_are_set_shown_and_taken_back(newcomer: Operator) -> None:
    newcomer.gets("site", "add", "Garden")
    assert "  member           everything" in newcomer.gets("authority", "list")
    said = newcomer.gets("authority", "set", "member", "--may-not-close", "complaint", "--spend", "200")
    assert "closes all but complaint; charges up to CNY 200.00; offers a visit as late as it takes" in said
    said = newcomer.gets("authority", "set", "member", "--closes-all", "--later", "24h", "--spend", "any")
    assert "* member           closes all; charges any amount; offers a visit 24h after the promise" in said
    assert "is no amount" in newcomer.is_refused("authority", "set", "lead", "--spend", "lots")
    assert "say what to set" in newcomer.is_refused("authority", "set", "lead")
    newcomer.gets("authority", "reset", "member")
    assert "has set nothing" in newcomer.is_refused("authority", "reset", "member")
    assert "Nothing was closed" in newcomer.gets("authority", "share")
