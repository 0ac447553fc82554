"""The head of the record, read once for each request, and what follows from it for a page."""

import datetime as dt
from typing import cast

from django.http import HttpRequest

from tracker.models import RecordEvent, RecordHead
from tracker.sentences import notice, reconstruction


def record_head(request: HttpRequest) -> RecordHead:
    """Return the head as it was when it was first asked for, before any content was read."""
    kept = request.__dict__
    if "record_head" not in kept:
        kept["record_head"] = RecordHead.objects.get(pk=1)
    return cast("RecordHead", kept["record_head"])


def last_event_at(request: HttpRequest) -> dt.datetime:
    """Return when the record, as this request sees it, last grew."""
    return RecordEvent.objects.values_list("at", flat=True).get(sequence=record_head(request).sequence)


def caveats(request: HttpRequest, asked: dt.date | None = None, *, provisional: int) -> dict[str, str]:
    """Return what must be said beside readings: that they are provisional, that a past day is reconstructed."""
    opened_at = record_head(request).opened_at
    before = asked is not None and asked < opened_at.astimezone(dt.UTC).date()
    return {
        "notice": notice(opened_at) if provisional else "",
        "reconstruction": reconstruction(opened_at) if before else "",
    }
