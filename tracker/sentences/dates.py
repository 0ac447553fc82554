"""Dates in words, at the precision at which they are known. The shapes are translated."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import pgettext

from tracker.models import DatePrecision


def _shape_in_month(day: dt.date) -> str:
    """Return how the first day of a span within a month is written."""
    if day.day == 1:
        return pgettext("format of the first of a month, alone", "j")
    return pgettext("format of a day in a span", "j")


def _shape_in_year(day: dt.date) -> str:
    """Return how the first day of a span within a year is written."""
    if day.day == 1:
        return pgettext("format of the first of a month in a span", "j F")
    return pgettext("format in a span", "j F")


def day_words(day: dt.date | None, precision: str = DatePrecision.DAY) -> str:
    """Return "1 May 2011", "May 2011" or "2011"; nothing for no date."""
    return DatePrecision(precision or DatePrecision.DAY).words(day) if day else ""


def since_words(day: dt.date | None, precision: str = DatePrecision.DAY) -> str:
    """Return "since 1 May 2011", "since May 2011" or "since 2011"; nothing for no date."""
    if day is None:
        return ""
    if (precision or DatePrecision.DAY) == DatePrecision.DAY:
        return pgettext("since a day", "since %(day)s") % {"day": day_words(day)}
    return pgettext("since a month or year", "since %(day)s") % {"day": day_words(day, precision)}


def span_words(first: dt.date, last: dt.date, precision: str) -> str:
    """Return the time from ``first`` to ``last``, without saying twice what they share: "8 to 15 March 2011"."""
    start, end = day_words(first, precision), day_words(last, precision)
    if start == end:
        return end
    if precision == DatePrecision.DAY:
        if first.year == last.year:
            same_month = first.month == last.month
            start = date_format(first, _shape_in_month(first) if same_month else _shape_in_year(first))
        return pgettext("from a day to another", "%(first)s to %(last)s") % {"first": start, "last": end}
    if first.year == last.year:
        start = date_format(first, pgettext("format of a month in a span", "F"))
    return pgettext("from a month or year to another", "%(first)s to %(last)s") % {"first": start, "last": end}


def years_words(since: int | None, until: int | None) -> str:
    """Return "2006 to 2018", "since 2018" or "until 2018"; nothing where neither year is known."""
    if since and until:
        span = pgettext("from a month or year to another", "%(first)s to %(last)s")
        return span % {"first": since, "last": until}
    if since:
        return pgettext("since a month or year", "since %(day)s") % {"day": since}
    return pgettext("until a month or year", "until %(day)s") % {"day": until} if until else ""
