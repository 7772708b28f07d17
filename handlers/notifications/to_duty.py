"""What staff hear in their duty chat: the card, what happens under it, and kind answers to every tap."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button, Speech
from locales import Voice
from storage.vocabulary import CallbackOutcome, CloseReason, Group, Kind, TicketState, Trade, Urgency

URGENCY_MARKS = {Urgency.EMERGENCY: "🚨", Urgency.URGENT: "🔴", Urgency.NORMAL: "🔵", Urgency.LOW: "⚪"}
STATE_MARKS = {
    TicketState.RECEIVED: "🆕",
    TicketState.ASSIGNED: "🆕",
    TicketState.ACCEPTED: "🛠",
    TicketState.DONE: "✅",
    TicketState.CLOSED: "🏁",
    TicketState.CANCELLED: "↩️",
}


class Menu(StrEnum):
    """Which buttons a card shows."""

    MAIN = "main"
    HAND_OVER = "hand_over"
    ASK = "ask"
    DONE = "done"


class ReadyQuestion(StrEnum):
    """Questions staff ask with one tap."""

    WHEN_HOME = "when_home"
    WHICH_ROOM = "which_room"
    PHOTO = "photo"


class ReadyReport(StrEnum):
    """What was done, with one tap."""

    REPAIRED = "repaired"
    PART_REPLACED = "part_replaced"
    ANSWERED = "answered"
    NOTHING_FOUND = "nothing_found"


def ready_question(voice: Voice, question: ReadyQuestion) -> str:
    """The question in the tenant's language."""
    match question:
        case ReadyQuestion.WHEN_HOME:
            return voice.say("When are you at home, so that we can come?")
        case ReadyQuestion.WHICH_ROOM:
            return voice.say("Which building and room is it?")
        case ReadyQuestion.PHOTO:
            return voice.say("Could you send a photo of it?")


def ready_report(voice: Voice, report: ReadyReport) -> str:
    """What was done, in the reader's language."""
    match report:
        case ReadyReport.REPAIRED:
            return voice.say("Repaired and tested")
        case ReadyReport.PART_REPLACED:
            return voice.say("Part replaced")
        case ReadyReport.ANSWERED:
            return voice.say("Explained and settled")
        case ReadyReport.NOTHING_FOUND:
            return voice.say("Checked, no fault found")


@dataclass(frozen=True, slots=True)
class TicketCard(Notification):
    """One ticket on one screen, edited in place as things change."""

    number: int
    kind: Kind
    trade: Trade
    urgency: Urgency
    state: TicketState
    words: str
    reporter: str
    opened_at: datetime
    group: Group | None = None
    place: str | None = None
    phone: str | None = None
    visit_time: str | None = None
    assignee: str | None = None
    finish_due_at: datetime | None = None
    is_late: bool = False
    urged: int = 0
    reopened: int = 0
    files: int = 0
    report: str | None = None
    close_reason: CloseReason | None = None
    rating: int | None = None
    reply_state: str | None = None
    """True delivery state of the last reply to the tenant, a word of the family `delivery`."""
    menu: Menu = Menu.MAIN

    def say(self, voice: Voice) -> Speech:
        """Title: urgency, number, kind, trade. Then where, what, who, by when."""
        title = f"{URGENCY_MARKS[self.urgency]} #{self.number} {voice.term('kind', self.kind)} · {voice.term('trade', self.trade)}"
        if self.urgency in (Urgency.EMERGENCY, Urgency.URGENT):
            title += f" · {voice.term('urgency', self.urgency)}"
        return Speech("\n".join(self._lines(voice)), title, self._buttons(voice))

    def _lines(self, voice: Voice) -> list[str]:
        lines = [f"📍 {quote(self.place, 120)}"] if self.place else []
        lines.append(voice.say("“{words}”", words=quote(self.words)))
        contact = f"👤 {name(self.reporter)}"
        lines.append(f"{contact} · ☎️ {self.phone}" if self.phone else contact)
        if self.visit_time:
            lines.append(voice.say("🕐 Wants: {time}", time=quote(self.visit_time, 60)))
        if self.files:
            lines.append(voice.say_many("📎 {count} file", "📎 {count} files", self.files))
        if self.urged:
            lines.append(
                voice.say_many("⏰ Tenant asked again once", "⏰ Tenant asked again {count} times", self.urged)
            )
        if self.reopened:
            lines.append(voice.say_many("🔁 Reopened once", "🔁 Reopened {count} times", self.reopened))
        if self.reply_state:
            lines.append(voice.say("↩️ Last reply: {state}", state=voice.term("delivery", self.reply_state)))
        lines.append(self._state_line(voice))
        if self.report:
            lines.append(f"🔧 {quote(self.report, 300)}")
        if self.rating:
            lines.append("⭐" * self.rating)
        return lines

    def _state_line(self, voice: Voice) -> str:
        line = f"{STATE_MARKS[self.state]} {voice.term('state', self.state)}"
        if self.close_reason is CloseReason.WITHOUT_ANSWER:
            line += " · " + voice.say("no answer to the callback")
        if self.assignee:
            line += f" · {name(self.assignee)}"
        elif self.group and self.state is TicketState.ASSIGNED:
            line += f" · {voice.term('group', self.group)}"
        if self.finish_due_at and self.state in (TicketState.ASSIGNED, TicketState.ACCEPTED):
            by = voice.say("by {time}", time=voice.moment(self.finish_due_at))
            line += f" · {'⚠️ ' if self.is_late else ''}{by}"
        return line

    def _buttons(self, voice: Voice) -> tuple[tuple[Button, ...], ...]:
        if self.state not in (TicketState.ASSIGNED, TicketState.ACCEPTED):
            return ()
        back = (Button(voice.say("← Back"), "card"),)
        match self.menu:
            case Menu.HAND_OVER:
                others = [
                    Button(voice.term("group", group), f"hand_over:{group}")
                    for group in Group
                    if group is not self.group
                ]
                return (tuple(others[:2]), tuple(others[2:]), back)
            case Menu.ASK:
                asks = [Button(ready_question(voice, q), f"ask:{q}") for q in ReadyQuestion]
                return (*((ask,) for ask in asks), (Button(voice.say("✍️ Write my own"), "ask:own"),), back)
            case Menu.DONE:
                done = [Button(ready_report(voice, r), f"done:{r}") for r in ReadyReport]
                return (tuple(done[:2]), tuple(done[2:]), (Button(voice.say("✍️ Write my own"), "done:own"),), back)
            case Menu.MAIN:
                first = (Button(voice.say("✋ Take"), "take"),) if self.state is TicketState.ASSIGNED else ()
                return (
                    (*first, Button(voice.say("✅ Done"), "done")),
                    (Button(voice.say("❓ Ask"), "ask"), Button(voice.say("➡️ Hand over"), "hand_over")),
                )


@dataclass(frozen=True, slots=True)
class CardsGathered(Notification):
    """A storm in one message; its cards are behind a button."""

    count: int
    urgent: int
    numbers: tuple[int, ...]
    """The first few, urgent first."""
    is_all_shown: bool = False

    def say(self, voice: Voice) -> Speech:
        """How many, how many urgent, which."""
        text = voice.say_many("📥 {count} new request", "📥 {count} new requests", self.count)
        if self.urgent:
            text += " · " + voice.say("🔴 {count} urgent", count=self.urgent)
        text += (
            "\n" + " ".join(f"#{number}" for number in self.numbers) + (" …" if self.count > len(self.numbers) else "")
        )
        return Speech(text, buttons=() if self.is_all_shown else ((Button(voice.say("Show the next cards"), "show"),),))


@dataclass(frozen=True, slots=True)
class TenantSaid(Notification):
    """The tenant's answer, under the card."""

    number: int
    name: str
    words: str

    def say(self, voice: Voice) -> Speech:
        """Who and what."""
        title = voice.say("💬 #{number} · {name}", number=self.number, name=name(self.name))
        return Speech(quote(self.words, 3000) or voice.say("(photo or file)"), title)


@dataclass(frozen=True, slots=True)
class FileOf(Notification):
    """Carries one photo or file to the other side, with the number it belongs to."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """The caption."""
        return Speech(voice.say("📎 No. {number}", number=self.number))


@dataclass(frozen=True, slots=True)
class TenantUrges(Notification):
    """The tenant asks again."""

    number: int
    times: int

    def say(self, voice: Voice) -> Speech:
        """How often."""
        return Speech(
            voice.say_many(
                "⏰ The tenant asks about #{number} again.",
                "⏰ The tenant asks about #{number} again, for the {count}. time.",
                self.times,
                number=self.number,
            )
        )


@dataclass(frozen=True, slots=True)
class NotFixed(Notification):
    """The callback came back bad: same hands, now urgent."""

    number: int
    outcome: CallbackOutcome
    assignee: str | None

    def say(self, voice: Voice) -> Speech:
        """What the tenant said and who goes on."""
        said = voice.term("outcome", self.outcome)
        if self.assignee:
            who = name(self.assignee)
            return Speech(
                voice.say(
                    "🔁 #{number}, says the tenant: {said}. Open again with {name}.",
                    number=self.number,
                    said=said,
                    name=who,
                )
            )
        return Speech(
            voice.say("🔁 #{number}, says the tenant: {said}. Open again for the group.", number=self.number, said=said)
        )


@dataclass(frozen=True, slots=True)
class StillUntaken(Notification):
    """Nobody took it yet."""

    number: int
    minutes: int

    def say(self, voice: Voice) -> Speech:
        """How long it has waited."""
        return Speech(
            voice.say(
                "⏳ #{number} has waited {minutes} minutes. Who can take it?", number=self.number, minutes=self.minutes
            ),
            buttons=((Button(voice.say("✋ Take"), "take"),),),
        )


@dataclass(frozen=True, slots=True)
class WhatToAsk(Notification):
    """Staff want to ask something of their own."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """Reply here."""
        return Speech(
            voice.say(
                "✍️ Reply to this message with your question; the tenant of #{number} will get it.", number=self.number
            )
        )


@dataclass(frozen=True, slots=True)
class WhatWasDone(Notification):
    """Staff want to report in their own words."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """Reply here."""
        return Speech(voice.say("✍️ Reply to this message with what was done for #{number}.", number=self.number))


@dataclass(frozen=True, slots=True)
class NotDelivered(Notification):
    """A reply did not reach the tenant, and what happens instead."""

    number: int
    delivery: str
    is_noticed_in_room: bool
    phone: str | None = None

    def say(self, voice: Voice) -> Speech:
        """The true state first, then the way out."""
        state = voice.term("delivery", self.delivery)
        lines = [voice.say("📭 #{number}: {state}.", number=self.number, state=state)]
        if self.is_noticed_in_room:
            lines.append(voice.say("I have told them in the building's group that an answer waits."))
        lines.append(
            voice.say("You can call {phone}.", phone=self.phone)
            if self.phone
            else voice.say("Please call or visit if it cannot wait.")
        )
        return Speech("\n".join(lines))


@dataclass(frozen=True, slots=True)
class PossibleRequest(Notification):
    """Words the desk was unsure of and nobody explained; a person decides."""

    name: str
    words: str

    def say(self, voice: Voice) -> Speech:
        """The words, and one tap to open or dismiss."""
        kinds = (Kind.REPAIR, Kind.COMPLAINT, Kind.INQUIRY)
        return Speech(
            voice.say("{name}: “{words}”", name=name(self.name), words=quote(self.words)),
            voice.say("🤔 Possible request, nobody answered"),
            (
                tuple(Button(voice.term("kind", kind), f"kind:{kind}") for kind in kinds),
                (Button(voice.say("Dismiss"), f"kind:{Kind.CHATTER}"),),
            ),
        )


@dataclass(frozen=True, slots=True)
class PossibleRequestSettled(Notification):
    """Takes the place of a possible request once somebody decided."""

    name: str
    words: str
    number: int | None

    def say(self, voice: Voice) -> Speech:
        """What became of it."""
        end = voice.say("Opened as #{number}.", number=self.number) if self.number else voice.say("Dismissed.")
        return Speech(voice.say("{name}: “{words}”", name=name(self.name), words=quote(self.words)) + f"\n{end}")


@dataclass(frozen=True, slots=True)
class Toast(Notification):
    """A short answer to a tap, shown to the one who tapped."""

    kind: "ToastKind"
    number: int | None = None
    who: str | None = None

    def say(self, voice: Voice) -> Speech:
        """One sentence."""
        return Speech(_toast(voice, self))


class ToastKind(StrEnum):
    """Every answer a tap can get."""

    YOURS = "yours"
    TAKEN_BY = "taken_by"
    ALREADY_DONE = "already_done"
    MOVED_ON = "moved_on"
    OLD_CARD = "old_card"
    NOT_FOR_YOU = "not_for_you"
    HANDED_OVER = "handed_over"
    NO_DUTY_CHAT = "no_duty_chat"
    DONE = "done"
    ASKED = "asked"
    RECORDED = "recorded"
    NO_MORE = "no_more"


def _toast(voice: Voice, toast: Toast) -> str:
    number, who = toast.number or "", name(toast.who or "")
    match toast.kind:
        case ToastKind.YOURS:
            return voice.say("#{number} is yours. Thank you!", number=number)
        case ToastKind.TAKEN_BY:
            return voice.say("#{number} is with {name} already.", number=number, name=who)
        case ToastKind.ALREADY_DONE:
            return voice.say("#{number} is finished already.", number=number)
        case ToastKind.MOVED_ON:
            return voice.say("#{number} has moved on; the card shows where it is now.", number=number)
        case ToastKind.OLD_CARD:
            return voice.say("This card is old; the newest one is further down.")
        case ToastKind.NOT_FOR_YOU:
            return voice.say("This question is for somebody else. If you need help, just write it here.")
        case ToastKind.HANDED_OVER:
            return voice.say("#{number} is handed over.", number=number)
        case ToastKind.NO_DUTY_CHAT:
            return voice.say("That group has no duty chat yet.")
        case ToastKind.DONE:
            return voice.say("#{number} is done. Well done!", number=number)
        case ToastKind.ASKED:
            return voice.say("The tenant of #{number} is being asked.", number=number)
        case ToastKind.RECORDED:
            return voice.say("Recorded, thank you.")
        case ToastKind.NO_MORE:
            return voice.say("All of them are shown.")
