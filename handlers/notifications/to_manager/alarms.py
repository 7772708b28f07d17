"""What is stuck or lost and cannot wait for the digest. No phone, no room, no words."""

from dataclasses import dataclass
from datetime import datetime

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name
from handlers.notifications.speech import Speech
from locales import Voice
from storage.roster_vocabulary import MemberRole
from storage.vocabulary import Group, Trade

UNTAKEN_SHOWN = 15


@dataclass(frozen=True, slots=True)
class UntakenLine:
    """One ticket nobody has taken; without a group no duty chat exists for it, unless it is for those above."""

    number: int
    trade: Trade
    group: Group | None
    since: datetime
    is_above: bool = False
    """Whether it is about one of the teams, so that its card stands with the managers."""


@dataclass(frozen=True, slots=True)
class Untaken(Notification):
    """Every ticket nobody takes, in one message."""

    lines: tuple[UntakenLine, ...]

    def say(self, voice: Voice) -> Speech:
        """Which, whose, since when; the first few of many."""
        shown = [self._line(voice, line) for line in self.lines[:UNTAKEN_SHOWN]]
        more = len(self.lines) - len(shown)
        if more:
            shown.append(voice.say("… and {count} more", count=more))
        if any(line.group is None and not line.is_above for line in self.lines):
            shown.append(voice.say("Please have a duty chat linked for what has none."))
        return Speech("\n".join(shown), voice.say("⏳ Not taken yet"))

    @staticmethod
    def _line(voice: Voice, line: UntakenLine) -> str:
        nowhere = voice.say("for the managers to take") if line.is_above else voice.say("no duty chat")
        group = voice.term("group", line.group) if line.group else nowhere
        since = voice.say("since {time}", time=voice.moment(line.since))
        return f"#{line.number} {voice.term('trade', line.trade)} · {group} · {since}"


@dataclass(frozen=True, slots=True)
class PushedToAndFro(Notification):
    """Handed over again and again: somebody above the groups has to decide."""

    number: int
    times: int
    group: Group
    names: tuple[str, ...] = ()
    """The client directors, where the roster names any."""

    def say(self, voice: Voice) -> Speech:
        """How often, where it lies now, and who is asked."""
        said = voice.say(
            "↔️ #{number} has been handed over {times} times and is with {group} now. Please decide whose it is.",
            number=self.number,
            times=self.times,
            group=voice.term("group", self.group),
        )
        role = voice.term("member_role", MemberRole.CLIENT_DIRECTOR)
        return Speech(f"{said}\n👉 {' · '.join(map(name, self.names))} ({role})" if self.names else said)


@dataclass(frozen=True, slots=True)
class StillLate(Notification):
    """A broken promise climbs: whoever is named decides what happens now."""

    number: int
    trade: Trade
    group: Group | None
    due_at: datetime
    role: MemberRole
    names: tuple[str, ...]

    def say(self, voice: Voice) -> Speech:
        """What is late, since when, and whose turn it is."""
        trade, due = voice.term("trade", self.trade), voice.moment(self.due_at)
        lines = [
            voice.say("⏫ #{number} {trade}: promised by {time}, not done.", number=self.number, trade=trade, time=due)
        ]
        if self.group:
            lines.append(voice.say("It is with {group}.", group=voice.term("group", self.group)))
        role, names = voice.term("member_role", self.role), " · ".join(map(name, self.names))
        lines.append(voice.say("👉 {names} ({role}), please see to it.", names=names, role=role))
        return Speech("\n".join(lines))


@dataclass(frozen=True, slots=True)
class CardLost(Notification):
    """A card could not be put into its duty chat, so nobody has seen the ticket there."""

    number: int
    group: Group

    def say(self, voice: Voice) -> Speech:
        """Which, where, what to do."""
        return Speech(
            voice.say(
                "⚠️ #{number} did not reach the duty chat of {group}. Please let me back in, or tell them yourself.",
                number=self.number,
                group=voice.term("group", self.group),
            )
        )


@dataclass(frozen=True, slots=True)
class DutyChatClosed(Notification):
    """A duty chat with open tickets has shut us out."""

    group: Group
    numbers: tuple[int, ...]
    is_with_desk: bool

    def say(self, voice: Voice) -> Speech:
        """Which chat, what was open there, where it is now."""
        lines = [
            voice.say("⚠️ I can no longer write in the duty chat of {group}.", group=voice.term("group", self.group)),
            voice.say("Open there: {numbers}", numbers=" ".join(f"#{number}" for number in self.numbers)),
            voice.say("Their cards are with the customer desk now.")
            if self.is_with_desk
            else voice.say("They have nowhere else to go. Please let me back in, or have another chat linked."),
        ]
        return Speech("\n".join(lines))


@dataclass(frozen=True, slots=True)
class PlanFailed(Notification):
    """Something planned, such as a callback, could not be done and was put aside."""

    push_id: int
    number: int | None

    def say(self, voice: Voice) -> Speech:
        """Which ticket, where there is one."""
        if self.number is None:
            return Speech(voice.say("⚠️ Something I had planned failed. It is kept as no. {row}.", row=self.push_id))
        return Speech(voice.say("⚠️ The next step I had planned for #{number} failed.", number=self.number))


@dataclass(frozen=True, slots=True)
class MessageFailed(Notification):
    """A message the desk could not handle; its raw form is kept."""

    inbox_id: int

    def say(self, voice: Voice) -> Speech:
        """Which one, and how to look at it."""
        return Speech(
            voice.say(
                "⚠️ One message could not be handled. It is kept as no. {row} for whoever looks after Lobby.",
                row=self.inbox_id,
            )
        )
