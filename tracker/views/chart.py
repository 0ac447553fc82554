"""The geometry of a stacked chart over time, in per cent of its box, so that the page alone decides how large it is.

The box has its origin at the top; a status fills the space from the one below it to its own edge. Counts change on days
and hold until the next: the chart has steps, and no slopes.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from tracker.models import Status
from tracker.sentences import day_words, figure

Level = tuple[dt.date, dict[Status, int]]
"""A day, and how many have which status from then on."""

MOST_NUMBERS = 5
MOST_YEARS = 6


@dataclass(frozen=True)
class Area:
    """A stretch of time in which as many had one status, on top of as many others."""

    status: Status
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Tick:
    """A label at the side of the chart. ``anchor``: which end of the words stands there. Some ticks have no words."""

    place: str
    label: str = ""
    anchor: str = "middle"


@dataclass(frozen=True)
class Chart:
    """What is drawn. ``edges``: paths in a box of 100 by 100; ``marks``: where something else stands on the axis."""

    areas: list[Area]
    edges: list[str]
    numbers: list[Tick]
    times: list[Tick]


def chart(levels: Sequence[Level]) -> Chart:
    """Draw counts over time. ``levels`` are at least two, in order; the last one only ends the chart."""
    first, last = levels[0][0], levels[-1][0]
    top = max(sum(counts.values()) for _day, counts in levels)
    present = [status for status in Status if any(counts[status] for _day, counts in levels)]
    return Chart(
        areas=[area for status in present for area in _areas(status, levels, top)],
        edges=[_edge(status, levels, top) for status in present],
        numbers=[Tick(_percent(100 - 100 * number / top), figure(number), "end") for number in _numbers(top)],
        times=_times(first, last),
    )


def place(day: dt.date, first: dt.date, last: dt.date) -> str:
    """Return where a day stands between the first and the last."""
    return _percent(_share(day, first, last))


def _share(day: dt.date, first: dt.date, last: dt.date) -> float:
    return 100 * (day - first).days / (last - first).days


def _percent(number: float) -> str:
    return f"{_short(number)}%"


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _below(status: Status, counts: dict[Status, int]) -> int:
    """Return how many stand beneath a status: those that pages name before it."""
    order = list(Status)
    return sum(counts[other] for other in order[: order.index(status)])


def _areas(status: Status, levels: Sequence[Level], top: int) -> Iterator[Area]:
    """Yield one area for as long as neither the count nor what lies below it changes."""
    first, last = levels[0][0], levels[-1][0]
    stretches = [
        (_below(status, counts), counts[status], day, until) for (day, counts), (until, _c) in pairwise(levels)
    ]
    for (below, number), same in groupby(stretches, key=lambda stretch: stretch[:2]):
        held = list(same)
        start, end = _share(held[0][2], first, last), _share(held[-1][3], first, last)
        if number and start < end:
            high, low = 100 * (below + number) / top, 100 * below / top
            yield Area(status, _percent(start), _percent(100 - high), _percent(end - start), _percent(high - low))


def _edge(status: Status, levels: Sequence[Level], top: int) -> str:
    """Return the path along the upper edge of a status."""
    first, last = levels[0][0], levels[-1][0]
    path, at = "", ""
    for day, counts in levels[:-1]:
        height = _short(100 - 100 * (_below(status, counts) + counts[status]) / top)
        if height != at:
            path += f"H{_short(_share(day, first, last))}V{height}" if path else f"M0 {height}"
            at = height
    return f"{path}H100"


def _numbers(top: int) -> list[int]:
    """Return what the axis of numbers names: nought, the whole, and round numbers between that do not crowd it."""
    step = next(step for step in _round_steps() if top / step <= MOST_NUMBERS)
    return [number for number in range(0, top, step) if top - number > step / 2] + [top]


def _times(first: dt.date, last: dt.date) -> list[Tick]:
    """Return the beginnings of years, with the round ones named; the two ends where there are no two years to name."""
    years = range(first.year + 1, last.year + 1)
    step = next(step for step in _round_steps() if len(years) / step <= MOST_YEARS)
    named = [year for year in years if year % step == 0]
    if len(named) < 2:
        return [Tick("0%", day_words(first), "start"), Tick("100%", day_words(last), "end")]
    return [Tick(place(dt.date(year, 1, 1), first, last), str(year) if year in named else "") for year in years]


def _round_steps() -> Iterator[int]:
    """Yield 1, 2, 5, 10, 20, 50 and so on."""
    size = 1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10
