"""The heads of the chain: what others keep, so that it cannot be rewritten unseen (docs/record.md)."""

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from django.db.models import Max
from django.db.models.functions import TruncDate

from tracker.models import RecordEvent


class Head(NamedTuple):
    """The last event of a day (UTC): its number and its digest."""

    day: dt.date
    sequence: int
    digest: str


def heads() -> Iterator[Head]:
    """Yield the head of each day on which something was put on record, in two queries."""
    day = TruncDate("at", tzinfo=dt.UTC)
    ends = RecordEvent.objects.annotate(day=day).order_by().values("day").annotate(last=Max("sequence")).values("last")
    rows = RecordEvent.objects.filter(sequence__in=ends).order_by("sequence")
    for at, sequence, digest in rows.values_list("at", "sequence", "digest").iterator():
        yield Head(at.astimezone(dt.UTC).date(), sequence, digest)
