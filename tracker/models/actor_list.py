"""Actors as their list shows them: by kind and name, with how much is on record of each, from the counts kept."""

from typing import Any, NamedTuple

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from tracker.models.actor import Actor, ActorQuerySet, MembershipQuerySet
from tracker.models.counts import EntryCount, StatusCount
from tracker.models.translated import columns_of, sort_column


def _kept(counts: "QuerySet[Any]", key: str) -> Coalesce:
    """Return the sum of kept counts whose subject is the actor with this key."""
    own = counts.filter(subject=OuterRef(key)).order_by().values("subject")
    return Coalesce(Subquery(own.values_list(Sum("number"))), 0, output_field=IntegerField())


def _done(key: str = "pk") -> Coalesce:
    return _kept(EntryCount.objects.filter(scope=EntryCount.Scope.ACTOR), key)


def _asked() -> Coalesce:
    return _kept(StatusCount.objects.filter(scope=StatusCount.Scope.ACTOR), "pk")


def listed(actors: ActorQuerySet) -> ActorQuerySet:
    """Return actors in the order of kinds and names, with ``done`` and ``asked``.

    These are the follow-ups of their own, and the recommendations that address them by themselves.
    """
    kinds = [When(kind=kind.value, then=Value(place)) for place, kind in enumerate(Actor.Kind)]
    place = Case(*kinds, output_field=IntegerField())
    return actors.annotate(kind_place=place, done=_done(), asked=_asked()).order_by("kind_place", sort_column(), "pk")


def with_members(seats: MembershipQuerySet) -> MembershipQuerySet:
    """Return seats with the names of those who hold them, by name, and how many published follow-ups each has."""
    named = seats.select_related("member").annotate(done=_done("member")).order_by(sort_column("member__"), "pk")
    return named.only("collective", "since_year", "until_year", "member__slug", *columns_of("member__name"))


class ActorNumbers(NamedTuple):
    """How many actors there are, have follow-ups on record, and are addressed."""

    total: int
    acting: int
    addressed: int


def actor_numbers() -> ActorNumbers:
    """Count the actors, in one query."""
    rows = Actor.objects.order_by().annotate(done=_done(), asked=_asked())
    found = rows.aggregate(
        total=Count("pk"), acting=Count("pk", filter=Q(done__gt=0)), addressed=Count("pk", filter=Q(asked__gt=0))
    )
    return ActorNumbers(**found)
