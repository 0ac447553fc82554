"""Pages of words: what this is, how we read, how everyone can use it."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tracker.models import Nature, Status
from tracker.sentences import record_citation
from tracker.views.head import caveats, last_event_at
from tracker.views.page import render_page, site_of
from tracker.views.public import public


@public()
def about(request: HttpRequest) -> HttpResponse:
    """Say what this record is, and who keeps it."""
    context = {
        "trail": [(_("About"), request.path)],
        "citation": record_citation(site_of(request), last_event_at(request)),
        **caveats(request, provisional=True),
    }
    return render_page(request, "tracker/about.html", context)


@public()
def methodology(request: HttpRequest) -> HttpResponse:
    """Say what the statuses mean and how they come about."""
    context = {
        "statuses": Status.of_recommendations(),
        "trail": [(_("Methodology"), request.path)],
        "not_started": Status.NOT_STARTED,
        "natures": list(Nature),
        **caveats(request, provisional=True),
    }
    return render_page(request, "tracker/methodology.html", context)


@public()
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how the site can be used, what was checked, and whom to tell of a barrier."""
    return render_page(request, "tracker/accessibility.html", {"trail": [(_("Accessibility"), request.path)]})
