"""Every word on the demo page that is not said by somebody in it."""

from locales import Voice


def texts(voice: Voice) -> dict[str, str]:
    """By the name the page's modules use; `{…}` is filled there."""
    return _frame(voice) | _panes(voice) | _clock(voice) | _play(voice)


def _frame(voice: Voice) -> dict[str, str]:
    return {
        "subtitle": voice.say("Front desk demo"),
        "language": voice.say("Language"),
        "again": voice.say("Start again"),
        "sureAgain": voice.say("Start again with an empty building?"),
        "online": voice.say("Live"),
        "offline": voice.say("Reconnecting…"),
        "close": voice.say("Close"),
        "controls": voice.say("Clock and more"),
        "welcome": voice.say("A building with its front desk, all on this page."),
        "welcomeText": voice.say(
            "Write as a tenant and follow your sentence: to the team on duty, back to you, "
            "and into the manager's evening digest."
        ),
        "welcomeTry": voice.say("Write a sentence"),
        "welcomePlay": voice.say("Watch a busy day"),
        "chats": voice.say("Chats"),
        "refused": voice.say("That did not work. Please try again."),
    }


def _panes(voice: Voice) -> dict[str, str]:
    return {
        "room": voice.say("Group chat"),
        "private": voice.say("Private chat"),
        "duty": voice.say("On duty"),
        "managers": voice.say("Manager"),
        "roomHint": voice.say("The desk hears everything and says little"),
        "privateHint": voice.say("Only this tenant and the desk"),
        "wechat": voice.say("WeChat"),
        "wechatHint": voice.say("One to one, with numbers for buttons"),
        "budgetNone": voice.say("Nothing said yet: only a greeting may go out"),
        "budget": voice.say("{left} of {of} messages left, until {until}"),
        "budgetLast": voice.say("One message left, kept for “done” and emergencies"),
        "budgetSpent": voice.say("All messages are used: the desk may write again when the tenant does"),
        "budgetShut": voice.say("48 hours are over: the desk may write again when the tenant does"),
        "dutyHint": voice.say("Cards, taps and replies"),
        "managersHint": voice.say("Alarms, and a digest at six in the evening"),
        "desk": voice.say("Front desk"),
        "as": voice.say("Speak as"),
        "tenant": voice.say("Tenant"),
        "staff": voice.say("Staff"),
        "group": voice.say("Duty chat"),
        "write": voice.say("Write as {name}…"),
        "send": voice.say("Send"),
        "photo": voice.say("Add a photo"),
        "photoAdded": voice.say("A photo is attached"),
        "remove": voice.say("Remove"),
        "try": voice.say("Try:"),
        "reply": voice.say("Reply"),
        "replyTo": voice.say("Reply to {name}"),
        "edited": voice.say("edited"),
        "start": voice.say("Start"),
        "notStarted": voice.say("{name} has not opened the private chat yet, so the desk cannot write here."),
        "emptyRoom": voice.say("Nobody has said anything yet."),
        "emptyDuty": voice.say("Cards of new requests appear here."),
        "emptyManagers": voice.say("A quiet day so far."),
        "digestNow": voice.say("The day so far"),
        "openPage": voice.say("Board and figures"),
        "unread": voice.say("{count} unread"),
        "picture": voice.say("Photo: water under a leaking kitchen pipe"),
        "newBelow": voice.say("New messages"),
    }


def _clock(voice: Voice) -> dict[str, str]:
    return {
        "clock": voice.say("Time in the building"),
        "hour": voice.say("+1 hour"),
        "evening": voice.say("To 18:00"),
        "morning": voice.say("Tomorrow 10:00"),
        "tomorrow": voice.say("Tomorrow 18:00"),
        "passing": voice.say("Time passes…"),
    }


def _play(voice: Voice) -> dict[str, str]:
    return {
        "play": voice.say("Play a day"),
        "stop": voice.say("Stop"),
        "faster": voice.say("Faster"),
        "speed": voice.say("{speed}× speed"),
        "progress": voice.say("Step {step} of {total}"),
        "played": voice.say("That was the day. Now it is your building."),
    }
