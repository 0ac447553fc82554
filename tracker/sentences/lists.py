"""What is said of the list of recommendations beside its counts, and in its lines."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.sentences.dates import day_words
from tracker.sentences.pages import FollowUps
from tracker.sentences.words import figure


def long_list_answer(most: int, *, filtered: bool) -> str:
    """Answer for a list that is counted no further than to ``most``."""
    if filtered:
        return _("More than %(most)s recommendations match these filters.") % {"most": figure(most)}
    return _("More than %(most)s recommendations are on record.") % {"most": figure(most)}


def untallied_answer(number: int) -> str:
    """Answer for a list of which no more than its length is known: it has thousands."""
    return _("%(number)s recommendations match these filters.") % {"number": figure(number)}


def as_it_stood(day: dt.date) -> str:
    """Say of what day the readings of a list are, and what it leaves out."""
    words = _("As it stood on %(day)s; recommendations of Forums that had not closed by then are left out.")
    return words % {"day": day_words(day)}


def follow_ups_in_short(found: FollowUps) -> str:
    """Return "3 follow-ups, last May 2011", as a line says it."""
    if not found.total:
        return _("no follow-up on record")
    words = ngettext("%(number)s follow-up, %(last)s", "%(number)s follow-ups, last %(last)s", found.total)
    return words % {"number": found.total, "last": found.last}


def recommendations_in_number(number: int) -> str:
    """Return "3 recommendations"."""
    return ngettext("%(number)s recommendation", "%(number)s recommendations", number) % {"number": figure(number)}


def follow_ups_in_number(number: int) -> str:
    """Return "3 follow-ups"."""
    return ngettext("%(number)s follow-up", "%(number)s follow-ups", number) % {"number": figure(number)}


def member_since(since: int | None, until: int | None) -> str:
    """Return "member 2006 to 2018", "member since 2018" or "member until 2018"; nothing where neither is known."""
    if since and until:
        return _("member %(since)s to %(until)s") % {"since": since, "until": until}
    if since:
        return _("member since %(since)s") % {"since": since}
    return _("member until %(until)s") % {"until": until} if until else ""
