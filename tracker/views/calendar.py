"""The calendar: the Forums, and the other days on which the world takes stock."""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID, uuid5

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tracker.api.links import Links
from tracker.models import Forum, Milestone, current_language, forum_name, localized
from tracker.sentences import tracker_name
from tracker.views.head import record_head
from tracker.views.ical import CONTENT_TYPE, Calendar, Event, document
from tracker.views.public import public


@public()
def calendar(request: HttpRequest) -> HttpResponse:
    """Hand out all Forums and milestones as days of a calendar."""
    language = current_language()
    product = f"-//GFMD//GFMD recommendation tracker//{language.upper()}"
    events = [*_forums(request), *_milestones(request)]
    return HttpResponse(document(Calendar(product, tracker_name(), language, events)), content_type=CONTENT_TYPE)


def _forums(request: HttpRequest) -> Iterator[Event]:
    """Yield the Forums."""
    head, links, revised = record_head(request), Links(request), _revised(Forum)
    name = _("Global Forum on Migration and Development: %(forum)s")
    rows = Forum.objects.order_by("opens_on").values_list(
        "pk", "year", "host_city", "opens_on", "closes_on", localized("central_theme")
    )
    for key, year, city, first, last, theme in rows:
        address = links.to_one("forum", year)
        yield Event(
            uid=_uid(head.installation, "forum", str(year)),
            first=first,
            last=last,
            revised=revised.get(key, head.opened_at),
            name=name % {"forum": forum_name(year, city)},
            words=f"{theme}\n{address}".strip(),
            place=city,
            address=address,
        )


def _milestones(request: HttpRequest) -> Iterator[Event]:
    """Yield the milestones that are no Forum's closing day, which stands in the Forum's own."""
    head, links, revised = record_head(request), Links(request), _revised(Milestone)
    words = _("Where the recommendations stood on this day.")
    for milestone in Milestone.objects.filter(forum=None):
        address = links.to_one("milestone", milestone.slug)
        yield Event(
            uid=_uid(head.installation, "milestone", milestone.slug),
            first=milestone.date,
            last=milestone.date,
            revised=revised.get(milestone.pk, head.opened_at),
            name=str(milestone.title),
            words=f"{words}\n{address}",
            place="",
            address=address,
        )


def _revised(model: type[Forum | Milestone]) -> dict[int, dt.datetime]:
    """Return by key when each row was last changed, as its history knows it."""
    return dict(model.history.values_list("id").annotate(Max("history_date")).order_by())


def _uid(installation: UUID, kind: str, name: str) -> str:
    """Return the id of an event, the same in every language and under any domain."""
    return str(uuid5(installation, f"{kind}:{name}"))
