"""Hot queries walk an index: what is asked for each message must not cost more with every year of messages."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from storage.models import Base, Ticket
from storage.repositories.inbox import Heard, Raw
from storage.repositories.outbox import Ending
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import (
    AskingKind,
    ChatRole,
    Disposition,
    Group,
    Lane,
    OutboxState,
    SharedThing,
)
from storage.writer import Writer
from tests.claiming import claim
from tests.storage.cast import Cast

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

GROWING = (
    "inbox",
    "outbox",
    "ticket",
    "push",
    "entry",
    "attachment",
    "asking",
    "callback",
    "account",
    "chat",
    "correction",
    "survey",
)
BOUNDED = {index.name for table in Base.metadata.tables.values() for index in table.indexes if index.dialect_kwargs}
"""Partial indexes: they hold what waits, or what went wrong, so to walk one from end to end is fine."""

HOT: dict[str, Callable[[UnitOfWork, Cast], object]] = {
    "store an update": lambda unit, cast: unit.inbox.store("memory", [Raw("1", "{}")], unit.now),
    "what waits in the inbox": lambda unit, cast: unit.inbox.list_received(64, ["memory"]),
    "finish an update": lambda unit, cast: _finish(unit),
    "fail an update": lambda unit, cast: unit.inbox.fail(1, "X", unit.now, for_good=False),
    "a message by its id": lambda unit, cast: unit.inbox.find_by_message(cast.room, "1"),
    "a person's burst": lambda unit, cast: unit.inbox.list_wordless(cast.room, cast.mei, unit.now),
    "every version of a message": lambda unit, cast: unit.inbox.list_by_message(cast.room, "1"),
    "the edit of a message": lambda unit, cast: unit.inbox.find_edit(cast.room, "1"),
    "what waits for an answer": lambda unit, cast: unit.inbox.list_asked(cast.room, cast.mei, unit.now, unit.now),
    "failed updates": lambda unit, cast: unit.inbox.list_failed(10),
    "who speaks": lambda unit, cast: unit.people.find_by_account("memory", "1"),
    "which chat": lambda unit, cast: unit.chats.find("memory", "1"),
    "a person's private chat": lambda unit, cast: unit.chats.find_private(cast.mei),
    "duty chats": lambda unit, cast: unit.chats.list_by_role(cast.site, ChatRole.DUTY, Group.ENGINEERING),
    "a ticket": lambda unit, cast: unit.session.get(Ticket, 1),
    "a ticket by number": lambda unit, cast: unit.tickets.find_by_number(cast.site, 1),
    "a person's open tickets": lambda unit, cast: unit.tickets.list_open_of(cast.mei),
    "a person's tickets": lambda unit, cast: unit.tickets.list_of(cast.mei, unit.now),
    "the same words again": lambda unit, cast: unit.tickets.find_open_with_words(cast.mei, "words"),
    "when it was written": lambda unit, cast: unit.tickets.first_said_at(1),
    "a person's finished tickets": lambda unit, cast: unit.tickets.list_finished_of(cast.mei, unit.now),
    "a person's last finished": lambda unit, cast: unit.tickets.find_last_finished_of(cast.mei, unit.now),
    "open tickets": lambda unit, cast: unit.tickets.list_open(cast.site),
    "what staff set right": lambda unit, cast: unit.corrections.list_teaching(cast.site),
    "what a report may be the same as": lambda unit, cast: unit.incidents.list_candidates(
        cast.site, SharedThing.LIFT, (1, None), unit.now - timedelta(hours=12)
    ),
    "who else reported it": lambda unit, cast: unit.incidents.list_members(1),
    "how many reported it": lambda unit, cast: unit.incidents.count_members(1),
    "what was told last in a room": lambda unit, cast: unit.incidents.find_newest_in(cast.site, cast.room, unit.now),
    "a ticket's thread": lambda unit, cast: unit.tickets.list_entries(1),
    "say something": lambda unit, cast: unit.outbox.add(**cast.message(unit.now, key="k")),
    "claim": lambda unit, cast: claim(unit, "w", unit.now, {"memory": 8}, [cast.room], [cast.duty]),
    "end": lambda unit, cast: unit.outbox.end([Ending(1, OutboxState.SENT)], "w", unit.now),
    "seize": lambda unit, cast: unit.outbox.seize(1, "w", unit.now, unit.now),
    "expired leases": lambda unit, cast: unit.outbox.list_expired(unit.now),
    "a storm's cards": lambda unit, cast: unit.outbox.list_waiting(cast.duty, "NewTicket", Lane.NORMAL),
    "gathered cards": lambda unit, cast: unit.outbox.list_gathered(1),
    "end gathered cards": lambda unit, cast: unit.outbox.end_gathered(1, OutboxState.SENT, "1", None, unit.now),
    "what a key says": lambda unit, cast: unit.outbox.find_by_key("k"),
    "a reply's card": lambda unit, cast: unit.outbox.find_by_receipt(cast.duty, "1"),
    "a ticket's cards": lambda unit, cast: unit.outbox.list_messages(1, "NewTicket"),
    "what was said of a ticket": lambda unit, cast: unit.outbox.list_by_ticket(1),
    "replace what waits": lambda unit, cast: unit.outbox.replace_waiting(1, "NewTicket", "{}", "en"),
    "refuse what waits": lambda unit, cast: unit.outbox.refuse_waiting(cast.duty, "kicked", unit.now),
    "learn a receipt": lambda unit, cast: unit.outbox.learn_receipt(1, "1"),
    "plan a push": lambda unit, cast: unit.pushes.plan("digest", "k", unit.now),
    "due pushes": lambda unit, cast: unit.pushes.list_due(unit.now, 100),
    "the next push": lambda unit, cast: unit.pushes.find_next_due(),
    "claim a push": lambda unit, cast: unit.pushes.claim(1, unit.now),
    "cancel a push": lambda unit, cast: unit.pushes.cancel("callback", 1),
    "whether anything was asked": lambda unit, cast: unit.askings.has_open(cast.mei, cast.room),
    "an open question": lambda unit, cast: unit.askings.find_open(cast.mei, cast.room, AskingKind.WHICH_UNIT),
    "a ticket's open questions": lambda unit, cast: unit.askings.list_open_by_ticket(1),
    "how often a room was asked": lambda unit, cast: unit.askings.count_in_chat_since(
        cast.room, AskingKind.WHICH_KIND, unit.now
    ),
    "files to fetch": lambda unit, cast: unit.attachments.list_named(10, ["memory"]),
    "a ticket's files": lambda unit, cast: unit.attachments.list_by_ticket(1),
    "a message's files": lambda unit, cast: unit.attachments.list_by_inbox([1, 2]),
    "a waiting check": lambda unit, cast: unit.afterwards.find_waiting_callback(cast.mei),
    "an unrated check": lambda unit, cast: unit.afterwards.find_wordless_callback(cast.mei, unit.now),
    "a survey": lambda unit, cast: unit.afterwards.find_survey("d"),
    "who was surveyed lately": lambda unit, cast: unit.afterwards.has_survey_since(cast.mei, unit.now),
    "a day's ledger": lambda unit, cast: unit.figures.ledger(cast.site, unit.now - timedelta(days=1), unit.now),
    "a day's figures": lambda unit, cast: unit.figures.day(cast.site, unit.now - timedelta(days=1), unit.now),
    "what is overdue": lambda unit, cast: unit.figures.list_overdue(cast.site, unit.now, 10),
    "what nobody answered": lambda unit, cast: unit.figures.list_unanswered(cast.site, unit.now, unit.now, 10),
}


def _finish(unit: UnitOfWork) -> None:
    """A message there is, so that the act is whole."""
    unit.inbox.store("memory", [Raw("1", "{}")], unit.now)
    unit.inbox.finish(1, Heard("X", text="漏水"), Disposition.CHATTER, unit.now)


class Plans:
    """How SQLite goes about each statement of an act. It asks the driver, since hot statements pass by SQLAlchemy."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.lines: list[str] = []

    def watch(self, act: Callable[[UnitOfWork], object]) -> Callable[[UnitOfWork], Any]:
        """The act, with its connection watched; returns the connection."""

        def watched(unit: UnitOfWork) -> Any:
            driver: Any = unit.session.connection().connection.driver_connection
            driver.set_trace_callback(self.asked.append)
            act(unit)
            return driver

        return watched

    def explain(self, driver: Any) -> None:
        """Ask about everything that has run, what was held back until the commit too."""
        driver.set_trace_callback(None)
        self.asked = [each for each in self.asked if each.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))]
        self.lines = [row[3] for each in self.asked for row in driver.execute(f"EXPLAIN QUERY PLAN {each}")]

    def walks(self) -> list[str]:
        """Whole tables, or indexes that grow for ever, read from end to end."""
        found = []
        for line in self.lines:
            scanned = re.match(r"SCAN (\w+?)(?:_\d)?(?: USING (?:COVERING )?INDEX (\w+))?$", line)
            if scanned and scanned[1] in GROWING and scanned[2] not in BOUNDED:
                found.append(line)
        return found


@pytest.mark.parametrize("question", HOT)
def test_no_hot_query_walks_a_whole_table(writer: Writer, cast: Cast, question: str) -> None:
    plans = Plans()
    act = plans.watch(lambda unit: HOT[question](unit, cast))
    plans.explain(writer.submit(act).result(10))
    assert plans.asked
    assert plans.walks() == [], plans.lines


def test_this_test_sees_a_walk_when_there_is_one(writer: Writer, cast: Cast) -> None:
    plans = Plans()
    slow = "SELECT * FROM inbox WHERE text = 'x'"
    act = plans.watch(lambda unit: unit.session.connection().exec_driver_sql(slow).all())
    plans.explain(writer.submit(act).result(10))
    assert plans.walks() == ["SCAN inbox"]


def test_a_neighbours_report_is_looked_up_by_what_it_is_about(writer: Writer, cast: Cast) -> None:
    """Of twenty thousand open tickets the few alike are found by their place in an index, whatever else is open."""
    plans = Plans()
    act = plans.watch(candidates_of(cast))
    plans.explain(writer.submit(act).result(10))
    found = [line for line in plans.lines if "ix_ticket_may_be_joined" in line]
    assert found
    assert all("site_id=? AND shared=? AND building_id=? AND opened_at>?" in line for line in found), found


def test_what_waits_is_found_behind_all_that_was_ever_heard(writer: Writer, cast: Cast) -> None:
    """A few bots bring everything: to look by bot, and only then at what waits, is to read years of messages again."""
    plans = Plans()
    act = plans.watch(lambda unit: unit.inbox.list_received(64, ["memory", "duty"]))
    plans.explain(writer.submit(act).result(10))
    assert plans.lines == ["SCAN inbox USING INDEX ix_inbox_received"]


def candidates_of(cast: Cast) -> Callable[[UnitOfWork], object]:
    """The question every report of something shared asks."""
    since = timedelta(hours=12)
    return lambda unit: unit.incidents.list_candidates(cast.site, SharedThing.LIFT, (1, 2, None), unit.now - since)
