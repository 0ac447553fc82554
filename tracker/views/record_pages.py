"""A long record in pages of fifty entries, newest first. What leads to an entry finds it on whichever page it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from tracker.models import FollowUp
from tracker.progress import today
from tracker.views.paging import Paging, link, page_of, paging

ANCHOR = "record"


@dataclass(frozen=True)
class Turned:
    """An entry on another page: its anchor, which stands on this one too, the number of that page and its address."""

    fragment: str
    page: int
    address: str


@dataclass(frozen=True)
class RecordPage:
    """A page of a record, and where the entries are that it does not show."""

    entries: list[FollowUp]
    turned: list[Turned]
    paging: Paging


def record_page(request: HttpRequest, entries: Sequence[FollowUp]) -> RecordPage:
    """Return the page that is asked for of a whole record. ``entries``: newest first."""
    paged = paging(request, len(entries), ANCHOR)
    shown = list(entries[paged.rows])
    FollowUp.objects.fetch_parts(shown)
    turned = [
        Turned(entry.fragment, page_of(place), link(request, entry.fragment, page=page_of(place)))
        for place, entry in enumerate(entries)
        if page_of(place) != paged.number
    ]
    return RecordPage(shown, turned, paged)


def address_in_record(entry: FollowUp) -> str:
    """Return where an entry stands today: its page of its recommendation's record, and its place there."""
    shown = entry.recommendation.entries.for_timeline().filter(counts_from__lte=today())
    before = list(shown.values_list("pk", flat=True))
    number = page_of(before.index(entry.pk)) if entry.pk in before else 1
    query = f"?page={number}" if number > 1 else ""
    return f"{entry.recommendation.get_absolute_url()}{query}#{entry.fragment}"
