"""The status changes that follow from the record, kept for counts of past days and for trends."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.forum import Forum
from tracker.models.recommendation import Recommendation
from tracker.models.roundtable import Roundtable
from tracker.models.status import Standing, Status


class StatusChangeQuerySet(models.QuerySet["StatusChange"]):
    """Steps in the counts."""

    def until(self, day: dt.date) -> "models.QuerySet[StatusChange, tuple[Any, ...]]":
        """Return rows of roundtable, status, standing and how many recommendations had them on ``day``."""
        steps = self.filter(date__lte=day).order_by()
        sums = steps.values_list("roundtable_id", "status", "standing").annotate(number=models.Sum("delta"))
        return sums.filter(number__gt=0)

    def of_headline(self, forum: Forum) -> "StatusChangeQuerySet":
        """Return the steps of the recommendations that a Forum's headline counts: those of its roundtables."""
        return self.filter(forum=forum, roundtable__kind=Roundtable.Kind.ROUNDTABLE)

    def by_day(self, day: dt.date) -> "models.QuerySet[StatusChange, tuple[Any, ...]]":
        """Return rows of date, status and how many recommendations more have it from then on, until ``day``.

        Where the standing alone changed, the number is 0.
        """
        steps = self.filter(date__lte=day).order_by("date")
        return steps.values_list("date", "status").annotate(number=models.Sum("delta"))


class StatusChange(models.Model):
    """A step in the counts: on this date one recommendation more (+1) or less (-1) has this status."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="status_changes")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="+")
    roundtable = models.ForeignKey(Roundtable, models.PROTECT, related_name="+")
    date = models.DateField()
    status = models.CharField(max_length=32, choices=Status)
    standing = models.CharField(max_length=16, choices=Standing, blank=True)
    delta = models.SmallIntegerField()

    objects = StatusChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("status change")
        verbose_name_plural = _("status changes")
        ordering = ["date", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(delta__in=[-1, 1]),
                name="statuschange_one_step",
                violation_error_message=_("A status change is one step up or down."),
            ),
            models.UniqueConstraint(
                fields=["recommendation", "date", "status", "standing"],
                name="statuschange_once_a_day",
                violation_error_message=_("The status has changed on this day already."),
            ),
        ]
        indexes = [
            # Forum-wide figures of a past date, and trends
            models.Index(fields=["forum", "date", "status", "standing", "delta"], name="change_by_forum"),
            # The same of one roundtable
            models.Index(fields=["roundtable", "date", "status", "standing", "delta"], name="change_by_roundtable"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.status} {self.delta:+d}"
