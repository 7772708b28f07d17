"""A photo without the place it was taken at: a phone writes it beside the picture, and nobody here asked for it.

Which way up the picture is stays, or it would lie on its side. Called before a file's bytes are kept.
"""

import struct

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_EXIF, _XMP = b"Exif\x00\x00", b"http://ns.adobe.com/"
_APP1, _SCAN = 0xE1, 0xDA
_BARE_MARKERS = {0x01, *range(0xD0, 0xD9)}
"""Markers without a length."""
_ORIENTATION, _SHORT = 0x0112, 3
_TELLING_CHUNKS = {b"eXIf", b"iTXt", b"tEXt", b"zTXt"}


def without_place(content: bytes) -> bytes:
    """The same picture without the phone's notes; anything but JPEG and PNG, and what is cut off, as it is."""
    try:
        if content.startswith(_JPEG):
            return _bare_jpeg(content)
        if content.startswith(_PNG):
            return _bare_png(content)
    except (struct.error, IndexError):
        return content  # no whole picture, so nobody reads a place out of it either
    return content


def _bare_jpeg(content: bytes) -> bytes:
    kept, at = [content[:2]], 2
    while content[at] == 0xFF and content[at + 1] != _SCAN:
        marker = content[at + 1]
        if marker in _BARE_MARKERS or marker == 0xFF:
            length = 2 if marker in _BARE_MARKERS else 1
        else:
            length = 2 + struct.unpack_from(">H", content, at + 2)[0]
        segment = content[at : at + length]
        body = segment[4:]
        if marker == _APP1 and body.startswith(_EXIF):
            kept.append(_turned(body[len(_EXIF) :]))
        elif not (marker == _APP1 and body.startswith(_XMP)):
            kept.append(segment)
        at += length
    return b"".join((*kept, content[at:]))


def _turned(tiff: bytes) -> bytes:
    """A segment that tells only which way up; none where the picture stands as it is, or nothing can be read."""
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        entries = [struct.unpack_from(f"{order}HHIH", tiff, start + 2 + 12 * index) for index in range(count)]
    except (KeyError, struct.error):
        return b""
    way = next((value for tag, kind, _, value in entries if (tag, kind) == (_ORIENTATION, _SHORT)), 1)
    if not 2 <= way <= 8:
        return b""
    body = _EXIF + b"MM\x00\x2a" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, _SHORT, 1, way, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _bare_png(content: bytes) -> bytes:
    kept, at = [_PNG], len(_PNG)
    while at < len(content):
        length, name = struct.unpack_from(">I4s", content, at)
        if name not in _TELLING_CHUNKS:
            kept.append(content[at : at + 12 + length])
        at += 12 + length
    return b"".join(kept)
