"""Counts that are kept beside what they count, so that no page counts a quarter of a million rows.

Triggers write them with each row that changes (``tracker.record.counting``); ``rebuild_statuses --check`` holds them
against the record.
"""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.actor import Actor
from tracker.models.followup import FollowUp
from tracker.models.forum import Forum, ForumQuerySet
from tracker.models.roundtable import Roundtable
from tracker.models.status import Standing, Status
from tracker.models.theme import Theme
from tracker.models.translated import localized, sort_column

COUNTED = ("kind", "status", "standing", "number")


class StatusCountQuerySet(models.QuerySet["StatusCount"]):
    """How many published recommendations have which status: rows of kind of roundtable, status, standing and number."""

    def of_all(self) -> "models.QuerySet[StatusCount, tuple[Any, ...]]":
        """Return the rows of all Forums together."""
        return self._of(StatusCount.Scope.WHOLE, [0]).values_list(*COUNTED)

    def of_theme(self, key: int) -> "models.QuerySet[StatusCount, tuple[Any, ...]]":
        """Return the rows of the recommendations of a theme."""
        return self._of(StatusCount.Scope.THEME, [key]).values_list(*COUNTED)

    def of_forums(self, keys: "list[int]") -> "models.QuerySet[StatusCount, tuple[Any, ...]]":
        """Return the rows of Forums, each after the Forum's key; after 0, those of all Forums together."""
        return self._of(StatusCount.Scope.FORUM, keys, whole=True).values_list("subject", *COUNTED)

    def addressing(self, keys: "list[int]") -> "models.QuerySet[StatusCount, tuple[Any, ...]]":
        """Return the rows of what addresses actors, each after the actor's key; after 0, those of everything."""
        return self._of(StatusCount.Scope.ACTOR, keys, whole=True).values_list("subject", *COUNTED)

    def _of(self, scope: "StatusCount.Scope", keys: "list[int]", *, whole: bool = False) -> "StatusCountQuerySet":
        some = models.Q(scope=scope, subject__in=keys)
        if whole:
            some |= models.Q(scope=StatusCount.Scope.WHOLE)
        return self.filter(some, number__gt=0).order_by()

    def forums(self) -> ForumQuerySet:
        """Return the Forums with recommendations on record."""
        counted = self.filter(scope=StatusCount.Scope.FORUM, number__gt=0)
        return Forum.objects.filter(pk__in=counted.values("subject"))

    def named(self) -> "models.QuerySet[Any, tuple[Any, ...]]":
        """Return rows of what it is (actor or theme), slug, name, sorting key and number of recommendations, of each.

        Those without any are left out; and single governments, which are never set beside others.
        """
        bodies = Actor.objects.exclude(kind=Actor.Kind.GOVERNMENT, is_collective=False)
        actors = self._numbered(bodies, StatusCount.Scope.ACTOR, sort_column())
        themes = self._numbered(Theme.objects.all(), StatusCount.Scope.THEME, localized("name"))
        found: models.QuerySet[Any, tuple[Any, ...]] = themes.union(actors, all=True)
        return found

    def _numbered(self, rows: "models.QuerySet[Any]", scope: "StatusCount.Scope", key: Any) -> Any:
        counted = self.filter(scope=scope, subject=models.OuterRef("pk")).order_by().values("subject")
        number = models.Subquery(counted.values_list(models.Sum("number")))
        found = rows.order_by().annotate(number=number, what=models.Value(scope.value)).filter(number__gt=0)
        return found.values_list("what", "slug", localized("name"), key, "number")


class StatusCount(models.Model):
    """How many published recommendations of a scope have a status and standing, by kind of roundtable."""

    class Scope(models.TextChoices):
        """Of what they are. ``subject`` is the key of the Forum, theme or actor addressed; 0 of the whole."""

        WHOLE = "whole"
        FORUM = "forum"
        THEME = "theme"
        ACTOR = "actor"

    scope = models.CharField(max_length=8, choices=Scope)
    subject = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=16, choices=Roundtable.Kind)
    status = models.CharField(max_length=32, choices=Status)
    standing = models.CharField(max_length=16, choices=Standing, blank=True)
    number = models.IntegerField()

    objects = StatusCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("count by status")
        verbose_name_plural = _("counts by status")
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "subject", "kind", "status", "standing"],
                name="statuscount_once",
                violation_error_message=_("This is counted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.subject} {self.kind} {self.status} {self.standing}: {self.number}"


class DayCountQuerySet(models.QuerySet["DayCount"]):
    """How many recommendations more or less have which status from a day on."""

    def until(self, day: dt.date) -> "models.QuerySet[DayCount, tuple[Any, ...]]":
        """Return rows of kind of roundtable, status, standing and number on a day, over all Forums."""
        found = self.filter(date__lte=day).order_by()
        sums = found.values_list("kind", "status", "standing").annotate(sum=models.Sum("number"))
        return sums.filter(sum__gt=0)


class DayCount(models.Model):
    """The status changes of one day, added up over all Forums: on the whole there are no more days than in the years.

    Pages of milestones read them, where the changes themselves would be millions.
    """

    date = models.DateField()
    kind = models.CharField(max_length=16, choices=Roundtable.Kind)
    status = models.CharField(max_length=32, choices=Status)
    standing = models.CharField(max_length=16, choices=Standing, blank=True)
    number = models.IntegerField()

    objects = DayCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("count by day")
        verbose_name_plural = _("counts by day")
        constraints = [
            models.UniqueConstraint(
                fields=["date", "kind", "status", "standing"],
                name="daycount_once",
                violation_error_message=_("This is counted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.kind} {self.status} {self.standing}: {self.number:+d}"


class EntryCountQuerySet(models.QuerySet["EntryCount"]):
    """How many published entries there are."""

    def of_all(self) -> "models.QuerySet[EntryCount, tuple[str, int]]":
        """Return rows of basis and number, over everything."""
        found = self.filter(scope=EntryCount.Scope.WHOLE, subject=0).order_by()
        return found.values_list("basis").annotate(sum=models.Sum("number"))

    def in_numbers(self, actor: int) -> dict[str, int]:
        """Return how many follow-ups name an actor, refer to the Forum, were reported by itself, or name it second."""
        own, second = models.Q(scope=EntryCount.Scope.ACTOR), models.Q(scope=EntryCount.Scope.PARTNER)
        sums = {
            "total": models.Q(),
            "referring": models.Q(relation=FollowUp.Relation.REFERS_TO_FORUM),
            "reported": own & models.Q(basis=FollowUp.Basis.REPORTED),
            "as_partner": second,
        }
        found = self.filter(own | second, subject=actor)
        return found.aggregate(
            **{name: models.functions.Coalesce(models.Sum("number", filter=which), 0) for name, which in sums.items()}
        )

    def by_actor(self, keys: "list[int]") -> dict[int, int]:
        """Return how many follow-ups of its own each of these actors has; none of those without."""
        found = self.filter(scope=EntryCount.Scope.ACTOR, subject__in=keys, number__gt=0).order_by()
        return dict(found.values_list("subject").annotate(sum=models.Sum("number")))


class EntryCount(models.Model):
    """How many published entries of a scope have a basis and a relation to the Forum."""

    class Scope(models.TextChoices):
        """Of what they are. ``subject`` is the key of the actor who acted, or took part second; 0 of the whole."""

        WHOLE = "whole"
        ACTOR = "actor"
        PARTNER = "partner"

    scope = models.CharField(max_length=8, choices=Scope)
    subject = models.BigIntegerField(default=0)
    basis = models.CharField(max_length=16, choices=FollowUp.Basis)
    relation = models.CharField(max_length=24, choices=FollowUp.Relation, blank=True)
    number = models.IntegerField()

    objects = EntryCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("count of entries")
        verbose_name_plural = _("counts of entries")
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "subject", "basis", "relation"],
                name="entrycount_once",
                violation_error_message=_("This is counted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.subject} {self.basis} {self.relation}: {self.number}"
