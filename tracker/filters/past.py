"""The list as it stood on a day: each recommendation's status, standing and last follow-up as of then."""

import datetime as dt
from functools import reduce

from django.db.models import Exists, Max, OuterRef, Q, Subquery, Sum

from tracker.filters.parameters import NONE
from tracker.models import Actor, FollowUp, RecommendationQuerySet, Responsibility, StatusChange

THEN = {"status": "status_then", "standing": "standing_then", "last_followup_on": "last_followup_then"}
"""What stands in the place of each copy of today's verdict."""


def as_it_stood(rows: RecommendationQuerySet, day: dt.date) -> RecommendationQuerySet:
    """Keep the recommendations of Forums that had closed by ``day``, with what ``THEN`` names."""
    begun = StatusChange.objects.filter(recommendation=OuterRef("pk"), date__lte=day, delta=1).order_by("-date")
    heard = FollowUp.objects.counting_at(day).follow_ups().filter(recommendation=OuterRef("pk")).order_by()
    last = heard.values("recommendation").annotate(last=Max("counts_from")).values("last")
    return rows.filter(roundtable__forum__closes_on__lte=day).annotate(
        status_then=Subquery(begun.values("status")[:1]),
        standing_then=Subquery(begun.values("standing")[:1]),
        last_followup_then=Subquery(last),
    )


def that_had(day: dt.date, **wanted: list[str]) -> Q:
    """Return the condition of those with any of these values on ``day``. ``wanted``: status or standing.

    It reads the kept changes once, not the record of each recommendation.
    """
    steps = StatusChange.objects.filter(date__lte=day, **{f"{name}__in": values for name, values in wanted.items()})
    held = steps.order_by().values("recommendation").annotate(number=Sum("delta")).filter(number__gt=0)
    return Q(pk__in=held.values("recommendation"))


def concerned_then(slugs: list[str], day: dt.date) -> Q:
    """Return the condition of what addresses actors, their members or theirs, or on which these had acted by then."""
    actors = Actor.objects.reached_by(slugs).values("pk")
    addressed = Responsibility.objects.filter(actor__in=actors)
    entries = FollowUp.objects.counting_at(day)
    parts = addressed, entries.filter(actor__in=actors), entries.filter(partner_rows__actor__in=actors)
    return reduce(Q.__or__, (Q(pk__in=part.values("recommendation")) for part in parts))


def related_then(relations: list[str], day: dt.date) -> Q:
    """Return the condition of those with a follow-up of any of the relations by then; ``none``: with no follow-up."""
    own = FollowUp.objects.counting_at(day).filter(recommendation=OuterRef("pk"))
    wanted = Q(Exists(own.filter(relation__in=relations)))
    return wanted | ~Q(Exists(own.follow_ups())) if NONE in relations else wanted
