"""Whatever file an operator has: the right ones are read, the others are refused with what to do instead."""

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.backtest.exports import open_export
from locales import LOCALES, voice
from storage.vocabulary import AttachmentKind
from tests.bot.backtest.past import Past, types

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "the file is empty. In Telegram Desktop"),
        (b"  \n", "the file is empty"),
        (b"<!DOCTYPE html><html></html>", "this is the export for reading in a browser. Export it again"),
        (b'{"messages": [', "the JSON breaks off or is broken at line 1"),
        (b'{"a": 1}', "no chat export of Telegram"),
        (b"[" * 100_000, "this JSON is no chat"),
        (b'{"chats": {"list": []}}', "this export holds no chat"),
        (b"PK\x03\x04rest", "this is a ZIP or an Excel file. Unpack it, or save the sheet as CSV"),
        ("时间,姓名,内容\n1,2,3".encode("gb18030"), "no UTF-8 text. Save it as CSV (UTF-8)"),
        (b"hello\nworld\n", "there is no column time and no column sender and no column text"),
        (b"time,text\n2026-03-02 09:00,hi\n", "there is no column sender: the first line must name the columns"),
        (b"time,sender,text\n", "holds no message that can be read"),
        (b"time,sender,text\nyesterday,Ken,hi\n", "line 2: “yesterday” is no time; write it as 2026-03-02 09:30"),
    ],
)
def test_a_file_that_is_none_is_refused_with_what_to_do(tmp_path: Path, content: bytes, why: str) -> None:
    file = tmp_path / "chat.any"
    file.write_bytes(content)
    refused = types(str(file))
    assert refused.exit_code == 1, refused.output
    assert why in refused.output
    assert "Traceback" not in refused.output


def test_a_page_that_cannot_be_written_is_refused_before_the_past_is_heard(tmp_path: Path) -> None:
    file = tmp_path / "chat.csv"
    file.write_text("time,sender,text\n2026-03-02 09:00,Mei,hi\n", encoding="utf-8")
    refused = types(str(file), "--html", str(tmp_path / "nowhere" / "page.html"))
    assert refused.exit_code == 1
    assert "cannot write" in refused.output
    assert "Hearing the past" not in refused.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["chat.csv"]


def test_an_export_of_the_whole_account_asks_which_chat(tmp_path: Path) -> None:
    message = {
        "id": 1,
        "type": "message",
        "date": "2026-03-02T09:00:00",
        "from": "Mei",
        "from_id": "user1",
        "text": "hi",
    }
    chats = [{"name": name, "messages": [message]} for name in ("Block 3", "Family", None)]
    file = tmp_path / "result.json"
    file.write_text(json.dumps({"chats": {"list": chats}}), encoding="utf-8")
    assert "choose one with --chat NAME; it holds 'Block 3', 'Family'" in types(str(file)).output
    assert "holds no chat 'Block 4'" in types(str(file), "--chat", "Block 4").output
    assert open_export(file, SHANGHAI, "Block 3").title == "Block 3"


def test_a_table_is_read_whatever_its_heads_are_called_and_its_cells_hold(tmp_path: Path) -> None:
    file = tmp_path / "wechat.csv"
    file.write_text(
        "\ufeff发言人;时间;内容\r\n"
        "梅姨;2026-03-02 09:00;大家早\r\n"
        '小李;2026/3/2 9:05;"3栋1202水管漏水;\r\n麻烦派人"\r\n'
        "\r\n"
        "小李;2026-03-02\r\n"
        ";2026-03-02 09:06;谁说的\r\n"
        "老王;2026-03-02T01:07:00Z;好\r\n",
        encoding="utf-8",
    )
    export = open_export(file, SHANGHAI)
    assert [(spoken.number, spoken.name, spoken.text) for spoken in export.spoken] == [
        (2, "梅姨", "大家早"),
        (3, "小李", "3栋1202水管漏水;\n麻烦派人"),
        (8, "老王", "好"),
    ]
    told = {code: [(number, why.say(voice(code))) for number, why in export.unreadable] for code in LOCALES}
    assert told["en"] == [(6, "only 2 columns"), (7, "nobody said it: the sender is empty")]
    assert told["zh_CN"][0] == (6, "只有 2 列")
    assert told["zh_TW"][0] == (6, "只有 2 欄")
    assert export.spoken[0].at == datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    assert export.spoken[2].at == datetime(2026, 3, 2, 1, 7, tzinfo=UTC)


def test_a_table_saved_by_a_spreadsheet_in_utf_16_is_read(tmp_path: Path) -> None:
    file = tmp_path / "chat.txt"
    file.write_text("time\tsender\ttext\n2026-03-02 09:00\tMei\t早\n", encoding="utf-16")
    assert open_export(file, SHANGHAI).spoken[0].text == "早"


def test_telegrams_odd_messages_are_read_as_what_they_are(past: Past) -> None:
    past.says("Mei", "09:00", "", media_type="voice_message", file="a.ogg")
    past.says("Mei", "09:01", "", media_type="sticker", file="a.webp", sticker_emoji="👍")
    past.says("Mei", "09:02", "", location_information={"latitude": 1, "longitude": 2})
    past.says("Mei", "09:03", "", contact_information={"first_name": "Plumber", "phone_number": "+65 91234567"})
    past.says("Mei", "09:04", "", poll={"question": "?"})
    past.says("Mei", "09:05", "", text_entities=[{"type": "plain", "text": "newer "}, {"type": "link", "text": "x.cn"}])
    past.says("Mei", "09:06", "news", forwarded_from="Somebody", edited="2026-03-02T09:10:00")
    past.says("Mei", "1999-01-01T00:00:00", "the moment counts", date_unixtime="1772409600")
    early, voice, sticker, place, card, poll, newer, news = open_export(past.save(), SHANGHAI).spoken
    assert [each.attached for each in (voice, sticker, place)] == [
        AttachmentKind.VOICE,
        AttachmentKind.STICKER,
        AttachmentKind.LOCATION,
    ]
    assert (card.text, poll.text, newer.text) == ("Plumber, +65 91234567", "", "newer x.cn")
    assert (news.is_forwarded, news.is_edited) == (True, True)
    assert early.at == datetime(2026, 3, 2, 0, 0, tzinfo=UTC)


def test_two_people_of_one_name_stay_two(past: Past) -> None:
    past.says("Mei", "09:00", "hi", from_id="user1")
    past.says("Mei", "09:00", "hi", from_id="user2")
    one, other = open_export(past.save(), SHANGHAI).spoken
    assert one.speaker != other.speaker


def test_a_file_that_cannot_be_written_is_told(past: Past, tmp_path: Path) -> None:
    past.says("Mei", "09:00", "hi")
    refused = types(str(past.save()), "--html", str(tmp_path / "nowhere" / "page.html"))
    assert refused.exit_code == 1
    assert "cannot write" in refused.output
