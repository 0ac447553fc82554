"""A roundtable, or the closing part of a Forum: where it stands today or stood on a past day."""

import datetime as dt

from django.http import HttpRequest, HttpResponse

from tracker.models import Milestone, Roundtable
from tracker.progress import today
from tracker.sentences import roundtable_answer
from tracker.views.head import caveats
from tracker.views.lookup import the_roundtable
from tracker.views.page import render_page
from tracker.views.parameters import asked_day, offered
from tracker.views.public import public
from tracker.views.room import asked_for_room, room
from tracker.views.stand import Stand, compared_with
from tracker.views.structured import forum_trail


@public("as_of", "view", "item")
def roundtable(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show one roundtable: sentence, bar, recommendations, who has follow-ups; or in the room, one by one."""
    in_room = asked_for_room(request)
    found = the_roundtable(Roundtable.objects.select_related("forum"), year, code)
    milestones = list(Milestone.objects.all())
    asked = asked_day(request, found.forum, milestones)
    stand, past = Stand(found, asked or today()), offered(milestones, found.forum)
    if in_room:
        return _room(request, stand, asked)
    context = {
        "roundtable": found,
        "forum": found.forum,
        "trail": forum_trail(found.forum, (found.label, found.get_absolute_url())),
        "answer": _answer(stand, compared_with(past, stand.day), asked),
        "counted": stand.counted,
        "query": "" if asked else f"roundtable={found.forum.year}-{found.code}",
        "readings": stand.readings,
        "matrix": stand.matrix(),
        "milestones": past,
        "as_of": asked,
        "as_of_text": request.GET.get("as_of", ""),
        **caveats(request, asked, provisional=stand.counted.provisional),
    }
    return render_page(request, "tracker/roundtable_page.html", context)


def _room(request: HttpRequest, stand: Stand, asked: dt.date | None) -> HttpResponse:
    context = {
        "roundtable": stand.roundtable,
        "forum": stand.roundtable.forum,
        "answer": _answer(stand, None, asked),
        "as_of": asked,
        "as_of_text": request.GET.get("as_of", ""),
        **room(request, stand, asked),
        **caveats(request, asked, provisional=stand.counted.provisional),
    }
    return render_page(request, "tracker/roundtable_room.html", context)


def _answer(stand: Stand, since: Milestone | None, asked: dt.date | None) -> str:
    return roundtable_answer(
        stand.roundtable,
        stand.counted,
        stand.in_numbers(),
        changed=stand.changed_since(since),
        since=since,
        day=asked,
    )
