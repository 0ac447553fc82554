"""What a file holds: the rows that a page lists, all of them and in its order, each told as the API tells it."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from tracker.api.links import Links
from tracker.api.resource import Resource
from tracker.exports.columns import Columns
from tracker.paging import Row

Facts = Mapping[str, Any]
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


def told(resource: Resource[Row], rows: "QuerySet[Row]", whole: "QuerySet[Row]", links: Links) -> Iterator[Facts]:
    """Yield what the API tells of each row, in their order. ``whole``: any rows, with what is told of them.

    Keys alone are sorted and kept, eight bytes each: so the first row is there soon, and any number fits.
    """
    keys = array("q", rows.prefetch_related(None).values_list("pk", flat=True).iterator(CHUNK))
    for start in range(0, len(keys), CHUNK):
        part = keys[start : start + CHUNK].tolist()
        found = {row.pk: row for row in whole.filter(pk__in=part)}
        resource.complete(list(found.values()))
        yield from (resource.tell(found[key], links) for key in part)
