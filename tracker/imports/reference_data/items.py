"""What a fixture says, and where it says so: each value is read with its type, and an error names file, key, field."""

import datetime as dt
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError

from tracker.errors import Refused
from tracker.models import DatePrecision
from tracker.models.translated import SOURCE_LANGUAGE as SOURCE

_MISSING: Any = object()


class FixtureError(Exception):
    """A fixture cannot be loaded. ``str()`` is one line: the file, the key of the object, the field, the problem."""

    def __init__(self, file: str, key: str, field: str, problem: str) -> None:
        place = ": ".join(part for part in (file, key, field) if part)
        super().__init__(" ".join(f"{place}: {problem}".split()))


class Span(NamedTuple):
    """The days a date stands for, and how exactly it is known."""

    first: dt.date
    last: dt.date
    precision: DatePrecision


class Item:
    """One object of a fixture."""

    def __init__(self, file: str, key: str, values: object) -> None:
        self.file = file
        self.key = key
        if not isinstance(values, dict):
            raise self.wrong("", f"must be an object, not {_shown(values)}")
        self._values: dict[str, Any] = values

    def wrong(self, field: str, problem: str) -> FixtureError:
        """Return an error about one of the fields."""
        return FixtureError(self.file, self.key, field, problem)

    @contextmanager
    def blamed(self) -> Iterator[None]:
        """Turn what a model, an action or the database refuses into an error that names this object."""
        try:
            yield
        except ValidationError as error:
            field, problems = next(iter(error.message_dict.items()))
            raise self.wrong(field, problems[0]) from error
        except (Refused, IntegrityError, DataError) as error:
            raise self.wrong("", str(error)) from error

    def __contains__(self, field: str) -> bool:
        return self._values.get(field) is not None

    def _read(self, field: str, kind: type | tuple[type, ...], words: str, default: Any) -> Any:
        value = self._values.get(field)
        if value is None and default is not _MISSING:
            return default
        if field not in self._values:
            raise self.wrong(field, "is missing")
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.wrong(field, f"must be {words}, not {_shown(value)}")
        return value

    def text(self, field: str, default: str = _MISSING) -> str:
        """Return a text; null or no such field is an error unless there is a default."""
        value: str = self._read(field, str, "a text", default)
        if default is _MISSING and not value.strip():
            raise self.wrong(field, "is empty")
        if "\0" in value:
            raise self.wrong(field, "holds a NUL character")
        return value

    def number(self, field: str) -> int:
        """Return a whole number that is not negative."""
        number = self.number_or_none(field, _MISSING)
        assert number is not None  # noqa: S101 (a missing one is an error)
        return number

    def number_or_none(self, field: str, default: int | None = None) -> int | None:
        """Return a whole number that is not negative, or None where there is none."""
        value: int | None = self._read(field, int, "a whole number", default)
        if value is not None and value < 0:
            raise self.wrong(field, f"must not be negative, as {value} is")
        return value

    def flag(self, field: str) -> bool:
        """Return true or false; false where nothing is said."""
        value: bool = self._read(field, bool, "true or false", False)
        return value

    def choice(self, field: str, choices: Any, default: str = _MISSING) -> str:
        """Return one of the values of a ``TextChoices``."""
        value = self.text(field, default)
        if value not in choices.values and value != default:
            raise self.wrong(field, f"{_shown(value)} is none of {', '.join(choices.values)}")
        return value

    def day(self, field: str) -> dt.date:
        """Return a day, written 2010-11-10."""
        text = self.text(field)
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise self.wrong(field, f"{_shown(text)} is no date such as 2010-11-10")
        return self._date(field, text, text)

    def span(self, field: str, precision_field: str, until_field: str) -> Span:
        """Return the days of a date at its precision: 2010-11-10, 2010-11 or 2010."""
        text = self.text(field)
        precision = DatePrecision(self.choice(precision_field, DatePrecision))
        pattern = {"day": r"\d{4}-\d\d-\d\d", "month": r"\d{4}-\d\d", "year": r"\d{4}"}[precision]
        if not re.fullmatch(pattern, text):
            raise self.wrong(field, f"{_shown(text)} is no date known to the {precision}")
        first = self._date(field, text + "-01-01"[: 10 - len(text)] if len(text) < 10 else text, text)
        if until_field in self:
            return Span(first, self.day(until_field), precision)
        return Span(first, _last_day(first, precision), precision)

    def _date(self, field: str, spelling: str, text: str) -> dt.date:
        try:
            return dt.date.fromisoformat(spelling)
        except ValueError:
            raise self.wrong(field, f"{_shown(text)} is no date") from None

    def texts(self, field: str) -> list[str]:
        """Return a list of texts; null or no such field is an empty one."""
        values: list[Any] = self._read(field, list, "a list of texts", [])
        for value in values:
            if not isinstance(value, str) or not value.strip():
                raise self.wrong(field, f"must hold texts, not {_shown(value)}")
        if len(set(values)) < len(values):
            raise self.wrong(field, "names something twice")
        return values

    def translations(self, field: str, column: str, *, optional: bool = False, english: bool = True) -> dict[str, str]:
        """Return the columns of a text in several languages, from {"en": …, "fr": …}.

        ``optional``: there may be no such field. ``english=False``: English may be missing from it.
        """
        if optional and field not in self:
            return _columns(column, {})
        texts = self.child(field)
        found = {code: texts.text(code) for code in _languages() if code in texts or (english and code == SOURCE)}
        return _columns(column, found)

    def source_and_translations(self, field: str, column: str) -> dict[str, str]:
        """Return the columns of an English text whose other languages stand under ``translation``."""
        others = self.translations("translation", column, optional=True, english=False)
        return {**others, f"{column}_{SOURCE}": self.text(field, "")}

    def child(self, field: str) -> "Item":
        """Return an object within this one."""
        return Item(self.file, f"{self.key} {field}".strip(), self._read(field, dict, "an object", _MISSING))

    def children(self, field: str, key: str = "") -> list["Item"]:
        """Return the objects of a list, each known by the value of its field ``key``, else by its place in the list."""
        values = self._read(field, list, "a list of objects", _MISSING)
        items = [Item(self.file, f"{self.key} {field} {place}".strip(), value) for place, value in enumerate(values, 1)]
        if key:
            for item in items:
                item.key = str(item._read(key, (str, int), "a text or a number", _MISSING))
            _once_each(items, key)
        return items


def read(directory: Path, file: str) -> Item:
    """Return what a fixture holds."""
    try:
        return Item(file, "", json.loads((directory / file).read_text(encoding="utf-8")))
    except OSError as error:
        raise FixtureError(file, "", "", f"cannot be read ({error.strerror})") from error
    except UnicodeDecodeError as error:
        raise FixtureError(file, "", "", f"is no UTF-8 text (byte {error.start})") from error
    except json.JSONDecodeError as error:
        raise FixtureError(file, "", "", f"is no JSON: {error.msg} in line {error.lineno}") from error


def _once_each(items: list[Item], field: str) -> None:
    seen: set[str] = set()
    for item in items:
        if item.key in seen:
            raise item.wrong(field, "stands twice in this file")
        seen.add(item.key)


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _columns(column: str, texts: dict[str, str]) -> dict[str, str]:
    return {f"{column}_{code}": texts.get(code, "") for code in _languages()}


def _last_day(first: dt.date, precision: DatePrecision) -> dt.date:
    if precision == DatePrecision.DAY:
        return first
    following = first.replace(year=first.year + 1) if precision == DatePrecision.YEAR else _next_month(first)
    return following - dt.timedelta(days=1)


def _next_month(first: dt.date) -> dt.date:
    return (first + dt.timedelta(days=31)).replace(day=1)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:59]}…"
