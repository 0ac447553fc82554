"""A page as a picture, for sites that show a link with one: its sentence, and its bar where it has one.

Drawn here and now, so that it is always what the page says. No word of an address is drawn.
"""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from PIL import Image, ImageDraw, ImageFont

from tracker.models import Status
from tracker.readings.colours import COLOURS, tint
from tracker.sentences import figure, tracker_name

WIDTH, HEIGHT = 1200, 630
MARGIN, BAND, FOOT = 72, 92, 64
ACROSS = WIDTH - 2 * MARGIN
LONGEST = 600  # more signs do not fit, whatever their size
# The largest letters in which a sentence fits are taken.
SIZES = (50, 44, 39, 34, 30)
LEADING = 1.24
BAR, LEGEND, GAP = 52, 28, 36

PAPER, INK, SOFT, HEAD, ON_HEAD = "#ffffff", "#17212a", "#4c5a66", "#0d3446", "#f2f7fa"
Counts = tuple[tuple[Status, int], ...]
Font = ImageFont.FreeTypeFont
Pen = ImageDraw.ImageDraw


@dataclass(frozen=True)
class Picture:
    """What a picture shows. ``counts``: how many have which status, none where the page has no bar."""

    subject: str
    answer: str
    counts: Counts = ()


@lru_cache(maxsize=128)
def drawn(picture: Picture, source: str) -> bytes:
    """Return the picture as PNG, 1200 by 630 as sites want it; ``source`` says at its foot where it is from."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, WIDTH, BAND), fill=HEAD)
    pen.text((MARGIN, BAND / 2), tracker_name(), font=font("Semibold", 34), fill=ON_HEAD, anchor="lm")
    shown = [(status, number) for status, number in picture.counts if number]
    rows = list(_legend_rows(shown))
    foot = HEIGHT - FOOT
    top = foot - 20 - len(rows) * (LEGEND + 16) - BAR if shown else foot
    _words(pen, picture, top - 24)
    if shown:
        _bar(image, shown, top)
        _legend(image, rows, top + BAR + 22)
    small = font("Regular", 24)
    pen.text((MARGIN, HEIGHT - FOOT / 2), cut(legible(source), small, ACROSS), font=small, fill=SOFT, anchor="lm")
    out = io.BytesIO()
    # Few colours make it a third as large, and no slower: what choosing them takes, compressing saves.
    few = image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(out, "PNG", compress_level=4)
    return out.getvalue()


@cache
def font(weight: str, size: int) -> Font:
    """Return a font that comes with the software: a machine need not have any, and Pillow's own lacks é and ñ."""
    path = files("font_source_sans_pro") / "files" / f"SourceSansPro-{weight}.ttf"
    return ImageFont.truetype(io.BytesIO(path.read_bytes()), size)


@lru_cache(maxsize=4096)
def has_glyph(sign: str) -> bool:
    """Tell whether the font can draw a sign; a missing one is drawn as an empty box."""
    letters = font("Semibold", 30)
    return sign.isspace() or bytes(letters.getmask(sign)) != bytes(letters.getmask("\uffff"))


def legible(text: str) -> str:
    """Return a text on one line; words in a script that the font does not have are left out, and "…" says so."""
    known = "".join(sign if has_glyph(sign) else "\uffff" for sign in " ".join(text[:LONGEST].split()))
    return re.sub(r"\uffff(\s*\uffff)*", "…", known)


def _words(pen: Pen, picture: Picture, bottom: float) -> None:
    """Write the subject, and the answer as large as it fits above ``bottom``."""
    small = font("Regular", 32)
    pen.text((MARGIN, BAND + 44), cut(legible(picture.subject), small, ACROSS), font=small, fill=SOFT, anchor="lm")
    first, answer = BAND + 84, legible(picture.answer)
    for size in SIZES:
        letters, step = font("Semibold", size), size * LEADING
        lines, room = wrapped(answer, letters), int((bottom - first) // step)
        if len(lines) <= room:
            break
    else:
        lines = [*lines[: room - 1], cut(f"{lines[room - 1]} …", letters, ACROSS)]
    for place, line in enumerate(lines):
        pen.text((MARGIN, first + place * step), line, font=letters, fill=INK)


def wrapped(text: str, letters: Font, room: float = ACROSS) -> list[str]:
    """Return a text in lines that fit; a word that is longer than a line is cut."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if letters.getlength(longer) <= room:
            lines[-1] = longer
        else:
            lines.append(cut(word, letters, room))
    return [line for line in lines if line]


def cut(text: str, letters: Font, room: float) -> str:
    """Return a text, or as much of its beginning as fits with "…" behind it."""
    if letters.getlength(text) <= room:
        return text
    while text and letters.getlength(f"{text} …") > room:
        text = text[: -max(1, len(text) // 20)]
    whole_words = text.rpartition(" ")[0] or text
    return f"{whole_words.rstrip(' …')} …"


def _bar(image: Image.Image, shown: list[tuple[Status, int]], top: float) -> None:
    total, start = sum(number for _status, number in shown), 0
    for status, number in shown:
        end = start + number
        left, right = MARGIN + round(ACROSS * start / total), MARGIN + round(ACROSS * end / total)
        _fill(image, status, (left, round(top), right, round(top) + BAR))
        start = end


def _legend_rows(shown: list[tuple[Status, int]]) -> Iterator[list[tuple[Status, str, float]]]:
    """Yield the rows of the legend: of each status its words and where they begin."""
    letters = font("Regular", LEGEND)
    row: list[tuple[Status, str, float]] = []
    place = 0.0
    for status, number in shown:
        words = f"{figure(number)} {status.label}"
        width = LEGEND + 10 + letters.getlength(words) + GAP
        if row and place + width > ACROSS + GAP:
            yield row
            row, place = [], 0.0
        row.append((status, words, place))
        place += width
    if row:
        yield row


def _legend(image: Image.Image, rows: list[list[tuple[Status, str, float]]], top: float) -> None:
    pen, letters = ImageDraw.Draw(image), font("Regular", LEGEND)
    for line, row in enumerate(rows):
        middle = round(top + line * (LEGEND + 16) + LEGEND / 2)
        for status, words, place in row:
            left = MARGIN + round(place)
            _fill(image, status, (left, middle - 13, left + 26, middle + 13))
            pen.text((left + LEGEND + 10, middle), words, font=letters, fill=INK, anchor="lm")


def _fill(image: Image.Image, status: Status, box: tuple[int, int, int, int]) -> None:
    """Fill a box as the bars of pages do: each status with a colour and a pattern of its own."""
    left, top, right, bottom = box
    colour = COLOURS[status.token]
    piece = Image.new("RGB", (right - left, bottom - top), tint(colour))
    PATTERNS[status.token](ImageDraw.Draw(piece), piece.size, colour)
    ImageDraw.Draw(piece).rectangle((0, 0, piece.width - 1, piece.height - 1), outline=colour, width=2)
    image.paste(piece, (left, top))


Size = tuple[int, int]


def _plain(pen: Pen, size: Size, colour: str) -> None:
    pen.rectangle((0, 0, *size), fill=colour)


def _diagonals(pen: Pen, size: Size, colour: str) -> None:
    for place in range(-size[1], size[0], 14):
        pen.line((place, size[1], place + size[1], 0), fill=colour, width=5)


def _back_diagonals(pen: Pen, size: Size, colour: str) -> None:
    for place in range(-size[1], size[0], 14):
        pen.line((place, 0, place + size[1], size[1]), fill=colour, width=3)


def _crossed(pen: Pen, size: Size, colour: str) -> None:
    _diagonals(pen, size, colour)
    _back_diagonals(pen, size, colour)


def _dots(pen: Pen, size: Size, colour: str) -> None:
    for across in range(5, size[0], 12):
        for down in range(5, size[1], 12):
            pen.ellipse((across, down, across + 5, down + 5), fill=colour)


def _level(pen: Pen, size: Size, colour: str) -> None:
    for down in range(4, size[1], 10):
        pen.line((0, down, size[0], down), fill=colour, width=4)


def _upright(pen: Pen, size: Size, colour: str) -> None:
    for across in range(4, size[0], 10):
        pen.line((across, 0, across, size[1]), fill=colour, width=3)


def _bare(pen: Pen, size: Size, colour: str) -> None:
    pen.rectangle((0, 0, *size), fill=PAPER)


def _light(pen: Pen, size: Size, colour: str) -> None:
    """Leave the tint as it is."""


PATTERNS: dict[str, Callable[[Pen, Size, str], None]] = {
    "implemented": _plain,
    "partial": _diagonals,
    "progress": _dots,
    "ongoing": _level,
    "over": _crossed,
    "dropped": _upright,
    "notstarted": _light,
    "none": _bare,
}
