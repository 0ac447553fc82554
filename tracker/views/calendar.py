"""The calendar (RFC 5545): the Forums, and the other days on which the world takes stock."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID, uuid5

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from tracker.models import Forum, Milestone, current_language
from tracker.sentences import tracker_name
from tracker.views.head import record_head
from tracker.views.page import site_of
from tracker.views.public import public

CONTENT_TYPE = "text/calendar; charset=utf-8"
DAY = dt.timedelta(days=1)


@public()
def calendar(request: HttpRequest) -> HttpResponse:
    """Hand out all Forums and milestones as days of a calendar."""
    found = Calendar()
    found.add("prodid", f"-//GFMD//GFMD recommendation tracker//{current_language().upper()}")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("name", tracker_name())
    found.add("x-wr-calname", tracker_name())  # what readers knew before RFC 7986 gave it a name
    for event in _events(request):
        found.add_component(event)
    return HttpResponse(found.to_ical(), content_type=CONTENT_TYPE)


def _events(request: HttpRequest) -> Iterator[Event]:
    """Yield the Forums, and the milestones that are no Forum's closing day, which stands in the Forum's own."""
    installation, opened, site = record_head(request).installation, record_head(request).opened_at, site_of(request)
    revised = _revised(Forum)
    for forum in Forum.objects.order_by("opens_on"):
        event = _event(_uid(installation, "forum", str(forum.year)), forum.opens_on, forum.closes_on)
        event.add("dtstamp", revised.get(forum.pk, opened))
        name = _("Global Forum on Migration and Development: %(forum)s") % {"forum": forum}
        _describe(event, name, str(forum.central_theme), f"{site}{forum.get_absolute_url()}")
        if forum.host_city:
            event.add("location", forum.host_city)
        yield event
    revised = _revised(Milestone)
    for milestone in Milestone.objects.filter(forum=None):
        event = _event(_uid(installation, "milestone", milestone.slug), milestone.date, milestone.date)
        event.add("dtstamp", revised.get(milestone.pk, opened))
        words = _("Where the recommendations stood on this day.")
        _describe(event, str(milestone.title), words, f"{site}{milestone.get_absolute_url()}")
        yield event


def _revised(model: type[Forum | Milestone]) -> dict[int, dt.datetime]:
    """Return by key when each row was last changed, as its history knows it."""
    return dict(model.history.values_list("id").annotate(Max("history_date")).order_by())


def _uid(installation: UUID, kind: str, name: str) -> str:
    """Return the id of an event, the same in every language and under any domain."""
    return str(uuid5(installation, f"{kind}:{name}"))


def _event(uid: str, first: dt.date, last: dt.date) -> Event:
    """Return an event of whole days; a calendar ends it on the day after its last."""
    event = Event()
    event.add("uid", uid)
    event.add("dtstart", first)
    event.add("dtend", last + DAY)
    event.add("transp", "TRANSPARENT")
    return event


def _describe(event: Event, name: str, words: str, address: str) -> None:
    language = {"language": current_language()}
    event.add("summary", name, parameters=language)
    event.add("description", f"{words}\n{address}".strip(), parameters=language)
    event.add("url", address)
