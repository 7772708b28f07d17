"""What staff do with a ticket by hand: notes, a word to those above, a colleague, and what comes after Done."""

from dataclasses import dataclass
from datetime import datetime

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button, Speech
from locales import Voice
from storage.vocabulary import CallbackOutcome, CloseReason, Kind, TicketState, Trade


@dataclass(frozen=True, slots=True)
class WhatToNote(Notification):
    """Staff want to write something down among themselves."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """Where to write it, and who reads it."""
        return Speech(
            voice.say("📝 Write your note for #{number} now. It stays among staff.", number=self.number),
        )


@dataclass(frozen=True, slots=True)
class HowToNote(Notification):
    """A note of which nobody can tell what it is about, or that says nothing."""

    def say(self, voice: Voice) -> Speech:
        """Where to write it."""
        return Speech(voice.say("📝 Send /note and your words as a reply to the card."))


@dataclass(frozen=True, slots=True)
class EscalatedToLead(Notification):
    """Somebody asks the lead to look at it."""

    number: int
    by: str
    names: tuple[str, ...]
    is_taken: bool = True

    def say(self, voice: Voice) -> Speech:
        """Who asks whom; whoever is free may take it."""
        said = voice.say(
            "⏫ {names}, {by} asks you to look at #{number}.",
            names=" · ".join(map(name, self.names)),
            by=name(self.by),
            number=self.number,
        )
        take = (
            Button(voice.say("🙋 I take over"), "take_over") if self.is_taken else Button(voice.say("✋ Take"), "take")
        )
        return Speech(said, buttons=((take,),))


@dataclass(frozen=True, slots=True)
class HandedToYou(Notification):
    """A colleague of the same group is to go on with it."""

    number: int
    name: str
    by: str

    def say(self, voice: Voice) -> Speech:
        """One tap takes it."""
        said = voice.say(
            "👉 {name}, {by} hands #{number} over to you.", name=name(self.name), by=name(self.by), number=self.number
        )
        return Speech(said, buttons=((Button(voice.say("✋ Take"), "take"),),))


@dataclass(frozen=True, slots=True)
class AnythingToAdd(Notification):
    """It is done: a photo of how it looks now, and what was charged, if anything."""

    number: int
    wants_photo: bool
    wants_before: bool = False
    """Whether there is no photo of how it looked before either."""
    is_over: bool = False

    def say(self, voice: Voice) -> Speech:
        """Both in one message, and one tap for neither."""
        title = voice.say("✅ No. {number} is done.", number=self.number)
        if self.is_over:
            return Speech(title)
        lines = []
        if self.wants_photo and self.wants_before:
            lines.append(voice.say("📷 Photos of before and after? Just send them here."))
        elif self.wants_photo:
            lines.append(voice.say("📷 A photo of how it looks now? Just send it here."))
        lines.append(voice.say("💰 Charged anything? Just write the amount."))
        return Speech("\n".join(lines), title, ((Button(voice.say("⏭ Skip"), "add:skip"),),))


@dataclass(frozen=True, slots=True)
class ChargeKept(Notification):
    """The amount was read, and kept."""

    number: int
    cents: int
    currency: str
    is_told: bool

    def say(self, voice: Voice) -> Speech:
        """Which amount, so that a slip of the pen shows, and whether the tenant has heard of it."""
        amount = voice.money(self.cents, self.currency)
        said = voice.say("💰 #{number}: {amount}. Wrong? Just write it again.", number=self.number, amount=amount)
        told = voice.say("The tenant has been told.") if self.is_told else voice.say("Please tell the tenant yourself.")
        return Speech(voice.together(said, told))


@dataclass(frozen=True, slots=True)
class PastTicket(Notification):
    """One line of a flat's history."""

    number: int
    opened_at: datetime
    kind: Kind
    trade: Trade
    state: TicketState
    close_reason: CloseReason | None = None
    outcome: CallbackOutcome | None = None
    rating: int | None = None
    report: str | None = None

    def say(self, voice: Voice) -> Speech:
        """What it was, when, and how it ended."""
        line = (
            f"#{self.number} · {voice.day(self.opened_at.astimezone(voice.zone).date())} · "
            f"{voice.term('kind', self.kind)} · {voice.term('trade', self.trade)}"
        )
        end = voice.term("state", self.state)
        if self.close_reason is CloseReason.WITHOUT_ANSWER:
            end += " · " + voice.say("no answer to the callback")
        elif self.outcome is not None:
            end += f" · {voice.term('outcome', self.outcome)}"
        if self.rating:
            end += " · " + "⭐" * self.rating
        report = f"\n   🔧 {quote(self.report, 80)}" if self.report else ""
        return Speech(f"{line}\n   {end}{report}")


@dataclass(frozen=True, slots=True)
class UnitHistory(Notification):
    """What was told of a flat before, for those who work there."""

    number: int
    place: str
    lines: tuple[PastTicket, ...]
    has_more: bool = False

    def say(self, voice: Voice) -> Speech:
        """The newest first."""
        title = voice.say("🗂 {place} before #{number}", place=quote(self.place, 80), number=self.number)
        if not self.lines:
            return Speech(voice.say("Nothing yet."), title)
        shown = [line.say(voice).text for line in self.lines]
        return Speech("\n".join([*shown, *(["…"] if self.has_more else [])]), title)
