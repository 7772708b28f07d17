"""What leaves for another judge, and what its answer may do: a question becomes an act or silence, and nothing else."""

import itertools
from dataclasses import replace

import pytest

from handlers.understanding.moves import Move, move_for
from handlers.understanding.second_opinion import LONGEST, URGENCIES, SecondOpinion, is_wanted, redacted, weighed
from handlers.understanding.site_words import BuildingWords, SiteWords
from handlers.understanding.thresholds import thresholds_for
from handlers.understanding.understanding import Place, Understanding
from storage.vocabulary import Kind, Trade, Urgency

SITE = SiteWords((BuildingWords("紫荆阁", ("Bauhinia", "T3")),))
OPINIONS = [
    SecondOpinion(kind, None if kind is Kind.CHATTER else Trade.LIFT, urgency)
    for kind, urgency in itertools.product(Kind, URGENCIES)
]


def reading(kind: Kind, confidence: float, urgency: Urgency = Urgency.NORMAL) -> Understanding:
    trade = None if kind is Kind.CHATTER else Trade.OTHER
    return Understanding(kind, trade, urgency, Place(), None, None, "en", confidence)


THRESHOLDS = thresholds_for("en")
UNSURE = (THRESHOLDS.speak + THRESHOLDS.ask) / 2


@pytest.mark.parametrize("opinion", OPINIONS, ids=str)
def test_a_confident_answer_an_emergency_and_silence_are_never_changed(opinion: SecondOpinion) -> None:
    for kind in Kind:
        for local in (
            reading(kind, THRESHOLDS.speak),
            reading(kind, 0.99),
            reading(kind, THRESHOLDS.ask - 0.01),
            reading(kind, UNSURE, Urgency.EMERGENCY) if kind is not Kind.CHATTER else reading(kind, 0.5),
        ):
            assert not is_wanted(local)
            assert weighed(local, opinion) is local


@pytest.mark.parametrize("opinion", OPINIONS, ids=str)
@pytest.mark.parametrize("urgency", [Urgency.URGENT, Urgency.NORMAL, Urgency.LOW])
def test_an_unsure_answer_becomes_an_act_or_silence_and_urgency_never_falls(
    opinion: SecondOpinion, urgency: Urgency
) -> None:
    local = reading(Kind.COMPLAINT, UNSURE, urgency)
    after = weighed(local, opinion)
    assert after.urgency is not Urgency.EMERGENCY
    order = (Urgency.LOW, Urgency.NORMAL, Urgency.URGENT)
    assert order.index(after.urgency) >= order.index(urgency)
    if opinion.kind is Kind.CHATTER and urgency is Urgency.URGENT:
        assert after is local, "what is urgent is asked about rather than passed over"
    else:
        assert after.kind is opinion.kind
        assert move_for(after) is (Move.SILENT if opinion.kind is Kind.CHATTER else Move.SPEAK)
        assert (after.trade is None) is (after.kind is Kind.CHATTER)


def test_a_trade_the_desk_found_itself_stays() -> None:
    local = replace(reading(Kind.REPAIR, UNSURE), trade=Trade.PLUMBING)
    assert weighed(local, SecondOpinion(Kind.REPAIR, Trade.LIFT, Urgency.NORMAL)).trade is Trade.PLUMBING


def test_without_an_opinion_nothing_changes() -> None:
    local = reading(Kind.REPAIR, UNSURE)
    assert weighed(local, None) is local


@pytest.mark.parametrize(
    ("text", "secrets"),
    [
        ("我是张三丰 住紫荆阁1202 电话13800138000 家里有点问题", ("张三丰", "紫荆阁", "1202", "13800138000")),
        ("Mr Tan Ah Kow of #12-03 Bauhinia, call 9123 4567", ("Tan", "Kow", "12-03", "Bauhinia", "9123", "4567")),
        ("My name is Ken Tan, T3 12/F flat B", ("Ken", "Tan", "T3", "12")),
        ("十二楼的李女士说 3栋2单元 门锁密码 884422", ("十二楼", "李女士", "3栋", "884422")),
        ("ken.tan@mail.com or https://x.cn/a?b=1 or @lily_tan", ("ken.tan", "mail.com", "x.cn", "lily")),
        ("token sk-abcdefghijklmnop1234", ("abcdefghijklmnop",)),
        ("１２０２房 電話９１２３４５６７", ("１２０２", "９１２３", "1202", "9123")),
    ],
)
def test_no_phone_place_name_link_or_secret_is_left(text: str, secrets: tuple[str, ...]) -> None:
    left = redacted(text, SITE)
    assert [secret for secret in secrets if secret in left] == []


def test_what_is_wrong_is_left_whole() -> None:
    assert redacted("the token machine in the laundry eats coins", SITE, ["Ken"]) == (
        "the token machine in the laundry eats coins"
    )
    assert redacted("电梯里有点怪声音 不知道算不算问题") == "电梯里有点怪声音 不知道算不算问题"


def test_a_long_tale_leaves_shortened_and_odd_texts_do_no_harm() -> None:
    assert len(redacted("the tap drips " * 300)) <= LONGEST
    for odd in ("", "\ud800", "🙂" * 700, "1" * 5_000, "((((((" * 200, "@" * 2_000, "a." * 2_000):
        assert len(redacted(odd, SITE, ["("])) <= LONGEST
