"""The state of everything on the day of a milestone."""

from django.http import HttpRequest, HttpResponse

from tracker.models import Milestone, StatusChange
from tracker.progress import today
from tracker.sentences import milestone_answer, notice, reconstruction
from tracker.views.head import record_head
from tracker.views.lookup import by_slug
from tracker.views.overview import added, editions_on
from tracker.views.page import render_page
from tracker.views.public import public


@public()
def milestone(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where every roundtable stood on the day."""
    found = by_slug(Milestone.objects.select_related("forum"), slug)
    ahead = found.date > today()
    editions = [] if ahead else editions_on(StatusChange.objects.until(found.date))
    counted = added([part for edition in editions for part in edition.roundtables])
    opened_at = record_head(request).opened_at
    context = {
        "milestone": found,
        "editions": editions,
        "counted": counted,
        "answer": milestone_answer(found, counted, ahead=ahead),
        "notice": notice(opened_at) if counted.provisional else "",
        "reconstruction": reconstruction(opened_at) if counted.total and found.date < opened_at.date() else "",
    }
    return render_page(request, "tracker/milestone_page.html", context)
