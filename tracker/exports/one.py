"""A recommendation with its whole record as a file."""

import datetime as dt

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from tracker.api.links import Links
from tracker.api.parameters import Asked
from tracker.api.record_resources import Entries, Recommendations
from tracker.exports.about import Subject
from tracker.exports.answers import sent
from tracker.exports.columns import ENTRIES
from tracker.exports.forms import TABLES, check_form, table_writer
from tracker.exports.rows import Table, told
from tracker.models import Milestone, Recommendation
from tracker.progress import today
from tracker.sentences import source_words
from tracker.views.lookup import Moved, the_recommendation
from tracker.views.page import site_of
from tracker.views.parameters import asked_day
from tracker.views.public import public


@public("as_of", "header", "page")
def recommendation(request: HttpRequest, reference: str, form: str) -> HttpResponseBase:
    """Hand out the record of a recommendation, latest first; in JSON behind what is told of itself."""
    check_form(form, TABLES)
    found = _named(reference, form)
    day = asked_day(request, found.roundtable.forum, Milestone.objects.all())
    known, records, links = Recommendations(), Entries(), Links(request)
    query = QueryDict(f"as_of={day.isoformat()}" if day else "")
    rows = found.entries.for_timeline().filter(counts_from__lte=day or today())

    def read() -> Table:
        row = known.rows(Asked(query, known.at)).get(pk=found.pk)
        known.complete([row])
        entries = told(records, rows, records.all(), links)
        return Table(ENTRIES, entries, first={"recommendation": known.tell(row, links)})

    return sent(request, form, _subject(request, found, day, query), table_writer(request, form, read))


def _named(reference: str, form: str) -> Recommendation:
    """Return the recommendation; an old reference leads to the file under the present one."""
    try:
        return the_recommendation(Recommendation.objects.for_page(), reference)
    except Moved as move:
        raise Moved(f"{move.path.removesuffix('/')}.{form}") from None


def _subject(request: HttpRequest, found: Recommendation, day: dt.date | None, query: QueryDict) -> Subject:
    address = f"{site_of(request)}{found.get_absolute_url()}"
    said = ((_("Official words"), found.official_text), (_("Source document"), source_words(found)))
    return Subject(
        name=found.reference.removeprefix("GFMD-").lower(),
        title=_("%(label)s: %(value)s") % {"label": found.reference, "value": found.headline},
        address=f"{address}?{query.urlencode()}" if query else address,
        asked=dict(query.lists()),
        order=_("latest first"),
        day=day,
        said=said,
    )
