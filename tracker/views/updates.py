"""The record as it grows: all entries, newest publication first, or those in which words are found."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tracker.models import EntryCount, FollowUp, FollowUpQuerySet
from tracker.search import Search, did_you_mean, number_of, parse
from tracker.sentences import updates_answer
from tracker.views.head import caveats
from tracker.views.list_pages import MOST_COUNTED, MOST_NUMBERED, ListPage, asked_page, asked_until, counted, total_of
from tracker.views.page import render_page
from tracker.views.paging import PER_PAGE
from tracker.views.public import public
from tracker.views.take_away import list_files
from tracker.views.words_asked import WordsAsked, words_asked

MOST_GATHERED = MOST_NUMBERED * PER_PAGE
"""Entries that are sorted when they have been found; all their pages have numbers. More are read in their order."""


@public("q", "page", "cursor")
def updates(request: HttpRequest) -> HttpResponse:
    """List what was published, retracted and withheld, fifty entries a page."""
    on_record, asked = FollowUp.objects.on_record(), words_asked(request)
    numbers = dict(EntryCount.objects.of_all())
    assessments = numbers.pop(FollowUp.Basis.ASSESSED.value, 0)
    page = _page(request, asked.search)
    context = {
        "trail": [(_("Updates"), request.path)],
        "answer": updates_answer(sum(numbers.values()), assessments, on_record.last_published_at()),
        "asked": asked,
        "entries": page.rows,
        "suggestion": suggestion(asked) if asked and not page.rows else "",
        "paging": page.paging,
        "take_away": list_files("updates", page.paging.total, asked.query),
        **caveats(request, provisional=assessments),
    }
    return render_page(request, "tracker/update_list.html", context, spelled={"cursor": ""})


def _page(request: HttpRequest, search: Search) -> ListPage[FollowUp]:
    """Return the page that is asked for; of a few entries, all are gathered, however few the database expects."""
    found = search.matching_entries(FollowUp.objects.on_record())
    keys = search.latest_keys(MOST_COUNTED + 1)
    total = counted(found) if keys is None else total_of(number_of(keys))
    if total.number <= MOST_GATHERED:
        return asked_page(request, found.gathered(), total, lines=FollowUpQuerySet.with_line)
    until = asked_until(request)
    latest = search.latest_keys(until) if until else None
    rows = FollowUp.objects.filter(pk__in=latest) if latest else found
    return asked_page(request, rows.order_by("-sequence"), total, lines=FollowUpQuerySet.lines)


def suggestion(asked: WordsAsked) -> str:
    """Return what words that found nothing may have meant; empty where nothing nearer finds an entry."""

    def finds(typed: str) -> bool:
        return Search(parse(typed)).matching_entries(FollowUp.objects.on_record()).exists()

    return did_you_mean(asked.search.query, finds)
