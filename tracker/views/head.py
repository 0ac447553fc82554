"""The head of the record, read once for each request."""

from typing import cast

from django.http import HttpRequest

from tracker.models import RecordHead


def record_head(request: HttpRequest) -> RecordHead:
    """Return the head as it was when it was first asked for, before any content was read."""
    kept = request.__dict__
    if "record_head" not in kept:
        kept["record_head"] = RecordHead.objects.get(pk=1)
    return cast("RecordHead", kept["record_head"])
