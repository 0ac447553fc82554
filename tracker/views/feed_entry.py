"""What a feed tells of one entry, as HTML. A template would look up each of its words by itself, fifty times a feed.

Everything that is not markup of ours is escaped where it is put in.
"""

import datetime as dt
from collections.abc import Iterator
from html import escape

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from tracker.api.links import Links
from tracker.models import FollowUp, Standing, Status
from tracker.models.lately import Change, Source
from tracker.sentences import day_words, span_words
from tracker.sentences.html import markdown, told


class EntryTexts:
    """Tells of entries in the language of the request. What things are called is looked up once for all of them."""

    def __init__(self, links: Links) -> None:
        self.links = links
        self.bases = {one.value: str(one.label) for one in FollowUp.Basis}
        self.states = {one.value: str(one.label) for one in FollowUp.State}

    @cached_property
    def statuses(self) -> dict[str, str]:
        """What each status is called."""
        return {one.value: str(one.label) for one in Status}

    @cached_property
    def standings(self) -> dict[str, str]:
        """What each standing is called."""
        return {one.value: str(one.label) for one in Standing}

    def html(self, change: Change) -> str:
        """Return all that a feed tells of an entry on record; of one that was taken back, when and why."""
        return " ".join(" ".join(self._parts(change)).split())

    def _parts(self, change: Change) -> Iterator[str]:
        entry = change.entry
        when = span_words(entry.occurred_from, entry.occurred_until, entry.precision)
        yield f"<p> {escape(self.bases[entry.basis])} · {escape(when)}{_actors(change)} </p>"
        if entry.state == FollowUp.State.PUBLISHED:
            yield from self._content(change)
        else:
            yield f"<p> {escape(_taken_back(entry))} </p>"
        address = self.links.to_one("recommendation", change.about)
        named = f"{change.short_reference}, {change.headline}"
        yield f'<p> <a href="{escape(address)}">{escape(named)}</a> · {escape(change.forum)} </p>'

    def _content(self, change: Change) -> Iterator[str]:
        entry = change.entry
        if entry.status:
            whose = f"{self.standings[entry.standing]}:" if entry.is_assessment else _("The body says of itself:")
            yield f"<p> {escape(whose)} <strong>{escape(self.statuses[entry.status])}</strong> </p>"
        body = entry.told_body
        yield f'<div lang="{escape(body.language)}" dir="auto"> {markdown(body.words)} </div>'
        if entry.remaining:
            yield f"<p> <strong>{escape(_('What remains'))}</strong> {told(entry.told_remaining)} </p>"
        if change.sources:
            yield f"<ul> {''.join(map(_source, change.sources))} </ul>"


def _actors(change: Change) -> str:
    """Return who did it, with whom; nothing of an assessment."""
    named = ", ".join(f"<bdi>{escape(name)}</bdi>" for name in change.actors)
    return f" · {named}" if named else ""


def _taken_back(entry: FollowUp) -> str:
    if entry.state == FollowUp.State.WITHHELD:
        words = _("The text and the evidence of this entry were removed on %(day)s. Reason: %(reason)s")
        return words % {"day": _day(entry.withheld_at), "reason": entry.withholding_reason}
    words = _("Retracted on %(day)s. Reason: %(reason)s")
    return words % {"day": _day(entry.retracted_at), "reason": entry.retraction_reason}


def _day(moment: dt.datetime | None) -> str:
    """Return the day of a moment in UTC."""
    return day_words(moment.astimezone(dt.UTC).date()) if moment else ""


def _source(one: Source) -> str:
    if one.url:
        return f'<li> <a href="{escape(one.url)}" rel="nofollow" >{escape(one.citation or one.url)}</a> </li>'
    return f"<li> <bdi >{escape(one.citation or one.file_name)}</bdi> </li>"
