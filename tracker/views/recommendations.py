"""Each recommendation with its record."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tracker.models import FollowUp, Milestone, Recommendation, Standing
from tracker.progress import today
from tracker.readings.reading import counts_on, reading_on
from tracker.sentences import source_words, withdrawn_answer
from tracker.views.citing import citation, moments_of, the_work
from tracker.views.connections import connections
from tracker.views.day_form import days_to_show, typed_day
from tracker.views.head import caveats
from tracker.views.lookup import the_entry, the_recommendation
from tracker.views.page import render_page, site_of
from tracker.views.parameters import asked_day, kept, offered
from tracker.views.public import public
from tracker.views.record_pages import address_in_record, record_page
from tracker.views.story import story_of
from tracker.views.structured import Trail, forum_trail
from tracker.views.take_away import record_files
from tracker.views.timeline import logged_elsewhere, timeline


@public("as_of", "day", "page")
def recommendation(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one recommendation: its words, where it stands, who is responsible, its record."""
    if moved := typed_day(request):
        return moved
    found = the_recommendation(Recommendation.objects.for_page().for_citing(), reference)
    if found.state == Recommendation.State.WITHDRAWN:
        return _withdrawn(request, found)
    forum, milestones = found.roundtable.forum, list(Milestone.objects.all())
    asked = asked_day(request, forum, milestones)
    entries = list(found.entries.for_timeline())
    record = _record(request, found, entries, asked)
    cited = citation(request, found, moments_of(entries), asked)
    context = {
        "recommendation": found,
        "roundtable": found.roundtable,
        "forum": forum,
        "source": source_words(found),
        "citation": cited,
        "paragraph": cited.paragraph(record["answer"]),
        "trail": _trail(found),
        "things": [the_work(cited, record["answer"])],
        "permalink": f"{site_of(request)}{found.get_absolute_url()}",
        "days": days_to_show(offered(milestones, forum), asked),
        "as_of": asked,
        "take_away": record_files(found, asked),
        "kept": kept(as_of=request.GET.get("as_of", "")),
        **record,
        **caveats(request, asked, provisional=record["reading"].standing == Standing.PROVISIONAL),
    }
    spelled = {"as_of": asked.isoformat()} if asked else None
    return render_page(request, "tracker/recommendation_page.html", context, spelled=spelled)


def _withdrawn(request: HttpRequest, found: Recommendation) -> HttpResponse:
    context = {
        "recommendation": found,
        "trail": _trail(found),
        "answer": withdrawn_answer(found),
        "citation": citation(request, found, moments_of(found.entries.on_record())),
    }
    return render_page(request, "tracker/recommendation_withdrawn.html", context)


def _trail(found: Recommendation) -> Trail:
    table = found.roundtable
    own = (found.short_reference, found.get_absolute_url())
    return forum_trail(table.forum, (table.label, table.get_absolute_url()), own)


def _record(
    request: HttpRequest, found: Recommendation, entries: list[FollowUp], asked: dt.date | None
) -> dict[str, Any]:
    """Return the reading of the day, its sentence, a page of the timeline and everyone's part.

    ``entries``: latest first.
    """
    day = asked or today()
    counting = [entry for entry in entries if counts_on(entry, day)]
    reading = reading_on(found, reversed(counting), day)
    verdict = next((entry.pk for entry in counting if entry.is_assessment), None)
    tied = connections(found, counting)
    told = [entry for entry in entries if entry.counts_from and entry.counts_from <= day]
    page, elsewhere = record_page(request, told), logged_elsewhere(entries)
    return {
        "answer": reading.answer(asked),
        "reading": reading,
        "items": timeline(entries, page.entries, rests=tied.rests, elsewhere=elsewhere, verdict=verdict),
        "turned": page.turned,
        "paging": page.paging,
        "later": len(entries) - len(told),
        "connections": tied,
        "story": story_of(found) if tied.earlier or tied.later else [],
    }


@public()
def entry(request: HttpRequest, reference: str) -> HttpResponseRedirect:
    """Lead from an entry's permalink to its place on the page of its recommendation."""
    return HttpResponseRedirect(address_in_record(the_entry(reference)))
