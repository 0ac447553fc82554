"""What is said of statuses: how many have which, how firm the readings are, and of what day."""

import datetime as dt
from collections.abc import Callable
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.models import DatePrecision, RecordHead, Status, Track
from tracker.progress import Group, Progress
from tracker.sentences.dates import day_words
from tracker.sentences.words import figure, join, opening, sentences


class Counted(Protocol):
    """Recommendations counted by status: ``counts`` adds up to ``total``."""

    @property
    def total(self) -> int: ...
    @property
    def counts(self) -> dict[Status, int]: ...
    @property
    def provisional(self) -> int: ...


PHRASES: dict[Status, Callable[[int], str]] = {
    # Translators: who is "2", "both recommendations" or "both items about the Forum itself": nouns of one gender.
    Status.IMPLEMENTED: lambda n: ngettext("%(who)s is implemented", "%(who)s are implemented", n),
    Status.PARTIALLY_IMPLEMENTED: lambda n: ngettext(
        "%(who)s is partly implemented", "%(who)s are partly implemented", n
    ),
    Status.IN_PROGRESS: lambda n: ngettext("%(who)s is in progress", "%(who)s are in progress", n),
    Status.ONGOING: lambda n: ngettext(
        "%(who)s is a continuing principle or finding", "%(who)s are continuing principles or findings", n
    ),
    Status.SUPERSEDED: lambda n: ngettext(
        "%(who)s has been overtaken by events", "%(who)s have been overtaken by events", n
    ),
    Status.NOT_PURSUED: lambda n: ngettext("%(who)s is no longer pursued", "%(who)s are no longer pursued", n),
    Status.NOT_STARTED: lambda n: ngettext("%(who)s has not been started", "%(who)s have not been started", n),
    Status.NO_INFORMATION: lambda n: ngettext("%(who)s has no reading yet", "%(who)s have no reading yet", n),
}


def status_phrases(counts: dict[Status, int]) -> list[str]:
    """Return "2 are implemented", "1 is in progress" … for each status that occurs, in the order of pages."""
    return [PHRASES[status](n) % {"who": figure(n)} for status, n in counts.items() if n]


def whole(total: int, track: Track) -> str:
    """Return how a sentence names everything counted, where all of it has one status."""
    if track is Track.CLOSING:
        words = {1: _("the one item about the Forum itself"), 2: _("both items about the Forum itself")}
        return words.get(total) or _("all %(total)s items about the Forum itself") % {"total": figure(total)}
    words = {1: _("the one recommendation"), 2: _("both recommendations")}
    return words.get(total) or _("all %(total)s recommendations") % {"total": figure(total)}


def of_all(total: int, track: Track) -> str:
    """Return how a sentence begins that tells apart what is counted: "of 13 recommendations"."""
    if track is Track.CLOSING:
        return _("of %(total)s items about the Forum itself") % {"total": figure(total)}
    return _("of %(total)s recommendations") % {"total": figure(total)}


def readings_in_words(counted: Counted, track: Track = Track.ROUNDTABLES) -> str:
    """Return "of 13 recommendations, 2 are implemented, …", or "all 4 recommendations are partly implemented"."""
    if not counted.total:
        return _("no recommendation is on record yet")
    present = {status: count for status, count in counted.counts.items() if count}
    if len(present) == 1:
        status = next(iter(present))
        return PHRASES[status](counted.total) % {"who": whole(counted.total, track)}
    parts = join(status_phrases(present))
    return _("%(whole)s, %(parts)s") % {"whole": of_all(counted.total, track), "parts": parts}


def firmness(counted: Counted) -> str:
    """Return how many of the readings are provisional, as a sentence; nothing where there are no readings."""
    readings = counted.total - counted.counts.get(Status.NO_INFORMATION, 0)
    if not readings:
        return ""
    if counted.provisional == 0:
        return ngettext("The reading is confirmed.", "All readings are confirmed.", readings)
    if counted.provisional == readings:
        return ngettext("The reading is provisional.", "All readings are provisional.", readings)
    return ngettext(
        "%(some)s of the %(all)s readings is provisional.",
        "%(some)s of the %(all)s readings are provisional.",
        counted.provisional,
    ) % {"some": figure(counted.provisional), "all": figure(readings)}


def _month(moment: dt.datetime) -> str:
    return day_words(moment.astimezone(dt.UTC).date(), DatePrecision.MONTH)


def notice(opened_at: dt.datetime) -> str:
    """Return what stands beside provisional readings: who made them, when, and who did not endorse them."""
    return _(
        "Provisional reading by this project, made in %(month)s from public sources. "
        "Not endorsed by the Chair, the Steering Group or any government."
    ) % {"month": _month(opened_at)}


def reconstruction(opened_at: dt.datetime) -> str:
    """Return what stands beside the figures of a day on which the record was not yet kept."""
    return _("Reconstructed in %(month)s: today's knowledge of that day.") % {"month": _month(opened_at)}


def progress_in_words(found: Progress) -> str:
    """Return what one would read out in a meeting: the Forum or roundtable, the day, the counts, how firm they are."""
    subject = f"{found.forum}, {found.roundtable.label}" if found.roundtable else str(found.forum)
    day = day_words(found.as_of)
    if found.reconstructed:
        opened = RecordHead.objects.values_list("opened_at", flat=True).get(pk=1)
        day = _("%(day)s (reconstructed in %(month)s)") % {"day": day, "month": _month(opened)}
    answer = _("%(subject)s, as of %(day)s: %(readings)s.") % {
        "subject": subject,
        "day": day,
        "readings": readings_in_words(found, found.track),
    }
    return "\n".join([sentences(answer, firmness(found)), *(f"  {_group_in_words(group)}" for group in found.groups)])


def _group_in_words(group: Group) -> str:
    readings = opening(readings_in_words(group))
    return _("%(subject)s: %(readings)s.") % {"subject": group.label, "readings": readings}
