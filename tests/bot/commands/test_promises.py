"""An operator promises other hours than Lobby does by itself."""

from tests.bot.commands.operator import Operator


def test_promises_are_set_shown_and_taken_back(newcomer: Operator) -> None:
    newcomer.gets("site", "add", "Garden")
    assert "  repair                   urgent     answer 30m, finish 6h" in newcomer.gets("promise", "list")
    lift = ("--kind", "repair", "--urgency", "urgent", "--trade", "lift")
    newcomer.gets("promise", "set", *lift, "--answer", "10m", "--finish", "1h30m")
    newcomer.gets("promise", "set", *lift, "--answer", "15m", "--finish", "2h")
    listed = newcomer.gets("promise", "list")
    assert "* repair lift              urgent     answer 15m, finish 2h" in listed
    assert "  repair                   urgent     answer 30m, finish 6h" in listed
    newcomer.gets("promise", "reset", *lift)
    assert "lift" not in newcomer.gets("promise", "list")
    assert "nothing of its own" in newcomer.is_refused("promise", "reset", *lift)


def test_promises_nobody_could_mean_are_refused(newcomer: Operator) -> None:
    newcomer.gets("site", "add", "Garden")
    kind = ("promise", "set", "--kind", "repair", "--urgency", "urgent")
    assert "no length of working time" in newcomer.is_refused(*kind, "--answer", "soon", "--finish", "4h")
    assert "cannot be promised for later" in newcomer.is_refused(*kind, "--answer", "5h", "--finish", "4h")
