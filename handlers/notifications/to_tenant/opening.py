"""What a tenant hears when a case begins: the number, safety first, thanks, the questions that open it."""

from dataclasses import dataclass
from typing import ClassVar

from handlers.notifications.notification import Notification
from handlers.notifications.quoting import name, quote
from handlers.notifications.speech import Button, Speech
from handlers.understanding.perils import Peril
from locales import Voice
from storage.vocabulary import Group, Kind, Lane, Trade


@dataclass(frozen=True, slots=True)
class Received(Notification):
    """A ticket was opened: the short public line, or in private the same with what comes next."""

    number: int
    kind: Kind
    trade: Trade
    group: Group | None
    """Who has it; nobody yet where no duty chat is linked."""
    is_private: bool
    open_private: str | None = None

    def say(self, voice: Voice) -> Speech:
        """Number, kind and trade; a link to the private chat where a room must not hear more."""
        kind, trade = voice.term("kind", self.kind), voice.term("trade", self.trade)
        text = voice.say("✅ Received, no. {number}: {kind} · {trade}.", number=self.number, kind=kind, trade=trade)
        if self.is_private:
            text += "\n" + self._what_next(voice)
        return Speech(text, buttons=private_button(voice, self.open_private))

    def _what_next(self, voice: Voice) -> str:
        if self.group is None:
            return voice.say("Add words or photos here any time.")
        group = voice.term("group", self.group)
        return voice.say("Passed on to: {group}. Add words or photos here any time.", group=group)


@dataclass(frozen=True, slots=True)
class EmergencyReceived(Notification):
    """Safety first: what to do now, whom to call, and that people are on their way to know."""

    number: int
    trade: Trade
    emergency_number: str
    desk_phone: str
    alerted: tuple[Group, ...]
    is_manager_alerted: bool
    open_private: str | None = None
    asks_where: bool = False
    """Whether no word of theirs says where it is; in a room only building and floor are asked for."""
    is_private: bool = False
    peril: Peril | None = None
    lane: ClassVar[Lane] = Lane.EMERGENCY

    def say(self, voice: Voice) -> Speech:
        """The safety line of the trade, then the numbers."""
        lines = what_to_do(voice, self.trade, self.peril, self.emergency_number)
        if self.desk_phone:
            lines.append(voice.say("Duty phone: {phone}", phone=self.desk_phone))
        lines.append(self._who_knows(voice))
        if self.asks_where and self.trade is Trade.OTHER and self.peril is None:
            lines.append(voice.say("📍 What is happening, and where? Building and floor, please."))
        elif self.asks_where:
            lines.append(
                voice.say("📍 Where exactly? Building, floor and room, please.")
                if self.is_private
                else voice.say("📍 Where exactly? Building and floor, please.")
            )
        return Speech("\n".join(lines), voice.say("🚨 Emergency received"), private_button(voice, self.open_private))

    def _who_knows(self, voice: Voice) -> str:
        """Nobody is named who was not told."""
        who = [voice.term("group", group) for group in self.alerted]
        who += [voice.say("the manager")] if self.is_manager_alerted else []
        if not who:
            return voice.say(
                "No. {number} is noted, but I could not reach anybody here: please call.", number=self.number
            )
        return voice.say("No. {number}. Alerted just now: {who}.", number=self.number, who=" · ".join(who))


@dataclass(frozen=True, slots=True)
class EmergencyUnplaced(Notification):
    """Somebody cries for help from nobody knows where: safety first all the same, then the one question."""

    trade: Trade
    emergency_number: str | None = None
    """None where the sites we serve do not share one."""
    peril: Peril | None = None
    lane: ClassVar[Lane] = Lane.EMERGENCY

    def say(self, voice: Voice) -> Speech:
        """What to do now, whom to call, and what we must know before anybody can be sent."""
        lines = (
            *what_to_do(voice, self.trade, self.peril, self.emergency_number),
            voice.say("📍 Where are you? Tell me the estate and building, and I alert the team at once."),
        )
        return Speech("\n".join(lines), voice.say("🚨 Emergency"))


def what_to_do(voice: Voice, trade: Trade, peril: Peril | None, emergency_number: str | None) -> list[str]:
    """The first lines of an alarm: help for whoever is hurt before everything, then the trade's own safety line."""
    match peril:
        case Peril.HURT:
            called = _call_ambulance(voice, emergency_number)
            care = voice.say(
                "Check that they breathe, don't move them, stay with them. Send somebody down to let the ambulance in."
            )
            return [called, care] if trade is Trade.SECURITY else [called, care, safety_line(voice, trade)]
        case Peril.ATTACK:
            return [
                voice.say("Stay inside, lock the door and don't face them alone."),
                _call_police(voice, emergency_number),
            ]
        case Peril.EDGE:
            care = voice.say(
                "Hold on to them only if you are safe yourself. Keep talking calmly, keep people out from under."
            )
            return [care, whom_to_call(voice, emergency_number)]
        case _:
            return [safety_line(voice, trade), whom_to_call(voice, emergency_number)]


def _call_ambulance(voice: Voice, emergency_number: str | None) -> str:
    if emergency_number:
        return voice.say("Call an ambulance now: {number}.", number=emergency_number)
    return voice.say("Call an ambulance now.")


def _call_police(voice: Voice, emergency_number: str | None) -> str:
    if emergency_number:
        return voice.say("Call the police now: {number}.", number=emergency_number)
    return voice.say("Call the police now.")


@dataclass(frozen=True, slots=True)
class CryElsewhere(Notification):
    """Somebody cries for help to the duty chats' bot, where no tenant is heard."""

    emergency_number: str | None = None
    tenants_desk: str | None = None
    """The address of the bot that hears tenants, where it is known."""
    lane: ClassVar[Lane] = Lane.EMERGENCY

    def say(self, voice: Voice) -> Speech:
        """One line: whom to call, and where the building hears it."""
        text = whom_to_call(voice, self.emergency_number)
        if self.tenants_desk:
            text = voice.together(text, voice.say("To alert the building, write here: {link}", link=self.tenants_desk))
        return Speech(text)


def whom_to_call(voice: Voice, emergency_number: str | None) -> str:
    """The number that brings help."""
    if emergency_number:
        return voice.say("If anyone is in danger, call {number}.", number=emergency_number)
    return voice.say("If anyone is in danger, call your local emergency number now.")


def safety_line(voice: Voice, trade: Trade) -> str:
    """What a person in that danger should do first."""
    match trade:
        case Trade.GAS:
            return voice.say("Open the windows, touch no switches or flames, go outside and call from there.")
        case Trade.FIRE_SAFETY:
            return voice.say("Leave by the stairs, not the lift. Stay low in smoke and close doors behind you.")
        case Trade.LIFT:
            return voice.say("Stay calm, press the alarm button and don't force the doors. There is enough air.")
        case Trade.ELECTRICAL:
            return voice.say("Don't touch anything wet or live. Switch off the main power only if it is safe.")
        case Trade.PLUMBING:
            return voice.say("Close the main valve if you can, and keep away from sockets near the water.")
        case _:
            return voice.say("Please get to a safe place first.")


@dataclass(frozen=True, slots=True)
class Thanked(Notification):
    """For praise and suggestions."""

    number: int
    kind: Kind

    def say(self, voice: Voice) -> Speech:
        """Thanks, and for a suggestion that an answer comes."""
        if self.kind is Kind.SUGGESTION:
            return Speech(
                voice.say("💡 Thank you! Your suggestion is no. {number}; you will get an answer.", number=self.number)
            )
        return Speech(voice.say("🌷 Thank you for the kind words. The team will hear them."))


@dataclass(frozen=True, slots=True)
class WhichKind(Notification):
    """The desk is unsure and asks the author once."""

    name: str
    guess: Kind | None = None
    """What it may also be, beside the three kinds that are always offered."""

    def say(self, voice: Voice) -> Speech:
        """One short question with four answers, or five."""
        guess = (Button(voice.term("kind", self.guess), f"kind:{self.guess}"),) if self.guess else ()
        return Speech(
            voice.say("{name}, shall I pass this to the management office?", name=name(self.name)),
            buttons=(
                (
                    Button("🔧 " + voice.term("kind", Kind.REPAIR), f"kind:{Kind.REPAIR}"),
                    Button("📣 " + voice.term("kind", Kind.COMPLAINT), f"kind:{Kind.COMPLAINT}"),
                    Button("❓ " + voice.term("kind", Kind.INQUIRY), f"kind:{Kind.INQUIRY}"),
                ),
                (*guess, Button(voice.say("Not a request"), f"kind:{Kind.CHATTER}")),
            ),
        )


@dataclass(frozen=True, slots=True)
class NotARequest(Notification):
    """The author said it was nothing for the desk; takes the question's place."""

    def say(self, voice: Voice) -> Speech:
        """As short as can be."""
        return Speech(voice.say("👌 All right, I haven't passed anything on."))


@dataclass(frozen=True, slots=True)
class WhichUnit(Notification):
    """In private: the one detail the team cannot do without."""

    number: int
    is_on_a_floor: bool = False
    """Whether it is in what all share, where no room's number helps."""

    def say(self, voice: Voice) -> Speech:
        """One question, one way to skip it."""
        if self.is_on_a_floor:
            said = voice.say("No. {number}: which building and floor is it on?", number=self.number)
        else:
            said = voice.say("No. {number}: which building and room is it? Only the team sees it.", number=self.number)
        return Speech(said, buttons=((Button(voice.say("Skip"), "skip"),),))


@dataclass(frozen=True, slots=True)
class BuildingChoice:
    """One to choose."""

    building_id: int
    name: str


@dataclass(frozen=True, slots=True)
class WhichBuilding(Notification):
    """In private: in which building the lobby or the lift is."""

    number: int
    choices: tuple[BuildingChoice, ...] = ()

    def say(self, voice: Voice) -> Speech:
        """One question; a tap, a name, or not at all."""
        said = voice.say("No. {number}: in which building is it?", number=self.number)
        buttons = [Button(quote(each.name, 30), f"building:{each.building_id}") for each in self.choices]
        rows = tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))
        return Speech(said, buttons=(*rows, (Button(voice.say("Skip"), "skip"),)))


@dataclass(frozen=True, slots=True)
class NoSuchBuilding(Notification):
    """The tenant named a building the site does not have."""

    number: int
    named: str
    buildings: tuple[str, ...] = ()
    """Those there are, where they are few."""

    def say(self, voice: Voice) -> Speech:
        """Kindly, and asked again."""
        said = voice.say(
            "No. {number}: there is no building {named} here. Which building and room is it?",
            number=self.number,
            named=quote(self.named, 30),
        )
        if not self.buildings:
            return Speech(said)
        names = voice.say(", ").join(quote(each, 30) for each in self.buildings)
        listed = voice.say("Buildings: {names}", names=names)
        return Speech(f"{said}\n{listed}")


def private_button(voice: Voice, url: str | None) -> tuple[tuple[Button, ...], ...]:
    return ((Button(voice.say("Continue in private"), url=url),),) if url else ()
