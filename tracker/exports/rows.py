"""What a file holds: the rows that a page lists, all of them and in its order, each told as the API tells it."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from tracker.exports.columns import Columns

Facts = Mapping[str, Any]
Row = TypeVar("Row", bound=Model)
CHUNK = 500
"""Rows that are read at once, each with all that stands with it."""


@dataclass(frozen=True)
class Table:
    """Rows to take away, and the columns into which they are laid. ``facts`` are read as they are written.

    ``first``: what stands before the rows where there is room for it, as in JSON.
    """

    columns: Columns
    facts: Iterable[Facts]
    first: Facts = field(default_factory=dict)


def told(rows: "QuerySet[Row]", whole: "QuerySet[Row]", tell: Callable[[Row], Facts]) -> Iterator[Facts]:
    """Yield what is told of each row, in their order. ``whole``: any rows, with all that is told of them.

    Keys alone are sorted and kept, eight bytes each: so the first row is there soon, and any number fits.
    """
    keys = array("q", rows.prefetch_related(None).values_list("pk", flat=True).iterator(CHUNK))
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK].tolist()
        found = {row.pk: row for row in whole.filter(pk__in=part)}
        yield from (tell(found[key]) for key in part)
