"""Dates in words, at the precision at which they are known."""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tracker.models import DatePrecision


def _format(precision: str) -> str:
    """Return how Django writes a date of this precision in the current language."""
    formats = {
        DatePrecision.DAY: pgettext("format of a day", "j F Y"),
        DatePrecision.MONTH: pgettext("format of a month", "F Y"),
        DatePrecision.YEAR: pgettext("format of a year", "Y"),
    }
    return formats[DatePrecision(precision)]


def day_words(day: dt.date | None, precision: str = DatePrecision.DAY) -> str:
    """Return "1 May 2011", "May 2011" or "2011"; nothing for no date."""
    return date_format(day, _format(precision or DatePrecision.DAY)) if day else ""


def span_words(first: dt.date, last: dt.date, precision: str) -> str:
    """Return the time from ``first`` to ``last``, without saying twice what they share: "8 to 15 March 2011"."""
    start, end = day_words(first, precision), day_words(last, precision)
    if start == end:
        return end
    if first.year == last.year and precision == DatePrecision.DAY:
        same_month = first.month == last.month
        shape = pgettext("format of a day in a span", "j") if same_month else pgettext("format in a span", "j F")
        start = date_format(first, shape)
    elif first.year == last.year and precision == DatePrecision.MONTH:
        start = date_format(first, pgettext("format of a month in a span", "F"))
    return _("%(first)s to %(last)s") % {"first": start, "last": end}


def years_words(since: int | None, until: int | None) -> str:
    """Return "2006 to 2018", "since 2018" or "until 2018"; nothing where neither year is known."""
    if since and until:
        return _("%(first)s to %(last)s") % {"first": since, "last": until}
    if since:
        return _("since %(year)s") % {"year": since}
    return _("until %(year)s") % {"year": until} if until else ""
