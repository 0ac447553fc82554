"""The state of everything on the day of a milestone."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.models import DayCount, Milestone, Roundtable, StatusChange, StatusCount
from tracker.progress import today
from tracker.readings.tally import split
from tracker.sentences import milestone_answer
from tracker.views.head import caveats
from tracker.views.lookup import by_slug
from tracker.views.overview import EARLIER, RECENT, Whole, editions_on
from tracker.views.page import render_page
from tracker.views.parameters import kept
from tracker.views.public import public


@public()
def milestone(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where everything stood on the day."""
    found = by_slug(Milestone.objects.select_related("forum"), slug)
    whole = whole_on(found)
    context = {
        "milestone": found,
        "trail": [(_("Overview"), reverse("overview")), (str(found), found.get_absolute_url())],
        "whole": whole,
        "counted": whole.counted,
        "kept": kept(as_of=found.slug),
        "answer": answer_of(found, whole),
        **caveats(request, found.date, provisional=whole.counted.provisional),
    }
    return render_page(request, "tracker/milestone_page.html", context)


def whole_on(milestone: Milestone) -> Whole:
    """Return all Forums as they stood on the day; of a day ahead nothing is known. In four queries."""
    if milestone.date > today():
        return Whole()
    closed = StatusCount.objects.forums().filter(closes_on__lte=milestone.date)
    forums = list(closed.newest(RECENT + EARLIER))
    steps = StatusChange.objects.filter(roundtable__in=Roundtable.objects.filter(forum__in=forums))
    editions = editions_on(forums, steps.until(milestone.date)) if forums else []
    counted, closing = split(DayCount.objects.until(milestone.date))
    return Whole(
        counted=counted,
        closing=closing,
        recent=editions[:RECENT],
        earlier=[(edition.forum, edition.counted) for edition in editions[RECENT:]],
        number=forums[0].among if forums else 0,
    )


def answer_of(milestone: Milestone, whole: Whole) -> str:
    """Return the sentence of a milestone."""
    return milestone_answer(milestone, whole.counted, ahead=milestone.date > today())
