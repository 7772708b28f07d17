"""What came of the past: one row a message, and totals that add up to everything that was in the file."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.backtest.faults import Unreadable
from bot.backtest.replay import Played
from bot.backtest.spoken import Export, Spoken
from handlers.understanding.explaining import Explanation, explain
from handlers.understanding.site_words import SiteWords
from storage.repositories.ledger import Line
from storage.vocabulary import Disposition, Kind, Trade, Urgency

DOING = frozenset(
    {
        Disposition.OPENED,
        Disposition.ADDED,
        Disposition.JOINED,
        Disposition.ANSWERED,
        Disposition.ASKED,
        Disposition.STAFF_TRIAGE,
        Disposition.REFUSED,
        Disposition.FAILED,
    }
)
"""Ends in which the desk did something. The others it left alone."""
JUDGED = frozenset({Disposition.OPENED, Disposition.JOINED, Disposition.ASKED, Disposition.STAFF_TRIAGE})
"""Ends that came from the words alone, and are explained; of talk `lobby read --explain` tells."""
MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Row:
    """One message and what the desk would have done. `said` is what the room would have read under it."""

    spoken: Spoken
    disposition: Disposition
    reason: str | None
    number: int | None
    kind: Kind | None
    trade: Trade | None
    urgency: Urgency | None
    said: str | None
    reaction: str | None
    spoke_for: tuple[str, ...] = ()
    spoke_against: tuple[str, ...] = ()
    rule: str | None = None

    @property
    def is_doing(self) -> bool:
        """Whether the desk did anything."""
        return self.disposition in DOING


@dataclass(frozen=True, slots=True)
class Totals:
    """`messages` is the sum of `ends`; with the `unreadable` it is everything in the file."""

    in_file: int
    messages: int
    unreadable: int
    ends: dict[Disposition, int]
    tickets: dict[Kind, int]
    emergencies: int
    sentences: int
    """Said into the room."""


@dataclass(frozen=True, slots=True)
class Backtest:
    """Everything a reader is shown."""

    title: str
    counted: str
    rows: Sequence[Row]
    unreadable: Sequence[tuple[int, Unreadable]]
    totals: Totals


def results_of(
    export: Export, played: Played, site: SiteWords | None, on_row: Callable[[int], None] = lambda _: None
) -> Backtest:
    """Join the file with the ledger and say which words decided; `on_row` is told of every row."""
    by_key = {line.key: line for line in played.lines}
    rows = []
    for spoken in export.spoken:
        rows.append(_row(spoken, by_key[str(spoken.number)], played, site))
        on_row(1)
    ends = Counter(row.disposition for row in rows)
    opened = [row for row in rows if row.disposition is Disposition.OPENED]
    totals = Totals(
        in_file=len(rows) + len(export.unreadable),
        messages=len(rows),
        unreadable=len(export.unreadable),
        ends={end: ends[end] for end in Disposition if ends[end]},
        tickets=dict(Counter(row.kind for row in opened if row.kind is not None).most_common()),
        emergencies=sum(row.urgency is Urgency.EMERGENCY for row in opened),
        sentences=played.sentences,
    )
    return Backtest(export.title, export.counted, rows, export.unreadable, totals)


def _row(spoken: Spoken, line: Line, played: Played, site: SiteWords | None) -> Row:
    why = explain(spoken.text, site) if line.disposition in JUDGED and spoken.text else None
    return Row(
        spoken=spoken,
        disposition=line.disposition or Disposition.FAILED,
        reason=line.reason,
        number=line.number,
        kind=line.kind,
        trade=line.trade,
        urgency=line.urgency,
        said=played.said_to.get(spoken.message_id),
        reaction=played.reactions.get(spoken.message_id),
        spoke_for=_words(why, is_for=True),
        spoke_against=_words(why, is_for=False),
        rule=why.rule.value if why is not None and why.rule is not None else None,
    )


def _words(why: Explanation | None, *, is_for: bool) -> tuple[str, ...]:
    if why is None:
        return ()
    pulls = why.spoke_for if is_for else why.spoke_against
    return tuple(dict.fromkeys(" ".join(pull.words.split()) for pull in pulls))[:MOST_WORDS]
