"""The list of recommendations: found, filtered and sorted by its address alone."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from tracker.filters import SEVERAL, SINGLE, Counts, RecommendationFilter, chips, fields, sorts
from tracker.filters.counting import MOST_COUNTED
from tracker.filters.finding import found_or_begun, one_named
from tracker.filters.named import by_slugs
from tracker.models import FollowUp, Recommendation, RecommendationQuerySet
from tracker.readings.reading import Reading, kept_reading, reading_on
from tracker.readings.tally import Tally, split
from tracker.sentences import list_answer
from tracker.sentences.lists import as_it_stood, long_list_answer, untallied_answer
from tracker.sentences.words import sentences
from tracker.views.found import found_in, search_note, suggestion
from tracker.views.head import caveats
from tracker.views.list_pages import asked_page, asked_until
from tracker.views.page import render_page
from tracker.views.paging import Total
from tracker.views.parameters import BadParameter, kept
from tracker.views.public import public
from tracker.views.take_away import list_files


@public("page", "cursor", "day", *SINGLE, several=SEVERAL)
def recommendations(request: HttpRequest) -> HttpResponse:
    """Show the recommendations that match the filters, fifty a page."""
    if (tidy := tidied(request.GET)) != request.GET:
        return sent_to(request.path, tidy)
    if straight := one_named(request.GET.get("q", "")):
        return sent_to(straight.get_absolute_url(), kept(as_of=request.GET.get("as_of", "")))
    asked = RecommendationFilter.asked(request.GET)
    if named := by_slugs(asked):
        return sent_to(request.path, named)
    if refusal := asked.refusal():
        raise BadParameter(*refusal)
    return _shown(request, asked)


def _shown(request: HttpRequest, asked: RecommendationFilter) -> HttpResponse:
    chosen, found = found_or_begun(asked)
    roundtables, closing = split(found.tally)
    rows, total = chosen.first(asked_until(request), found.total), Total(found.total, more=found.more)
    page = asked_page(request, rows, total, lines=partial(_lines, day=chosen.day))
    active = chips(chosen)
    context = {
        "trail": [(_("Recommendations"), request.path)],
        "answer": _answer(found, roundtables, closing, day=chosen.day, filtered=bool(active)),
        "counted": roundtables,
        "readings": _readings(chosen, page.rows),
        "suggestion": suggestion(chosen) if not found.total else None,
        "note": search_note(chosen, found.total),
        "fields": fields(chosen, found),
        "chips": active,
        "sorts": sorts(chosen),
        "paging": page.paging,
        "take_away": list_files("recommendations", page.paging.total, chosen.data),
        "kept": kept(as_of=chosen.data.get("as_of", "") if chosen.day else ""),
        **caveats(request, chosen.day, provisional=roundtables.provisional + closing.provisional),
    }
    spelled = {"cursor": "", "as_of": chosen.day.isoformat() if chosen.day else ""}
    return render_page(request, "tracker/recommendation_list.html", context, spelled=spelled)


def tidied(given: QueryDict) -> QueryDict:
    """Return an address as it can be passed on: a form sends also what was left empty, and a day that was typed.

    The day wins over what was selected, and takes its place.
    """
    tidy = QueryDict(mutable=True)
    for name, values in sorted(given.lists()):
        if some := [value for value in values if value]:
            tidy.setlist(name, some)
    for day in tidy.pop("day", [])[:1]:
        tidy["as_of"] = day
    return tidy


def sent_to(path: str, query: QueryDict) -> HttpResponseRedirect:
    """Send to an address as it is passed on."""
    return HttpResponseRedirect(f"{path}?{query.urlencode()}" if query else path)


def _answer(found: Counts, roundtables: Tally, closing: Tally, *, day: dt.date | None, filtered: bool) -> str:
    if found.more:
        answer = long_list_answer(MOST_COUNTED, filtered=filtered)
    elif found.total and not found.tally:
        answer = untallied_answer(found.total)
    else:
        answer = list_answer(roundtables, closing, filtered=filtered)
    return sentences(answer, as_it_stood(day)) if day else answer


def _lines(part: RecommendationQuerySet, day: dt.date | None) -> RecommendationQuerySet:
    return with_entries(part.lines(), day)


def with_entries(rows: RecommendationQuerySet, day: dt.date | None) -> RecommendationQuerySet:
    """Return listed rows; for a past day, with the entries that counted then."""
    if day is None:
        return rows
    entries = FollowUp.objects.counting_at(day).order_by("counts_from", "precedence")
    return rows.prefetch_related(Prefetch("entries", entries.defer("body", "internal_note"), "counting"))


def _readings(chosen: RecommendationFilter, rows: Sequence[Recommendation]) -> list[Reading]:
    query = chosen.search.query
    return [replace(reading_of(row, chosen.day), found=found_in(row, query)) for row in rows]


def reading_of(row: Recommendation, day: dt.date | None) -> Reading:
    """Return where a row ``with_entries`` stands, today or on a past day."""
    if day is None:
        return kept_reading(row)
    counting: list[FollowUp] = row.counting  # type: ignore[attr-defined]  # what with_entries brought
    return reading_on(row, counting, day)
