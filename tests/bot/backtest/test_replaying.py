"""The desk hears a group's past: what it would have opened, added, asked and left alone, at the hours of then."""

import json
import tempfile
from pathlib import Path

import pytest

from tests.bot.backtest.past import Past, ends, types
from tests.conversations.wording import unsure


def test_a_leak_its_photo_and_its_follow_up_are_one_ticket_and_talk_is_left_alone(past: Past) -> None:
    past.says("Mei", "08:55", "good morning everyone")
    past.says("Ken", "09:05", ["The kitchen pipe is ", {"type": "bold", "text": "leaking"}, ", Block 3 1202"])
    past.says("Ken", "09:06", "", photo="(File not included.)", width=9, height=9)
    past.says("Mei", "09:07", "lol same time every year")
    past.says("Ken", "12:00", "any news on the pipe?")
    told = past.replayed("--building", "3栋,T3,Block 3")
    assert ends(told) == [("chatter", None), ("opened", 1001), ("added", 1001), ("chatter", None), ("added", 1001)]
    leak = told["messages"][1]
    assert (leak["kind"], leak["trade"]) == ("repair", "plumbing")
    assert leak["text"] == "The kitchen pipe is leaking, Block 3 1202"
    assert any("leaking" in words for words in leak["because"])
    assert "1001" in leak["said"]
    assert told["messages"][2]["reaction"] == "👀"


def test_totals_add_up_to_everything_in_the_file(past: Past) -> None:
    past.says("Mei", "09:00", "good morning everyone")
    past.says("Ken", "09:05", "The kitchen pipe is leaking, Block 3 1202")
    past.says(None, "10:00", "停车月卡怎么办理？")
    past.says("News", "10:05", "Notice", from_id="channel9")
    past.says("Mei", "10:06", "hi", via_bot="@gif")
    past.says("Mei", "oops", "a")
    past.messages.append("no message")
    past.messages.append(
        {"id": 9, "type": "service", "date": "2026-03-02T11:00:00", "action": "pin_message", "text": ""}
    )
    past.messages.append({"type": "message", "date": "2026-03-02T11:00:00", "text": "without an id"})
    told = past.replayed()
    totals = told["totals"]
    assert sum(totals["ends"].values()) == totals["messages"] == len(told["messages"]) == 6
    assert totals["messages"] + totals["unreadable"] == totals["in_file"] == len(past.messages)
    assert [each["number"] for each in told["unreadable"]] == [6, 7, 9]
    assert totals["ends"]["ignored"] == 3
    assert told["messages"][2]["sender"] == "Deleted Account"


def test_what_is_said_to_a_neighbour_by_reply_or_by_name_is_left_alone(past: Past) -> None:
    asked = past.says("Mei", "09:00", "my tap is dripping a bit, block 3 1202")
    past.says("Ken", "09:01", "the water pipe in my kitchen leaks too", reply_to_message_id=asked)
    past.says("Ken", "09:30", [{"type": "mention", "text": "@lily"}, " the water pipe in my kitchen leaks"])
    told = past.replayed()
    assert [end for end, _ in ends(told)][1:] == ["chatter", "chatter"]
    assert {message["reason"] for message in told["messages"][1:]} == {"said to somebody else"}


def test_a_question_nobody_answers_goes_to_the_desks_list_within_the_hour(past: Past) -> None:
    past.says("Ken", "09:00", unsure()[0])
    past.says("Mei", "15:00", "good evening everyone")
    told = past.replayed()
    assert ends(told)[0] == ("staff_triage", None)
    assert told["messages"][0]["said"]


def test_the_last_question_expires_too(past: Past) -> None:
    past.says("Ken", "09:00", unsure()[0])
    assert ends(past.replayed())[0][0] == "staff_triage"


def test_staff_are_imagined_so_that_still_leaking_days_later_reopens_what_was_finished(past: Past) -> None:
    past.says("Ken", "2026-03-02T09:00:00", "The kitchen pipe is leaking, Block 3 1202")
    past.says("Mei", "2026-03-03T12:00:00", "good morning everyone")
    past.says("Ken", "2026-03-03T13:00:00", "still leaking!")
    past.says("Ken", "2026-04-20T13:00:00", "any news?")
    told = past.replayed()
    assert ends(told)[2] == ("added", 1001)
    assert told["messages"][2]["reason"] == "still broken"
    assert ends(told)[3] == ("chatter", None), "a ticket of weeks ago is no longer open"


def test_a_fire_is_counted_as_an_emergency_and_answered_at_once(past: Past) -> None:
    past.says("张三", "13:00", "3栋着火了 快来人！！")
    told = past.replayed()
    assert told["totals"]["emergencies"] == 1
    assert told["messages"][0]["rule"] == "a danger to life"
    assert "119" in told["messages"][0]["said"]


def test_messages_out_of_order_are_heard_in_order(past: Past) -> None:
    past.says("Ken", "12:00", "any news on the pipe?")
    past.says("Ken", "09:00", "The kitchen pipe is leaking, Block 3 1202")
    assert ends(past.replayed()) == [("opened", 1001), ("added", 1001)]


def test_nothing_but_the_files_asked_for_is_left_behind(
    past: Past, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("bot.backtest.replay.IN_MEMORY", Path("/nowhere"))
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.chdir(tmp_path)
    past.says("Ken", "09:00", "The kitchen pipe is leaking, Block 3 1202")
    page = tmp_path / "page.html"
    past.replayed("--html", str(page))
    assert list(scratch.iterdir()) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page.html", "result.json", "scratch", "told.json"]
    assert (page.stat().st_mode & 0o777, (tmp_path / "told.json").stat().st_mode & 0o777) == (0o600, 0o600)


def test_the_terminal_shows_what_would_be_done_and_the_sums(past: Past) -> None:
    past.says("Mei", "09:00", "good morning everyone")
    past.says("Ken", "09:05", "The kitchen pipe is leaking, Block 3 1202")
    shown = types(str(past.save()))
    assert "good morning" not in shown.stdout
    assert "opened #1001 repair · plumbing" in shown.stdout
    assert "1 request opened (repair 1) · 1 sentence said in the group" in shown.stdout
    assert "good morning" in types(str(past.save()), "--all").stdout


def test_whatever_people_wrote_is_escaped_on_the_page(past: Past, tmp_path: Path) -> None:
    past.name = "<b>group</b>"
    past.says("<i>Ken</i>", "09:05", "<script>alert(1)</script> The kitchen pipe is leaking & dripping, Block 3 1202")
    page = tmp_path / "page.html"
    past.replayed("--html", str(page))
    content = page.read_text(encoding="utf-8")
    assert "<script" not in content
    assert "<i>" not in content
    assert "&lt;script&gt;alert(1)" in content
    assert "http" not in content.replace("https://", ""), "the page needs nothing from anywhere"


@pytest.mark.parametrize(
    ("language", "word"), [("zh_CN", "会建 1 张单"), ("zh_TW", "會建 1 張單"), ("en", "1 request opened")]
)
def test_the_page_speaks_three_languages(past: Past, tmp_path: Path, language: str, word: str) -> None:
    past.says("Ken", "09:05", "The kitchen pipe is leaking, Block 3 1202")
    page = tmp_path / "page.html"
    past.replayed("--html", str(page), "--language", language)
    assert word in page.read_text(encoding="utf-8")


def test_the_file_of_an_emoji_and_half_a_character_can_be_written(past: Past) -> None:
    past.messages.append(
        {
            "id": 1,
            "type": "message",
            "date": "2026-03-02T09:00:00",
            "from": "🏠",
            "from_id": "user1",
            "text": "漏水\ud83d",
        }
    )
    path = past.save.__self__.folder / "result.json"  # type: ignore[attr-defined]
    path.write_text(json.dumps({"name": "x", "messages": past.messages}), encoding="utf-8")
    assert types(str(path)).exit_code == 0
