"""Posters for a lobby's wall: one sheet of A4 that says in three languages where to write, with a code to scan.

Called by `lobby qr`. reportlab is imported here only, and only when a poster is printed.
"""

from dataclasses import dataclass
from io import BytesIO

from reportlab.graphics import renderPDF
from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from locales import voice

LANGUAGES = ("zh_CN", "zh_TW", "en")
CHINESE, LATIN = "STSong-Light", "Helvetica"
"""The Chinese one has both kinds of characters; readers of PDF bring it along, so it stands in no file."""
INK, ACCENT, QUIET = HexColor("#1d2730"), HexColor("#0b6e4f"), HexColor("#5c6770")
CODE_SIZE = 96 * mm


@dataclass(frozen=True, slots=True)
class Poster:
    """One sheet: where it hangs, which app it is scanned with, and what the code opens."""

    site: str
    place: str
    app: tuple[str, str]
    """Its name in Chinese and elsewhere."""
    link: str
    emergency_number: str


def draw(posters: list[Poster]) -> bytes:
    """A PDF with a page for each."""
    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, invariant=True)
    for poster in posters:
        _draw_page(canvas, poster)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw_page(canvas: Canvas, poster: Poster) -> None:
    width, height = A4
    y = height - 34 * mm
    _line(canvas, f"{poster.site}  {poster.place}".strip(), 22, y, INK)
    for language, size in zip(LANGUAGES, (40, 24, 24), strict=True):
        y -= (size + 8) * 1.1
        _line(canvas, voice(language).say("Something broken? Scan and tell us"), size, y, ACCENT)
    y -= CODE_SIZE + 8 * mm
    code = QrCodeWidget(poster.link, barLevel="M", barWidth=CODE_SIZE, barHeight=CODE_SIZE)
    drawing = Drawing(CODE_SIZE, CODE_SIZE)
    drawing.add(code)
    renderPDF.draw(drawing, canvas, (width - CODE_SIZE) / 2, y)
    y -= 4 * mm
    for language in LANGUAGES:
        y -= 7 * mm
        _line(
            canvas,
            voice(language).say(
                "With {app}: one sentence, a photo or a voice message is enough.", app=poster.app[language == "en"]
            ),
            14,
            y,
            INK,
        )
    y -= 6 * mm
    for language in LANGUAGES:
        y -= 7 * mm
        danger = voice(language).say("In danger, call {number} first.", number=poster.emergency_number)
        _line(canvas, danger, 14, y, QUIET)


def _line(canvas: Canvas, text: str, size: float, y: float, colour: HexColor) -> None:
    """Centred, and small enough to stay on the sheet."""
    font = LATIN if text.isascii() else CHINESE
    room = A4[0] - 30 * mm
    size = min(size, size * room / max(pdfmetrics.stringWidth(text, font, size), 1.0))
    canvas.setFont(font, size)
    canvas.setFillColor(colour)
    canvas.drawCentredString(A4[0] / 2, y, text)
