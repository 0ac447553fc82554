"""Dataclasses as plain values that JSON can hold, and back. Only for those of this package, whose fields are typed."""

import dataclasses
import datetime as dt
import types
import typing
from enum import StrEnum
from typing import Any, TypeVar

Kept = TypeVar("Kept")


def plain(value: Any) -> Any:
    """Return a value as JSON holds it: dataclasses as objects, tuples as lists, days as ISO texts."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def kept_as(model: type[Kept], kept: dict[str, Any]) -> Kept:
    """Return the dataclass that ``plain`` told. What is missing has its default; what it does not know is left out."""
    hints = typing.get_type_hints(model)
    return model(**{name: _typed(hints[name], value) for name, value in kept.items() if name in hints})


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    if typing.get_origin(hint) is tuple:
        return tuple(_typed(typing.get_args(hint)[0], part) for part in value)
    if isinstance(hint, types.UnionType):
        return _typed(next(part for part in typing.get_args(hint) if part is not types.NoneType), value)
    if dataclasses.is_dataclass(hint):
        return kept_as(typing.cast("type[Any]", hint), value)
    if hint is dt.date:
        return dt.date.fromisoformat(value)
    return hint(value)
