"""A busy day in the building, as a plan: who says which line where, who taps what; each language has its own words."""

from dataclasses import dataclass

from bot.demo.cast import MANAGERS, ROOM, duty_address, private_address
from locales import Voice
from storage.vocabulary import Group

ENGINEERING, DESK, SECURITY = (duty_address(group) for group in (Group.ENGINEERING, Group.DESK, Group.SECURITY))
FANG, WEI, MIN, YANG, XU = (private_address(key) for key in ("fang", "wei", "min", "yang", "xu"))


@dataclass(frozen=True, slots=True)
class Says:
    """A line, or a photo. `about` names the line whose ticket's message in this chat is answered."""

    person: str
    line: str | None
    chat: str = ROOM
    about: str | None = None
    has_photo: bool = False
    minutes: float = 1


@dataclass(frozen=True, slots=True)
class Taps:
    """The newest button with this verb, or one that begins so with a `=` at its end, about the line's ticket."""

    person: str
    verb: str
    chat: str
    about: str | None
    minutes: float = 1


@dataclass(frozen=True, slots=True)
class Starts:
    """A tenant opens the private chat through the button in the room."""

    person: str
    minutes: float = 1


@dataclass(frozen=True, slots=True)
class Until:
    """Time passes to an hour of the day, or to the next day's."""

    hour: int
    minute: int = 0
    is_tomorrow: bool = False
    chat: str = ROOM


@dataclass(frozen=True, slots=True)
class Scene:
    """A chapter: what the reader should look at, and where."""

    caption: str
    chat: str


Step = Says | Taps | Starts | Until | Scene

DAY: tuple[Step, ...] = (
    Scene("chatter", ROOM),
    Says("min", "morning"),
    Says("wei", "weather"),
    Says("yang", "advert"),
    Says("wei", "joke"),
    Scene("burst", ROOM),
    Says("fang", None, has_photo=True, minutes=6),
    Says("fang", "leak", minutes=0.4),
    Says("fang", "leak_more", minutes=0.5),
    Scene("taking", ENGINEERING),
    Taps("li", "take", ENGINEERING, "leak"),
    Says("li", "on_my_way", ENGINEERING, about="leak"),
    Says("fang", "at_home", FANG, minutes=0.5),
    Scene("complaint", ROOM),
    Says("wei", "noise", minutes=4),
    Taps("zhou", "take", DESK, "noise"),
    Says("zhou", "noise_answer", DESK, about="noise"),
    Taps("zhou", "step:account", DESK, "noise", minutes=0.5),
    Taps("zhou", "step:as_written", DESK, "noise", minutes=0.2),
    Taps("wei", "account:yes", WEI, "noise"),
    Taps("zhou", "step:finding", DESK, "noise", minutes=6),
    Says("zhou", "noise_found", DESK, about="noise"),
    Taps("zhou", "step:proposal", DESK, "noise"),
    Says("zhou", "noise_proposal", DESK, about="noise"),
    Taps("wei", "proposal:yes", WEI, "noise"),
    Says("min", "parking", minutes=3),
    Says("zhou", "parking_answer", DESK, about="parking"),
    Taps("zhou", "done", DESK, "parking"),
    Taps("zhou", "done:answered", DESK, "parking", minutes=0.2),
    Scene("waiting", ROOM),
    Says("yang", "light", minutes=5),
    Taps("wang", "take", ENGINEERING, "light"),
    Says("wang", "light_answer", ENGINEERING, about="light"),
    Starts("yang"),
    Scene("emergency", ENGINEERING),
    Says("wei", "trapped", minutes=6),
    Says("min", "trapped_chat", minutes=0.3),
    Taps("wang", "take", ENGINEERING, "trapped", minutes=0.3),
    Taps("wang", "done", ENGINEERING, "trapped", minutes=12),
    Taps("wang", "done:repaired", ENGINEERING, "trapped", minutes=0.2),
    Scene("unsure", ROOM),
    Says("min", "unsure", minutes=5),
    Taps("min", "kind:repair", ROOM, None),
    Taps("li", "take", ENGINEERING, "unsure"),
    Scene("visit", MIN),
    Says("li", "visit_hour", ENGINEERING, about="unsure"),
    Says("min", "visit_other", MIN),
    Taps("li", "visit:yes=", ENGINEERING, "unsure"),
    Scene("urging", ROOM),
    Says("yang", "any_news", minutes=8),
    Taps("wang", "done", ENGINEERING, "light", minutes=6),
    Taps("wang", "done:part_replaced", ENGINEERING, "light", minutes=0.2),
    Says("yang", "light_thanks", minutes=3),
    Taps("yang", "rate:5", YANG, "light", minutes=0.3),
    Taps("li", "done", ENGINEERING, "leak"),
    Taps("li", "done:repaired", ENGINEERING, "leak", minutes=0.2),
    Says("fang", "praise", minutes=4),
    Scene("wechat", XU),
    Says("xu", "wechat_tap", XU, minutes=4),
    Taps("li", "take", ENGINEERING, "wechat_tap"),
    Says("li", "wechat_part", ENGINEERING, about="wechat_tap", minutes=2),
    Says("li", "wechat_door", ENGINEERING, about="wechat_tap", minutes=25),
    Says("li", "wechat_valve", ENGINEERING, about="wechat_tap", minutes=8),
    Scene("wechat_shut", ENGINEERING),
    Taps("li", "done", ENGINEERING, "wechat_tap", minutes=10),
    Taps("li", "done:part_replaced", ENGINEERING, "wechat_tap", minutes=0.2),
    Scene("unnamed", MANAGERS),
    Says("min", "unnamed", MIN, minutes=4),
    Scene("callback", FANG),
    Until(12, 40, chat=FANG),
    Taps("fang", "callback:not_fixed", FANG, "leak"),
    Says("fang", "still_drips", FANG, about="leak", minutes=0.5),
    Says("li", "sorry", ENGINEERING, about="leak"),
    Taps("li", "done", ENGINEERING, "leak", minutes=25),
    Taps("li", "done:part_replaced", ENGINEERING, "leak", minutes=0.2),
    Taps("wei", "callback:fixed", WEI, "trapped"),
    Taps("wei", "rate:4", WEI, "trapped", minutes=0.3),
    Says("wei", "evening_chat"),
    Until(15, 40, chat=FANG),
    Taps("fang", "callback:fixed", FANG, "leak"),
    Taps("fang", "rate:5", FANG, "leak", minutes=0.3),
    Says("fang", "free_line", FANG),
    Taps("li", "done", ENGINEERING, "unsure"),
    Taps("li", "done:nothing_found", ENGINEERING, "unsure", minutes=0.2),
    Scene("digest", MANAGERS),
    Until(18, chat=MANAGERS),
    Scene("survey", FANG),
    Until(10, 1, is_tomorrow=True, chat=FANG),
)


def captions(voice: Voice) -> dict[str, str]:
    """What each chapter shows."""
    return {
        "chatter": voice.say("Neighbours chat: the desk listens and stays silent"),
        "burst": voice.say("A photo, a sentence, one more line: one case, and no room number in the group"),
        "taking": voice.say("Engineering takes it with one tap and writes to the tenant in private"),
        "complaint": voice.say("A complaint: confirmed with the tenant, looked into, a proposal, a yes"),
        "unnamed": voice.say("About one of us, and without a name: only the managers see it"),
        "waiting": voice.say("This tenant never opened the private chat: the answer waits there"),
        "emergency": voice.say("Emergency: safety first, everybody on duty paged at once"),
        "unsure": voice.say("Not sure? The desk asks the author, and only the author's tap counts"),
        "visit": voice.say("An hour for the visit, agreed in a few words; both are reminded of it"),
        "urging": voice.say("Any news? No second ticket: the team is reminded; thanks close it"),
        "wechat": voice.say("In WeChat: numbers instead of buttons, five messages until she writes again"),
        "wechat_shut": voice.say("The card says it when no more may go out; the last message is kept for “done”"),
        "callback": voice.say("Two hours later: is it really fixed? It is not, so it goes back"),
        "digest": voice.say("Six in the evening: the whole day on one page"),
        "survey": voice.say("The next morning: one question behind a personal link"),
    }
