"""A night with a burst pipe on real wires: the duty chat is a forum, and everything goes by its buttons."""

import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from handlers import slips
from storage.models import Push, Site
from storage.unit_of_work import UnitOfWork
from storage.vocabulary import PushState
from tests.wire.fake_telegram import Message, Topic
from tests.wire.running_lobby import Stage


class Night:
    """Mei at home, Li on duty, and what each of them reads."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.mei, self.li = stage.fake.user("Mei"), stage.fake.user("李工")
        stage.engineering.is_forum = True
        stage.engineering.promotes(stage.duty)
        stage.act(_never_quiet)
        stage.starts_quickly()
        self.mei.starts(stage.rooms)
        self.at_home("阳光花园")

    @property
    def topic(self) -> Topic:
        """The one topic there is now."""
        (topic,) = self.stage.engineering.topics.values()
        return topic

    def at_home(self, words: str) -> Message:
        """What Mei reads in private, once it is there."""
        return self._reads(lambda: self.mei.sees(self.stage.rooms), words)

    def on_duty(self, words: str) -> Message:
        """What stands in the ticket's topic, once it is there."""
        return self._reads(lambda: self.topic.messages, words)

    def taps(self, *buttons: str) -> None:
        """Li taps through the card's menus, as a hand does and a slip does not."""
        for number, button in enumerate(buttons):
            card = self._reads(lambda: self.topic.messages, "#1001", button)
            time.sleep(slips.TOO_SOON.total_seconds() if number else 0)
            self.li.presses(card, button)

    def _reads(self, screen: Callable[[], Iterable[Message]], words: str, button: str = "") -> Message:
        found: list[Message] = []

        def is_there() -> bool:
            shown = [m for m in screen() if words in m.text and (not button or m.button(button))]
            found[:] = shown[-1:]
            return bool(found)

        self.stage.waits_until(is_there, f"{words} {button}")
        return found[0]


def _never_quiet(unit: UnitOfWork) -> None:
    unit.session.execute(update(Site).values(quiet_until=Site.quiet_from))


def _callback_is_due(unit: UnitOfWork) -> None:
    waits = (Push.state == PushState.WAITING, Push.kind == "callback_check")
    unit.session.execute(update(Push).where(*waits).values(due_at=datetime.now(UTC)))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_burst_pipe_at_night(stage: Stage) -> None:
    night = Night(stage)
    mei, li, forum = night.mei, night.li, stage.engineering
    mei.says(stage.room, "3栋1202厨房水管有点漏水,请派人来修")
    stage.waits_until(lambda: len(forum.topics) == 1, "the topic")
    assert night.topic.name.startswith("#1001 🔧 3栋1202 厨房水管有点漏水")
    night.taps("接单")
    night.at_home("李工")
    night.taps("询问", "什么时候方便")
    question = night.at_home("什么时候方便")
    mei.replies(question, "我晚上八点以后都在")
    night.on_duty("八点以后")

    forum.deletes_topic(night.topic)  # somebody tidies up
    mei.sends_photo(stage.rooms)
    stage.waits_until(lambda: len(forum.topics) == 1, "the topic to come back")
    stage.waits_until(lambda: any(message.content.get("photo") for message in night.topic.messages), "the photo")
    night.taps("预约", "18:00")
    mei.presses(night.at_home("📅"), "👍")
    night.on_duty("已约上门")
    night.taps("等待", "📦")
    night.on_duty("⏸")
    night.taps("完成", "修好")
    night.at_home("🔧")
    li.sends_photo(night.topic)
    stage.waits_until(
        lambda: any(m.content.get("photo") and m.sender is stage.rooms for m in mei.sees(stage.rooms)), "after"
    )
    stage.act(_callback_is_due)
    mei.presses(night.at_home("请问解决了吗"), "已解决")
    stage.waits_until(lambda: night.topic.is_closed, "the topic to close")
    assert stage.stops() == 0
