"""A roundtable, or the closing part of a Forum: where it stands today or stood on a past day."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

from tracker.models import FollowUp, Membership, Milestone, Recommendation, Roundtable
from tracker.progress import today
from tracker.record.copies import shown_precision
from tracker.sentences import day_words, notice, reconstruction, roundtable_answer
from tracker.views.head import record_head
from tracker.views.lookup import the_roundtable
from tracker.views.matrix import Groups, matrix
from tracker.views.page import render_page
from tracker.views.parameters import asked_day, offered
from tracker.views.public import public
from tracker.views.reading import Reading, counts_on, reading_on, summed_up
from tracker.views.tally import Tally

Entries = dict[int, list[FollowUp]]


@public("as_of")
def roundtable(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show one roundtable: sentence, bar, recommendations, who has follow-ups."""
    table = the_roundtable(Roundtable.objects.select_related("forum"), year, code)
    milestones = list(Milestone.objects.all())
    asked = asked_day(request, table.forum, milestones)
    day = asked or today()
    recommendations = list(Recommendation.objects.published().filter(roundtable=table).in_order())
    for one in recommendations:
        one.roundtable = table
    entries = entries_of(table)
    readings = [reading_on(one, entries[one.pk], day) for one in recommendations]
    counting = [entry for one in recommendations for entry in entries[one.pk] if counts_on(entry, day)]
    counted, past = tally_of(readings), offered(milestones, table.forum)
    since = compared_with(past, day)
    follow_ups = summed_up(counting, _last(counting))
    answer = roundtable_answer(
        table,
        counted,
        follow_ups,
        changed=changed(readings, entries, since),
        since=since,
        day=asked,
    )
    opened_at = record_head(request).opened_at
    context = {
        "roundtable": table,
        "forum": table.forum,
        "answer": answer,
        "counted": counted,
        "query": "" if asked else f"roundtable={table.forum.year}-{table.code}",
        "readings": readings,
        "matrix": matrix(recommendations, _follow_ups(counting), Groups(Membership.objects.shown_as_groups())),
        "milestones": past,
        "as_of": asked,
        "as_of_text": request.GET.get("as_of", ""),
        "today": today(),
        "notice": notice(opened_at) if counted.provisional else "",
        "reconstruction": reconstruction(opened_at) if day < opened_at.date() else "",
    }
    return render_page(request, "tracker/roundtable_page.html", context)


def entries_of(table: Roundtable) -> Entries:
    """Return the published entries of a roundtable's recommendations, in deciding order."""
    found: Entries = defaultdict(list)
    entries = FollowUp.objects.published().filter(recommendation__roundtable=table).select_related("actor").in_time()
    for entry in entries:
        found[entry.recommendation_id].append(entry)
    return found


def tally_of(readings: Iterable[Reading]) -> Tally:
    """Count readings by status."""
    counted = Tally()
    for reading in readings:
        counted.add(reading.status, reading.standing)
    return counted


def compared_with(milestones: Sequence[Milestone], day: dt.date) -> Milestone | None:
    """Return the last milestone before ``day``: one that is no Forum's closing, where there is one."""
    past = [milestone for milestone in milestones if milestone.date < day]
    beside = [milestone for milestone in past if milestone.forum_id is None]
    return next(reversed(beside or past), None)


def changed(readings: Iterable[Reading], entries: Entries, since: Milestone | None) -> int:
    """Return how many recommendations have another status than at the milestone."""
    if since is None:
        return 0
    return sum(
        reading_on(reading.recommendation, entries[reading.recommendation.pk], since.date).status != reading.status
        for reading in readings
    )


def _follow_ups(entries: Iterable[FollowUp]) -> list[FollowUp]:
    return [entry for entry in entries if not entry.is_assessment]


def _last(entries: Iterable[FollowUp]) -> str:
    found = sorted(_follow_ups(entries), key=lambda entry: (entry.counts_from, entry.precedence))
    return day_words(found[-1].counts_from, shown_precision(found[-1])) if found else ""
