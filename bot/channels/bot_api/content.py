"""What a message carries: its words and its attachments, by Telegram's own file ids."""

from bot.channels.bot_api.shapes import Message, NamedFile, Stored
from bot.channels.text import clean, file_name
from handlers.events import Attached
from storage.vocabulary import AttachmentKind


def words_in(message: Message) -> str:
    """Text or caption; a venue and a visiting card are put into words, so that a phone number is not lost."""
    if message.text or message.caption:
        return clean(message.text or message.caption or "")
    if message.venue is not None:
        return clean(f"{message.venue.title}, {message.venue.address}")
    if message.contact is not None:
        card = message.contact
        return clean(f"{card.first_name} {card.last_name or ''}".strip() + f", {card.phone_number}")
    return ""


def attached_to(message: Message) -> tuple[Attached, ...]:
    """At most one: Telegram sends an album as messages of their own."""
    sizes = message.photo or (message.live_photo.photo if message.live_photo else None)
    if sizes:
        largest = max(sizes, key=lambda size: size.width * size.height)
        return (_stored(AttachmentKind.PHOTO, largest),)
    # An animation also fills `document`, for the sake of old clients.
    for kind, named in (
        (AttachmentKind.VIDEO, message.animation),
        (AttachmentKind.VIDEO, message.video),
        (AttachmentKind.DOCUMENT, message.audio),
        (AttachmentKind.DOCUMENT, message.document),
    ):
        if named is not None:
            return (_named(kind, named),)
    for kind, plain in (
        (AttachmentKind.VIDEO, message.video_note),
        (AttachmentKind.VOICE, message.voice),
        (AttachmentKind.STICKER, message.sticker),
    ):
        if plain is not None:
            return (_stored(kind, plain),)
    if message.location is not None:
        point = message.location
        return (Attached(AttachmentKind.LOCATION, latitude=point.latitude, longitude=point.longitude),)
    return ()


def _stored(kind: AttachmentKind, file: Stored) -> Attached:
    return Attached(kind, file.file_id, size=file.file_size)


def _named(kind: AttachmentKind, file: NamedFile) -> Attached:
    return Attached(kind, file.file_id, file_name(file.file_name or "") or None, file.file_size)
