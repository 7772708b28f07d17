"""A photo of a leak tells where it leaks, not where its owner's phone was."""

from io import BytesIO

import pytest
from PIL import Image

from bot.photos import without_place

SOMEWHERE = ((31.0, 14.0, 0.0), (121.0, 28.0, 0.0))


def photo(form: str, orientation: int = 1) -> bytes:
    """A picture as a phone takes it."""
    notes = Image.Exif()
    notes[0x010F], notes[0x0112] = "A phone", orientation
    place = notes.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", SOMEWHERE[0], "E", SOMEWHERE[1]
    file = BytesIO()
    Image.new("RGB", (40, 30), "navy").save(file, form, exif=notes)
    return file.getvalue()


@pytest.mark.parametrize(("form", "orientation"), [("JPEG", 6), ("JPEG", 1), ("PNG", 1)])
def test_the_place_goes_and_the_picture_stays(form: str, orientation: int) -> None:
    taken = photo(form, orientation)
    assert dict(Image.open(BytesIO(taken)).getexif().get_ifd(0x8825))
    kept = Image.open(BytesIO(without_place(taken)))
    assert dict(kept.getexif().get_ifd(0x8825)) == {}
    assert 0x010F not in kept.getexif()
    assert kept.getexif().get(0x0112, 1) == orientation
    assert kept.tobytes() == Image.open(BytesIO(taken)).tobytes()
    assert without_place(without_place(taken)) == without_place(taken)


def test_what_is_no_picture_or_half_a_picture_is_kept_as_it_is() -> None:
    taken = photo("JPEG")
    for content in (b"", b"%PDF-1.7", b"\xff\xd8\xff\xe0 a photo", taken[:30], b"\x89PNG\r\n\x1a\n\x00"):
        assert without_place(content) == content
    for end in range(2, len(taken), 7):
        without_place(taken[:end])
    wrong = taken.replace(b"II*\x00", b"XX*\x00").replace(b"MM\x00*", b"XX\x00*")
    assert b"A phone" not in without_place(wrong)
