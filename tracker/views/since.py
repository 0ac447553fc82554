"""The day with which a page compares the one that it shows, where its address names one."""

import datetime as dt
from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext as _

from tracker.models import Forum, Milestone
from tracker.readings.since import Since, since_day
from tracker.sentences import day_words
from tracker.views.parameters import BadParameter, asked_day


def asked_since(request: HttpRequest, forum: Forum, milestones: Sequence[Milestone], day: dt.date) -> Since | None:
    """Return what ``since`` names, None where it is not given. ``milestones``: all there are; ``day``: the one shown.

    Refused: what ``asked_day`` refuses, and a day after the one that is shown.
    """
    since = asked_day(request, forum, milestones, "since")
    if since is None:
        return None
    if since > day:
        allowed = _("the day that is shown (%(day)s) or one before it") % {"day": day_words(day)}
        raise BadParameter("since", request.GET["since"], allowed)
    return since_day(since, milestones, forum)
