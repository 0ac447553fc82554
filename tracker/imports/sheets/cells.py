"""Reading cells: each function returns the usual form of what is written in a cell, or refuses it in words."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import override

from tracker.forms.when import EARLIEST, LATEST, When, parse_when
from tracker.imports.sheets.columns import CellError
from tracker.models import DatePrecision, Language, fold

YES = frozenset({"yes", "y", "oui", "o", "si", "s", "true", "vrai", "verdadero", "1", "x"})
NO = frozenset({"no", "n", "non", "false", "faux", "falso", "0"})
BETWEEN_VALUES = ";"

_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})(?:[/.](\d{1,2}))?", re.ASCII)
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?", re.ASCII)
_ISO_SPAN = re.compile(r"(\d{4}(?:-\d\d){0,2})/(\d{4}(?:-\d\d){0,2})", re.ASCII)


def yes_or_no(text: str) -> str:
    """Return "yes" or "no"."""
    word = fold(text)
    if word not in YES | NO:
        raise CellError(_("“%(text)s” is neither yes nor no.") % {"text": text})
    return "yes" if word in YES else "no"


def whole_number(text: str) -> str:
    """Return a whole number that is not negative, without a fraction that a spreadsheet added."""
    digits = text.removesuffix(".0")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise CellError(_("“%(text)s” is no whole number.") % {"text": text})
    return str(int(digits))


def year(text: str) -> str:
    """Return a year."""
    number = whole_number(text)
    if not EARLIEST <= int(number) <= LATEST:
        raise CellError(_("“%(text)s” is no year such as 2013.") % {"text": text})
    return number


def several(text: str) -> list[str]:
    """Return the values of a cell that holds several, each once."""
    return list(dict.fromkeys(part.strip() for part in text.split(BETWEEN_VALUES) if part.strip()))


def choice(choices: type[models.TextChoices], allowed: Iterable[str] | None = None) -> Callable[[str], str]:
    """Return what reads a value of an enum, or its label in any of the languages."""
    among = list(choices.values if allowed is None else allowed)
    words: dict[str, str] = {}

    def read(text: str) -> str:
        if not words:
            words.update(_words(choices, among))
        if (found := words.get(fold(text).strip())) is None:
            known = ", ".join(str(choices(value).label) for value in among)
            raise CellError(
                _("“%(text)s” is none of the values: write one of %(known)s.") % {"text": text, "known": known}
            )
        return found

    return read


def _words(choices: type[models.TextChoices], among: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in Language.values:
        with override(language):
            found |= {fold(str(choices(value).label)): value for value in among}
    return found | {fold(value): value for value in among} | {fold(value.replace("_", " ")): value for value in among}


def date(text: str) -> str:
    """Return a day, a month, a year or a span of them in ISO 8601: "2013-10-04", "2013-10/2013-12"."""
    try:
        return iso(parse_when(_spelt(text)))
    except ValidationError as error:
        raise CellError(error.messages[0]) from error


def span(first: str, last: str) -> str:
    """Return the span between two dates in their usual form."""
    return date(f"{first.split('/')[0]} – {last.split('/')[-1]}")


def _spelt(text: str) -> str:
    """Return a date of digits that can be read in one way only so that ``parse_when`` reads it; others as they are."""
    if found := _ISO_SPAN.fullmatch(text):
        return f"{found[1]} – {found[2]}"
    if found := _MIDNIGHT.fullmatch(text):
        return found[1]
    if found := _YEAR_FIRST.fullmatch(text):
        return "-".join(part for part in found.groups() if part)
    if found := _DAY_FIRST.fullmatch(text):
        return f"{found[3]}-{found[2]}-{found[1]}"
    if found := _SLASHES.fullmatch(text):
        return _one_reading(int(found[1]), int(found[2]), found[3]) or text
    return text


def _one_reading(first: int, second: int, year: str) -> str:
    """Return the only date that two numbers and a year can be, day or month first; nothing where there are two."""
    if first == second or first > 12 >= second:
        return f"{year}-{second}-{first}"
    return f"{year}-{first}-{second}" if second > 12 >= first else ""


def iso(when: When) -> str:
    """Return a date in its usual form."""
    length = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7, DatePrecision.DAY: 10}[when.precision]
    first, last = when.first.isoformat()[:length], when.last.isoformat()[:length]
    return first if first == last else f"{first}/{last}"


def when(text: str) -> When:
    """Return what the usual form of a date names."""
    first, _slash, last = text.partition("/")
    precision = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}[len(first)]
    return When(_completed(first, is_last=False), _completed(last or first, is_last=True), precision)


def _completed(text: str, *, is_last: bool) -> dt.date:
    parts = [int(part) for part in text.split("-")]
    month = parts[1] if len(parts) > 1 else (12 if is_last else 1)
    day = parts[2] if len(parts) > 2 else (calendar.monthrange(parts[0], month)[1] if is_last else 1)
    return dt.date(parts[0], month, day)


def number(text: str) -> int | None:
    """Return the number of the usual form of a cell; none for nothing."""
    return int(text) if text else None


def truth(text: str) -> bool:
    """Return what "yes" means."""
    return text == "yes"


def text_of(value: Any) -> str:
    """Return the usual form of a column's value."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
