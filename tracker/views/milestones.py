"""The state of everything on the day of a milestone."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.models import Milestone, StatusChange
from tracker.progress import today
from tracker.sentences import milestone_answer
from tracker.views.head import caveats
from tracker.views.lookup import by_slug
from tracker.views.overview import Whole, editions_on
from tracker.views.page import render_page
from tracker.views.parameters import kept
from tracker.views.public import public


@public()
def milestone(request: HttpRequest, slug: str) -> HttpResponse:
    """Show where every roundtable stood on the day."""
    found = by_slug(Milestone.objects.select_related("forum"), slug)
    whole = whole_on(found)
    context = {
        "milestone": found,
        "trail": [(_("Overview"), reverse("overview")), (str(found), found.get_absolute_url())],
        "editions": whole.editions,
        "counted": whole.counted,
        "kept": kept(as_of=found.slug),
        "answer": answer_of(found, whole),
        **caveats(request, found.date, provisional=whole.counted.provisional),
    }
    return render_page(request, "tracker/milestone_page.html", context)


def whole_on(milestone: Milestone) -> Whole:
    """Return all Forums as they stood on the day; of a day ahead nothing is known."""
    return Whole([] if milestone.date > today() else editions_on(StatusChange.objects.until(milestone.date)))


def answer_of(milestone: Milestone, whole: Whole) -> str:
    """Return the sentence of a milestone."""
    return milestone_answer(milestone, whole.counted, ahead=milestone.date > today())
