"""A report in words: its sections as headings and tables, for paper and workbook alike."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.reports.figures import DASH, span_words, words_of
from handlers.reports.period import Reader, Report
from locales import Voice
from storage.repositories.scopes import LongCase

MOST_TOPICS = 15


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a table whose first row is its head, and what is said under it."""

    title: str
    rows: Sequence[Sequence[str]] = ()
    widths: Sequence[float] = (1,)
    notes: Sequence[str] = ()


def title_of(voice: Voice, report: Report) -> str:
    """Whose report about when."""
    first, last = report.filters.first, report.filters.last
    return voice.say("{site}: service report {first} – {last}", site=report.site.name, first=first, last=last)


def sections_of(voice: Voice, report: Report) -> list[Section]:
    """What the reader is told, in this order; what points to one flat or person only for managers."""
    if report.reader is Reader.DEVELOPER:
        return [_warranty(voice, report), _definitions(voice, report)]
    sections = [_figures(voice, report), _demand(voice, report), _buildings(voice, report), _reopened(voice, report)]
    if report.reader is Reader.MANAGERS:
        sections += [_cases(voice, voice.say("Slowest cases"), report, report.overview.slowest)]
        sections += [_cases(voice, voice.say("Cases worth talking about"), report, report.telling)]
    return [*sections, _forecast(voice, report), _definitions(voice, report)]


def _figures(voice: Voice, report: Report) -> Section:
    head = (
        voice.say("Figure"),
        voice.say("Value"),
        voice.say("Period before"),
        voice.say("Nine of ten within"),
        voice.say("Rests on"),
    )
    rows = [
        (
            row.figure.name(voice),
            words_of(voice, row.figure, row.value.amount),
            words_of(voice, row.figure, row.before.amount),
            words_of(voice, row.figure, row.value.p90),
            str(row.value.of) if row.value.of is not None else "",
        )
        for row in report.overview.rows
    ]
    return Section(voice.say("Figures"), [head, *rows], (3, 1.5, 1.5, 1.8, 1.1))


def _demand(voice: Voice, report: Report) -> Section:
    total = max(1, report.overview.measured.received)
    trades = sorted(report.overview.measured.by_trade.items(), key=lambda each: -each[1])[:MOST_TOPICS]
    rows = [(voice.term("trade", trade), str(count), f"{100 * count / total:.0f}%") for trade, count in trades]
    return Section(voice.say("By trade"), [(voice.say("Trade"), voice.say("Received"), "%"), *rows], (4, 1, 1))


def _buildings(voice: Voice, report: Report) -> Section:
    head = (
        voice.say("Building"),
        voice.say("Received"),
        voice.say("Complaints"),
        voice.say("On time"),
        voice.say("Reopened"),
        voice.say("Rating"),
    )
    rows = [
        (
            name or voice.say("no building"),
            str(count.received),
            str(count.complaints),
            f"{100 * count.on_time / count.promised:.0f}%" if count.promised else DASH,
            str(count.reopened),
            f"{rated.total / rated.given:.2f}" if rated.given else DASH,
        )
        for name, count, rated in report.overview.buildings
    ]
    return Section(voice.say("By building"), [head, *rows], (2, 1, 1, 1, 1, 1))


def _reopened(voice: Voice, report: Report) -> Section:
    title = voice.say("Why work came back")
    if not report.reopened:
        return Section(title, notes=[voice.say("Nothing came back in this period.")])
    head = (voice.say("Trade"), voice.say("What the tenant said"), voice.say("Times"))
    rows = [
        (voice.term("trade", trade), voice.term("outcome", said), str(count)) for trade, said, count in report.reopened
    ]
    return Section(title, [head, *rows], (2, 2, 1))


def _cases(voice: Voice, title: str, report: Report, cases: Sequence[LongCase]) -> Section:
    names = dict(report.building_names)
    head = ("#", voice.say("What"), voice.say("Building"), voice.say("Took"), voice.say("Reopened"), voice.say("Urged"))
    rows = [
        (
            f"#{each.number}",
            voice.term("trade", each.trade),
            names.get(each.building_id or 0, DASH),
            DASH if each.seconds is None else span_words(voice, each.seconds),
            str(each.reopened),
            str(each.urged),
        )
        for each in cases
    ]
    return Section(title, [head, *rows] if rows else (), (1.1, 2, 1.3, 1.3, 1, 1))


def _forecast(voice: Voice, report: Report) -> Section:
    title, forecast = voice.say("Next month"), report.forecast
    if forecast is None:
        return Section(title, notes=[voice.say("There are too few months yet to expect anything from.")])
    said = voice.say("About {expected} tickets, as the last three months had them a day.", expected=forecast.expected)
    if forecast.error is not None:
        said = voice.together(
            said, voice.say("The same guess was off by {error} on average.", error=f"{100 * forecast.error:.0f}%")
        )
    return Section(title, notes=[said])


def _warranty(voice: Voice, report: Report) -> Section:
    head = (voice.say("Building"), voice.say("Trade"), voice.say("Repairs"))
    rows = [
        (name or voice.say("no building"), voice.term("trade", trade), str(n)) for name, trade, n in report.warranty
    ]
    return Section(voice.say("Repairs that may fall under warranty"), [head, *rows], (2, 2, 1))


def _definitions(voice: Voice, report: Report) -> Section:
    if report.reader is Reader.DEVELOPER:
        note = voice.say("Counted are repairs received in the period in the trades a developer answers for.")
        return Section(voice.say("How it is counted"), notes=[note])
    rows = [(row.figure.name(voice), row.figure.formula(voice)) for row in report.overview.rows]
    return Section(voice.say("How it is counted"), [(voice.say("Figure"), voice.say("Definition")), *rows], (1.4, 4))
