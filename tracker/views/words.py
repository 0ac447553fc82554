"""Pages of words: what this is, how we read, how everyone can use it."""

from django.http import HttpRequest, HttpResponse

from tracker.models import Nature, Status
from tracker.views.head import caveats
from tracker.views.page import render_page
from tracker.views.public import public


@public()
def about(request: HttpRequest) -> HttpResponse:
    """Say what this record is, and who keeps it."""
    return render_page(request, "tracker/about.html", caveats(request, provisional=True))


@public()
def methodology(request: HttpRequest) -> HttpResponse:
    """Say what the statuses mean and how they come about."""
    context = {
        "statuses": Status.of_recommendations(),
        "not_started": Status.NOT_STARTED,
        "natures": list(Nature),
        **caveats(request, provisional=True),
    }
    return render_page(request, "tracker/methodology.html", context)


@public()
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say how the site can be used, what was checked, and whom to tell of a barrier."""
    return render_page(request, "tracker/accessibility.html", {})
