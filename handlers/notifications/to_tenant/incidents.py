"""What neighbours hear who reported the same thing: one short line for all in a room, each alone in private."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name
from handlers.notifications.speech import Speech
from handlers.notifications.to_tenant.opening import private_button, safety_line, whom_to_call
from locales import Voice
from storage.vocabulary import Group, Lane, Trade


@dataclass(frozen=True, slots=True)
class Joined(Notification):
    """Theirs is one report of several; each keeps a number, and a room's one line grows while it is young."""

    numbers: tuple[int, ...]
    count: int
    """How many have reported it in all."""
    group: Group | None
    assignee: str | None = None
    open_private: str | None = None

    def say(self, voice: Voice) -> Speech:
        """Numbers, how many, who has it; no promise that nobody made."""
        numbers, count = numbers_of(voice, self.numbers), self.count
        if self.assignee:
            text = voice.say(
                "👥 {numbers}: {count} neighbours have told us. {name} is on it.",
                numbers=numbers,
                count=count,
                name=name(self.assignee[:1].upper() + self.assignee[1:]),  # it begins a sentence
            )
        elif self.group:
            text = voice.say(
                "👥 {numbers}: {count} neighbours have told us, and {group} knows.",
                numbers=numbers,
                count=count,
                group=voice.term("group", self.group),
            )
        else:
            text = voice.say("👥 {numbers}: {count} neighbours have told us.", numbers=numbers, count=count)
        return Speech(text, buttons=private_button(voice, self.open_private))


@dataclass(frozen=True, slots=True)
class CryJoined(Notification):
    """A neighbour cries about the danger already known: safety first, then that help knows."""

    numbers: tuple[int, ...]
    count: int
    trade: Trade
    emergency_number: str
    lane: ClassVar[Lane] = Lane.EMERGENCY

    def say(self, voice: Voice) -> Speech:
        """The same safety line for everybody."""
        told = voice.say(
            "{numbers}: {count} neighbours have told us, and the people on duty have been alerted.",
            numbers=numbers_of(voice, self.numbers),
            count=self.count,
        )
        lines = (safety_line(voice, self.trade), whom_to_call(voice, self.emergency_number), told)
        return Speech("\n".join(lines), voice.say("🚨 Emergency received"))


@dataclass(frozen=True, slots=True)
class NeighboursTaken(Notification):
    """In a room: somebody has it, said once for all who reported it there."""

    numbers: tuple[int, ...]
    assignee: str

    def say(self, voice: Voice) -> Speech:
        """Who."""
        numbers = numbers_of(voice, self.numbers)
        return Speech(voice.say("🙋 {numbers}: {name} has taken it.", numbers=numbers, name=name(self.assignee)))


@dataclass(frozen=True, slots=True)
class NeighboursFinished(Notification):
    """In a room: it is done, said once for all who reported it there."""

    numbers: tuple[int, ...]

    def say(self, voice: Voice) -> Speech:
        """Done."""
        return Speech(voice.say("🔧 {numbers}: done.", numbers=numbers_of(voice, self.numbers)))


@dataclass(frozen=True, slots=True)
class NeighboursReopened(Notification):
    """One of those who reported it says it is not fixed; for all the others it goes on too."""

    numbers: tuple[int, ...]
    assignee: str | None

    def say(self, voice: Voice) -> Speech:
        """Why, and who goes on."""
        who = name(self.assignee) if self.assignee else voice.say("the team")
        return Speech(
            voice.say(
                "🔁 {numbers}: a neighbour says it is not fixed yet, so it is open again; {name} is looking after it.",
                numbers=numbers_of(voice, self.numbers),
                name=who,
            )
        )


@dataclass(frozen=True, slots=True)
class AnswerWaitsForAll(Notification):
    """In the room, once for all neighbours of an incident who never opened the private chat: there is an answer."""

    numbers: tuple[int, ...]
    open_private: str | None = None

    def say(self, voice: Voice) -> Speech:
        """No word of what the answer says."""
        text = voice.say("📬 {numbers}: there is an answer for each of you.", numbers=numbers_of(voice, self.numbers))
        return Speech(text, buttons=private_button(voice, self.open_private))


SHOWN = 8


def numbers_of(voice: Voice, numbers: tuple[int, ...]) -> str:
    """ "No. 1002", or "Nos. 1002, 1003"; of very many the first few."""
    if len(numbers) == 1:
        return voice.say("No. {number}", number=numbers[0])
    shown = voice.say(", ").join(str(number) for number in numbers[:SHOWN])
    return voice.say("Nos. {numbers}", numbers=shown + (" …" if len(numbers) > SHOWN else ""))
