"""What somebody hears who complains without a name, and who would like to."""

from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.speech import Button, Speech
from handlers.notifications.to_tenant.opening import private_button
from locales import Voice


@dataclass(frozen=True, slots=True)
class UnnamedReceived(Notification):
    """The number, what staff see of the author, and what was left out."""

    number: int
    is_cut: bool = False
    """Whether a room, a phone or a name was left out."""
    is_shown: bool = False
    """Whether the author has let it be shown."""

    def say(self, voice: Voice) -> Speech:
        """Short, and true: answers come here, replies stay unnamed."""
        if self.is_shown:
            return Speech(
                voice.say(
                    "👌 No. {number}: the team sees your words in full now, still without a name.", number=self.number
                )
            )
        lines = [
            voice.say("🕶 Received without your name, no. {number}.", number=self.number),
            voice.say("Our answers come to you here; what you reply to them stays without a name too."),
        ]
        if not self.is_cut:
            return Speech("\n".join(lines))
        lines.append(voice.say("I left out what may tell who you are: room, phone or name."))
        return Speech("\n".join(lines), buttons=((Button(voice.say("You may show it"), "show:words"),),))


@dataclass(frozen=True, slots=True)
class WhatToSayUnnamed(Notification):
    """The wish came without a word about what it is."""

    def say(self, voice: Voice) -> Speech:
        """One message does it."""
        return Speech(voice.say("Please write it in the same message: /anonymous and then what happened."))


@dataclass(frozen=True, slots=True)
class HowToStayUnnamed(Notification):
    """In a group, where everybody has read the name."""

    open_private: str | None = None

    def say(self, voice: Voice) -> Speech:
        """Where it works."""
        return Speech(
            voice.say("To complain without your name, please write to me in private: /anonymous and what happened."),
            buttons=private_button(voice, self.open_private),
        )
