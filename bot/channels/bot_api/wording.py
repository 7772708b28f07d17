"""An outbox letter as Telegram takes it: literal text, a bold stretch, rows of keys. Never a parse mode."""

from dataclasses import dataclass

from bot.channels.bot_api.limits import CAPTION, PHOTO_BYTES, TEXT
from bot.channels.channel import Letter, Media, SendFailed
from bot.channels.refusals import Refusal
from bot.channels.text import clean, clip, file_name, utf16
from handlers.notifications.speech import TAP_BYTES, Button
from storage.vocabulary import AttachmentKind


@dataclass(frozen=True, slots=True)
class Key:
    """A button as it is sent: `data` comes back when it is tapped, or `url` opens."""

    label: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """`bold` is how many UTF-16 units at the start of `text` are the title."""

    text: str
    bold: int
    keys: tuple[tuple[Key, ...], ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file under its own method: `photo`, `video`, `voice`, `document`, `sticker`, `location` or `venue`."""

    method: str
    content: bytes
    name: str
    latitude: float
    longitude: float


def worded(letter: Letter, *, plainly: bool = False) -> Wording:
    """The letter's words, cut to one message (4096 UTF-16 units, 1024 under a file).

    `plainly` is the second try after Telegram refused the form: nothing bold, and links as lines of text.
    A button that carries more than 64 bytes is `SendFailed` for good: it is a mistake of ours.
    """
    speech = letter.speech
    title, text = clean(speech.title or "").strip(), clean(speech.text)
    whole = f"{title}\n{text}" if title and text else title or text
    keys = tuple(tuple(_key(button, letter.tap_prefix) for button in row) for row in speech.buttons)
    if plainly:
        links = [f"{key.label}: {key.url}" for row in keys for key in row if key.url]
        whole = "\n".join([whole, *links])
        rows = (tuple(key for key in row if key.url is None) for row in keys)
        keys = tuple(row for row in rows if row)
    cut = clip(whole, CAPTION if letter.media else TEXT)
    return Wording(cut, 0 if plainly else min(utf16(title), utf16(cut)), keys)


def packed(media: Media | None, wording: Wording, *, plainly: bool = False) -> Parcel | None:
    """How a file travels with these words. Words beside a place make it a venue; a sticker cannot carry any."""
    if media is None:
        return None
    method = media.kind.value
    if media.kind is AttachmentKind.LOCATION:
        method = "venue" if wording.text else "location"
    elif plainly or _is_unfit(media, wording):
        method = "document"
    name = file_name(media.name) or media.kind.value
    return Parcel(method, media.content, name, media.latitude or 0.0, media.longitude or 0.0)


def _is_unfit(media: Media, wording: Wording) -> bool:
    """Whether the kind's own method would not take it."""
    if media.kind is AttachmentKind.PHOTO:
        return len(media.content) > PHOTO_BYTES
    return media.kind is AttachmentKind.STICKER and bool(wording.text)


def _key(button: Button, prefix: str) -> Key:
    label = clean(button.label)
    if button.url is not None:
        return Key(label, url=button.url)
    data = f"{prefix}{button.verb}"
    if not 1 <= len(data.encode()) <= TAP_BYTES:
        raise SendFailed(Refusal.TAP_TOO_LONG, permanent=True)
    return Key(label, data)
