"""Staff ask why the desk read a message as it did: the reasons, under the card they asked from."""

from collections.abc import Sequence

from handlers.examples import exemplars_taught
from handlers.hearing import site_words
from handlers.notifications.to_duty import ReadAs, SetRight, TaughtBy, Toast, ToastKind, WhyRead
from handlers.scene import Outcome, Scene
from handlers.speaking import change, tell
from handlers.understanding.exemplars import Exemplar, nearest
from handlers.understanding.explaining import Explanation, Pull, explain
from storage.models import Correction, OutboxRow, Ticket
from storage.vocabulary import Aspect, Disposition, Trade, Urgency

GONE_THROUGH = 400
"""Characters of a ticket's words: each piece costs a reading, and other people's messages wait meanwhile."""


def press(scene: Scene, row: OutboxRow, ticket: Ticket) -> Outcome:
    """Once a day and card as a new message, after that the same one brought up to date; also of a ticket long over."""
    said, key = why_read(scene, ticket), f"why:{row.id}:{scene.now:%Y%m%d}"
    standing = scene.unit.outbox.find_by_key(key)
    if standing is None:
        tell(scene.unit, scene.chat, said, row.language, ticket_id=ticket.id, under=row.id, key=key)
        return Outcome(Disposition.ANSWERED, ticket.id)
    change(scene.unit, standing.id, said, row.language)
    toast = Toast(ToastKind.UNDER_THE_CARD, ticket.number)
    return Outcome(Disposition.ANSWERED, ticket.id, toast=toast, language=row.language)


def why_read(scene: Scene, ticket: Ticket) -> WhyRead:
    """The reasons for a ticket; of long words the beginning is gone through."""
    words = ticket.words[:GONE_THROUGH]
    if not words.strip():
        return WhyRead(ticket.number, None)
    unit = scene.unit
    explanation = explain(words, site_words(unit, ticket.site_id))
    example = None
    if explanation.reading.urgency is not Urgency.EMERGENCY:
        example = nearest(words, exemplars_taught(unit, ticket.site_id, ticket.opened_at))
    corrections = unit.corrections.list_by_ticket(ticket.id)
    read = _read_as(explanation)
    return WhyRead(
        ticket.number,
        read,
        TaughtBy(example.words, example.kind, example.trade, example.urgency) if example is not None else None,
        tuple(SetRight(each.aspect, each.was, each.became) for each in corrections),
        (ticket.kind, ticket.trade, ticket.urgency) if _is_otherwise(ticket, read, example, corrections) else None,
    )


def _read_as(why: Explanation) -> ReadAs:
    reading = why.reading
    return ReadAs(
        kind=reading.kind,
        sure=_percent(reading.confidence),
        rival=why.rival,
        less=_percent(why.kinds[why.rival]),
        trade=reading.trade or Trade.OTHER,
        urgency=reading.urgency,
        spoke_for=_words(why.spoke_for),
        spoke_against=_words(why.spoke_against),
        for_trade=why.words_for_trade,
        for_urgency=why.words_for_urgency,
        rule=why.rule.value if why.rule is not None else None,
    )


def _is_otherwise(ticket: Ticket, read: ReadAs, example: Exemplar | None, corrections: Sequence[Correction]) -> bool:
    """Whether it stands otherwise than the reading, the example and the corrections together explain."""
    told: dict[str, str | None] = {Aspect.KIND: read.kind, Aspect.TRADE: read.trade, Aspect.URGENCY: read.urgency}
    if example is not None:
        taught = {Aspect.KIND: example.kind, Aspect.TRADE: example.trade, Aspect.URGENCY: example.urgency}
        told |= {aspect: value for aspect, value in taught.items() if value is not None}
    told |= {each.aspect: each.became for each in corrections if each.aspect is not Aspect.PLACE}
    return told != {Aspect.KIND: ticket.kind, Aspect.TRADE: ticket.trade, Aspect.URGENCY: ticket.urgency}


def _words(pulls: tuple[Pull, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(" ".join(pull.words.split()) for pull in pulls))


def _percent(share: float) -> int:
    """Whole per cents; nothing short of certain is called 100."""
    return min(99, round(share * 100)) if share < 1 else 100
