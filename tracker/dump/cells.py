"""The cells of a dump's tables: text for people and programs, from which the value comes back exactly.

A text that a spreadsheet would run as a formula has an apostrophe before it; so has one that begins with an
apostrophe. Reading takes one away.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeAlias
from uuid import UUID

from django.db import models

from tracker.record.canonical import moment

RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
Field: TypeAlias = "models.Field[Any, Any]"

TYPES: dict[str, str] = {
    "BooleanField": "boolean",
    "DateField": "date",
    "DateTimeField": "datetime",
}
"""Django's kinds of fields that are not text or integers, and Frictionless' names of them."""


def type_of(field: Field) -> str:
    """Return the Frictionless type of a column."""
    kind = _target(field).get_internal_type()
    return TYPES.get(kind, "integer" if "Integer" in kind or "AutoField" in kind else "string")


def _target(field: Field) -> Field:
    """Return the field whose values a column holds: of a foreign key, the key it points to."""
    return field.target_field if isinstance(field, models.ForeignKey) else field


def written(value: Any) -> str:
    """Return the cell of a value: empty for none, days as 2013-10-04, moments in UTC with six digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dt.datetime):
        return moment(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int | UUID):
        return str(value)
    return guarded(str(value))


def guarded(text: str) -> str:
    """Return a text that no spreadsheet runs."""
    return f"'{text}" if text.startswith(RISKY) else text


def reader(field: Field) -> Callable[[str], Any]:
    """Return what turns the cells of a column into values. It raises ``ValueError`` for what is none."""
    kind, empty = type_of(field), None if field.null else ""
    read = READERS[kind]
    return lambda cell: read(cell) if cell else empty


def _text(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell


def _boolean(cell: str) -> bool:
    return {"true": True, "false": False}[cell]


READERS: dict[str, Callable[[str], Any]] = {
    "boolean": _boolean,
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "integer": int,
    "string": _text,
}
