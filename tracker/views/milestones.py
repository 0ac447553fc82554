"""The state of everything on the day of a milestone."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.models import Milestone, StatusChange
from tracker.progress import today
from tracker.sentences import milestone_answer
from tracker.views.head import caveats
from tracker.views.lookup import by_slug
from tracker.views.overview import added, editions_on
from tracker.views.page import render_page
from tracker.views.parameters import kept
from tracker.views.public import public


@public()
def milestone(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where every roundtable stood on the day."""
    found = by_slug(Milestone.objects.select_related("forum"), slug)
    ahead = found.date > today()
    editions = [] if ahead else editions_on(StatusChange.objects.until(found.date))
    counted = added([part for edition in editions for part in edition.roundtables])
    context = {
        "milestone": found,
        "trail": [(_("Overview"), reverse("overview")), (str(found), found.get_absolute_url())],
        "editions": editions,
        "counted": counted,
        "kept": kept(as_of=found.slug),
        "answer": milestone_answer(found, counted, ahead=ahead),
        **caveats(request, found.date, provisional=counted.provisional),
    }
    return render_page(request, "tracker/milestone_page.html", context)
