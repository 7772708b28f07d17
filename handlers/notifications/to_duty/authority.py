"""What staff hear where somebody above has to agree: who may, and for an amount one tap of theirs."""

from dataclasses import dataclass
from enum import StrEnum

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name
from handlers.notifications.speech import Button, Speech
from locales import Voice
from storage.roster_vocabulary import MemberRole
from storage.vocabulary import Kind


class Matter(StrEnum):
    """What not everybody may do."""

    CLOSE = "close"
    CHARGE = "charge"
    PUT_OFF = "put_off"


@dataclass(frozen=True, slots=True)
class MayNot(Notification):
    """It is for somebody above."""

    number: int
    matter: Matter
    kind: Kind
    role: MemberRole
    names: tuple[str, ...] = ()

    def say(self, voice: Voice) -> Speech:
        """Who may, and nothing about who may not."""
        who = _who(voice, self.role, self.names)
        match self.matter:
            case Matter.CLOSE:
                kind = voice.term("kind", self.kind)
                said = voice.say("#{number}: a {kind} is finished by {who}.", number=self.number, kind=kind, who=who)
            case Matter.CHARGE:
                said = voice.say("#{number}: this amount is for {who} to agree to.", number=self.number, who=who)
            case Matter.PUT_OFF:
                said = voice.say(
                    "#{number}: an hour so long after the promise is for {who} to offer.", number=self.number, who=who
                )
        return Speech(voice.together(said, voice.say("They can do it from this card.")))


@dataclass(frozen=True, slots=True)
class SpendAsked(Notification):
    """An amount above what whoever did the work may charge alone; nobody has told the tenant yet."""

    number: int
    cents: int
    currency: str
    by: str
    person_id: int
    round: int
    role: MemberRole
    names: tuple[str, ...] = ()
    is_elsewhere: bool = False
    """Whether the tap is asked for in the managers' chat."""
    decided_by: str | None = None
    is_agreed: bool = False

    def say(self, voice: Voice) -> Speech:
        """How much, whose tap; then what was decided."""
        amount = voice.money(self.cents, self.currency)
        if self.decided_by is not None:
            who = name(self.decided_by)
            if self.is_agreed:
                said = voice.say(
                    "💰 #{number}: {name} agrees to {amount}.", number=self.number, name=who, amount=amount
                )
            else:
                said = voice.say(
                    "💰 #{number}: {name} would not charge {amount}.", number=self.number, name=who, amount=amount
                )
            return Speech(said)
        said = voice.say(
            "💰 #{number}: {name} would charge {amount}.", number=self.number, name=name(self.by), amount=amount
        )
        said += "\n" + voice.say("👉 {who}: is that right?", who=_who(voice, self.role, self.names))
        if self.is_elsewhere:
            return Speech(voice.together(said, voice.say("I have asked in the managers’ chat.")))
        yes, no = Button(voice.say("👍 Agree"), "spend:yes"), Button(voice.say("✖️ Not this"), "spend:no")
        return Speech(said, buttons=((yes, no),))


def _who(voice: Voice, role: MemberRole, names: tuple[str, ...]) -> str:
    told = voice.term("member_role", role)
    return f"{told} ({' · '.join(map(name, names[:2]))})" if names else told
