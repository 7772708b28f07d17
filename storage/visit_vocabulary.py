"""The words of a visit 预约上门, apart from those every ticket needs."""

from storage.vocabulary import Word


class VisitState(Word):
    """A visit is PROPOSED by one side and AGREED by the other; then it was KEPT, or NOBODY_HOME, or it is OFF.

    OFF is called off, or another hour has taken its place.
    """

    PROPOSED = "proposed"
    AGREED = "agreed"
    KEPT = "kept"
    NOBODY_HOME = "nobody_home"
    OFF = "off"
