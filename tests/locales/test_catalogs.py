"""The catalogs: in step with the code, whole in every language, and no stranger's words read as a format."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path

import pytest
from opencc import OpenCC

import locales.__main__ as keeper
from handlers.notifications import NOTIFICATIONS, Notification, Speech
from handlers.notifications.to_duty import TicketCard
from handlers.notifications.to_tenant import CallbackCheck, LanguageSet
from handlers.understanding.judging import Rule
from locales import LOCALES, catalog_path, voice
from locales.terms import TERMS
from storage.complaint_vocabulary import Affected, ComplaintStep, Weight
from storage.registration_vocabulary import Source
from storage.roster_vocabulary import MemberRole, WaitsFor
from storage.vocabulary import CallbackOutcome, Disposition, Group, Kind, TicketState, Trade, Urgency
from tests.locales.examples import DELIVERIES, ROLES, SOMETHING, choices_of, examples, filled

CHINESE = ("zh_CN", "zh_TW")
LATIN = re.compile("[A-Za-z]{2,}")
ALLOWED = re.compile(
    r"`lobby [a-z ]+`|Ctrl-C"
    r"|/(?:my|language|swap|find|room|t|new|open|mine|overdue|possible|onduty|bind|unbind|here|undo|page|note)\b"
    r"|^English$"
)
DATES = ("EEE, MMM d", "MMM d, HH:mm")
UGLY = re.compile(r"\w_\w|[{}]")
"""A name from the code, or a brace nobody filled."""
HOSTILE = "{number} %s {0.__class__}"
SAID: dict[str, Iterable[StrEnum | str]] = {
    "kind": Kind,
    "trade": Trade,
    "urgency": Urgency,
    "group": Group,
    "state": TicketState,
    "outcome": CallbackOutcome,
    "disposition": Disposition,
    "delivery": DELIVERIES,
    "role": ROLES,
    "member_role": MemberRole,
    "waits_for": WaitsFor,
    "source": Source,
    "complaint_step": ComplaintStep,
    "weight": Weight,
    "affected": Affected,
    "rule": Rule,
}
WORDS = [(family, str(word)) for family, words in SAID.items() for word in words]

every_notification = pytest.mark.parametrize("notification", NOTIFICATIONS.values(), ids=NOTIFICATIONS)
every_language = pytest.mark.parametrize("language", LOCALES)


def labels(speech: Speech) -> list[str]:
    return [button.label for row in speech.buttons for button in row]


def test_check_finds_nothing() -> None:
    assert keeper.check() == []


def test_extraction_changes_no_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def path_in_copy(language: str) -> Path:
        return tmp_path / f"{language}.po"

    for language in LOCALES:
        path_in_copy(language).write_bytes(catalog_path(language).read_bytes())
    template = keeper.TEMPLATE.read_bytes()
    monkeypatch.setattr(keeper, "TEMPLATE", tmp_path / "desk.pot")
    monkeypatch.setattr(keeper, "catalog_path", path_in_copy)

    keeper.extract()

    assert (tmp_path / "desk.pot").read_bytes() == template
    for language in LOCALES:
        assert path_in_copy(language).read_bytes() == catalog_path(language).read_bytes()


@every_language
def test_the_header_names_nobody(language: str) -> None:
    header = catalog_path(language).read_text(encoding="utf-8").split("\n\n", 1)[0]
    assert "Project-Id-Version: lobby\\n" in header
    assert f"Language: {language}\\n" in header
    assert "@" not in header


def test_every_word_of_the_trade_is_in_the_glossary_and_no_other() -> None:
    assert set(WORDS) == TERMS


@pytest.mark.parametrize(("family", "word"), WORDS)
def test_every_word_of_the_trade_is_said_in_every_language(family: str, word: str) -> None:
    for language in CHINESE:
        said = voice(language).term(family, word)
        assert said
        assert not LATIN.search(said)
    assert "_" not in voice("en").term(family, word)


@every_language
def test_words_of_one_family_differ(language: str) -> None:
    said = [(family, voice(language).term(family, word)) for family, word in WORDS]
    assert len(set(said)) == len(said)


@every_notification
def test_every_notification_speaks_every_language(notification: type[Notification]) -> None:
    for example in examples(notification):
        for language in LOCALES:
            speech = example.say(voice(language, "Asia/Shanghai"))
            assert speech.plain.strip()
            for words in (speech.plain, *labels(speech)):
                assert not UGLY.search(words)
                if language in CHINESE:
                    assert not LATIN.search(ALLOWED.sub("", words))


def test_each_script_keeps_to_itself() -> None:
    """群, 台 and 里 are as good in Traditional writing as what they would be converted to."""
    to_simplified, to_traditional = OpenCC("t2s"), OpenCC("s2t")
    for message in keeper._read(catalog_path("zh_CN"), "zh_CN"):
        assert to_simplified.convert(str(message.string)) == str(message.string)
    for message in keeper._read(catalog_path("zh_TW"), "zh_TW"):
        characters = set(str(message.string)) - set("群台里")
        assert {c for c in characters if to_traditional.convert(c) != c} == set()


@pytest.mark.parametrize("language", CHINESE)
def test_no_english_word_is_left_in_chinese(language: str) -> None:
    for message in keeper._read(catalog_path(language), language):
        for said in message.string if isinstance(message.string, tuple) else (message.string,):
            if message.id and message.id not in DATES:
                assert not LATIN.search(ALLOWED.sub("", re.sub(r"\{\w+\}", "", said)))


def test_each_script_has_its_own_quotes() -> None:
    for language, foreign in (("zh_CN", "「」"), ("zh_TW", "“”")):
        catalog = keeper._read(catalog_path(language), language)
        assert not [message.string for message in catalog if set(str(message.string)) & set(foreign)]


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("en", "📎 1 file", "📎 2 files"),
        ("zh_CN", "📎 1个附件", "📎 2个附件"),
        ("zh_TW", "📎 1個附件", "📎 2個附件"),
    ],
)
def test_a_count_has_the_forms_of_its_language(language: str, one: str, two: str) -> None:
    speaker = voice(language)
    assert filled(TicketCard, files=1, merged_into=None).say(speaker).text.count(one) == 1
    assert filled(TicketCard, files=2, merged_into=None).say(speaker).text.count(two) == 1


@pytest.mark.parametrize(
    ("language", "moment", "day"),
    [
        ("en", "Mar 3, 00:30", "Tue, Mar 3"),
        ("zh_CN", "3月3日 00:30", "3月3日 星期二"),
        ("zh_TW", "3月3日 00:30", "3月3日 星期二"),
    ],
)
def test_times_are_the_buildings(language: str, moment: str, day: str) -> None:
    at = datetime(2026, 3, 2, 16, 30, tzinfo=UTC)
    speaker = voice(language, "Asia/Shanghai")
    assert speaker.moment(at) == moment
    assert speaker.time(at) == "00:30"
    assert speaker.day(date(2026, 3, 3)) == day
    assert moment in filled(CallbackCheck, done_at=at).say(speaker).text


def test_each_language_names_itself() -> None:
    said = {language: LanguageSet().say(voice(language)).text for language in LOCALES}
    for language, text in said.items():
        assert LOCALES[language] in text


@every_language
@every_notification
def test_a_persons_words_are_never_a_format(notification: type[Notification], language: str) -> None:
    speaker = voice(language)
    unseen = {field: f"※{field}※" for field, choices in choices_of(notification).items() if choices[0] == SOMETHING}
    for example in examples(notification):
        if not unseen:
            break
        said = replace(example, **unseen).say(speaker).plain
        for field in [field for field, mark in unseen.items() if mark in said]:
            assert HOSTILE in replace(example, **{field: HOSTILE}).say(speaker).plain
            del unseen[field]
    assert not unseen


def test_an_unknown_language_speaks_the_fallback() -> None:
    assert voice("xx").say("Skip") == "Skip"
