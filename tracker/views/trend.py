"""How statuses changed over time: a chart, and the figures behind it."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any

from django.http import HttpRequest

from tracker.models import Milestone, Status, Track
from tracker.progress import today
from tracker.readings.tally import Tally
from tracker.sentences import day_words, trend_answer, trend_source, trend_title
from tracker.views.chart import Chart, Level, chart, place
from tracker.views.head import record_head

Step = tuple[dt.date, str, int]
"""A day, a status, and how many recommendations more (or less) have it from then on."""


MOST_LEVELS = 60
"""Days with changes that a chart draws, and the table behind it lists; of more, the last of each period."""
PERIODS: tuple[Callable[[dt.date], tuple[int, ...]], ...] = (
    lambda day: (day.year, day.month),
    lambda day: (day.year, (day.month - 1) // 3),
    lambda day: (day.year,),
)


@dataclass(frozen=True)
class Row:
    """How many had which status on a day, of those that ever occur. ``occasions``: the milestones of the day."""

    day: dt.date
    occasions: list[str]
    counts: list[tuple[Status, int]]


@dataclass(frozen=True)
class Mark:
    """A milestone on the axis of time."""

    place: str
    title: str
    is_closing: bool


class Trend:
    """Counts by status from a day to another. ``steps``: in the order of days; ``milestones``: those to be marked."""

    def __init__(self, steps: Iterable[Step], milestones: Sequence[Milestone], first: dt.date, last: dt.date) -> None:
        self.first, self.last = first, last
        self.levels = thinned(levels(steps, first))
        self.milestones = [one for one in milestones if first < one.date <= last]

    @property
    def has_changed(self) -> bool:
        """Whether there is anything to draw."""
        return len(self.levels) > 1

    @property
    def began(self) -> Tally:
        """The counts of the first day."""
        return Tally(self.levels[0][1])

    @property
    def ended(self) -> Tally:
        """The counts of the last day."""
        return Tally(self.levels[-1][1])

    @cached_property
    def statuses(self) -> list[Status]:
        """The statuses that occur at any time, in the order of pages."""
        return [status for status in Status if any(counts[status] for _day, counts in self.levels)]

    def chart(self) -> Chart:
        """Return what is drawn."""
        return chart([*self.levels, (self.last, self.ended.counts)])

    def marks(self) -> list[Mark]:
        """Return the milestones on the axis of time."""
        return [
            Mark(
                place(one.date, self.first, self.last),
                f"{one.title}, {day_words(one.date)}",
                one.forum_id is not None,
            )
            for one in self.milestones
        ]

    def rows(self) -> list[Row]:
        """Return the figures of the first day, of each on which one changed, of the milestones, and of the last day."""
        changed = dict(self.levels)
        occasions = {day: list(same) for day, same in groupby(self.milestones, key=lambda one: one.date)}
        rows, counts = [], self.began.counts
        for day in sorted({*changed, *occasions, self.last}):
            counts = changed.get(day, counts)
            titles = [str(one.title) for one in occasions.get(day, [])]
            rows.append(Row(day, titles, [(status, counts[status]) for status in self.statuses]))
        return rows


def levels(steps: Iterable[Step], first: dt.date) -> list[Level]:
    """Return the counts of the first day, and of each later one on which a count changed.

    Where the standing alone changed, or one went as another came, nothing has.
    """
    counts = dict.fromkeys(Status, 0)
    found = {first: counts}
    for day, same in groupby(steps, key=lambda step: max(step[0], first)):
        before, counts = counts, dict(counts)
        for _day, status, number in same:
            counts[Status(status)] += number
        if counts != before:
            found[day] = counts
    return list(found.items())


def thinned(found: list[Level]) -> list[Level]:
    """Return so many levels as can be drawn and read: of each month, quarter or year the last, and the first of all."""
    for period in PERIODS:
        if len(found) > MOST_LEVELS:
            first, *later = found
            found = [first, *{period(day): (day, counts) for day, counts in later}.values()]
    return found


def shown_trend(request: HttpRequest, trend: Trend, subject: str, track: Track = Track.ROUNDTABLES) -> dict[str, Any]:
    """Return what includes/trend.html shows: drawing, figures and words. ``subject``: whose trend it is."""
    opened_on = record_head(request).opened_at.astimezone(dt.UTC).date()
    first, last, changed = trend.first, trend.last, trend.has_changed
    return {
        **(_drawn(trend) if changed else {}),
        "title": trend_title(subject, first, last),
        "answer": trend_answer(trend.began, trend.ended, first=first, last=last, track=track, changed=changed),
        "source": trend_source(first, last, read_on=today(), opened_on=opened_on),
    }


def _drawn(trend: Trend) -> dict[str, Any]:
    marks = trend.marks()
    return {
        "chart": trend.chart(),
        "marks": marks,
        "has_milestones": not all(mark.is_closing for mark in marks),
        "has_closings": any(mark.is_closing for mark in marks),
        "statuses": trend.statuses,
        "rows": trend.rows(),
    }
