"""The marks and bars of the pages for documents that are printed: the same shapes, as SVG of their own."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings

from tracker.models import Status
from tracker.readings.colours import COLOURS, tint
from tracker.readings.tally import Tally

SPRITE = Path(settings.BASE_DIR) / "templates" / "includes" / "sprite.html"
WIDTH, HEIGHT = 493, 14
"""Of a bar, in points: what an A4 page leaves between its margins, so that the fills keep their size."""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" color="{colour}">{body}</svg>'


@cache
def marks() -> dict[str, str]:
    """Return the mark of each status by its token."""
    symbols = re.findall(r'<symbol id="mark-(\w+)"[^>]*>(.*?)</symbol>', _sprite(), re.DOTALL)
    return {
        token: SVG.format(width=16, height=16, colour=COLOURS[token], body=f"<style>{CUT}</style>{shape}")
        for token, shape in symbols
    }


def bar(counted: Tally) -> str:
    """Return the bar of a count, each status as wide as its share; nothing for nothing."""
    rects, start = [], 0.0
    for status, number in counted.counts.items():
        if number:
            width = WIDTH * number / counted.total
            rects.append(_segment(status, start, width))
            start += width
    body = f"{_fills()}{''.join(rects)}"
    return SVG.format(width=WIDTH, height=HEIGHT, colour="#000", body=body) if rects else ""


def _segment(status: Status, start: float, width: float) -> str:
    colour = COLOURS[status.token]
    return (
        f'<rect x="{start + 0.5:.2f}" y="0.5" width="{width - 1:.2f}" height="{HEIGHT - 1}" '
        f'fill="url(#fill-{status.token})" stroke="{colour}"/>'
    )


@cache
def _sprite() -> str:
    return SPRITE.read_text(encoding="utf-8")


CUT = ".cut{stroke:#fff}"


@cache
def _fills() -> str:
    """Return the fills with the colours of paper."""
    patterns = "".join(re.findall(r"<pattern .*?</pattern>", _sprite(), re.DOTALL))
    rules = "".join(
        f".is-{token} .full{{fill:{colour}}}.is-{token} .tint{{fill:rgb{tint(colour)}}}"
        for token, colour in COLOURS.items()
    )
    return f"<style>{rules}.bare{{fill:#fff}}</style><defs>{patterns}</defs>"
