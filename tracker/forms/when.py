"""One text field for a date at the precision at which it is known: "1 May 2011", "May 2011", "2011", or a span.

Months are read in English, French and Spanish whatever the language of the page, and written in that.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from tracker.models import DatePrecision

NAMES = (
    *("january janvier enero", "february février fevrier febrero", "march mars marzo", "april avril abril"),
    *("may mai mayo", "june juin junio", "july juillet julio", "august août aout agosto"),
    *("september sept septembre septiembre setiembre", "october octobre octubre", "november novembre noviembre"),
    "december décembre decembre diciembre",
)
EARLIEST, LATEST = 1900, 2100
EXAMPLES = _("Such as 1 May 2011, May 2011, 2011, or 8 February 2011 – 15 March 2011.")

# What stands between the parts of a date in French and Spanish: "du 8 au 15 mars", "8 de marzo de 2011".
_ARTICLES = re.compile(r"(?:^|(?<=\s))(?:le|du|de|el|del)\s+", re.IGNORECASE)
_SEPARATOR = re.compile(
    r"\s*[–—]\s*|\s+-\s+|\s+(?:to|until|au|à|al|a|hasta)\s+|(?<=^\d)-(?=\d{1,2}\s)|(?<=^\d\d)-(?=\d{1,2}\s)"
)
_AMBIGUOUS = re.compile(r"\d{1,4}[/.]\d{1,2}(?:[/.]\d{2,4})?|\d{1,2}-\d{1,2}-\d{2,4}", re.ASCII)
_POINTS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        r"(?P<year>\d{4})(?:-(?P<number>\d{1,2})(?:-(?P<day>\d{1,2}))?)?",  # 2011, 2011-05, 2011-05-01
        r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?(?:\s+(?P<month>[A-Za-zéûÉÛ]+)\.?,?(?:\s+(?P<year>\d{4}))?)?",  # 1 May
        r"(?P<month>[A-Za-zéûÉÛ]+)\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,\s+(?P<year>\d{4})",  # May 1, 2011
        r"(?P<month>[A-Za-zéûÉÛ]+)\.?(?:\s+(?P<year>\d{4}))?",  # May 2011
    )
)


@dataclass(frozen=True)
class When:
    """A day, a month or a year, or a span of them: its first and last day, and how exactly it is known."""

    first: dt.date
    last: dt.date
    precision: DatePrecision

    def __str__(self) -> str:
        """Write it as one would type it; ``parse_when`` reads the same back."""
        start, end = self._written(self.first), self._written(self.last)
        return end if start == end else f"{start} – {end}"

    def _written(self, day: dt.date) -> str:
        if self.precision == DatePrecision.YEAR:
            return str(day.year)
        month = f"{MONTHS[day.month]} {day.year}"
        return month if self.precision == DatePrecision.MONTH else f"{day.day} {month}"


@dataclass(frozen=True)
class _Point:
    """One end of a span as it was written."""

    year: int | None
    month: int | None
    day: int | None

    @property
    def precision(self) -> DatePrecision:
        if self.day:
            return DatePrecision.DAY
        return DatePrecision.MONTH if self.month else DatePrecision.YEAR

    def completed_by(self, end: "_Point") -> "_Point":
        """Return the first end with what it shares with the last: "8 – 15 March 2011"."""
        month = self.month or (end.month if self.day else None)
        return _Point(self.year or end.year, month, self.day)


def parse_when(text: str) -> When:
    """Return what ``text`` names. Raises ValidationError in words where it is no date or could be read in two ways."""
    text = " ".join(text.split())
    if _AMBIGUOUS.fullmatch(text) or any(_AMBIGUOUS.fullmatch(part) for part in _SEPARATOR.split(text)):
        raise _refusal(_("“%(text)s” can be read in two ways: write the month as a word. %(examples)s"), text)
    parts = _SEPARATOR.split(_ARTICLES.sub("", text))
    if len(parts) > 2:
        raise _refusal(_("“%(text)s” has more than two ends. %(examples)s"), text)
    end = _point(parts[-1], text)
    start = _point(parts[0], text).completed_by(end)
    if start.precision != end.precision:
        raise _refusal(_("Write both ends of “%(text)s” alike: two days, two months or two years."), text)
    first, last = _first_day(start, text), _last_day(end, text)
    if last < first:
        raise _refusal(_("“%(text)s” ends before it begins."), text)
    return When(first, last, end.precision)


def _refusal(message: Any, text: str) -> ValidationError:
    return ValidationError(message, code="when", params={"text": text, "examples": EXAMPLES})


def _point(written: str, text: str) -> _Point:
    found = next((match for pattern in _POINTS if (match := pattern.fullmatch(written))), None)
    if found is None:
        raise _refusal(_("“%(text)s” is not a date that this form understands. %(examples)s"), text)
    named = {part: value for part, value in found.groupdict().items() if value}
    if "0" in {value.lstrip("0") or "0" for value in named.values()}:
        raise _refusal(_("“%(text)s” is no day of the calendar. %(examples)s"), text)
    month = _month(named["month"], text) if "month" in named else _number(named, "number")
    return _Point(_number(named, "year"), month, _number(named, "day"))


def _number(named: dict[str, str], part: str) -> int | None:
    return int(named[part]) if part in named else None


def _month(name: str, text: str) -> int:
    """Return the one month whose name, in any of the languages, begins so: "jui" may be two, in French."""
    begun = [any(one.startswith(name.lower()) for one in names.split()) for names in NAMES]
    if len(name) < 3 or begun.count(True) != 1:
        raise _refusal(_("“%(text)s” names no month. %(examples)s"), text)
    return begun.index(True) + 1


def _first_day(point: _Point, text: str) -> dt.date:
    if point.year is None:
        raise _refusal(_("“%(text)s” names no year. %(examples)s"), text)
    if not EARLIEST <= point.year <= LATEST:
        raise _refusal(_("Mend the year of “%(text)s”."), text)
    try:
        return dt.date(point.year, point.month or 1, point.day or 1)
    except ValueError:
        raise _refusal(_("“%(text)s” is no day of the calendar. %(examples)s"), text) from None


def _last_day(point: _Point, text: str) -> dt.date:
    first = _first_day(point, text)
    if point.precision == DatePrecision.DAY:
        return first
    month = point.month or 12
    return dt.date(first.year, month, calendar.monthrange(first.year, month)[1])


class WhenField(forms.CharField):
    """A text field whose cleaned value is a ``When`` (None where it is empty and not required)."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("When"))
        kwargs.setdefault("help_text", EXAMPLES)
        kwargs.setdefault("error_messages", {"required": _("Say when this was, as exactly as it is known.")})
        super().__init__(max_length=80, **kwargs)

    def clean(self, value: Any) -> Any:
        """Return the ``When``; a text that is none is refused with words."""
        text = super().clean(value)
        return parse_when(text) if text else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare what is meant, not how it is written."""
        try:
            return parse_when(str(data or "")) != (parse_when(str(initial)) if initial else None)
        except ValidationError:
            return True
