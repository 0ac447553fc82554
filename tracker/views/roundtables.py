"""A roundtable, or the closing part of a Forum: where it stands today or stood on a past day."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse

from tracker.models import Milestone, Roundtable, StatusChange
from tracker.progress import today
from tracker.readings.since import Since, compared_with
from tracker.readings.stand import Stand
from tracker.sentences import changes_answer, roundtable_answer
from tracker.views.day_form import days_to_compare, days_to_show, typed_day
from tracker.views.embeds import codes
from tracker.views.head import caveats
from tracker.views.lookup import the_roundtable
from tracker.views.page import render_page, site_of
from tracker.views.parameters import asked_day, kept, offered
from tracker.views.public import public
from tracker.views.room import asked_for_room, room
from tracker.views.since import asked_since
from tracker.views.structured import forum_trail
from tracker.views.trend import Trend, shown_trend


@public("as_of", "day", "since", "view", "item")
def roundtable(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show one roundtable: sentence, bar, recommendations, what changed, who has follow-ups; or in the room."""
    if moved := typed_day(request):
        return moved
    in_room = asked_for_room(request)
    found = the_roundtable(Roundtable.objects.select_related("forum"), year, code)
    milestones = list(Milestone.objects.all())
    asked = asked_day(request, found.forum, milestones)
    stand, past = Stand(found, asked or today()), offered(milestones, found.forum)
    usual = compared_with(past, found.forum, stand.day)
    since = asked_since(request, found.forum, milestones, stand.day) or usual
    if in_room:
        return _room(request, stand, asked)
    context = {
        **_everywhere(request, stand, asked),
        **_changes(stand, asked, since),
        "trail": forum_trail(found.forum, (found.label, found.get_absolute_url())),
        "counted": stand.counted,
        "query": "" if asked else f"roundtable={found.forum.year}-{found.code}",
        "readings": stand.readings,
        "matrix": stand.matrix(),
        "days": days_to_show(past, asked),
        "days_before": days_to_compare(past, found.forum, stand.day, since, usual),
        "since_chosen": since if since != usual else None,
        "trend": _trend(request, stand, past),
        "codes": codes(site_of(request), found, asked),
    }
    return render_page(request, "tracker/roundtable_page.html", context, spelled=_spelled(asked, since, usual))


def _room(request: HttpRequest, stand: Stand, asked: dt.date | None) -> HttpResponse:
    context = {
        **_everywhere(request, stand, asked),
        "answer": _answer(stand, asked, None, 0),
        **room(request, stand, asked),
    }
    return render_page(request, "tracker/roundtable_room.html", context)


def _everywhere(request: HttpRequest, stand: Stand, asked: dt.date | None) -> dict[str, Any]:
    """Return what page and room share."""
    return {
        "roundtable": stand.roundtable,
        "forum": stand.roundtable.forum,
        "as_of": asked,
        "kept": kept(as_of=request.GET.get("as_of", "")),
        "since_text": request.GET.get("since") or None,
        **caveats(request, asked, provisional=stand.counted.provisional),
    }


def _changes(stand: Stand, asked: dt.date | None, since: Since | None) -> dict[str, Any]:
    """Return the answer of the page, and what changed since; on the day on which the Forum closed, nothing can have."""
    if since is None:
        return {"answer": _answer(stand, asked, None, 0)}
    changes = stand.changes_since(since.day)
    said = changes_answer(
        changed=len(changes),
        total=stand.counted.total,
        follow_ups=stand.follow_ups_since(since.day),
        first=since.day,
        last=stand.day,
        track=stand.roundtable.track,
    )
    answer = _answer(stand, asked, since, len(changes))
    return {"answer": answer, "since": since, "changes": changes, "changes_answer": said}


def _trend(request: HttpRequest, stand: Stand, past: list[Milestone]) -> dict[str, Any]:
    table = stand.roundtable
    steps = StatusChange.objects.filter(roundtable=table).by_day(stand.day)
    return shown_trend(request, Trend(steps, past, table.forum.closes_on, stand.day), table.label, table.track)


def _answer(stand: Stand, asked: dt.date | None, since: Since | None, changed: int) -> str:
    occasion = since.words if since else ""
    return roundtable_answer(
        stand.roundtable, stand.counted, stand.in_numbers(), changed=changed, since=occasion, day=asked
    )


def _spelled(asked: dt.date | None, since: Since | None, usual: Since | None) -> dict[str, str]:
    """Write the days as dates, whatever milestone falls on them; what is compared with anyway is left out."""
    as_of = {"as_of": asked.isoformat()} if asked else {}
    return {**as_of, "since": since.day.isoformat() if since and since != usual else ""}
