"""The lists as files: recommendations, updates and actors, each with the parameters of its page."""

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.api.links import Links
from tracker.api.parameters import Asked
from tracker.api.record_resources import Entries, Recommendations
from tracker.api.resource import Resource
from tracker.api.resources import Actors
from tracker.exports.about import Subject
from tracker.exports.answers import sent
from tracker.exports.columns import ACTORS, ENTRIES, RECOMMENDATIONS, Columns
from tracker.exports.forms import TABLES, check_form, table_writer
from tracker.exports.printed import printed
from tracker.exports.rows import Table, told
from tracker.filters import SEVERAL, SINGLE, RecommendationFilter, chips
from tracker.filters.named import by_slugs
from tracker.filters.ordering import SORTS
from tracker.filters.parameters import LABELS
from tracker.paging import Row
from tracker.views.page import site_of
from tracker.views.parameters import BadParameter
from tracker.views.public import public
from tracker.views.recommendation_list import sent_to, tidied
from tracker.views.words_asked import WordsAsked, words_asked

PLACE = ("page", "cursor")
"""What says where in a list one is. A file holds all of it, whatever these say."""


@public("header", "day", *PLACE, *SINGLE, several=SEVERAL)
def recommendations(request: HttpRequest, form: str) -> HttpResponseBase:
    """Hand out the recommendations that the page lists with the same filters, in its order."""
    check_form(form, (*TABLES, "pdf"))
    if (tidy := tidied(request.GET)) != request.GET:
        return sent_to(request.path, tidy)
    chosen = RecommendationFilter.asked(request.GET)
    if named := by_slugs(chosen):
        return sent_to(request.path, _with(request.GET, actor=named.getlist("actor")))
    if refusal := chosen.refusal():
        raise BadParameter(*refusal)
    subject = _chosen(request, chosen)
    if form == "pdf":
        return printed(request, chosen.data, subject)
    return _sent(request, form, Recommendations(), chosen.data, RECOMMENDATIONS, subject)


def _with(address: QueryDict, **values: list[str]) -> QueryDict:
    changed = address.copy()
    for name, several in values.items():
        changed.setlist(name, several)
    return changed


def _chosen(request: HttpRequest, chosen: RecommendationFilter) -> Subject:
    return Subject(
        name="recommendations",
        title=_("Recommendations"),
        address=_address(request, "recommendations", chosen.data.urlencode()),
        asked=dict(chosen.data.lists()),
        filters=tuple(_("%(label)s: %(value)s") % {"label": one.label, "value": one.value} for one in chips(chosen)),
        order=str(SORTS[chosen.order]),
        day=chosen.day,
    )


@public("header", "q", *PLACE)
def updates(request: HttpRequest, form: str) -> HttpResponseBase:
    """Hand out the entries of the record, or those in which words are found, newest publication first."""
    check_form(form, TABLES)
    asked = words_asked(request)
    subject = _found(request, "updates", asked, title=_("Updates"), order=_("newest publication first"))
    return _sent(request, form, Entries(), asked.query, ENTRIES, subject)


@public("header", "q", *PLACE)
def actors(request: HttpRequest, form: str) -> HttpResponseBase:
    """Hand out the actors by kind and name, or those that are looked for."""
    check_form(form, TABLES)
    asked = words_asked(request)
    subject = _found(request, "actors", asked, title=_("Actors"), order=_("by kind and name"), has_readings=False)
    return _sent(request, form, Actors(), asked.query, ACTORS, subject)


def _found(
    request: HttpRequest, name: str, asked: WordsAsked, *, title: str, order: str, has_readings: bool = True
) -> Subject:
    words = (_("%(label)s: %(value)s") % {"label": LABELS["q"], "value": asked.typed},) if asked else ()
    address = _address(request, name, asked.query.urlencode())
    return Subject(name, title, address, dict(asked.query.lists()), words, order, has_readings=has_readings)


def _address(request: HttpRequest, name: str, query: str) -> str:
    return f"{site_of(request)}{reverse(name)}{f'?{query}' if query else ''}"


def _sent(
    request: HttpRequest, form: str, resource: Resource[Row], query: QueryDict, columns: Columns, subject: Subject
) -> HttpResponseBase:
    """Hand out what the API lists with the same parameters."""
    asked, links = Asked(query, resource.filters), Links(request)
    rows = resource.found(asked)

    def read() -> Table:
        return Table(columns, told(resource, rows, resource.rows(asked), links))

    return sent(request, form, subject, table_writer(request, form, read))
