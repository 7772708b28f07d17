"""A greeting, or "anybody there?", and nothing else: it tells nobody anything of a request, and is answered kindly."""

import re

from handlers.understanding.normal_form import normal_form

LONGEST = 40
_PIECES = (
    *("hi", "hello", "hey", "hiya", "helo", "halo", "good (?:morning|afternoon|evening|day)", "morning"),
    *("(?:is )?any(?:one|body) (?:there|here|around|home)", "are you there", "you there"),
    *(
        "你们?好",
        "您好",
        "嗨",
        "哈[喽啰罗]",
        "哈咯",
        "喂",
        "早上?好",
        "早安",
        "早晨",
        "早",
        "[上中下]午好",
        "晚[上安]好?",
    ),
    *("(?:有人)?在(?:吗|不在|么)", "有人(?:在)?(?:吗|么)", "有冇人(?:在|喺度)?", "喺度(?:吗|嘛)?", "打扰(?:一?下)?了?"),
)
_WHOM = r"(?:there|all|everyone|everybody|team|sir|madam|desk|师傅|管家|物业|前台|客服|大家|各位|亲|请问|呀|啊|哦)"
_REST = r"[\s,，.。!！?？~～、…👋🙏😊🙂☺️😀]*"
_GREETING = re.compile(rf"{_REST}(?:(?:{_WHOM}{_REST})*(?:{'|'.join(_PIECES)}){_REST}(?:{_WHOM}{_REST})*)+")
_WAVE = re.compile(r"[\s👋🙏]+")


def is_greeting(text: str) -> bool:
    """Whether there is nothing in it but that."""
    if not text or len(text) > LONGEST:
        return False
    plain = normal_form(text).text
    return _GREETING.fullmatch(plain) is not None or _WAVE.fullmatch(text) is not None
