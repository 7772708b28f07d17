"""The hour of a visit as people say it, and the buttons to choose one by."""

from datetime import datetime

from handlers.notifications.speech import Button
from locales import Voice

Slot = tuple[datetime, datetime | None]
"""From when and until when somebody may come; without an end on the dot."""


def hour_words(voice: Voice, slot: Slot) -> str:
    """The day with its weekday, and the hours: a card read tomorrow must not say "tomorrow"."""
    start, end = slot
    day = voice.day(start.astimezone(voice.zone).date())
    if end is None:
        return voice.say("{day}, {time}", day=day, time=voice.time(start))
    return voice.say("{day}, {time}–{until}", day=day, time=voice.time(start), until=voice.time(end))


def slot_buttons(voice: Voice, slots: tuple[Slot, ...], wish: Slot | None = None) -> tuple[tuple[Button, ...], ...]:
    """One in each row, since a day and two hours fill the width of a telephone; what the tenant asked for first."""
    rows = [(Button("🙋 " + hour_words(voice, wish), f"visit:{slot_key(wish)}"),)] if wish else []
    rows += [(Button(hour_words(voice, slot), f"visit:{slot_key(slot)}"),) for slot in slots if slot != wish]
    return tuple(rows)


def slot_key(slot: Slot) -> str:
    """What a button carries of it: seconds since 1970."""
    start, end = slot
    return f"{int(start.timestamp())}-{int(end.timestamp()) if end else ''}"
