"""How a recommendation is cited: in a line of text, and in the pieces that reference managers keep."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tracker.models import Forum, Recommendation, RecordHead
from tracker.sentences.dates import day_words


def tracker_name() -> str:
    """Return what this record is called, in the language of the page."""
    return _("GFMD recommendation tracker")


def moment_words(moment: dt.datetime) -> str:
    """Return "10:00 UTC, 4 October 2026"."""
    utc = moment.astimezone(dt.UTC)
    words = pgettext("a moment", "%(time)s UTC, %(day)s")
    return words % {"time": f"{utc:%H:%M}", "day": day_words(utc.date())}


def author_words(forum: Forum) -> str:
    """Return whose words they are: the Chair's, of this Forum."""
    return _("Chair of the Global Forum on Migration and Development, %(forum)s") % {"forum": forum}


def source_words(recommendation: Recommendation) -> str:
    """Return the official document and the place in it."""
    return ", ".join(filter(None, (recommendation.source_document, recommendation.source_locator)))


def state_words(moment: dt.datetime, day: dt.date | None = None) -> str:
    """Return which state of the record is cited: "as published 10:00 UTC, 4 October 2026"."""
    words = _("as published %(moment)s") % {"moment": moment_words(moment)}
    if day is None:
        return words
    return _("%(published)s, for %(day)s") % {"published": words, "day": day_words(day)}


def citation_note(recommendation: Recommendation, moment: dt.datetime, day: dt.date | None = None) -> str:
    """Return what a reference manager has no field for: the reference, the official document, the state cited."""
    reference = _("Recommendation %(reference)s.") % {"reference": recommendation.reference}
    state = _("State of the record: %(state)s.") % {"state": state_words(moment, day)}
    return f"{reference} {_official(recommendation)}{state}"


def citation_line(recommendation: Recommendation, address: str, moment: dt.datetime, day: dt.date | None = None) -> str:
    """Return the whole citation as plain text; ``moment`` is when the state cited was published."""
    first = _("%(author)s: recommendation %(reference)s, “%(headline)s”.") % {
        "author": author_words(recommendation.roundtable.forum),
        "reference": recommendation.reference,
        "headline": recommendation.headline,
    }
    return f"{first} {_official(recommendation)}{_where(address, moment, day)}"


def paragraph_words(
    recommendation: Recommendation, answer: str, address: str, moment: dt.datetime, day: dt.date | None = None
) -> str:
    """Return a paragraph for somebody's own text: whose words, the words themselves, where they stand, and from where.

    ``answer`` is the sentence that the page answers with.
    """
    quoted = _("%(forum)s, recommendation %(reference)s: “%(words)s”") % {
        "forum": recommendation.roundtable.forum,
        "reference": recommendation.reference,
        "words": f"{recommendation.official_text} [sic]" if recommendation.sic else recommendation.official_text,
    }
    return f"{quoted} {answer} {_where(address, moment, day)}"


def record_citation(site: str, moment: dt.datetime) -> str:
    """Return how the record as a whole is cited, in the state in which it was published at ``moment``."""
    words = _("%(tracker)s: what became of the recommendations of the %(forum)s. %(address)s, %(state)s.")
    forum = _("Global Forum on Migration and Development")
    return words % {"tracker": tracker_name(), "forum": forum, "address": f"{site}/", "state": state_words(moment)}


def record_note(head: RecordHead, moment: dt.datetime, day: dt.date | None = None) -> str:
    """Return what a reference manager has no field for: the state of the record, and the head that proves it."""
    state = _("State of the record: %(state)s.") % {"state": state_words(moment, day)}
    proof = _("Head of the chain: event %(number)d, SHA-256 %(digest)s.")
    return f"{state} {proof % {'number': head.sequence, 'digest': head.digest}}"


def _where(address: str, moment: dt.datetime, day: dt.date | None) -> str:
    words = _("%(tracker)s, %(address)s, %(state)s.")
    return words % {"tracker": tracker_name(), "address": address, "state": state_words(moment, day)}


def _official(recommendation: Recommendation) -> str:
    source = source_words(recommendation)
    return _("Official words: %(source)s.") % {"source": source} + " " if source else ""
