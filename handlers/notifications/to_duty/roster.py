"""What staff hear of the roster: who is on duty, whose account it is, who would swap with whom."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button, Speech
from locales import Voice
from storage.roster_vocabulary import MemberRole, SwapState
from storage.vocabulary import Group


@dataclass(frozen=True, slots=True)
class DutyPerson:
    """Somebody on duty."""

    name: str
    until: datetime
    phone: str | None = None
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A group, who is on duty for it, and who comes next."""

    group: Group
    people: tuple[DutyPerson, ...] = ()
    next_name: str | None = None
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OnDuty(Notification):
    """Who is on duty now, for staff: with their phones."""

    lines: tuple[DutyLine, ...]

    def say(self, voice: Voice) -> Speech:
        """Group by group; nobody is said as loudly as somebody."""
        if not self.lines:
            return Speech(voice.say("No roster has been set up yet."))
        text = "\n".join(line for group in self.lines for line in _duty_lines(voice, group))
        return Speech(text, voice.say("👥 On duty now"))


def _duty_lines(voice: Voice, line: DutyLine) -> list[str]:
    group = voice.term("group", line.group)
    told = [voice.say("{group}: {people}", group=group, people=_person(voice, one)) for one in line.people]
    if not told:
        told = [voice.say("{group}: ⚠️ nobody", group=group)]
    if line.next_name and line.next_at:
        at = voice.moment(line.next_at)
        told.append("   " + voice.say("next: {name}, from {time}", name=name(line.next_name), time=at))
    return told


def _person(voice: Voice, one: DutyPerson) -> str:
    said = voice.say("{name} until {time}", name=name(one.name), time=voice.time(one.until))
    if one.instead_of:
        said += " " + voice.say("(for {name})", name=name(one.instead_of))
    return f"{said} · ☎️ {quote(one.phone, 40)}" if one.phone else said


@dataclass(frozen=True, slots=True)
class KnownAs(Notification):
    """An account is bound to a member of the roster."""

    name: str
    role: MemberRole
    group: Group | None

    def say(self, voice: Voice) -> Speech:
        """Whose it is from now on."""
        role = voice.term("member_role", self.role)
        where = f"{voice.term('group', self.group)} · {role}" if self.group else role
        return Speech(voice.say("🪪 Hello {name}! I know you now: {where}.", name=name(self.name), where=where))


@dataclass(frozen=True, slots=True)
class IamRefused(Notification):
    """A member's code that is unknown, used or expired; the same words for all three."""

    def say(self, voice: Voice) -> Speech:
        """How to get one that works."""
        return Speech(voice.say("This code doesn't work. Whoever looks after Lobby can print you a new one."))


class SwapTrouble(StrEnum):
    """Why a swap cannot be asked for."""

    UNKNOWN_ASKER = "unknown_asker"
    HOW = "how"
    UNKNOWN_OTHER = "unknown_other"
    PAST = "past"
    NO_SHIFT = "no_shift"


@dataclass(frozen=True, slots=True)
class SwapRefused(Notification):
    """A swap that cannot be asked for."""

    trouble: SwapTrouble
    who: str | None = None

    def say(self, voice: Voice) -> Speech:
        """Why, and what to do instead."""
        who = name(self.who or "")
        match self.trouble:
            case SwapTrouble.UNKNOWN_ASKER:
                return Speech(voice.say("I don't know yet which name on the roster is yours. Ask for a code first."))
            case SwapTrouble.HOW:
                return Speech(voice.say("Please write it like this: /swap 10-03 NAME, and perhaps the day in return."))
            case SwapTrouble.UNKNOWN_OTHER:
                return Speech(voice.say("“{name}” is not on the roster.", name=who))
            case SwapTrouble.PAST:
                return Speech(voice.say("That day is over already."))
            case SwapTrouble.NO_SHIFT:
                return Speech(voice.say("{name} has no shift on that day.", name=who))


@dataclass(frozen=True, slots=True)
class SwapAsked(Notification):
    """Somebody asks a colleague to work for them; one message from the asking to the lead's tap."""

    swap_id: int
    asker: str
    other: str
    day: date
    state: SwapState
    return_day: date | None = None

    def say(self, voice: Voice) -> Speech:
        """Who for whom, when, and how far it is."""
        asker, other = name(self.asker), name(self.other)
        lines = [
            voice.say("🔄 {other} would work for {asker} on {day}.", other=other, asker=asker, day=voice.day(self.day))
        ]
        if self.return_day:
            day = voice.day(self.return_day)
            lines.append(voice.say("In return {asker} would work on {day}.", asker=asker, day=day))
        buttons: tuple[tuple[Button, ...], ...] = ()
        match self.state:
            case SwapState.ASKED:
                lines.append(voice.say("{name}, will you?", name=other))
                buttons = ((Button(voice.say("🤝 I will"), "agree"), Button(voice.say("✖️ No"), "refuse")),)
            case SwapState.AGREED:
                lines.append(voice.say("{name} agrees. The lead has the last word.", name=other))
                buttons = ((Button(voice.say("✅ Approve"), "approve"), Button(voice.say("✖️ No"), "refuse")),)
            case SwapState.APPROVED:
                lines.append(voice.say("✅ Approved; the roster says so now."))
            case SwapState.REFUSED:
                lines.append(voice.say("✖️ Not this time; the roster stays as it was."))
        return Speech("\n".join(lines), buttons=buttons)
