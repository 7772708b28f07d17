"""Files the far end keeps, and the media objects made of them. Used by people, sending methods and getFile."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from typing import Any

DOWNLOAD_LIMIT = 20 * 1024 * 1024  # getFile refuses more than this

# The smallest files that sniffing libraries take for what they say they are.
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb004300") + bytes(64) + b"\xff\xd9"
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(32)
OGG = b"OggS\x00\x02" + bytes(20) + b"\x01\x13OpusHead\x01\x01" + bytes(16)
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF\n"
WEBP = b"RIFF\x1a\x00\x00\x00WEBPVP8 " + bytes(14)

FOLDERS = {"photo": "photos", "video": "videos", "voice": "voice", "document": "documents", "sticker": "stickers"}
ENDINGS = {"photo": "jpg", "video": "mp4", "voice": "oga", "sticker": "webp", "document": "bin"}


@dataclass(eq=False, slots=True)
class StoredFile:
    """`size` may be larger than `content`: a 50 MB file is not kept in memory to be refused."""

    id: str
    unique_id: str
    kind: str
    path: str
    content: bytes
    size: int
    name: str = ""
    mime: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}


class FileStore:
    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def keep(self, kind: str, content: bytes, name: str = "", mime: str = "", size: int = 0) -> StoredFile:
        number = len(self._by_id) + 1
        stamp = hashlib.sha256(f"{kind}{number}".encode()).digest()
        ending = name.rpartition(".")[2] if "." in name else ENDINGS[kind]
        stored = StoredFile(
            id="AgACAg" + urlsafe_b64encode(stamp + stamp[:10]).decode().rstrip("="),
            unique_id="AQAD" + urlsafe_b64encode(stamp[:9]).decode(),
            kind=kind,
            path=f"{FOLDERS[kind]}/file_{number}.{ending}",
            content=content,
            size=size or len(content),
            name=name,
            mime=mime,
        )
        self._by_id[stored.id] = self._by_path[stored.path] = stored
        return stored

    def find(self, file_id: str) -> StoredFile | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        return self._by_path.get(path)

    def expire(self, file_id: str) -> None:
        """The file_id stays in messages but leads nowhere from now on."""
        stored = self._by_id.pop(file_id)
        self._by_path.pop(stored.path, None)


def media_content(files: FileStore, stored: StoredFile) -> dict[str, Any]:
    """The field of a Message that shows this file, such as `{"photo": [sizes]}`."""
    shown = stored.as_json()
    match stored.kind:
        case "photo":
            small = files.keep("photo", stored.content)
            sizes = [small.as_json() | {"width": 90, "height": 67}, shown | {"width": 800, "height": 600}]
            return {"photo": sizes}
        case "video":
            named = {"mime_type": stored.mime or "video/mp4", "file_name": stored.name or "video.mp4"}
            return {"video": shown | named | {"width": 640, "height": 360, "duration": 5}}
        case "voice":
            return {"voice": shown | {"mime_type": stored.mime or "audio/ogg", "duration": 3}}
        case "sticker":
            looks = {"type": "regular", "is_animated": False, "is_video": False, "emoji": "👍"}
            return {"sticker": shown | looks | {"width": 512, "height": 512}}
        case _:
            named = {"file_name": stored.name or "file", "mime_type": stored.mime or "application/octet-stream"}
            return {"document": shown | named}
