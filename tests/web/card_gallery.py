"""Every card in every state and menu, in three languages, on one page at a telephone's width: to be looked at.

    python -m tests.web.card_gallery cards.html

The real inbox, handlers and outbox play a few short days; whatever stood on a screen of staff's is drawn once.
"""

import html
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from storage.engine import open_engine
from storage.schema import upgrade
from storage.vocabulary import AttachmentKind
from tests.rosters import set_roster
from tests.world import ChatOnStage, PersonOnStage, World

SAID = {
    "zh_CN": {
        "leak": "3栋1202厨房水管漏水了,电话13800138000",
        "more": "现在地板都湿了",
        "urge": "还没来吗?",
        "noise": "楼上半夜装修,说了三次都没人管",
        "gas": "3栋1202厨房有煤气味!",
        "lift": "3栋电梯又停了",
        "reply": "好的,马上过来看看",
        "words": "楼上夜里十点后还在装修,保安没有来。",
    },
    "zh_TW": {
        "leak": "3座1202廚房水管漏水,電話13800138000",
        "more": "現在地板都濕了",
        "urge": "還沒來嗎?",
        "noise": "樓上半夜裝修,說了三次都沒人理",
        "gas": "3座1202廚房有煤氣味!",
        "lift": "3座電梯又停了",
        "reply": "好的,馬上過來看看",
        "words": "樓上夜裡十點後還在裝修,保安沒有來。",
    },
    "en": {
        "leak": "The kitchen pipe is leaking, Block 3 room 1202, call 13800138000",
        "more": "Now the floor is wet",
        "urge": "Any news?",
        "noise": "The neighbours upstairs renovate every night, I told you three times and nobody cares",
        "gas": "Gas smell in the kitchen, Block 3 room 1202!",
        "lift": "The lift in Block 3 has stopped again",
        "reply": "All right, we are on our way",
        "words": "Upstairs renovates after 10 pm, and our guard did not come.",
    },
}
STYLE = """
body { font: 15px/1.4 system-ui, "Noto Sans CJK SC", sans-serif; background: #d7e3ec; margin: 0; }
section { width: 375px; padding: 8px; box-sizing: border-box; display: inline-block; vertical-align: top; }
.card { background: #fff; border-radius: 12px; padding: 8px 10px; margin: 0 0 2px; white-space: pre-wrap; }
.row { display: flex; gap: 2px; margin-bottom: 2px; } .row span { flex: 1; background: #8fb0c9; color: #fff;
 text-align: center; border-radius: 6px; padding: 6px 2px; font-size: 13px; overflow: hidden; white-space: nowrap; }
.state { color: #456; margin: 12px 0 2px; font-size: 12px; } h1 { font-size: 18px; }
"""


class Gallery:
    """One language's walk, and what was seen on it."""

    def __init__(self, world: World, language: str) -> None:
        self.world, self.said = world, SAID[language]
        self.drawn: list[str] = []
        self._seen: set[str] = set()

    def look(self, state: str, *chats: ChatOnStage) -> None:
        """Draw what stands in these chats and has not been drawn."""
        for chat in chats or (self.world.engineering,):
            for shown in chat.screen:
                rows = "".join(
                    '<div class="row">' + "".join(f"<span>{html.escape(b.label)}</span>" for b in row) + "</div>"
                    for row in shown.speech.buttons
                )
                title = f"<b>{html.escape(shown.speech.title)}</b>\n" if shown.speech.title else ""
                card = f'<div class="card">{title}{html.escape(shown.speech.text)}</div>{rows}'
                if card not in self._seen:
                    self._seen.add(card)
                    self.drawn.append(f'<div class="state">{html.escape(state)}</div>{card}')

    def tap(self, person: PersonOnStage, verb: str, chat: ChatOnStage | None = None) -> str:
        """The newest button whose verb is this, or begins so where it ends with a colon; labels differ by language."""
        chat = chat or self.world.engineering
        for shown in reversed(chat.screen):
            for button in (each for row in shown.speech.buttons for each in row):
                if button.verb == verb or (verb.endswith((":", "=")) and button.verb.startswith(verb)):
                    return person.taps_raw(f"{shown.tap_prefix}{button.verb}", chat, shown.message_id)
        self.drawn.append(f'<div class="state">no button {verb}</div>')
        return ""

    def walk(self) -> None:
        """A repair, a complaint, an incident, an emergency, lists."""
        world, said = self.world, self.said
        mei, lin, li = world.person("陈美"), world.person("Lin"), world.person("李工")
        mei.starts()
        mei.says(said["leak"])
        self.look("new")
        for menu in ("ask", "done", "hand_over", "wait", "more"):
            self.tap(li, menu)
            self.look(f"menu {menu}")
            self.tap(li, "card")
        self.tap(li, "more")
        for menu in ("correct", "correct:kind", "correct:trade", "correct:urgency", "correct:place"):
            self.tap(li, menu)
            self.look(f"menu {menu}")
            if menu != "correct":
                self.tap(li, "card")
                self.tap(li, "more")
                self.tap(li, "correct")
        self.tap(li, "card")
        self.tap(li, "take")
        self.look("taken")
        self.tap(li, "visit")
        self.look("menu visit")
        self.tap(li, "visit:")
        self.look("visit proposed")
        self.tap(mei, "visit:yes=", mei.private)
        self.look("visit agreed")
        mei.says(said["more"], mei.private, reply_to=mei.private.last.message_id)
        mei.sends(AttachmentKind.PHOTO, "", mei.private)
        mei.says(said["urge"], mei.private)
        answer = li.replies(world.engineering.screen[0], said["reply"], world.engineering)
        self.look("words, a photo, asked again, a reply")
        li.says("/undo", world.engineering, reply_to=answer)
        li.says("/undo", world.engineering)
        self.look("taken back")
        for verb in ("why", "history", "note", "escalate"):
            self.tap(li, "more")
            self.tap(li, verb)
            self.look(f"more: {verb}")
            self.tap(li, "card")
        self.tap(li, "card")
        self.tap(li, "wait")
        self.tap(li, "wait:parts")
        self.look("waits for parts")
        li.says("/t 1001", world.engineering)
        for line in ("/open", "/mine", "/overdue", "/room 3-1202", "/find 1202", "/help", "/onduty", "/new"):
            li.says(line, world.engineering)
            self.look(line)
        self.tap(li, "done")
        self.tap(li, "done:own")
        li.says("OK", world.engineering)
        self.look("done")
        world.passes(days=1, hours=2)
        self.look("after the callback")
        lin.starts()
        lin.says(said["noise"], lin.private)
        desk, may = world.desk_chat, world.person("May")
        self.look("complaint", desk)
        for verb in ("take", "step:weigh", "card", "step:account"):
            self.tap(may, verb, desk)
            self.look(verb, desk)
        may.says(said["words"], desk)
        self.look("account", desk)
        mei.says(said["lift"])
        lin.says(said["lift"])
        self.look("incident")
        mei.says(said["gas"])
        self.look("emergency", world.engineering, world.security, world.managers)
        world.passes(minutes=20)
        self.look("twenty minutes later", world.engineering, desk, world.managers)


def pages() -> Iterator[str]:
    """Each language's section."""
    for language in SAID:
        with tempfile.TemporaryDirectory() as folder:
            engine = open_engine(f"sqlite:///{folder}/gallery.db")
            upgrade(engine)
            world = World(engine, language=language)
            set_roster(world)
            gallery = Gallery(world, language)
            try:
                gallery.walk()
            finally:
                world.ends()
                engine.dispose()
            yield f"<section><h1>{language}</h1>{''.join(gallery.drawn)}</section>"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(f"<!doctype html><meta charset=utf-8><style>{STYLE}</style>{''.join(pages())}")
