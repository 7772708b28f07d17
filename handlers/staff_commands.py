"""What staff and managers ask of the desk itself, in their chats: who is on duty, whose account it is, which tickets."""

from handlers.events import Command
from handlers.finding import pages
from handlers.roster import binding, swapping
from handlers.roster.asking import tell_on_duty
from handlers.scene import Outcome, Scene


def obey(command: Command | None, scene: Scene) -> Outcome | None:
    """None for what is no command of these."""
    match command:
        case Command("onduty"):
            return tell_on_duty(scene)
        case Command("iam", code):
            return binding.bind(scene, code)
        case Command("swap", wish):
            return swapping.ask(scene, wish)
        case Command(name, argument):
            return pages.obey(scene, name, argument)
        case None:
            return None
