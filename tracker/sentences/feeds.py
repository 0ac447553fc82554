"""How a feed names the entries that it tells of: each title says what it is, and whether it was taken back."""

from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tracker.models import FollowUp, Told, current_language
from tracker.models.lately import Change
from tracker.sentences.citation import tracker_name


def entry_title(change: Change) -> Told:
    """Return the title of an entry on record, with the language of its words."""
    entry = change.entry
    if entry.state == FollowUp.State.WITHHELD:
        words = _("Content removed: %(reference)s") % {"reference": entry.reference}
        return Told(words, current_language())
    title = _title(change)
    if entry.state == FollowUp.State.RETRACTED:
        return replace(title, words=_("Retracted: %(title)s") % {"title": title.words})
    return title


def _title(change: Change) -> Told:
    """Return who did what; of an assessment, how the recommendation reads."""
    entry = change.entry
    if entry.is_assessment and entry.reading:
        words = pgettext("a recommendation and its status", "%(reference)s, %(headline)s: %(status)s")
        named = {"reference": change.short_reference, "headline": change.headline, "status": entry.reading.label}
        return Told(words % named, current_language())
    said = entry.told_title
    words = pgettext("who did what", "%(actor)s: %(title)s") % {"actor": change.actors[0], "title": said.words}
    return replace(said, words=words)


def feed_title(followed: str) -> str:
    """Return what a feed is called in a reader, among the feeds of others. ``followed``: what it follows."""
    return pgettext("what a feed follows, and whose it is", "%(followed)s · %(tracker)s") % {
        "followed": followed,
        "tracker": tracker_name(),
    }
