"""Draws the pictures the desk sends: a trend, as a PNG that is read on a phone. Pillow is used here only.

The letters come along in `bot/fonts`, since few servers have any Chinese ones: Noto Sans CJK (SIL Open Font License
1.1), cut down to the words of the trade. A picture says nothing else; names of people's own stand in the caption.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from locales import Voice

FONTS = Path(__file__).parent / "fonts"
FACES = {"zh_TW": "noto-sans-cjk-tc.otf"}
OTHER_FACE = "noto-sans-cjk-sc.otf"
WIDTH, HEIGHT, FINER = 900, 440, 2
"""Drawn twice as fine and then made smaller, so that slanted lines are smooth."""
LEFT, RIGHT, TOP, BOTTOM = 56, 20, 64, 44
PAPER, INK, QUIET, GRID, RESTING = "#ffffff", "#1d2730", "#66727c", "#e3e8ea", "#f4f6f6"
BARS, TODAY, LINE = "#7cc0b4", "#c3e2dc", "#b4512b"
SATURDAY = 5
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
GRID_LINES = 4


def draw_trend(voice: Voice, first: date, received: Sequence[int], finished: Sequence[int]) -> bytes:
    """Bars for what was received each day, a line for what was finished; the last day may still go on."""
    image = Image.new("RGB", (WIDTH * FINER, HEIGHT * FINER), PAPER)
    pen = ImageDraw.Draw(image)
    top = _round_up(max((*received, *finished, 1)))
    step = (WIDTH - LEFT - RIGHT) / len(received)

    def x(day: float) -> float:
        return (LEFT + day * step) * FINER

    def y(count: float) -> float:
        return (HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * count / top) * FINER

    days = [first + timedelta(days=n) for n in range(len(received))]
    small = _font(voice.language, 17)
    for n, day in enumerate(days):
        if day.weekday() >= SATURDAY:
            pen.rectangle((x(n), y(top), x(n + 1), y(0)), fill=RESTING)
    for count in range(0, top + 1, top // GRID_LINES if top >= GRID_LINES else 1):
        pen.line((x(0), y(count), x(len(days)), y(count)), fill=GRID, width=FINER)
        pen.text((x(0) - 8 * FINER, y(count)), str(count), font=small, fill=QUIET, anchor="rm")
    for n, count in enumerate(received):
        colour = TODAY if n == len(days) - 1 else BARS
        pen.rounded_rectangle((x(n + 0.16), y(count), x(n + 0.84), y(0)), radius=3 * FINER, fill=colour)
    points = [(x(n + 0.5), y(count)) for n, count in enumerate(finished)]
    pen.line(points, fill=LINE, width=3 * FINER, joint="curve")
    for px, py in points:
        pen.ellipse((px - 4 * FINER, py - 4 * FINER, px + 4 * FINER, py + 4 * FINER), fill=LINE)
    for n, day in enumerate(days):
        if day.weekday() == 0 or n == len(days) - 1:
            pen.text((x(n + 0.5), y(0) + 8 * FINER), f"{day.month}/{day.day}", font=small, fill=QUIET, anchor="ma")
    _legend(pen, voice)
    file = BytesIO()
    image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(file, "PNG", optimize=True)
    return file.getvalue()


def legend_of(voice: Voice) -> tuple[str, str]:
    """The words in the picture."""
    return voice.say("Received"), voice.say("Finished")


def _legend(pen: ImageDraw.ImageDraw, voice: Voice) -> None:
    font, at = _font(voice.language, 21), float(LEFT * FINER)
    for words, colour, is_line in zip(legend_of(voice), (BARS, LINE), (False, True), strict=True):
        middle = 30 * FINER
        if is_line:
            pen.line((at, middle, at + 26 * FINER, middle), fill=colour, width=3 * FINER)
            pen.ellipse((at + 9 * FINER, middle - 4 * FINER, at + 17 * FINER, middle + 4 * FINER), fill=colour)
        else:
            pen.rounded_rectangle(
                (at, middle - 9 * FINER, at + 26 * FINER, middle + 9 * FINER), radius=3 * FINER, fill=colour
            )
        at += 36 * FINER
        pen.text((at, middle), words, font=font, fill=INK, anchor="lm")
        at += pen.textlength(words, font=font) + 30 * FINER


@cache
def _font(language: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / FACES.get(language, OTHER_FACE), size * FINER)


def _round_up(most: int) -> int:
    """A round number above the largest count, which four lines divide."""
    for step in STEPS:
        if step * GRID_LINES >= most:
            return step * GRID_LINES
    return -(-most // GRID_LINES) * GRID_LINES
