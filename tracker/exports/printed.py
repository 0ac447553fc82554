"""The list of recommendations as PDF: as much as anybody prints."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.api.parameters import Asked
from tracker.api.record_resources import Recommendations
from tracker.exports.about import About, Subject
from tracker.exports.answers import sent
from tracker.exports.list_pdf import list_pdf
from tracker.models import Recommendation
from tracker.readings.tally import split
from tracker.sentences import figure, list_answer
from tracker.sentences.lists import as_it_stood
from tracker.sentences.words import sentences
from tracker.views.page import render_page, site_of
from tracker.views.recommendation_list import reading_of, with_entries
from tracker.views.take_away import MOST_PRINTED


def printed(request: HttpRequest, query: QueryDict, subject: Subject) -> HttpResponseBase:
    """Hand out the list as PDF; where it is longer than anybody prints, say so and lead to its CSV."""
    resource, site = Recommendations(), site_of(request)
    rows = resource.found(Asked(query, resource.filters)).prefetch_related(None).values_list("pk", flat=True)
    if len(rows[: MOST_PRINTED + 1]) > MOST_PRINTED:
        return _too_long(request, query)

    def write(about: About) -> Iterator[bytes]:
        keys = list(rows[:MOST_PRINTED])
        # On paper stands more of each than in a line of the page, which is read without the rest.
        whole = Recommendation.objects.filter(pk__in=keys).for_list().defer(None)
        found = with_entries(whole, subject.day).in_bulk()
        readings = [reading_of(found[key], subject.day) for key in keys]
        roundtables, closing = split(
            (one.recommendation.roundtable.kind, one.status, one.standing, 1) for one in readings
        )
        answer = list_answer(roundtables, closing, filtered=bool(subject.filters))
        if subject.day:
            answer = sentences(answer, as_it_stood(subject.day))
        yield list_pdf(about, answer, roundtables, readings, site)

    return sent(request, "pdf", subject, write)


def _too_long(request: HttpRequest, query: QueryDict) -> HttpResponse:
    asked = f"?{query.urlencode()}" if query else ""
    context = {
        "title": _("This list is too long for a PDF"),
        "sentence": _(
            "A PDF holds at most %(most)s recommendations, and these are more. Choose fewer with filters, or take all "
            "of them away as CSV."
        )
        % {"most": figure(MOST_PRINTED)},
        "status": 400,
        "csv": reverse("recommendations_file", args=["csv"]) + asked,
        "list": reverse("recommendations") + asked,
    }
    return render_page(request, "tracker/too_long.html", context, status=400)
