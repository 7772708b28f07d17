"""What staff write about somebody else's request in one line: who, where, which phone, what, and how it came."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from handlers.hearing import read_at
from handlers.roster.words import plain
from handlers.scene import Scene
from handlers.understanding.normal_form import normal_form
from handlers.understanding.phones import phones_in
from storage.registration_vocabulary import Source

SOURCES: Mapping[str, Source] = {
    plain(word): source
    for source, words in {
        Source.PHONE: "phone call called 电话 電話 来电 來電 打电话 打電話 电话报修 電話報修 致电 致電",
        Source.FRONT_DESK: "desk front-desk frontdesk walk-in 前台 前臺 櫃台 柜台 当面 當面 上门 上門 来访 來訪",
        Source.LETTER: "letter 信 信件 来信 來信 书面 書面 意见箱 意見箱",
        Source.PATROL: "patrol 巡查 巡检 巡檢 巡逻 巡邏 巡楼 巡樓",
        Source.EMAIL: "email e-mail mail 邮件 郵件 电邮 電郵 邮箱 郵箱",
    }.items()
    for word in words.split()
}
"""Words for how it came, as staff write them at the end of a line, or at its beginning."""
_GAPS = re.compile(r"[\s,，、;；]+")
_TITLED = re.compile(
    r"(?:^|(?<=[\s,，、;；]))(?:[一-鿿]{1,3}(?:先生|女士|小姐|太太|阿姨|叔叔|师傅|師傅|老师|老師|经理|經理)"
    r"|(?:mr|mrs|ms|miss|mdm|dr)\.? [^\W\d]+)(?=$|[\s,，、;；])",
    re.IGNORECASE,
)
_FULL_NAME = re.compile(r"[一-鿿]{2,3}")
_SURNAMES = frozenset(
    "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何林高罗羅郑鄭梁谢謝宋唐许許韩韓邓鄧冯馮曹彭曾肖蕭田董潘袁蔡蒋蔣余于杜叶葉程"
    "魏苏蘇吕呂丁任卢盧姚沈钟鍾姜崔谭譚陆陸范汪廖石金韦韋贾賈夏付方邹鄒熊白孟秦邱侯江尹薛阎閻段雷龙龍黎史陶贺賀毛郝顾顧龚龔邵万萬覃武钱錢戴严嚴莫孔"
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a line tells; None where it does not. `words` is what is left: what is wanted."""

    name: str | None = None
    place: str | None = None
    phone: str | None = None
    words: str | None = None
    source: Source | None = None


def told_in(line: str, scene: Scene) -> Told:
    """Everything that can be told apart, in whatever order it was written."""
    rest, source = _source_of(line.strip())
    form, phone = normal_form(rest), None
    for found in phones_in(form)[:1]:
        phone, rest = found.digits, rest.replace(form.as_written(found.start, found.end), " ", 1)
    place = read_at(scene.unit, scene.site.id, rest).place.words
    # "Block 3's lobby lamp": such a place is part of the words, and is read in them.
    if place is not None and re.search(rf"(?:^|[\s,，、;；]){re.escape(place)}(?=$|[\s,，、;；])", rest):
        rest = rest.replace(place, " ", 1)
    else:
        place = None
    titled = _TITLED.search(rest)
    name = titled[0].strip() if titled else None
    if titled:
        rest = f"{rest[: titled.start()]} {rest[titled.end() :]}"
    parts = [part for part in _GAPS.split(rest) if part]
    if name is None and len(parts) > 1 and _FULL_NAME.fullmatch(parts[0]) and parts[0][0] in _SURNAMES:
        name, parts = parts[0], parts[1:]
    words = " ".join(_GAPS.sub(" ", rest).split()) if name is None or titled else " ".join(parts)
    return Told(name, place, phone, words or None, source)


def source_in(words: str) -> Source | None:
    """How it came, where these words say only that."""
    return SOURCES.get(plain(words))


def _source_of(line: str) -> tuple[str, Source | None]:
    parts = [part for part in _GAPS.split(line) if part]
    for at in (-1, 0):
        source = source_in(parts[at]) if parts else None
        if source is not None and len(parts) > 1:
            word = parts[at]
            cut = line.rindex(word) if at else line.index(word)
            return f"{line[:cut]} {line[cut + len(word) :]}".strip(" ,，、;；"), source
    return line, None
