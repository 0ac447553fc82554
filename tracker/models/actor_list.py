"""Actors as their list shows them: by kind and name, with how much is on record of each."""

from typing import NamedTuple

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, Subquery, Value, When

from tracker.models.actor import Actor, ActorQuerySet
from tracker.models.followup import FollowUp, FollowUpQuerySet
from tracker.models.recommendation import Responsibility, ResponsibilityQuerySet
from tracker.models.translated import sort_column

MOST_COUNTED = 100
"""Follow-ups or recommendations of an actor that its line counts. A collective may have a hundred thousand."""


class _NumberOf(Subquery):
    """How many rows a subquery has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def _done() -> FollowUpQuerySet:
    return FollowUp.objects.published().filter(actor=OuterRef("pk")).order_by()


def _asked() -> ResponsibilityQuerySet:
    return Responsibility.objects.on_published().filter(actor=OuterRef("pk")).order_by()


def listed(actors: ActorQuerySet) -> ActorQuerySet:
    """Return actors in the order of kinds and names, with ``done`` and ``asked``, each counted to one more than 100.

    These are the follow-ups of their own, and the recommendations that address them by themselves.
    """
    kinds = [When(kind=kind.value, then=Value(place)) for place, kind in enumerate(Actor.Kind)]
    return actors.annotate(
        kind_place=Case(*kinds, output_field=IntegerField()),
        done=_NumberOf(_done().values("pk")[: MOST_COUNTED + 1]),
        asked=_NumberOf(_asked().values("pk")[: MOST_COUNTED + 1]),
    ).order_by("kind_place", sort_column(), "pk")


class ActorNumbers(NamedTuple):
    """How many actors there are, have follow-ups on record, and are addressed."""

    total: int
    acting: int
    addressed: int


def actor_numbers() -> ActorNumbers:
    """Count the actors, in one query that looks for one follow-up and one recommendation of each."""
    acting, addressed = Q(Exists(_done())), Q(Exists(_asked()))
    found = Actor.objects.order_by().aggregate(
        total=Count("pk"), acting=Count("pk", filter=acting), addressed=Count("pk", filter=addressed)
    )
    return ActorNumbers(**found)
