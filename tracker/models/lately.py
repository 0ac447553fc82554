"""What changed last: entries by the moment at which they were published, retracted or withheld."""

import datetime as dt
from collections.abc import Iterable
from typing import TypeAlias

from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Coalesce

from tracker.models.entry_parts import Partner
from tracker.models.followup import FollowUp, FollowUpQuerySet

Moments: TypeAlias = "QuerySet[FollowUp, tuple[dt.datetime, int]]"


def changed_at(entry: FollowUp) -> dt.datetime | None:
    """Return when an entry last changed in public; None for one that is not on record."""
    moment: dt.datetime | None = entry.withheld_at or entry.retracted_at or entry.published_at
    return moment


def changed_lately(parts: Iterable[FollowUpQuerySet], number: int) -> list[FollowUp]:
    """Return of entries on record the ``number`` that changed last, latest first, with all that is told of them.

    ``parts``: the entries, in as many querysets as indexes are to be read in order. In two queries a part, and three.
    """
    moments = {row for part in parts for rows in _newest(part) for row in rows[:number]}
    keys = [key for _moment, key in sorted(moments, reverse=True)[:number]]
    found = _told().in_bulk(keys)
    return [found[key] for key in keys]


def _newest(part: FollowUpQuerySet) -> list[Moments]:
    """Return moments and keys of what counts, in the order of its index, and of the few that were taken back."""
    taken_back = part.filter(state__in=[FollowUp.State.RETRACTED, FollowUp.State.WITHHELD])
    moments = taken_back.annotate(moment=Coalesce("withheld_at", "retracted_at")).order_by("-moment", "-sequence")
    return [
        part.published().order_by("-sequence").values_list("published_at", "pk"),
        moments.values_list("moment", "pk"),
    ]


def _told() -> FollowUpQuerySet:
    partners = Prefetch("partner_rows", Partner.objects.select_related("actor"))
    return (
        FollowUp.objects.on_record()
        .select_related("actor", "recommendation__roundtable__forum")
        .in_own_words("title", "body", "remaining")
        .defer("internal_note")
        .prefetch_related("evidence", partners)
    )
