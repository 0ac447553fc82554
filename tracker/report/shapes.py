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
SIDE = 11.3
"""Of a tile with slanted lines as far from one another as those of the pages."""
TILE = (
    '<pattern id="fill-{{token}}" width="{{side}}" height="{{side}}" patternUnits="userSpaceOnUse">'
    '<rect width="{{side}}" height="{{side}}" fill="rgb{{tint}}"/>'
    '<path d="{path}" stroke="{{colour}}" stroke-width="{width}"/></pattern>'
)
RISING, FALLING = "M-2 2L2-2M-1 12.3L12.3-1M9.3 13.3L13.3 9.3", "M-2 9.3L2 13.3M-1-1L12.3 12.3M9.3-2L13.3 2"
SLANTED = {
    "partial": TILE.format(path=RISING, width=4),
    "over": TILE.format(path=f"{RISING}{FALLING}", width=1.6),
}
CUT = ".cut{stroke:#fff}"
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


@cache
def _fills() -> str:
    """Return the fills with the colours of paper. What sets type leaves a fill that is turned empty: it is redrawn."""
    patterns = re.findall(r'<pattern\s+id="fill-(\w+)"([^>]*)>(.*?)</pattern>', _sprite(), re.DOTALL)
    drawn = [
        SLANTED[token].format(token=token, side=SIDE, colour=COLOURS[token], tint=tint(COLOURS[token]))
        if token in SLANTED
        else f'<pattern id="fill-{token}"{attributes}>{shapes}</pattern>'
        for token, attributes, shapes in patterns
    ]
    return f"<style>{_rules()}</style><defs>{''.join(drawn)}</defs>"


def _rules() -> str:
    coloured = (
        f".is-{token} .full{{fill:{colour}}}.is-{token} .tint{{fill:rgb{tint(colour)}}}"
        for token, colour in COLOURS.items()
    )
    return f"{''.join(coloured)}.bare{{fill:#fff}}"
