"""The form in which another day is chosen, and the day with which it is compared."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.translation import gettext as _

from tracker.models import Forum, Milestone
from tracker.readings.since import Since
from tracker.sentences import day_words
from tracker.views.parameters import kept


@dataclass(frozen=True)
class Choice:
    """A day that can be chosen: its value in the address, its words, and whether it is the one shown."""

    value: str
    label: str
    chosen: bool


def days_to_show(milestones: Sequence[Milestone], asked: dt.date | None) -> list[Choice]:
    """Return today, the milestones that are offered, and the day that was asked for where it is none of them."""
    days = _choices(milestones, asked)
    return [Choice("", _("Today"), asked is None), *_other(days, asked), *days]


def days_to_compare(
    milestones: Sequence[Milestone], forum: Forum, day: dt.date, since: Since | None, usual: Since | None
) -> list[Choice]:
    """Return what ``day`` can be compared with: the closing of its Forum, the milestones between, and ``since``.

    ``usual`` is what it is compared with where nothing is chosen. Without milestones there is nothing to choose.
    """
    between = [one for one in milestones if one.date < day]
    if not between and since == usual:
        return []
    asked = since.day if since and since != usual else None
    closing = Choice(
        forum.closes_on.isoformat(),
        _("The closing of the Forum, %(day)s") % {"day": day_words(forum.closes_on)},
        asked == forum.closes_on,
    )
    days = [closing, *_choices(between, asked)]
    return [Choice("", _("The last milestone before"), asked is None), *_other(days, asked), *days]


def typed_day(request: HttpRequest) -> HttpResponseRedirect | None:
    """Return where the form leads, None for an address that did not come from it.

    What was typed wins over what was selected, and takes its place; what was left empty goes, so that the address can
    be passed on.
    """
    if "day" not in request.GET:
        return None
    given = {name: str(value) for name, value in request.GET.items()}
    day = given.pop("day")
    query = kept(**{**given, "as_of": day or given.get("as_of", "")})
    return HttpResponseRedirect(f"{request.path}?{query.urlencode()}" if query else request.path)


def _choices(milestones: Sequence[Milestone], asked: dt.date | None) -> list[Choice]:
    return [Choice(one.slug, f"{one.title}, {day_words(one.date)}", one.date == asked) for one in milestones]


def _other(days: list[Choice], asked: dt.date | None) -> list[Choice]:
    """Return the day that was asked for, if it is none of those that are offered."""
    if asked is None or any(choice.chosen for choice in days):
        return []
    return [Choice(asked.isoformat(), day_words(asked), True)]
