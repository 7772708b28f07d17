"""What staff see of ready answers: a few to choose from, then what was sent."""

from dataclasses import dataclass

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button, Speech
from locales import Voice


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One to choose."""

    answer_id: int
    key: str


@dataclass(frozen=True, slots=True)
class ChooseAnswer(Notification):
    """Under a card: which one the tenant is to get, or the one they got."""

    number: int
    choices: tuple[AnswerChoice, ...] = ()
    sent: str | None = None
    by: str | None = None

    def say(self, voice: Voice) -> Speech:
        """Each as a button, two in a row; afterwards the words as the tenant reads them."""
        if self.sent is not None:
            said = voice.say("💬 #{number} · {name} to the tenant:", number=self.number, name=name(self.by or ""))
            return Speech(f"{said}\n{quote(self.sent, 300)}")
        if not self.choices:
            return Speech(voice.say("💬 #{number}: no ready answer fits this tenant yet.", number=self.number))
        buttons = [Button(quote(each.key, 30), f"answer:{each.answer_id}") for each in self.choices]
        rows = tuple(tuple(buttons[at : at + 2]) for at in range(0, len(buttons), 2))
        return Speech(voice.say("💬 #{number}: one tap sends it to the tenant.", number=self.number), buttons=rows)


@dataclass(frozen=True, slots=True)
class NoReadyAnswer(Notification):
    """`/a`, and under no card one could answer from here."""

    def say(self, voice: Voice) -> Speech:
        """How it is done."""
        return Speech(voice.say("💬 Reply to the card of an open request with /a, or /a and a word to look for."))
