"""The day with which another is compared: what changed since?"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import pgettext

from tracker.models import Forum, Milestone
from tracker.sentences import day_words, occasion_words


@dataclass(frozen=True)
class Since:
    """The day from which changes are counted. ``words``: how a sentence calls it, "the 2013 High-level Dialogue"."""

    day: dt.date
    words: str


def compared_with(milestones: Sequence[Milestone], forum: Forum, day: dt.date) -> Since | None:
    """Return what ``day`` is compared with where nothing was chosen; None on the day on which the Forum closed.

    That is the last milestone before ``day`` that is no Forum's closing, where there is one; else the last one; before
    any of the ``milestones`` that are offered, it is the closing of the Forum itself.
    """
    past = [milestone for milestone in milestones if milestone.date < day]
    beside = [milestone for milestone in past if milestone.forum_id is None]
    last = next(reversed(beside or past), None)
    if last is not None:
        return since_day(last.date, milestones, forum)
    return since_day(forum.closes_on, milestones, forum) if forum.closes_on < day else None


def since_day(day: dt.date, milestones: Sequence[Milestone], forum: Forum) -> Since:
    """Name a day in the same words, whether its date was given or its milestone."""
    if day == forum.closes_on:
        return Since(day, pgettext("an occasion, behind since", "the Forum closed"))
    milestone = next((one for one in milestones if one.date == day), None)
    if milestone is None:
        return Since(day, pgettext("a day, behind since", "%(day)s") % {"day": day_words(day)})
    return Since(day, occasion_words(milestone))
