"""What stands beside a chart over time, in words."""

import datetime as dt

from django.utils.translation import gettext as _

from tracker.models import Track
from tracker.sentences.counts import Counted, readings_in_words
from tracker.sentences.dates import day_words
from tracker.sentences.words import sentences


def trend_title(subject: str, first: dt.date, last: dt.date) -> str:
    """Return the name of the chart, for those who do not see it."""
    return _("%(subject)s: how many had which status, from %(first)s to %(last)s") % {
        "subject": subject,
        "first": day_words(first),
        "last": day_words(last),
    }


def trend_answer(began: Counted, ended: Counted, *, first: dt.date, last: dt.date, track: Track, changed: bool) -> str:
    """Say where everything stood on the first day and where on the last; or that nothing has ``changed``."""
    if not changed:
        return _("No status has changed since the Forum closed on %(first)s: %(readings)s.") % {
            "first": day_words(first),
            "readings": readings_in_words(ended, track),
        }
    on_day = _("on %(day)s, %(readings)s.")
    return sentences(
        on_day % {"day": day_words(first), "readings": readings_in_words(began, track)},
        on_day % {"day": day_words(last), "readings": readings_in_words(ended, track)},
    )


def trend_source(first: dt.date, last: dt.date, *, read_on: dt.date, opened_on: dt.date) -> str:
    """Say what the figures rest on, when they were read, and until when they are reconstructed."""
    said = {"last": day_words(last), "day": day_words(read_on), "until": day_words(min(opened_on, last))}
    source = _("Source: the assessments on this record, as read on %(day)s.")
    if last < read_on:
        source = _("Source: the assessments on this record that count by %(last)s, as read on %(day)s.")
    reconstructed = _("Days before %(until)s are reconstructed: today's knowledge of them.")
    return sentences(source % said, reconstructed % said if first < min(opened_on, last) else "")
