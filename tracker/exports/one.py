"""A recommendation with its whole record as a file."""

import datetime as dt
from collections.abc import Callable, Iterator

from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from tracker.api.links import Links
from tracker.api.parameters import Asked
from tracker.api.record_resources import Entries, Recommendations
from tracker.exports.about import About, Subject
from tracker.exports.answers import Write, sent
from tracker.exports.columns import ENTRIES
from tracker.exports.forms import TABLES, check_form, table_writer
from tracker.exports.record_pdf import record_pdf
from tracker.exports.rows import Table, told
from tracker.models import FollowUp, Milestone, Recommendation
from tracker.models.followup import FollowUpQuerySet
from tracker.progress import today
from tracker.readings.reading import reading_on
from tracker.sentences import source_words, withdrawn_answer
from tracker.views.lookup import Moved, the_recommendation
from tracker.views.page import site_of
from tracker.views.parameters import asked_day
from tracker.views.public import public


@public("as_of", "header", "page")
def recommendation(request: HttpRequest, reference: str, form: str) -> HttpResponseBase:
    """Hand out the record of a recommendation, latest first, with what is told of itself."""
    check_form(form, (*TABLES, "pdf"))
    found = _named(reference, form)
    day = asked_day(request, found.roundtable.forum, Milestone.objects.all())
    query = QueryDict(f"as_of={day.isoformat()}" if day else "")
    entries = found.entries.for_timeline().filter(counts_from__lte=day or today())
    if form == "pdf":
        write = _printer(found, entries, day, site_of(request))
    else:
        write = table_writer(request, form, _reader(found, entries, query, Links(request)))
    return sent(request, form, _subject(request, found, day, query), write)


def _reader(found: Recommendation, entries: FollowUpQuerySet, query: QueryDict, links: Links) -> Callable[[], Table]:
    """Return what reads a table of the entries; in JSON the recommendation stands before them."""
    known, records = Recommendations(), Entries()

    def read() -> Table:
        row = known.rows(Asked(query, known.at)).get(pk=found.pk)
        known.complete([row])
        return Table(
            ENTRIES, told(records, entries, records.all(), links), first={"recommendation": known.tell(row, links)}
        )

    return read


def _printer(found: Recommendation, entries: FollowUpQuerySet, day: dt.date | None, site: str) -> Write:
    """Return what sets the record as its page tells it."""

    def write(about: About) -> Iterator[bytes]:
        rows = list(entries)
        FollowUp.objects.fetch_parts(rows)
        reading = reading_on(found, reversed(rows), day or today())
        withdrawn = found.state == Recommendation.State.WITHDRAWN
        answer = withdrawn_answer(found) if withdrawn else reading.answer(day)
        yield record_pdf(about, answer, reading, rows, site)

    return write


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
