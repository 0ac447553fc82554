"""What changed between two days, in words."""

import datetime as dt

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from tracker.models import Milestone, Track
from tracker.sentences.counts import of_all, whole
from tracker.sentences.dates import day_words
from tracker.sentences.words import figure, sentences, spelled


def occasion_words(milestone: Milestone) -> str:
    """Return how a sentence calls a milestone: "the 2013 High-level Dialogue"; "GFMD 2014, Stockholm"."""
    if milestone.forum_id is not None:
        # Translators: stands behind "since": a later Forum, as "GFMD 2014, Stockholm".
        return pgettext("a later Forum, in a sentence", "%(milestone)s") % {"milestone": milestone.title}
    # Translators: stands behind "since"; the milestone may be a dialogue, a debate, a review: mind its article.
    return _("the %(milestone)s") % {"milestone": milestone.title}


def changes_answer(
    *, changed: int, total: int, follow_ups: int, first: dt.date, last: dt.date, track: Track = Track.ROUNDTABLES
) -> str:
    """Say how many of the ``total`` changed status between two days, how many did not, and what dates from that time.

    ``follow_ups``: how many count after the first day and until the last.
    """
    days = {"first": day_words(first), "last": day_words(last)}
    return sentences(_changed(changed, total, days, track), _dating_from_then(follow_ups))


def _changed(changed: int, total: int, days: dict[str, str], track: Track) -> str:
    said = {**days, "whole": whole(total, track), "of": of_all(total, track), "changed": figure(changed)}
    if not changed:
        return (
            ngettext(
                "between %(first)s and %(last)s no status changed: %(whole)s is unchanged.",
                "between %(first)s and %(last)s no status changed: %(whole)s are unchanged.",
                total,
            )
            % said
        )
    if changed == total:
        whole_changed = ngettext(
            "%(whole)s changed status between %(first)s and %(last)s.",
            "%(whole)s changed status between %(first)s and %(last)s.",
            total,
        )
        return whole_changed % said
    unchanged = ngettext("%(number)s is unchanged", "%(number)s are unchanged", total - changed)
    some_changed = ngettext(
        "%(of)s, %(changed)s changed status between %(first)s and %(last)s; %(unchanged)s.",
        "%(of)s, %(changed)s changed status between %(first)s and %(last)s; %(unchanged)s.",
        changed,
    )
    return some_changed % {**said, "unchanged": unchanged % {"number": figure(total - changed)}}


def _dating_from_then(follow_ups: int) -> str:
    if not follow_ups:
        return _("no follow-up dates from that time.")
    return ngettext("one follow-up dates from that time.", "%(number)s follow-ups date from that time.", follow_ups) % {
        "number": spelled(follow_ups)
    }
