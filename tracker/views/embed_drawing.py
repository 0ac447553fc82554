"""A roundtable's progress drawn as SVG that needs nothing else: no style sheet, no font, no script.

It brings its own white paper, so that it can be read on a page of any colour.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string

from tracker.models import Status, current_language
from tracker.readings.colours import COLOURS, tint
from tracker.sentences import figure
from tracker.views.atom import UNWRITABLE
from tracker.views.drawing import INK, PAPER, SOFT, font, wrapped
from tracker.views.page import without_indentation

WIDTH, MARGIN = 600, 20
ACROSS = WIDTH - 2 * MARGIN
BAR, ROW, GAP, MARK, BESIDE = 30, 24, 18, 14, 22
# Letters of others are wider than those we measure with: Arial's by so much. Each line is told how wide it is, so that
# it fits in whichever letters the reader has.
WIDER = 1.12
SUBJECT, ANSWER, SMALL = 15, 20, 13
LEADING = 1.35
MOST_LINES = 12


@dataclass(frozen=True)
class Line:
    """A line of text, where it stands, and how wide it is."""

    words: str
    width: float
    top: float
    size: int
    weight: str
    colour: str


@dataclass(frozen=True)
class Box:
    """A stretch of the bar, or a mark of the legend with its words."""

    token: str
    left: float
    top: float
    width: float
    words: str = ""

    @property
    def room(self) -> float:
        """How wide the words are."""
        return round(self.width - BESIDE, 1)


def drawing(subject: str, answer: str, counts: Sequence[tuple[Status, int]], notes: Sequence[str]) -> str:
    """Return the drawing. ``notes``: what stands in small letters at its foot."""
    subject, answer, *notes = (UNWRITABLE.sub("", words) for words in (subject, answer, *notes))
    lines, top = _lines([subject], MARGIN, SUBJECT, "400", SOFT)
    more, top = _lines([answer], top + 4, ANSWER, "600", INK)
    segments = list(_segments(counts, top + 12))
    legend = list(_legend(counts, top + 12 + BAR + 14))
    top = (legend[-1].top + ROW + 10) if legend else top + 12
    small, top = _lines(notes, top, SMALL, "400", SOFT)
    context = {
        "language": current_language(),
        "subject": subject,
        "answer": answer,
        "width": WIDTH,
        "height": round(top + MARGIN - 6),
        "margin": MARGIN,
        "lines": [*lines, *more, *small],
        "segments": segments,
        "legend": legend,
        "fills": [_fill(status) for status, _number in counts],
        "bar": BAR,
        "mark": MARK,
        "beside": BESIDE,
        "ink": INK,
        "paper": PAPER,
    }
    return without_indentation(render_to_string("tracker/roundtable_embed.svg", context))


def _lines(paragraphs: Sequence[str], top: float, size: int, weight: str, colour: str) -> tuple[list[Line], float]:
    """Return paragraphs in lines that fit, from ``top`` down, and where they end."""
    letters, step = font("Semibold" if weight == "600" else "Regular", size), size * LEADING
    found = [line for words in paragraphs for line in wrapped(words, letters, ACROSS / WIDER)[:MOST_LINES]]
    lines = [
        Line(
            words, round(letters.getlength(words) * WIDER, 1), round(top + place * step + size, 1), size, weight, colour
        )
        for place, words in enumerate(found)
    ]
    return lines, top + len(lines) * step


def _segments(counts: Sequence[tuple[Status, int]], top: float) -> Iterator[Box]:
    total, start = sum(number for _status, number in counts), 0
    for status, number in counts:
        left, width = MARGIN + ACROSS * start / total, ACROSS * number / total
        yield Box(status.token, round(left, 1), round(top, 1), round(width, 1))
        start += number


def _legend(counts: Sequence[tuple[Status, int]], top: float) -> Iterator[Box]:
    """Yield what the stretches mean, in rows."""
    letters, left = font("Regular", SUBJECT), float(MARGIN)
    for status, number in counts:
        words = f"{figure(number)} {status.label}"
        width = BESIDE + letters.getlength(words) * WIDER
        if left > MARGIN and left + width > WIDTH - MARGIN:
            left, top = float(MARGIN), top + ROW
        yield Box(status.token, round(left, 1), round(top, 1), round(width, 1), words)
        left += width + GAP


def _fill(status: Status) -> dict[str, str]:
    colour = COLOURS[status.token]
    light = "#{:02x}{:02x}{:02x}".format(*tint(colour))
    return {"token": status.token, "full": colour, "tint": light}
