"""What hours people name, in which words; what they answer to one; and which amount they mean."""

from datetime import date, datetime

from handlers.understanding.moments import named_time
from handlers.understanding.money import cents_in
from handlers.understanding.visit_answers import Answer, bare_time_of, visit_answer_of

NOW = datetime.fromisoformat("2026-03-02T09:30")
"""A Monday."""
HOURS = {
    "明天下午3点": "03-03 15:00",
    "3点可以": "03-02 15:00",
    "今晚7点后": "03-02 19:00 21:00",
    "周六上午行吗": "03-07 09:00 12:00",
    "下周三上午十点半": "03-11 10:30",
    "后天14:30": "03-04 14:30",
    "5号下午": "03-05 14:00 18:00",
    "明天下午两三点": "03-03 14:00 15:00",
    "晚上7点到8点": "03-02 19:00 20:00",
    "明天5点前": "03-03 14:00 17:00",
    "9点": "03-03 09:00",
    "8点": "03-02 20:00",
    "聽日下晝三點": "03-03 15:00",
    "下班后": "03-02 18:00 20:00",
    "tomorrow at 3pm": "03-03 15:00",
    "tomorrow 2-4pm": "03-03 14:00 16:00",
    "between 2 and 4 tomorrow": "03-03 14:00 16:00",
    "Saturday morning": "03-07 09:00 12:00",
    "next friday 10:30": "03-13 10:30",
    "Oct 5th at 11am": "10-05 11:00",
    "after 6 tonight": "03-02 18:00 20:00",
    "before noon tomorrow": "03-03 09:00 12:00",
    "today": "03-02 10:00 18:00",
    "周一": "03-02 10:00 18:00",
}
NO_HOUR = ("可以", "1202", "3栋1202水管漏水", "2 taps drip", "好的谢谢", "今天上午8点", "31号楼")
ANSWERS = {
    Answer.YES: ("可以，谢谢", "得", "ok 👍", "yes that works", "好的", "3点可以", "随时都行", "Sounds good"),
    Answer.NO: ("不行", "明天不行", "can't make it", "家里没人", "改天吧", "唔得閒"),
    Answer.TIME: (
        "没空，改到周六上午吧",
        "明天不行，后天下午可以",
        "唔得閒,聽日下晝三點得唔得",
        "how about Saturday morning?",
    ),
    Answer.OFF: ("取消上门", "cancel the visit please"),
}
NEWS = ("厨房漏水,明天下午3点在家", "什么时候来?", "另外灯也坏了", "谢谢", "1202", "the tap is dripping again tomorrow")
AMOUNTS = {
    "120": 12000,
    "120元": 12000,
    "¥1,200.50": 120050,
    "八十块": 8000,
    "换了阀芯120元": 12000,
    "charged 80": 8000,
    "$12.5": 1250,
    "一共300": 30000,
}


def written(words: str) -> str | None:
    named = named_time(words, NOW)
    if named is None:
        return None
    end = f" {named.end:%H:%M}" if named.end else ""
    return f"{named.start:%m-%d %H:%M}{end}"


def test_hours_as_people_name_them() -> None:
    assert {words: written(words) for words in HOURS} == HOURS
    assert [words for words in NO_HOUR if written(words) is not None] == []


def test_the_day_that_is_talked_about_is_understood() -> None:
    named = named_time("3点可以", NOW, date(2026, 3, 5))
    assert named is not None
    assert named.start.isoformat() == "2026-03-05T15:00:00"


def test_answers_to_an_hour_and_words_that_are_none() -> None:
    for answer, said in ANSWERS.items():
        heard = {words: visit_answer_of(words, NOW, date(2026, 3, 3)) for words in said}
        assert {words: each and each.answer for words, each in heard.items()} == dict.fromkeys(said, answer)
    assert [words for words in NEWS if visit_answer_of(words, NOW) is not None] == []


def test_staff_write_an_hour_alone_or_more_than_that() -> None:
    for words in ("明天下午3点", "我明天下午3点过来", "tomorrow 3pm", "I can come tomorrow at 3"):
        assert bare_time_of(words, NOW) is not None, words
    for words in ("明天3点带新龙头来换", "阀门要等到明天下午3点", "not tomorrow"):
        assert bare_time_of(words, NOW) is None, words


def test_amounts_of_money() -> None:
    assert {words: cents_in(words) for words in AMOUNTS} == AMOUNTS
    for words in ("明天来", "2 taps", "材料60元 人工40元", "0", "charged 80 for the tap in room 1202", "1202室"):
        assert cents_in(words) is None, words
