"""Citing the record as a whole, today or as of a past day, with the head that anybody can check it against."""

import datetime as dt
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.errors import Refused
from tracker.models import DatePrecision
from tracker.progress import parse_as_of, today
from tracker.sentences import record_note, tracker_name
from tracker.views.head import last_event_at, record_head
from tracker.views.page import site_of
from tracker.views.parameters import BadParameter
from tracker.views.public import public
from tracker.views.works import DATASET, Work, attached


def record_work(request: HttpRequest) -> Work:
    """Return the record as reference managers keep it, as of the day that is asked for.

    A past day has its address: there the list shows how everything stood.
    """
    day, moment, head = _asked_day(request), last_event_at(request), record_head(request)
    published = moment.astimezone(dt.UTC).date()
    path = f"{reverse('recommendations')}?{urlencode({'as_of': day.isoformat()})}" if day else reverse("overview")
    return Work(
        key=f"GFMD-record-{(day or published).isoformat()}",
        kind=DATASET,
        author=tracker_name(),
        title=_("What became of the recommendations of the Global Forum on Migration and Development"),
        date=(published.year, published.month, published.day),
        within=tracker_name(),
        note=record_note(head, moment, day),
        address=f"{site_of(request)}{path}",
    )


def _asked_day(request: HttpRequest) -> dt.date | None:
    text = request.GET.get("as_of")
    if not text:
        return None
    try:
        day = parse_as_of(text)
    except ValueError:
        raise BadParameter("as_of", text, _("a date, as in 2013-10-04, or the name of a milestone")) from None
    if day > today():
        refusal = Refused("closing_in_future", today=DatePrecision.DAY.words(today()))
        raise BadParameter("as_of", text, str(refusal))
    return day


@public("as_of")
def bibtex(request: HttpRequest) -> HttpResponse:
    """Hand out the record's citation for BibTeX."""
    return attached(record_work(request), "bib")


@public("as_of")
def ris(request: HttpRequest) -> HttpResponse:
    """Hand out the record's citation as RIS."""
    return attached(record_work(request), "ris")


@public("as_of")
def csl(request: HttpRequest) -> HttpResponse:
    """Hand out the record's citation as CSL-JSON."""
    return attached(record_work(request), "json")
