"""The buttons of a card with which staff set right what the desk has read wrongly."""

from handlers.notifications.speech import Button
from handlers.notifications.to_duty.ready import Menu
from locales import Voice
from storage.vocabulary import Kind, Trade, Urgency

KINDS = (Kind.REPAIR, Kind.COMPLAINT, Kind.INQUIRY, Kind.SERVICE, Kind.SUGGESTION)
BUILDINGS = 24
"""Shown at most; a longer list is no quicker than writing."""


def correcting_rows(
    voice: Voice, menu: Menu, kind: Kind, trade: Trade, urgency: Urgency, buildings: tuple[str, ...]
) -> tuple[tuple[Button, ...], ...]:
    """First what is wrong, with how it stands; then what is right."""
    match menu:
        case Menu.CORRECT_KIND:
            return _rows([Button(voice.term("kind", k), f"correct:kind={k}") for k in KINDS if k is not kind], 2)
        case Menu.CORRECT_TRADE:
            return _rows([Button(voice.term("trade", t), f"correct:trade={t}") for t in Trade if t is not trade], 3)
        case Menu.CORRECT_URGENCY:
            others = [u for u in Urgency if u is not urgency]
            return _rows([Button(voice.term("urgency", u), f"correct:urgency={u}") for u in others], 3)
        case Menu.CORRECT_PLACE:
            shown = list(enumerate(buildings[:BUILDINGS]))
            return _rows([Button(name, f"correct:place={index}") for index, name in shown], 3)
        case _:
            rows = [
                Button(voice.say("Kind: {now}", now=voice.term("kind", kind)), "correct:kind"),
                Button(voice.say("Trade: {now}", now=voice.term("trade", trade)), "correct:trade"),
                Button(voice.say("Urgency: {now}", now=voice.term("urgency", urgency)), "correct:urgency"),
                *([Button(voice.say("Building"), "correct:place")] if buildings else []),
            ]
            return _rows(rows, 2)


def _rows(buttons: list[Button], wide: int) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[at : at + wide]) for at in range(0, len(buttons), wide))
