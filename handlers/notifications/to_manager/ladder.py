"""What nobody takes, for those above the groups: named, so that one of them acts."""

from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name
from handlers.notifications.spans import span
from handlers.notifications.speech import Speech
from locales import Voice
from storage.roster_vocabulary import MemberRole
from storage.vocabulary import Group, Trade


@dataclass(frozen=True, slots=True)
class NotTaken(Notification):
    """Nobody has taken it, and it has climbed this far."""

    number: int
    trade: Trade
    group: Group | None
    minutes: int
    role: MemberRole
    names: tuple[str, ...]

    def say(self, voice: Voice) -> Speech:
        """What waits, where, how long, and whose turn it is."""
        trade, waited = voice.term("trade", self.trade), span(voice, self.minutes)
        lines = [
            voice.say(
                "⏫ #{number} {trade}: nobody has taken it for {span}.", number=self.number, trade=trade, span=waited
            )
        ]
        if self.group:
            lines.append(voice.say("It is with {group}.", group=voice.term("group", self.group)))
        role, names = voice.term("member_role", self.role), " · ".join(map(name, self.names))
        lines.append(voice.say("👉 {names} ({role}), please see to it.", names=names, role=role))
        return Speech("\n".join(lines))


@dataclass(frozen=True, slots=True)
class EscalatedByHand(Notification):
    """Staff ask whoever stands above to decide."""

    number: int
    trade: Trade
    group: Group | None
    by: str
    role: MemberRole | None
    names: tuple[str, ...]

    def say(self, voice: Voice) -> Speech:
        """Who asks, about what, where it lies, and whose turn it is."""
        trade = voice.term("trade", self.trade)
        lines = [
            voice.say(
                "⏫ #{number} {trade}: {name} asks for help.", number=self.number, trade=trade, name=name(self.by)
            )
        ]
        if self.group:
            lines.append(voice.say("It is with {group}.", group=voice.term("group", self.group)))
        if self.role is not None:
            role, names = voice.term("member_role", self.role), " · ".join(map(name, self.names))
            lines.append(voice.say("👉 {names} ({role}), please see to it.", names=names, role=role))
        return Speech("\n".join(lines))
