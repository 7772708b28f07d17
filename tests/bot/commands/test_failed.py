"""What could not be handled or said is listed without people's words, shown when asked for, and tried again."""

from sqlalchemy import select

from storage.models import Chat, InboxRow, OutboxRow
from storage.repositories.inbox import Raw
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import ChatRole, InboxState, Operation, OutboxState
from tests.bot.commands.operator import Operator

WORDS = "我家水管爆了,电话13800138000"


def a_message_breaks_a_handler(unit: UnitOfWork) -> int:
    unit.inbox.store("telegram_rooms", [Raw("1", f'{{"text": "{WORDS}"}}')], unit.now)
    row_id = unit.session.scalars(select(InboxRow.id)).one()
    unit.inbox.fail(row_id, "KeyError", unit.now, for_good=True)
    return row_id


def unsaid(unit: UnitOfWork, address: str, reason: str, **values: object) -> int:
    """A row for the duty chat, or for Mei in private, that ended unsent."""
    is_private = address == "mei"
    chat = unit.chats.find("telegram_duty", address) or unit.chats.add(
        Chat(
            channel="telegram_duty",
            address=address,
            role=ChatRole.PRIVATE if is_private else ChatRole.DUTY,
            title="Mei Lin" if is_private else "工程组",
        )
    )
    row_id = unit.outbox.add(
        chat_id=chat.id,
        notification="StaffReply",
        payload=f'{{"words": "{WORDS}"}}',
        language="en",
        created_at=unit.now,
        due_at=unit.now,
        attempts=5,
        ended_at=unit.now,
        reason=reason,
        **({"state": OutboxState.DEAD} | values),
    )
    assert row_id is not None
    return row_id


def row_of(operator: Operator, row_id: int) -> OutboxRow:
    return operator.looks(lambda unit: unit.outbox.get(row_id))


def test_a_desk_without_trouble_says_so(operator: Operator) -> None:
    assert operator.gets("failed") == "Nothing failed.\n"
    assert operator.gets("failed", "--outbox") == "Everything arrived.\n"


def test_a_failed_message_is_listed_without_words_shown_and_given_back(operator: Operator) -> None:
    row_id = operator.acts(a_message_breaks_a_handler)
    listed = operator.gets("failed")
    assert "telegram_rooms  KeyError" in listed
    assert WORDS not in listed
    assert WORDS in operator.gets("failed", "--show", str(row_id))
    assert f"Row {row_id} is with the desk again" in operator.gets("failed", "--retry", str(row_id))
    state = operator.looks(lambda unit: unit.inbox.get(row_id).state)
    assert state is InboxState.RECEIVED
    assert "is no failed message; lobby failed lists them" in operator.is_refused("failed", "--retry", str(row_id))
    assert "is no failed message" in operator.is_refused("failed", "--show", str(row_id))


def test_what_never_arrived_is_listed_with_reason_and_chat_and_no_names_or_words(operator: Operator) -> None:
    operator.acts(lambda unit: unsaid(unit, "-100", "network: gave up"))
    operator.acts(lambda unit: unsaid(unit, "mei", "blocked", state=OutboxState.REFUSED))
    private, duty = operator.gets("failed", "--outbox").splitlines()
    assert all(word in duty for word in ("dead", "duty 工程组", "StaffReply", "network: gave up"))
    assert all(word in private for word in ("refused", "private", "blocked"))
    assert WORDS not in duty + private
    assert "Mei" not in private


def test_an_unsaid_row_is_said_again_on_demand(operator: Operator) -> None:
    row_id = operator.acts(lambda unit: unsaid(unit, "-100", "network: gave up"))
    assert WORDS in operator.gets("failed", "--outbox", "--show", str(row_id))
    assert "will be said again" in operator.gets("failed", "--outbox", "--retry", str(row_id))
    row = row_of(operator, row_id)
    assert (row.state, row.attempts, row.reason, row.ended_at) == (OutboxState.PENDING, 0, None, None)
    assert not row.is_repeat
    for deed in ("--retry", "--show"):
        assert "is no undelivered row" in operator.is_refused("failed", "--outbox", deed, str(row_id))


def test_what_may_have_arrived_is_repeated_only_with_saying_so(operator: Operator) -> None:
    row_id = operator.acts(lambda unit: unsaid(unit, "-100", "unknown"))
    operator.gets("failed", "--outbox", "--retry", str(row_id))
    assert row_of(operator, row_id).is_repeat


def test_a_summary_takes_along_what_it_spoke_for(operator: Operator) -> None:
    summary = operator.acts(lambda unit: unsaid(unit, "-100", "network"))
    spoken_for = operator.acts(lambda unit: unsaid(unit, "-100", "network", gathered_into_id=summary))
    assert len(operator.gets("failed", "--outbox").splitlines()) == 1
    assert "is no undelivered row" in operator.is_refused("failed", "--outbox", "--retry", str(spoken_for))
    operator.gets("failed", "--outbox", "--retry", str(summary))
    assert row_of(operator, spoken_for).state is OutboxState.PENDING


def test_a_chat_that_shut_us_out_is_not_tried(operator: Operator) -> None:
    row_id = operator.acts(lambda unit: unsaid(unit, "-100", "kicked", state=OutboxState.REFUSED))

    def shut(unit: UnitOfWork) -> None:
        chat = unit.chats.find("telegram_duty", "-100")
        assert chat is not None
        chat.close("kicked", unit.now)

    operator.acts(shut)
    assert "chat closed: kicked" in operator.gets("failed", "--outbox")
    assert "its chat is closed (kicked)" in operator.is_refused("failed", "--outbox", "--retry", str(row_id))


def test_an_old_wording_never_comes_back_over_a_newer_one(operator: Operator) -> None:
    def edited_twice(unit: UnitOfWork) -> int:
        card = unsaid(unit, "-100", "", state=OutboxState.SENT)
        old = unsaid(unit, "-100", "network", operation=Operation.EDIT, target_id=card)
        unsaid(unit, "-100", "", state=OutboxState.SENT, operation=Operation.EDIT, target_id=card)
        return old

    old = operator.acts(edited_twice)
    assert "is an old wording" in operator.is_refused("failed", "--outbox", "--retry", str(old))
