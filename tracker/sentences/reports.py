"""What a progress report answers, and how its subject is called."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.models import Roundtable, Track
from tracker.sentences.counts import Counted, firmness, readings_in_words
from tracker.sentences.dates import day_words
from tracker.sentences.pages import FollowUps, closing_apart, follow_ups_in_words
from tracker.sentences.words import figure, join, sentences


def roundtables_words(roundtables: Sequence[Roundtable]) -> str:
    """Return how a title calls some roundtables of a Forum: "Roundtable 2", "Roundtables 1 to 3"."""
    numbers = [table.number for table in roundtables if table.number is not None]
    if len(numbers) == len(roundtables) > 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers))):
        return _("Roundtables %(first)d to %(last)d") % {"first": numbers[0], "last": numbers[-1]}
    return join([table.label for table in roundtables])


def report_answer(
    subject: str, day: dt.date, counted: Counted, *, closing: int, track: Track, follow_ups: FollowUps
) -> str:
    """Answer "where did this stand on that day?", for a whole Forum or for some of its roundtables.

    ``counted``: those of ``track``; ``closing``: how many items about the Forum itself are counted apart from them.
    """
    said = {"subject": subject, "day": day_words(day), "readings": readings_in_words(counted, track)}
    first = _("%(subject)s, as of %(day)s: %(readings)s.") % said
    return sentences(
        first, closing_apart(closing), firmness(counted), follow_ups_in_words(follow_ups) if counted.total else ""
    )


def heard_words(found: FollowUps) -> str:
    """Return how often one was heard of, in a few words: "4 follow-ups, last 2022"."""
    if not found.total:
        return _("no follow-up on record")
    words = ngettext("%(number)s follow-up, %(last)s", "%(number)s follow-ups, last %(last)s", found.total)
    return words % {"number": figure(found.total), "last": found.last}
