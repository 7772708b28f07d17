"""The incidents of a day in its digest: which, told by how many, for how long, and how they add up to the ledger."""

from dataclasses import dataclass

from handlers.notifications.quoting import quote
from handlers.notifications.spans import span
from locales import Voice
from storage.vocabulary import Trade


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """One incident. `minutes` is how long it lasted, or has lasted at the end of the day."""

    number: int
    trade: Trade
    building: str | None
    reporters: int
    minutes: int
    is_over: bool


@dataclass(frozen=True, slots=True)
class DayOfIncidents:
    """Every incident that was open in the time a digest is about.

    `further` of its new requests are reports of what a neighbour had told before: those heard as such (the ledger's
    "joined"), less those `parted` since by staff or taken back, and those `put_together` by staff or told with others.
    """

    count: int
    shown: tuple[IncidentLine, ...]
    further: int
    put_together: int
    parted: int


def incident_lines(voice: Voice, day: DayOfIncidents) -> list[str]:
    """How many, each in a line, and what part of the new requests they are."""
    lines = [voice.say_many("👥 {count} incident", "👥 {count} incidents", day.count)]
    lines += [_line(voice, line) for line in day.shown]
    if day.count > len(day.shown):
        lines.append("  " + voice.say("and {count} more", count=day.count - len(day.shown)))
    lines += _sum(voice, day)
    return lines


def _line(voice: Voice, line: IncidentLine) -> str:
    place = f" · {quote(line.building, 40)}" if line.building else ""
    told = voice.say_many("told by {count} person", "told by {count} people", line.reporters)
    lasted = span(voice, line.minutes)
    end = voice.say("over after {span}", span=lasted) if line.is_over else voice.say("open for {span}", span=lasted)
    return f"  #{line.number} {voice.term('trade', line.trade)}{place} · {told} · {end}"


def _sum(voice: Voice, day: DayOfIncidents) -> list[str]:
    if not (day.further or day.put_together or day.parted):
        return []
    said = voice.say_many(
        "{count} of the new requests is a further report of these",
        "{count} of the new requests are further reports of these",
        day.further,
    )
    notes = []
    if day.put_together:
        notes.append(voice.say("put together by staff or told with others: {count}", count=day.put_together))
    if day.parted:
        notes.append(voice.say("parted or taken back since: {count}", count=day.parted))
    return ["  " + " · ".join([said, *notes])]
