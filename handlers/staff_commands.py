"""What staff and managers ask of the desk itself: who is on duty, whose account it is, which tickets, a new one."""

from handlers import binding_by_desk, permissions, undoing
from handlers.events import Command, MessageReceived
from handlers.finding import pages, possible
from handlers.notifications.to_duty import StaffHelp
from handlers.ready_answers import sending
from handlers.registering import guided
from handlers.reports import settling
from handlers.roster import binding, swapping
from handlers.roster.asking import tell_on_duty
from handlers.scene import Outcome, Scene
from handlers.speaking import tell
from storage.vocabulary import COMMAND, Disposition


def obey(event: MessageReceived, scene: Scene) -> Outcome | None:
    """None for what is no command of these, nor an answer to what one of them asked."""
    turned_away = permissions.turn_away(event, scene)
    if turned_away is not None:
        return turned_away
    match event.command:
        case Command("onduty"):
            return tell_on_duty(scene)
        case Command("iam", code):
            return binding.bind(scene, code)
        case Command("swap", wish):
            return swapping.ask(scene, wish)
        case Command("help"):
            tell(scene.unit, scene.chat, StaffHelp(), scene.language)
            return Outcome(Disposition.ANSWERED, reason=f"{COMMAND}help")
        case Command(possible.NAME):
            return possible.obey(scene)
        case Command(settling.NAME):
            return settling.obey(scene)
        case Command(sending.NAME, words):
            return sending.begin(event, scene, words)
        case Command(name, numbers) if name in binding_by_desk.NAMES:
            return binding_by_desk.obey(scene, name, numbers)
        case Command(undoing.NAME):
            return undoing.obey(event, scene)
        case Command("new", line):
            return guided.begin(event, scene, line)
        case Command(name, argument):
            return pages.obey(scene, name, argument)
        case None:
            return guided.hear(event, scene)
