"""The card: one ticket on one screen, edited in place as things change."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from handlers.notifications.hours import Slot
from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button, Speech
from handlers.notifications.to_duty.complaint import (
    UNNAMED,
    Choice,
    ComplaintShown,
    complaint_lines,
    complaint_rows,
    concern_rows,
    more_rows,
)
from handlers.notifications.to_duty.correcting import correcting_rows
from handlers.notifications.to_duty.ready import Menu, questions_for, ready_question, ready_report, reports_for
from handlers.notifications.to_duty.replying import reply_line
from handlers.notifications.to_duty.reports import Report, merge_buttons, places_line, report_lines, split_buttons
from handlers.notifications.to_duty.suspected import suspect_line
from handlers.notifications.to_duty.visits import VisitShown, visit_line
from handlers.notifications.to_duty.waiting import waiting_line, waiting_rows
from handlers.notifications.to_duty.working import (
    Colleague,
    NextRung,
    colleague_rows,
    escalate_rows,
    hand_over_rows,
    main_rows,
    more_rows_of,
    staff_rows,
    visit_rows,
)
from handlers.notifications.trial import trial_line
from handlers.understanding.suspects import Suspect
from locales import Voice
from storage.registration_vocabulary import Source
from storage.roster_vocabulary import MemberRole, WaitsFor
from storage.vocabulary import CloseReason, Group, Kind, TicketState, Trade, Urgency

WORTH_TELLING = timedelta(minutes=10)
"""Words heard later than this after they were written are shown with their time: an old cry is no new one."""
URGENCY_MARKS = {Urgency.EMERGENCY: "🚨", Urgency.URGENT: "🔴", Urgency.NORMAL: "🔵", Urgency.LOW: "⚪"}
STATE_MARKS = {
    TicketState.RECEIVED: "🆕",
    TicketState.ASSIGNED: "🆕",
    TicketState.ACCEPTED: "🛠",
    TicketState.DONE: "✅",
    TicketState.CLOSED: "🏁",
    TicketState.CANCELLED: "↩️",
}


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
    written_at: datetime
    opened_at: datetime
    group: Group | None = None
    place: str | None = None
    suspect: Suspect | None = None
    """The neighbour's flat from which it comes, as the tenant tells it."""
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
    reply_states: tuple[str, ...] = ()
    """True delivery state of the last reply, for each whom it was for: words of the family `delivery`."""
    has_room: bool = False
    """Whether it is known behind which door; then nobody need ask."""
    menu: Menu = Menu.MAIN
    reporters: int = 1
    """How many have reported it."""
    places: tuple[str, ...] = ()
    """Where they told it from, when there are several."""
    reports: tuple[Report, ...] = ()
    """With the menu of reports, each of them; with that of merging, the tickets it may be merged into."""
    perhaps_same: Report | None = None
    """An open ticket it may be the same as: staff decide."""
    buildings: tuple[str, ...] = ()
    """With the menus of correcting: what may be chosen as its building."""
    merged_into: int | None = None
    """The ticket that has the incident's card; then this card is only a sign to it."""
    is_shadow: bool = False
    """Whether it came from a room the desk only listens to: the tenant has heard nothing, and will hear nothing."""
    answer_due_at: datetime | None = None
    """By when somebody is to see to it, while nobody has."""
    offered_to: str | None = None
    """Whose turn it is to take it."""
    escalated_to: MemberRole | None = None
    """The highest who has been told that it is stuck."""
    waits_for: WaitsFor | None = None
    waits_since: datetime | None = None
    complaint: ComplaintShown | None = None
    choices: tuple[Choice, ...] = ()
    """With the menu of whom it is about: who may be chosen."""
    visit: VisitShown | None = None
    slots: tuple[Slot, ...] = ()
    wish: Slot | None = None
    """With the menu of a visit: hours to choose from, and the one the tenant has named."""
    colleagues: tuple[Colleague, ...] = ()
    next_rung: NextRung | None = None
    """With the menus of handing over and escalating: to whom."""
    can_print: bool = False
    has_answers: bool = False
    """With the menu of what is rare: whether a sheet can be reached by anybody, and answers are ready."""
    source: Source | None = None
    """How it came, where staff registered it for the tenant."""
    registered_by: str | None = None
    is_ours: bool = True
    """Whether this chat may act on it; after a hand-over the former group's card has no buttons."""

    def say(self, voice: Voice) -> Speech:
        """Title: urgency, number, kind, trade. Then where, what, who, by when."""
        return Speech("\n".join(self._lines(voice)), self._title(voice), self._buttons(voice))

    def say_anew(self, voice: Voice) -> Speech:
        """What is new, where the card above cannot be changed: the words stand there already. Lists are shown whole."""
        if self.menu in (Menu.REPORTS, Menu.MERGE) or self.merged_into:
            return self.say(voice)
        place = [f"📍 {quote(self.place, 120)}"] if self.place else []
        return Speech("\n".join([*place, *self._news(voice)]), self._title(voice), self._buttons(voice))

    def _title(self, voice: Voice) -> str:
        kind, trade = voice.term("kind", self.kind), voice.term("trade", self.trade)
        title = f"{URGENCY_MARKS[self.urgency]} #{self.number} {kind} · {trade}"
        if self.urgency in (Urgency.EMERGENCY, Urgency.URGENT):
            title += f" · {voice.term('urgency', self.urgency)}"
        return title

    def _lines(self, voice: Voice) -> list[str]:
        lines = [f"📍 {quote(self.place, 120)}"] if self.place else []
        lines.append(voice.say("“{words}”", words=quote(self.words)))
        if self.merged_into:
            lines.append(voice.say("🔗 Reported by others too: see #{number}.", number=self.merged_into))
            if self.complaint is not None and self.state is TicketState.CLOSED:
                lines += complaint_lines(voice, self.complaint, is_open=False)
            return lines
        contact = voice.say("🕶 Anonymous") if self.reporter == UNNAMED else f"👤 {name(self.reporter)}"
        lines.append(f"{contact} · ☎️ {quote(self.phone, 40)}" if self.phone else contact)
        if self.source and self.registered_by:
            lines.append(_source_line(voice, self.source, self.registered_by))
        if self.reporters > 1:
            lines.append(places_line(voice, self.reporters, self.places))
        if self.menu is Menu.REPORTS:
            lines += report_lines(voice, self.reports)
        if self.suspect is not None:
            lines.append(suspect_line(voice, self.suspect))
        if self.opened_at - self.written_at >= WORTH_TELLING:
            lines.append(voice.say("🕓 Written {time}", time=voice.moment(self.written_at)))
        return [*lines, *self._news(voice)]

    def _news(self, voice: Voice) -> list[str]:
        """How things stand: all that changes while the words stay."""
        lines: list[str] = []
        if self.visit is not None:
            lines.append(visit_line(voice, self.visit))
        elif self.visit_time:
            lines.append(voice.say("🕐 Prefers: {time}", time=quote(self.visit_time, 60)))
        if self.files:
            lines.append(voice.say_many("📎 {count} file", "📎 {count} files", self.files))
        if self.urged:
            lines.append(
                voice.say_many("⏰ Tenant asked again once", "⏰ Tenant asked again {count} times", self.urged)
            )
        if self.reopened:
            lines.append(voice.say_many("🔁 Reopened once", "🔁 Reopened {count} times", self.reopened))
        if self.reply_states:
            lines.append(reply_line(voice, self.reply_states))
        if self.is_shadow:
            lines.append(trial_line(voice))
        lines.append(self._state_line(voice))
        if self.complaint is not None and self.state is not TicketState.CANCELLED:
            is_open = self.state in (TicketState.ASSIGNED, TicketState.ACCEPTED)
            lines += complaint_lines(voice, self.complaint, is_open=is_open)
        if self.offered_to and self.state is TicketState.ASSIGNED:
            lines.append(voice.say("👉 For {name} to take", name=name(self.offered_to)))
        if self.escalated_to and self.state in (TicketState.ASSIGNED, TicketState.ACCEPTED):
            lines.append(voice.say("⏫ {role} has been told", role=voice.term("member_role", self.escalated_to)))
        if self.waits_for and self.state in (TicketState.ASSIGNED, TicketState.ACCEPTED):
            lines.append(waiting_line(voice, self.waits_for, self.waits_since))
        if self.report:
            lines.append(f"🔧 {quote(self.report, 300)}")
        if self.rating:
            lines.append("⭐" * self.rating)
        if self.perhaps_same and self.state in (TicketState.ASSIGNED, TicketState.ACCEPTED):
            lines += [voice.say("❔ Is it the same as this one?"), *report_lines(voice, (self.perhaps_same,))]
        return lines

    def _state_line(self, voice: Voice) -> str:
        line = f"{STATE_MARKS[self.state]} {voice.term('state', self.state)}"
        if self.close_reason is CloseReason.WITHOUT_ANSWER:
            line += " · " + voice.say("no answer to the callback")
        if self.assignee:
            line += f" · {name(self.assignee)}"
        elif self.group and self.state is TicketState.ASSIGNED:
            line += f" · {voice.term('group', self.group)}"
        if self.answer_due_at and self.state is TicketState.ASSIGNED and self.urgency is not Urgency.EMERGENCY:
            line += " · " + voice.say("answer by {time}", time=voice.moment(self.answer_due_at))
        if self.finish_due_at and self.state in (TicketState.ASSIGNED, TicketState.ACCEPTED):
            line += f" · {'⚠️ ' if self.is_late else ''}{self._promise(voice, self.finish_due_at)}"
        return line

    def _promise(self, voice: Voice, due_at: datetime) -> str:
        """Nobody may read hours of time into an emergency."""
        if self.urgency is Urgency.EMERGENCY:
            return voice.say("now")
        return voice.say("by {time}", time=voice.moment(due_at))

    def _buttons(self, voice: Voice) -> tuple[tuple[Button, ...], ...]:
        if self.complaint is not None and self.state is TicketState.CLOSED and self.is_ours:
            return complaint_rows(voice, self.complaint, Menu.MAIN, self.state)
        if not self.is_ours or self.merged_into or self.state not in (TicketState.ASSIGNED, TicketState.ACCEPTED):
            return ()
        back = (Button(voice.say("← Back"), "card"),)
        match self.menu:
            case Menu.MAIN if self.complaint is not None:
                return (*self._same_or_not(voice), *complaint_rows(voice, self.complaint, self.menu, self.state))
            case Menu.WEIGH if self.complaint is not None:
                return (*complaint_rows(voice, self.complaint, self.menu, self.state), back)
            case Menu.MORE if self.complaint is not None:
                return (*more_rows(voice, self.complaint, self.waits_for, self.reporters), *self._rare(voice), back)
            case Menu.CONCERN:
                return (*concern_rows(voice, self.choices), back)
            case Menu.HAND_OVER:
                return (*hand_over_rows(voice, self.group, self.colleagues), back)
            case Menu.COLLEAGUE:
                return (*colleague_rows(voice, self.colleagues), back)
            case Menu.ESCALATE:
                return (*escalate_rows(voice, self.next_rung), back)
            case Menu.VISIT:
                return (*visit_rows(voice, self.visit, self.slots, self.wish), back)
            case Menu.MORE:
                return (*more_rows_of(voice, self.reporters), *self._rare(voice), back)
            case Menu.ASK:
                fitting = questions_for(
                    self.kind,
                    self.trade,
                    has_room=self.has_room,
                    has_files=bool(self.files),
                    has_phone=bool(self.phone),
                )
                asks = [Button(ready_question(voice, question), f"ask:{question}") for question in fitting]
                return (*((ask,) for ask in asks), (Button(voice.say("✍️ Write my own"), "ask:own"),), back)
            case Menu.DONE:
                done = [Button(ready_report(voice, r), f"done:{r}") for r in reports_for(self.kind, self.trade)]
                rows = tuple(tuple(done[first : first + 2]) for first in range(0, len(done), 2))
                return (*rows, (Button(voice.say("✍️ Write my own"), "done:own"),), back)
            case Menu.CORRECT | Menu.CORRECT_KIND | Menu.CORRECT_TRADE | Menu.CORRECT_URGENCY | Menu.CORRECT_PLACE:
                rows = correcting_rows(voice, self.menu, self.kind, self.trade, self.urgency, self.buildings)
                return (*rows, back)
            case Menu.WAIT:
                return (*waiting_rows(voice, self.waits_for), back)
            case Menu.REPORTS:
                return (*split_buttons(voice, self.reports, self.number), back)
            case Menu.MERGE:
                return (*merge_buttons(voice, self.reports), back)
            case _:
                is_taken = self.state is TicketState.ACCEPTED
                main = main_rows(voice, is_taken=is_taken, visit=self.visit, waits_for=self.waits_for)
                return (*self._same_or_not(voice), *main)

    def _rare(self, voice: Voice) -> tuple[tuple[Button, ...], ...]:
        has = {"has_room": self.has_room, "can_print": self.can_print, "has_answers": self.has_answers}
        return staff_rows(voice, **has, is_guarded=self.complaint is not None and self.complaint.is_guarded)

    def _same_or_not(self, voice: Voice) -> tuple[tuple[Button, ...], ...]:
        if self.perhaps_same is None:
            return ()
        same = Button(voice.say("🔗 Same as #{number}", number=self.perhaps_same.number), "same:yes")
        return ((same, Button(voice.say("Separate"), "same:no")),)


def _source_line(voice: Voice, source: Source, by: str) -> str:
    return voice.say("🧾 {source}, registered by {name}", source=voice.term("source", source), name=name(by))
