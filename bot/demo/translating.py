"""The reader changes the language: names, chats and everything the desk has said so far follow."""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bot.channels.memory import Shown
from bot.demo.building import ZONE
from bot.demo.cast import CAST, COUNTED, channel_of, words
from bot.demo.stage import Stage
from handlers.notifications import unpack
from handlers.notifications.numbering import choices_of, numbered
from handlers.notifications.speech import Speech
from handlers.notifications.to_duty import ReadyQuestion, ReadyReport, ready_question, ready_report
from locales import LOCALES, Voice
from storage.models import OutboxRow
from storage.repositories.retelling import Retelling
from storage.unit_of_work import UnitOfWork

PEOPLES_OWN = frozenset({"words", "text"})
"""Fields that hold what a person wrote."""
BASE = 36


async def translate(stage: Stage, language: str) -> None:
    """From now on in this language, and what stands on the screens too."""
    await stage.settle()
    screens = {address: list(screen) for address, screen in stage.channel.screens.items()}
    spoken = await stage.lobby.writer.run(lambda unit: _translate(unit, stage, language, screens))
    stage.language = language
    for address, speeches in spoken.items():
        screen = stage.channel.screens[address]
        screen[:] = [replace(shown, speech=speeches.get(shown.message_id, shown.speech)) for shown in screen]
        stage.channel.on_change(address)


def _translate(
    unit: UnitOfWork, stage: Stage, language: str, screens: dict[str, list[Shown]]
) -> dict[str, dict[str, Speech]]:
    rename = _renamer(language)
    retelling = Retelling(unit.session)
    own = words(language)
    retelling.rename_site(stage.site_id, own.site["name"], language, [names[0] for names in own.buildings.values()])
    _rename_people(unit, language)
    spoken: dict[str, dict[str, Speech]] = {}
    for address, screen in screens.items():
        chat = unit.chats.find(channel_of(address), address)
        if chat is None:
            continue
        if chat.person_id is None:
            chat.language = language
        retelling.speak(chat.id, language)
        for shown in screen:
            if chat.channel == COUNTED:
                rows = retelling.list_together(chat.id, shown.message_id)
                said = [_speech(row, shown, language, rename) for row in rows]
                spoken.setdefault(address, {})[shown.message_id] = _together(said, Voice(language, ZONE))
                continue
            row = retelling.find_standing(int(shown.tap_prefix.rstrip("."), BASE))
            if row is not None:
                spoken.setdefault(address, {})[shown.message_id] = _speech(row, shown, language, rename)
    return spoken


def _rename_people(unit: UnitOfWork, language: str) -> None:
    own = words(language)
    for member in CAST.values():
        found = unit.people.find_by_account(member.channel, member.key)
        if found is not None:
            person, _ = found
            unit.people.rename(person, member.channel, member.key, own.people[member.key])
            person.language = language
            for ticket in unit.tickets.list_of(person.id, datetime.min.replace(tzinfo=UTC)):
                ticket.language = language


def _speech(row: OutboxRow, shown: Shown, language: str, rename: Callable[[str], str]) -> Speech:
    voice = Voice(language, ZONE)
    said = unpack(row.notification, json.dumps(_walk(json.loads(row.payload), rename)))
    if said.forgets == "url" and not getattr(said, "url", ""):  # forgotten once it was sent; the screen still shows it
        links = [button.url for line in shown.speech.buttons for button in line if button.url]
        return replace(said, **{said.forgets: links[0]}).say(voice) if links else shown.speech
    return said.say(voice)


def _together(said: Sequence[Speech], voice: Voice) -> Speech:
    """Several things said in one message, what asks something last, with numbers for buttons."""
    ordered = sorted(said, key=lambda speech: bool(choices_of(speech)))
    return Speech("\n\n".join(numbered(speech, voice).plain for speech in ordered))


def _walk(value: Any, rename: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {key: item if _is_own(key, item) else _walk(item, rename) for key, item in value.items()}
    if isinstance(value, list):
        return [_walk(item, rename) for item in value]
    return rename(value) if isinstance(value, str) else value


def _is_own(key: str, item: object) -> bool:
    """What a person wrote stays as it was written; a sentence staff said with one tap is the desk's."""
    return key in PEOPLES_OWN and not any(item in _ready(language) for language in LOCALES)


@cache
def _ready(language: str) -> tuple[str, ...]:
    voice = Voice(language)
    return (*(ready_question(voice, q) for q in ReadyQuestion), *(ready_report(voice, r) for r in ReadyReport))


@cache
def _renamer(language: str) -> Callable[[str], str]:
    """Turns every name of the estate, in whatever language it was said, into this language's."""
    names: dict[str, str] = {}
    for other in LOCALES:
        theirs, ours = words(other).names, words(language).names
        names |= {theirs[key]: ours[key] for key in theirs}
        names |= dict(zip(_ready(other), _ready(language), strict=True))
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return lambda text: pattern.sub(lambda found: names[found.group()], text)
