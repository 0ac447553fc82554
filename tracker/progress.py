"""What can be asked: how many recommendations have which status, of a Forum or a roundtable, today or on a past date.

Pure queries. Two independent ways lead to the same figure: the entries themselves (``readings``) and the status
changes that are kept beside them (``from_changes``); tests hold them against each other and against a slow count.
The unit is a recommendation; the two tracks are counted apart and never added (2-model, Counting).
"""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from tracker.errors import Refused
from tracker.models import (
    Actor,
    DatePrecision,
    FollowUp,
    Forum,
    Milestone,
    Nature,
    Recommendation,
    RecommendationQuerySet,
    RecordHead,
    Roundtable,
    Standing,
    Status,
    StatusChange,
    Theme,
    Track,
    fold,
    sort_column,
)

GROUPINGS = ("roundtable", "actor", "kind", "theme", "nature")


@dataclass(frozen=True)
class Group:
    """The count of one group. A recommendation counts once in each group it touches; totals are not added."""

    key: str
    label: str
    total: int
    counts: dict[Status, int]
    provisional: int


@dataclass(frozen=True)
class Progress:
    """How far the recommendations of one track have come on a date.

    ``counts`` holds every status, zeros included, in the order of pages, and adds up to ``total``; ``provisional`` is
    how many of the readings are not confirmed; ``reconstructed``: the date lies before the record was first kept.
    """

    forum: Forum
    track: Track
    roundtable: Roundtable | None
    as_of: dt.date
    reconstructed: bool
    total: int
    counts: dict[Status, int]
    provisional: int
    groups: list[Group] = field(default_factory=list)


def today() -> dt.date:
    """Return the date in UTC, by which the record counts."""
    return timezone.now().astimezone(dt.UTC).date()


def parse_as_of(text: str) -> dt.date:
    """Return the day that ``text`` names: a date (2013-10-04) or a milestone's slug (hld-2013).

    Raises ValueError where it is neither.
    """
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return dt.date.fromisoformat(text)
    milestone = Milestone.objects.filter(slug=text).first() if re.fullmatch(r"[\w-]+", text, re.ASCII) else None
    if milestone is None:
        raise ValueError(text)
    return milestone.date


def check_day(forum: Forum, day: dt.date) -> None:
    """Refuse a day after today (``closing_in_future``) or before the Forum had closed (``forum_not_closed``)."""
    if day > today():
        raise Refused("closing_in_future", today=DatePrecision.DAY.words(today()))
    if day < forum.closes_on:
        raise Refused(
            "forum_not_closed", date=DatePrecision.DAY.words(day), closes=DatePrecision.DAY.words(forum.closes_on)
        )


def is_reconstructed(day: dt.date) -> bool:
    """Tell whether ``day`` lies before the record was first kept, so that its figures are today's knowledge of it."""
    head = RecordHead.objects.get(pk=1)
    return day < head.opened_at.astimezone(dt.UTC).date()


def readings(recommendations: RecommendationQuerySet, as_of: dt.date | None = None) -> "QuerySet[Recommendation]":
    """Annotate recommendations with ``status_then``, ``standing_then`` and ``verdict_then`` (the deciding entry's key).

    The latest published assessment by the date it counts from, then by publication, decides (2-model, invariant 7).
    """
    deciding = (
        FollowUp.objects.assessments()
        .counting_at(as_of or today())
        .filter(recommendation=OuterRef("pk"))
        .latest_first()
    )
    return recommendations.annotate(
        status_then=Coalesce(Subquery(deciding.values("status")[:1]), Value(Status.NO_INFORMATION.value)),
        standing_then=Coalesce(Subquery(deciding.values("standing")[:1]), Value("")),
        verdict_then=Subquery(deciding.values("pk")[:1]),
    )


def scope(forum: Forum, *, track: Track, roundtable: Roundtable | None = None) -> RecommendationQuerySet:
    """Return the recommendations that count: published ones of a roundtable, or of a Forum's track."""
    counted = Recommendation.objects.published()
    if roundtable is not None:
        return counted.filter(roundtable=roundtable)
    return counted.of_forum(forum).on_track(track)


def progress(
    forum: Forum,
    *,
    track: Track | str = Track.ROUNDTABLES,
    roundtable: Roundtable | None = None,
    as_of: dt.date | None = None,
    by: str | None = None,
) -> Progress:
    """Count the recommendations of a Forum's track, or of one roundtable, by status on a day (none: today).

    ``by`` adds groups: roundtable, actor (those addressed), kind (of actors addressed), theme or nature.
    Refuses: ``closing_in_future``, ``forum_not_closed``.
    """
    track = roundtable.track if roundtable else Track(track)
    day = as_of or today()
    check_day(forum, day)
    counted = scope(forum, track=track, roundtable=roundtable)
    rows = _rows(counted, as_of)
    return Progress(
        forum=forum,
        track=track,
        roundtable=roundtable,
        as_of=day,
        reconstructed=is_reconstructed(day),
        total=len(rows),
        counts=counts_of(row.status for row in rows),
        provisional=_provisional(rows),
        groups=_groups(counted, rows, by) if by else [],
    )


@dataclass(frozen=True)
class _Row:
    pk: int
    status: str
    standing: str


def _rows(recommendations: RecommendationQuerySet, as_of: dt.date | None) -> list[_Row]:
    """Read status and standing: the kept copies for today, the entries themselves for a past day."""
    names = ("status", "standing")
    source: QuerySet[Recommendation] = recommendations
    if as_of is not None and as_of != today():
        source, names = readings(recommendations, as_of), ("status_then", "standing_then")
    return [_Row(*values) for values in source.order_by().values_list("pk", *names)]


def counts_of(statuses: Iterable[str]) -> dict[Status, int]:
    """Return how often each status occurs, zeros included, in the order of pages."""
    found = Counter(statuses)
    return {status: found[status.value] for status in Status}


def _provisional(rows: Iterable[_Row]) -> int:
    return sum(row.standing == Standing.PROVISIONAL for row in rows)


def _groups(counted: RecommendationQuerySet, rows: list[_Row], by: str) -> list[Group]:
    """Return the counts of each group, in the order of its labels or of the document."""
    pairs = {
        "roundtable": _by_roundtable,
        "actor": _by_actor,
        "kind": _by_kind,
        "theme": _by_theme,
        "nature": _by_nature,
    }[by](counted.order_by())
    found = {row.pk: row for row in rows}
    labels: dict[str, str] = {}
    members: dict[str, set[int]] = {}
    for key, label, pk in pairs:
        labels.setdefault(key, label)
        members.setdefault(key, set()).add(pk)
    return [_group(key, label, [found[pk] for pk in members[key] & found.keys()]) for key, label in labels.items()]


def _group(key: str, label: str, rows: list[_Row]) -> Group:
    return Group(key, label, len(rows), counts_of(row.status for row in rows), _provisional(rows))


Pairs = list[tuple[str, str, int]]
"""Key and label of a group, and the primary key of a recommendation in it; groups in the order of their first pair."""


def _by_roundtable(counted: RecommendationQuerySet) -> Pairs:
    pairs = list(counted.values_list("roundtable", "pk"))
    tables = Roundtable.objects.filter(pk__in={table for table, _pk in pairs}).select_related("forum")
    return [
        (table.code, f"{table.label}: {table.title}" if table.number else table.label, pk)
        for table in tables
        for held_by, pk in pairs
        if held_by == table.pk
    ]


def _addressed(counted: RecommendationQuerySet) -> list[tuple[Actor, int]]:
    named = counted.filter(addressees__isnull=False).order_by(sort_column("addressees__"), "addressees", "pk")
    pairs = list(named.values_list("addressees", "pk"))
    actors = Actor.objects.in_bulk({actor for actor, _pk in pairs})
    return [(actors[actor], pk) for actor, pk in pairs]


def _by_actor(counted: RecommendationQuerySet) -> Pairs:
    return [(actor.slug, str(actor.name), pk) for actor, pk in _addressed(counted)]


def _by_kind(counted: RecommendationQuerySet) -> Pairs:
    order = list(Actor.Kind)
    pairs = [(Actor.Kind(actor.kind), pk) for actor, pk in _addressed(counted)]
    return [(kind.value, str(kind.label), pk) for kind, pk in sorted(pairs, key=lambda pair: order.index(pair[0]))]


def _by_theme(counted: RecommendationQuerySet) -> Pairs:
    pairs = list(counted.filter(themes__isnull=False).values_list("themes", "pk"))
    themes = Theme.objects.in_bulk({theme for theme, _pk in pairs})
    named = [(themes[theme].slug, str(themes[theme].name), pk) for theme, pk in pairs]
    return sorted(named, key=lambda pair: fold(pair[1]))


def _by_nature(counted: RecommendationQuerySet) -> Pairs:
    order = list(Nature)
    pairs = sorted(counted.values_list("nature", "pk"), key=lambda pair: order.index(Nature(pair[0])))
    return [(nature, str(Nature(nature).label), pk) for nature, pk in pairs]


def facts(found: Progress) -> dict[str, Any]:
    """Return the answer as machines read it: the command and the API give the same keys."""
    answer: dict[str, Any] = {
        "forum": found.forum.year,
        "track": found.track.value,
        "as_of": found.as_of.isoformat(),
        "reconstructed": found.reconstructed,
        "total": found.total,
        "counts": {status.value: count for status, count in found.counts.items()},
        "provisional": found.provisional,
    }
    if found.roundtable:
        answer["roundtable"] = found.roundtable.code
    if found.groups:
        answer["groups"] = [_group_facts(group) for group in found.groups]
    return answer


def _group_facts(group: Group) -> dict[str, Any]:
    return {
        "key": group.key,
        "label": group.label,
        "total": group.total,
        "counts": {status.value: count for status, count in group.counts.items()},
        "provisional": group.provisional,
    }


def from_changes(
    forum: Forum,
    *,
    track: Track | str = Track.ROUNDTABLES,
    roundtable: Roundtable | None = None,
    as_of: dt.date | None = None,
) -> tuple[dict[Status, int], int]:
    """Return the same counts, and how many are provisional, from the status changes: quick for a whole Forum."""
    changes = StatusChange.objects.filter(forum=forum, date__lte=as_of or today())
    if roundtable is not None:
        changes = changes.filter(roundtable=roundtable)
    else:
        changes = changes.filter(roundtable__in=Roundtable.objects.filter(forum=forum).on_track(track))
    sums = changes.order_by().values_list("status", "standing").annotate(count=Sum("delta"))
    counts = dict.fromkeys(Status, 0)
    provisional = 0
    for status, standing, count in sums:
        counts[Status(status)] += count
        provisional += count if standing == Standing.PROVISIONAL else 0
    return counts, provisional
