"""What is said of the list of recommendations beside its counts."""

import datetime as dt

from django.utils.translation import gettext as _

from tracker.sentences.dates import day_words
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
