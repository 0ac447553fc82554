"""Counts that are kept beside what they count, so that no page counts a quarter of a million rows.

Triggers write them with each row that changes (``tracker.record.counting``); ``rebuild_statuses --check`` holds them
against the record.
"""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.followup import FollowUp
from tracker.models.forum import Forum, ForumQuerySet
from tracker.models.roundtable import Roundtable
from tracker.models.status import Standing, Status


class StatusCountQuerySet(models.QuerySet["StatusCount"]):
    """How many published recommendations have which status."""

    def of_all(self) -> "models.QuerySet[StatusCount, tuple[Any, ...]]":
        """Return rows of kind of roundtable, status, standing and number, over all Forums."""
        return self._of(StatusCount.Scope.WHOLE, 0)

    def of_theme(self, key: int) -> "models.QuerySet[StatusCount, tuple[Any, ...]]":
        """Return the same rows of the recommendations of a theme."""
        return self._of(StatusCount.Scope.THEME, key)

    def addressing(self, key: int) -> "models.QuerySet[StatusCount, tuple[Any, ...]]":
        """Return the same rows of the recommendations that address an actor."""
        return self._of(StatusCount.Scope.ACTOR, key)

    def _of(self, scope: "StatusCount.Scope", subject: int) -> "models.QuerySet[StatusCount, tuple[Any, ...]]":
        found = self.filter(scope=scope, subject=subject, number__gt=0).order_by()
        return found.values_list("kind", "status", "standing", "number")

    def forums(self) -> ForumQuerySet:
        """Return the Forums with recommendations on record."""
        counted = self.filter(scope=StatusCount.Scope.FORUM, number__gt=0)
        return Forum.objects.filter(pk__in=counted.values("subject"))

    def of_forums(self, keys: "list[int]") -> "models.QuerySet[StatusCount, tuple[Any, ...]]":
        """Return rows of a Forum's key, kind of roundtable, status, standing and number."""
        found = self.filter(scope=StatusCount.Scope.FORUM, subject__in=keys, number__gt=0).order_by()
        return found.values_list("subject", "kind", "status", "standing", "number")


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
        found = self.filter(scope=EntryCount.Scope.ACTOR, subject__in=keys).order_by()
        return dict(found.values_list("subject").annotate(sum=models.Sum("number")).filter(sum__gt=0))


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
