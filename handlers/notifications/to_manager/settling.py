"""What managers read of how much the teams settle themselves: to see where help is wanted, and for nobody's blame."""

from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name
from handlers.notifications.speech import Speech
from locales import Voice
from storage.vocabulary import Group


@dataclass(frozen=True, slots=True)
class PersonSettled:
    """One person who closed enough to be shown."""

    name: str
    alone: int
    closed: int


@dataclass(frozen=True, slots=True)
class GroupSettled:
    """One group; people in the order of their names."""

    group: Group | None
    alone: int
    closed: int
    people: tuple[PersonSettled, ...] = ()


@dataclass(frozen=True, slots=True)
class SettledByTeams(Notification):
    """The share of jobs closed without calling the client director or anybody above."""

    days: int
    enough: int
    groups: tuple[GroupSettled, ...] = ()

    def say(self, voice: Voice) -> Speech:
        """A line for each group, its people behind it, and what the figure is good for."""
        title = voice.say("🧰 Settled by the teams in {days} days", days=self.days)
        if not self.groups:
            return Speech(voice.say("Nothing was closed in this time."), title)
        lines = []
        for each in self.groups:
            group = voice.term("group", each.group) if each.group else voice.say("managers")
            told = voice.say(
                "{group}: {alone} of {closed} without calling anybody above",
                group=group,
                alone=each.alone,
                closed=each.closed,
            )
            lines.append(told)
            if each.people:
                lines.append("   " + " · ".join(f"{name(p.name)} {p.alone}/{p.closed}" for p in each.people))
        note = voice.say(
            "Where the share is low, a team may need more authority, tools or hands. "
            "People are shown from {enough} jobs on. Calling for help when it is needed is right.",
            enough=self.enough,
        )
        return Speech("\n".join([*lines, "", note]), title)
