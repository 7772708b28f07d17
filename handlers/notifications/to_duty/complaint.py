"""What staff see of a complaint: the step at hand on its card, the few buttons of that step, and what comes of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button, Speech
from handlers.notifications.to_duty.ready import Menu
from handlers.notifications.to_duty.waiting import waiting_button
from locales import Voice
from storage.complaint_vocabulary import Affected, ComplaintStep, Weight
from storage.roster_vocabulary import WaitsFor
from storage.vocabulary import Group, TicketState

UNNAMED = "🕶"
"""What stands for the name of an author who gave none; it reads alike in every language."""
STEPS = 7
NTH = {
    ComplaintStep.CONFIRM: 2,
    ComplaintStep.INVESTIGATE: 3,
    ComplaintStep.PROPOSE: 4,
    ComplaintStep.ANSWER: 5,
    ComplaintStep.CARRY_OUT: 5,
    ComplaintStep.CALL_BACK: 6,
    ComplaintStep.SUMMARISE: 7,
}
"""Receiving it was the first."""


class StepWords(StrEnum):
    """What staff write for a step."""

    ACCOUNT = "account"
    FINDING = "finding"
    PROPOSAL = "proposal"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class ComplaintShown:
    """What a card shows of a complaint beside its ticket."""

    step: ComplaintStep = ComplaintStep.CONFIRM
    is_asked: bool = False
    due_at: datetime | None = None
    is_late: bool = False
    weight: Weight | None = None
    affected: Affected | None = None
    proposals: int = 0
    summary: str | None = None
    is_guarded: bool = False
    """Whether it is about somebody of ours, so that only those above them see it."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button to choose whom it is about by; `key` comes back with the tap."""

    key: str
    name: str | None = None
    group: Group | None = None

    def label(self, voice: Voice) -> str:
        """A member's name, a group's word, or one of the few that are neither."""
        if self.name is not None:
            return name(self.name)
        if self.group is not None:
            return voice.term("group", self.group)
        match self.key:
            case "above":
                return voice.say("Somebody above the groups")
            case "nobody":
                return voice.say("Nobody of ours")
            case _:
                return voice.say("Not known who")


def complaint_lines(voice: Voice, shown: ComplaintShown, *, is_open: bool) -> list[str]:
    """The step with its time, then weight and whom it affects."""
    lines = []
    if shown.step in NTH:
        line = voice.say(
            "🧭 {nth}/{steps} {step}",
            nth=NTH[shown.step],
            steps=STEPS,
            step=voice.term("complaint_step", shown.step),
        )
        if shown.is_asked:
            line += " · " + voice.say("waits for the tenant's word")
        elif shown.due_at is not None:
            due = voice.say("by {time}", time=voice.moment(shown.due_at))
            line += f" · {'⚠️ ' if shown.is_late else ''}{due}"
        lines.append(line)
    weighed = [
        *([voice.term("weight", shown.weight)] if shown.weight else []),
        *([voice.term("affected", shown.affected)] if shown.affected else []),
    ]
    if weighed:
        lines.append("⚖️ " + " · ".join(weighed))
    if shown.is_guarded and is_open:
        lines.append(voice.say("🔒 About somebody of ours: shown here only"))
    if shown.summary:
        lines.append(f"📁 {quote(shown.summary, 300)}")
    return lines


def complaint_rows(
    voice: Voice, shown: ComplaintShown, menu: Menu, state: TicketState
) -> tuple[tuple[Button, ...], ...]:
    """The buttons of the step at hand, and of the two menus that are a complaint's own."""
    match menu:
        case Menu.WEIGH:
            weights = tuple(Button(voice.term("weight", each), f"step:weight={each}") for each in Weight)
            affected = tuple(Button(voice.term("affected", each), f"step:affected={each}") for each in Affected)
            return (weights, affected)
        case _ if state is TicketState.CLOSED:
            closes = shown.step is ComplaintStep.SUMMARISE
            return ((Button(voice.say("✍️ Close with a summary"), "step:summary"),),) if closes else ()
        case _:
            take = (Button(voice.say("✋ Take"), "take"),) if state is TicketState.ASSIGNED else ()
            more = (Button(voice.say("⚖️ Weight"), "step:weigh"), Button(voice.say("⋯ More"), "more"))
            return (*_rows_of_step(voice, shown, take), more)


def _rows_of_step(voice: Voice, shown: ComplaintShown, take: tuple[Button, ...]) -> tuple[tuple[Button, ...], ...]:
    match shown.step, shown.is_asked:
        case ComplaintStep.CONFIRM, False:
            return ((*take, Button(voice.say("🗣 Confirm with the tenant"), "step:account")),)
        case ComplaintStep.CONFIRM, True:
            again = Button(voice.say("🗣 Confirm again"), "step:account")
            return (take, (again, Button(voice.say("📞 Confirmed by phone"), "step:confirmed")))[not take :]
        case ComplaintStep.INVESTIGATE, _:
            return ((*take, Button(voice.say("🔎 What we found"), "step:finding")),)
        case ComplaintStep.PROPOSE, _:
            return ((*take, Button(voice.say("💡 Propose"), "step:proposal")),)
        case ComplaintStep.ANSWER, _:
            another = Button(voice.say("💡 Another proposal"), "step:proposal")
            return (take, (another, Button(voice.say("📞 Agreed by phone"), "step:agreed")))[not take :]
        case _:
            return ((*take, Button(voice.say("✅ Done"), "done")),)


def more_rows(
    voice: Voice, shown: ComplaintShown, waits_for: WaitsFor | None, reporters: int
) -> tuple[tuple[Button, ...], ...]:
    """What is wanted now and then. What is about somebody of ours is handed to nobody and merged with nothing."""
    about = Button(voice.say("👤 About one of us"), "concern")
    correct, why = Button(voice.say("✏️ Correct"), "correct"), Button(voice.say("💡 Why?"), "why")
    first = (
        Button(voice.say("✅ Done"), "done"),
        Button(voice.say("❓ Ask"), "ask"),
        waiting_button(voice, waits_for),
    )
    if shown.is_guarded:
        return (first, (about, correct, why))
    hand_over = Button(voice.say("➡️ Hand over"), "hand_over")
    merge = Button(voice.say("🔗 Merge"), "merge")
    reports = (Button(voice.say("👥 All reports"), "reports"),) if reporters > 1 else ()
    return (first, (about, hand_over), (merge, *reports), (correct, why))


def concern_rows(voice: Voice, choices: tuple[Choice, ...]) -> tuple[tuple[Button, ...], ...]:
    """Whom it is about, two in a row."""
    buttons = [Button(choice.label(voice), f"concern:{choice.key}") for choice in choices]
    return tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))


@dataclass(frozen=True, slots=True)
class WriteStep(Notification):
    """Staff are about to write the words of a step."""

    number: int
    what: StepWords
    is_written: bool = False

    def say(self, voice: Voice) -> Speech:
        """What to write, and who reads it."""
        number = self.number
        if self.is_written:
            return Speech(voice.say("✅ #{number}: written down, thank you.", number=number))
        match self.what:
            case StepWords.ACCOUNT:
                return Speech(
                    voice.say(
                        "🗣 #{number}: write in your words what happened; the tenant is asked whether it is right.",
                        number=number,
                    ),
                    buttons=((Button(voice.say("As they wrote it"), "step:as_written"),),),
                )
            case StepWords.FINDING:
                said = voice.say("🔎 #{number}: write what you found. It stays among staff.", number=number)
            case StepWords.PROPOSAL:
                said = voice.say(
                    "💡 #{number}: write what you propose; the tenant accepts it or asks for something else.",
                    number=number,
                )
            case StepWords.SUMMARY:
                said = voice.say(
                    "✍️ #{number}: one or two sentences to learn from, without names, rooms or phones.", number=number
                )
        return Speech(said)


@dataclass(frozen=True, slots=True)
class TenantAnswered(Notification):
    """The tenant has tapped under what was told or proposed."""

    number: int
    step: ComplaintStep
    is_yes: bool

    def say(self, voice: Voice) -> Speech:
        """What they said, and what comes next."""
        number = self.number
        if self.step is ComplaintStep.CONFIRM and self.is_yes:
            return Speech(voice.say("🗣 #{number}: yes, that is right, says the tenant.", number=number))
        if self.step is ComplaintStep.CONFIRM:
            return Speech(
                voice.say("🗣 #{number}: not quite, says the tenant. I've asked what to put right.", number=number)
            )
        if self.is_yes:
            return Speech(voice.say("🤝 #{number}: the tenant accepts the proposal.", number=number))
        return Speech(voice.say("💡 #{number}: the tenant would like something else. I've asked what.", number=number))


@dataclass(frozen=True, slots=True)
class StepLate(Notification):
    """The time of a step is over."""

    number: int
    step: ComplaintStep
    due_at: datetime
    who: tuple[str, ...] = ()
    """Whose it is, and who leads them."""

    def say(self, voice: Voice) -> Speech:
        """Which step, and who is asked."""
        said = voice.say(
            "🔔 #{number}: “{step}” was promised by {time}.",
            number=self.number,
            step=voice.term("complaint_step", self.step),
            time=voice.moment(self.due_at),
        )
        names = " · ".join(map(name, self.who))
        return Speech(f"{said}\n👉 {names}" if names else said)


@dataclass(frozen=True, slots=True)
class TenantSilent(Notification):
    """The tenant was asked and has not answered."""

    number: int
    phone: str | None = None

    def say(self, voice: Voice) -> Speech:
        """A call is due; the clock runs again."""
        said = voice.say("📞 #{number}: no answer from the tenant yet. Please call.", number=self.number)
        return Speech(f"{said}\n☎️ {quote(self.phone, 40)}" if self.phone else said)


@dataclass(frozen=True, slots=True)
class LookedAfterElsewhere(Notification):
    """Takes the place of what stood here about a ticket that is no longer this chat's."""

    number: int

    def say(self, voice: Voice) -> Speech:
        """Nothing of what it was about."""
        return Speech(voice.say("#{number} is looked after elsewhere now.", number=self.number))
