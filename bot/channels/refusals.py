"""Why a platform did not take something, in words no platform owns. They are kept as an outbox row's reason."""

from enum import StrEnum


class Refusal(StrEnum):
    """`SendFailed.reason` where the reason has a name; anything else is the platform's own sentence."""

    BLOCKED = "blocked"
    KICKED = "kicked"
    NOT_A_MEMBER = "not a member"
    CANNOT_WRITE_FIRST = "cannot write first"
    CUT_SHORT = "cut short"
    """Its beginning arrived; then nothing more might go until they write."""
    TAKEN_OVER = "taken over"
    """A colleague talks to this person elsewhere, where our words may not go in between."""
    DEACTIVATED = "deactivated"
    CHAT_GONE = "chat not found"
    CHAT_CLOSED = "chat closed to us"
    TOPIC_GONE = "topic gone"
    MAY_NOT_DELETE = "cannot be deleted"
    NO_TOPICS = "no topics here"
    MAY_NOT_WRITE = "may not write here"
    MESSAGE_GONE = "message gone"
    ALREADY_SO = "already so"
    TAP_EXPIRED = "tap expired"
    UNFIT_FORM = "form refused"
    TOO_BIG = "too big"
    TAP_TOO_LONG = "a button carries too much"
    MOVED = "chat moved"
    SLOWED = "asked to wait"
    BOT_SLOWED = "the whole bot asked to wait"
    ADDRESS_REFUSED = "our address is not on the allow list"
    WORDS_REFUSED = "words refused"
    TOKEN_REFUSED = "token refused"  # noqa: S105 -- a reason, no secret
    SERVER_TROUBLE = "server trouble"
    UNREACHABLE = "could not connect"
    UNANSWERED = "no answer"
