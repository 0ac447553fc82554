"""A subject across roundtables and Forums."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.models import Filing, Recommendation, StatusCount, Theme
from tracker.readings.reading import kept_reading
from tracker.readings.tally import split
from tracker.sentences import theme_answer
from tracker.views.head import caveats
from tracker.views.lookup import by_slug
from tracker.views.page import render_page
from tracker.views.paging import paging
from tracker.views.public import public
from tracker.views.story import stories


@public("page")
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one theme: its recommendations of all Forums, fifty a page."""
    found = by_slug(Theme.objects.all(), slug)
    roundtables, closing = split(StatusCount.objects.of_theme(found.pk))
    paged = paging(request, roundtables.total + closing.total)
    on_page = Filing.objects.keys(Filing.Scope.THEME, found.pk, paged.rows)
    readings = [kept_reading(one) for one in Recommendation.objects.filter(pk__in=on_page).for_list()]
    provisional = roundtables.provisional + closing.provisional
    context = {
        "theme": found,
        "trail": [(_("Recommendations"), reverse("recommendations")), (str(found), found.get_absolute_url())],
        "answer": theme_answer(found, roundtables, closing.total),
        "counted": roundtables,
        "query": f"theme={found.slug}&track=roundtables",
        "readings": readings,
        "stories": stories(reading.recommendation.pk for reading in readings),
        "paging": paged,
        **caveats(request, provisional=provisional),
    }
    return render_page(request, "tracker/theme_page.html", context)
