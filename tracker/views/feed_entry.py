"""What a feed tells of one entry, as HTML. A template would look up each of its words by itself, fifty times a feed."""

import datetime as dt
from collections.abc import Iterator

from django.utils.functional import cached_property
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
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

    def _parts(self, change: Change) -> Iterator[SafeString]:
        entry = change.entry
        when = span_words(entry.occurred_from, entry.occurred_until, entry.precision)
        yield format_html("<p> {} · {}{} </p>", self.bases[entry.basis], when, _actors(change))
        if entry.state == FollowUp.State.PUBLISHED:
            yield from self._content(change)
        else:
            yield format_html("<p> {} </p>", _taken_back(entry))
        address = self.links.to_one("recommendation", change.about)
        named = f"{change.short_reference}, {change.headline}"
        yield format_html('<p> <a href="{}">{}</a> · {} </p>', address, named, change.forum)

    def _content(self, change: Change) -> Iterator[SafeString]:
        entry = change.entry
        if entry.status:
            whose = f"{self.standings[entry.standing]}:" if entry.is_assessment else _("The body says of itself:")
            yield format_html("<p> {} <strong>{}</strong> </p>", whose, self.statuses[entry.status])
        body = entry.told_body
        yield format_html('<div lang="{}" dir="auto"> {} </div>', body.language, markdown(body.words))
        if entry.remaining:
            yield format_html("<p> <strong>{}</strong> {} </p>", _("What remains"), told(entry.told_remaining))
        if change.sources:
            yield format_html("<ul> {} </ul>", format_html_join("", "{}", ((_source(one),) for one in change.sources)))


def _actors(change: Change) -> SafeString:
    """Return who did it, with whom; nothing of an assessment."""
    named = format_html_join(", ", "<bdi>{}</bdi>", ((name,) for name in change.actors))
    return format_html(" · {}", named) if named else named


def _taken_back(entry: FollowUp) -> str:
    if entry.state == FollowUp.State.WITHHELD:
        words = _("The text and the evidence of this entry were removed on %(day)s. Reason: %(reason)s")
        return words % {"day": _day(entry.withheld_at), "reason": entry.withholding_reason}
    words = _("Retracted on %(day)s. Reason: %(reason)s")
    return words % {"day": _day(entry.retracted_at), "reason": entry.retraction_reason}


def _day(moment: dt.datetime | None) -> str:
    """Return the day of a moment in UTC."""
    return day_words(moment.astimezone(dt.UTC).date()) if moment else ""


def _source(one: Source) -> SafeString:
    if one.url:
        return format_html('<li> <a href="{}" rel="nofollow" >{}</a> </li>', one.url, one.citation or one.url)
    return format_html("<li> <bdi >{}</bdi> </li>", one.citation or one.file_name)
