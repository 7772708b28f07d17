"""What the tenant hears of a complaint: our account of it to confirm, our proposal to accept. In private only."""

from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import REPLY_LENGTH, quote
from handlers.notifications.speech import Button, Speech
from locales import Voice


@dataclass(frozen=True, slots=True)
class AccountAsked(Notification):
    """What we understood, in our words."""

    number: int
    account: str
    is_answered: bool | None = None
    """What the tenant tapped; None while they have not."""

    def say(self, voice: Voice) -> Speech:
        """The account, and whether it is right."""
        words = quote(self.account, REPLY_LENGTH - 400)
        said = voice.say("About your complaint no. {number}, you told us:\n“{words}”", number=self.number, words=words)
        match self.is_answered:
            case None:
                yes, no = (
                    Button(voice.say("Yes, that's right"), "account:yes"),
                    Button(voice.say("Not quite"), "account:no"),
                )
                asked = voice.say("Is that right?")
                return Speech(f"{said}\n{asked}", buttons=((yes, no),))
            case True:
                end = voice.say("✅ Thank you. We are looking into it now.")
            case False:
                end = voice.say("What should we put right? Just write it here.")
        return Speech(f"{said}\n{end}")


@dataclass(frozen=True, slots=True)
class ProposalMade(Notification):
    """What we would do about it."""

    number: int
    proposal: str
    is_answered: bool | None = None
    is_over: bool = False
    """Whether another proposal has taken its place."""

    def say(self, voice: Voice) -> Speech:
        """The proposal, and two ways to answer it."""
        words = quote(self.proposal, REPLY_LENGTH - 400)
        said = voice.say("Our proposal for your complaint no. {number}:\n“{words}”", number=self.number, words=words)
        if self.is_over:
            return Speech(said)
        match self.is_answered:
            case None:
                yes = Button(voice.say("I accept"), "proposal:yes")
                return Speech(said, buttons=((yes, Button(voice.say("Something else, please"), "proposal:no")),))
            case True:
                end = voice.say("🤝 Agreed. We will carry it out and tell you when it is done.")
            case False:
                end = voice.say("What would you like instead? Just write it here.")
        return Speech(f"{said}\n{end}")
