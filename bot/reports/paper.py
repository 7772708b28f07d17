"""A report on paper: A4, every figure with its definition, in one language. reportlab is used here and for posters."""

from datetime import timedelta
from io import BytesIO
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, PolyLine, Rect, String
from reportlab.lib.colors import HexColor, white
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from bot.reports.wording import Section, sections_of, title_of
from handlers.reports.period import Report
from locales import Voice

CHINESE, LATIN, LATIN_BOLD = "STSong-Light", "Helvetica", "Helvetica-Bold"
INK, ACCENT, QUIET, LINE = HexColor("#1d2730"), HexColor("#0b6e5f"), HexColor("#5c6770"), HexColor("#d9dfdd")
BARS, TRACE, STRIPE = HexColor("#7cc0b4"), HexColor("#b4512b"), HexColor("#f4f7f6")
MARGIN = 18 * mm
CHART_HEIGHT = 52 * mm
GRID_LINES = 4


def print_report(report: Report, voice: Voice) -> bytes:
    """The PDF."""
    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
    file, title = BytesIO(), title_of(voice, report)
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=title,
        author="Lobby",
        invariant=True,
    )
    story: list[Any] = [_paragraph(title, 19, ACCENT, bold=True), Spacer(1, 3 * mm)]
    chart = [_heading(voice.say("Received and finished")), _chart(report, document.width), _legend(voice)]
    for at, section in enumerate(sections_of(voice, report)):
        story += _section(section, document.width)
        if at == 0:
            story.append(KeepTogether(chart))
    document.build(story, onFirstPage=_foot(title), onLaterPages=_foot(title))
    return file.getvalue()


def _section(section: Section, width: float) -> list[Any]:
    heading = _heading(section.title)
    notes = [_paragraph(note, 9, QUIET) for note in section.notes]
    if not section.rows:
        return [KeepTogether([heading, *notes])] if notes else []
    cells = [
        [_paragraph(str(cell), 8.5, QUIET if row == 0 else INK, bold=row == 0) for cell in line]
        for row, line in enumerate(section.rows)
    ]
    total = sum(section.widths)
    table = Table(cells, [width * part / total for part in section.widths], repeatRows=1)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("LINEBELOW", (0, 0), (-1, -1), 0.4, LINE),
                ("ROWBACKGROUNDS", (0, 1), (-1, -1), [white, STRIPE]),
                ("TOPPADDING", (0, 0), (-1, -1), 2.4),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2.8),
            ]
        )
    )
    return [heading, table, *notes]


def _chart(report: Report, width: float) -> Drawing:
    drawing, left, bottom = Drawing(width, CHART_HEIGHT), 26, 14
    received, finished = report.overview.received, report.overview.finished
    each = max(1, -(-len(received) // 62))
    came, done = ([sum(counts[n : n + each]) for n in range(0, len(counts), each)] for counts in (received, finished))
    top = max((*came, *done, GRID_LINES))
    step, room = (width - left) / len(came), CHART_HEIGHT - bottom - 6
    for n in range(GRID_LINES + 1):
        y = bottom + room * n / GRID_LINES
        drawing.add(Line(left, y, width, y, strokeColor=LINE, strokeWidth=0.5))
        drawing.add(_label(left - 4, y - 2.5, f"{round(top * n / GRID_LINES)}", "end"))
    points = []
    for n, count in enumerate(came):
        x = left + n * step
        drawing.add(Rect(x + step * 0.15, bottom, step * 0.7, room * count / top, fillColor=BARS, strokeColor=None))
        points += [x + step / 2, bottom + room * done[n] / top]
        day = report.overview.first + timedelta(days=n * each)
        if n % max(1, len(came) // 8) == 0:
            drawing.add(_label(x + step / 2, 3, f"{day.month}/{day.day}", "middle"))
    drawing.add(PolyLine(points, strokeColor=TRACE, strokeWidth=1.6))
    return drawing


def _legend(voice: Voice) -> Paragraph:
    came, done = voice.say("Received"), voice.say("Finished")
    words = f'<font color="#5fae9f">■</font> {came}   <font color="#b4512b">■</font> {done}'
    return Paragraph(words, ParagraphStyle("legend", fontName=CHINESE, fontSize=8.5, textColor=QUIET))


def _label(x: float, y: float, text: str, anchor: str) -> String:
    return String(x, y, text, fontName=LATIN, fontSize=7, fillColor=QUIET, textAnchor=anchor)


def _heading(text: str) -> Paragraph:
    return _paragraph(text, 12, INK, bold=True, before=9, after=4)


def _paragraph(
    text: str, size: float, colour: HexColor, *, bold: bool = False, before: float = 0, after: float = 0
) -> Paragraph:
    """People's own names are data: nothing in them is read as markup."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    latin = LATIN_BOLD if bold else LATIN
    font = latin if text.isascii() else CHINESE
    wrap = None if text.isascii() else "CJK"
    style = ParagraphStyle(
        "own", fontName=font, fontSize=size, leading=size * 1.35, textColor=colour, spaceBefore=before, spaceAfter=after
    )
    style.wordWrap = wrap
    return Paragraph(safe, style)


def _foot(title: str) -> Any:
    def draw(canvas: Any, document: Any) -> None:
        canvas.setFont(LATIN if title.isascii() else CHINESE, 8)
        canvas.setFillColor(QUIET)
        canvas.drawString(MARGIN, 10 * mm, title)
        canvas.drawRightString(A4[0] - MARGIN, 10 * mm, str(document.page))

    return draw
