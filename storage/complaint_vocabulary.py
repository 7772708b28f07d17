"""The words of a complaint's seven steps, apart from those every ticket needs."""

from storage.vocabulary import Word


class ComplaintStep(Word):
    """What has to be done next about a complaint that was received. There is no step that judges it."""

    CONFIRM = "confirm"
    """Tell the tenant in our words what we understood."""
    INVESTIGATE = "investigate"
    PROPOSE = "propose"
    ANSWER = "answer"
    """The tenant accepts the proposal, or asks for another."""
    CARRY_OUT = "carry_out"
    CALL_BACK = "call_back"
    SUMMARISE = "summarise"
    """One or two sentences for the register."""
    FILED = "filed"


class Weight(Word):
    """How heavy a complaint is. None of them means that it is none."""

    LIGHT = "light"
    SERIOUS = "serious"
    GRAVE = "grave"


class Affected(Word):
    """Whom it concerns beside the one who tells it."""

    ONE_HOME = "one_home"
    SEVERAL_HOMES = "several_homes"
    EVERYBODY = "everybody"
