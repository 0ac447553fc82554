"""What changed last: entries by the moment at which they were published, retracted or withheld."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeAlias

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from tracker.models.entry_parts import Evidence, Partner
from tracker.models.followup import FollowUp, FollowUpQuerySet
from tracker.models.forum import forum_name
from tracker.models.recommendation import without_forum
from tracker.models.translated import localized

Moments: TypeAlias = "QuerySet[FollowUp, tuple[dt.datetime, int]]"


class Source(NamedTuple):
    """A piece of evidence, as it is listed."""

    citation: str
    url: str
    file_name: str


class Change(NamedTuple):
    """An entry that changed, and what is told beside it: single columns, as whole rows of others cost more than half.

    ``actors``: the names of who did it and of partners, none of an assessment; ``about``: the reference of its
    recommendation, whose Forum is called ``forum``.
    """

    entry: FollowUp
    actors: list[str]
    about: str
    headline: str
    forum: str
    sources: list[Source]

    @property
    def short_reference(self) -> str:
        """The reference of its recommendation, without the Forum."""
        return without_forum(self.about)

    @property
    def moment(self) -> dt.datetime:
        """When it last changed in public."""
        moment: dt.datetime = self.entry.withheld_at or self.entry.retracted_at or self.entry.published_at
        return moment


def changed_lately(parts: Iterable[FollowUpQuerySet], number: int) -> list[Change]:
    """Return of entries on record the ``number`` that changed last, latest first, with all that is told of them.

    ``parts``: the entries, in as many querysets as indexes are to be read in order. In two queries a part, and three.
    """
    moments = {row for part in parts for rows in _newest(part) for row in rows[:number]}
    keys = [key for _moment, key in sorted(moments, reverse=True)[:number]]
    found, partners, sources = _told().in_bulk(keys), _partners(keys), _sources(keys)
    return [_change(found[key], partners[key], sources[key]) for key in keys]


def _change(entry: FollowUp, partners: list[str], sources: list[Source]) -> Change:
    beside: dict[str, Any] = entry.__dict__
    actors = [beside["by"], *partners] if entry.actor_id else []
    forum = forum_name(beside["year"], beside["city"])
    return Change(entry, actors, beside["about"], beside["headline"], forum, sources)


def _newest(part: FollowUpQuerySet) -> list[Moments]:
    """Return moments and keys of what counts, in the order of its index, and of the few that were taken back."""
    taken_back = part.filter(state__in=[FollowUp.State.RETRACTED, FollowUp.State.WITHHELD])
    moments = taken_back.annotate(moment=Coalesce("withheld_at", "retracted_at")).order_by("-moment", "-sequence")
    return [
        part.published().order_by("-sequence").values_list("published_at", "pk"),
        moments.values_list("moment", "pk"),
    ]


def _told() -> FollowUpQuerySet:
    own = FollowUp.objects.on_record().in_own_words("title", "body", "remaining").defer("internal_note")
    return own.annotate(
        by=localized("actor__name"),
        about=F("recommendation__reference"),
        headline=localized("recommendation__headline"),
        year=F("recommendation__roundtable__forum__year"),
        city=F("recommendation__roundtable__forum__host_city"),
    )


def _partners(entries: list[int]) -> dict[int, list[str]]:
    """Return the names of partners by the entries in which they took part."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Partner.objects.filter(entry__in=entries).values_list("entry", localized("actor__name"))
    for entry, name in rows:
        found[entry].append(name)
    return found


def _sources(entries: list[int]) -> dict[int, list[Source]]:
    """Return evidence by the entries that it supports."""
    found: dict[int, list[Source]] = defaultdict(list)
    for entry, *told in Evidence.objects.filter(entry__in=entries).values_list("entry", *Source._fields):
        found[entry].append(Source(*told))
    return found
