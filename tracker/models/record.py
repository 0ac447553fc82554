"""The chain of the record, its head, and the status changes that follow from it (docs/record.md)."""

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.forum import Forum
from tracker.models.recommendation import Recommendation
from tracker.models.roundtable import Roundtable
from tracker.models.status import Standing, Status


class RecordHead(models.Model):
    """The one row that every writer locks: the end of the chain, and the version of everything the public sees."""

    sequence = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    version = models.PositiveBigIntegerField(default=1)
    installation = models.UUIDField()
    opened_at = models.DateTimeField()
    """When the record was first kept: a page about an earlier date says that it is reconstructed since then."""

    class Meta:
        verbose_name = _("head of the record")
        verbose_name_plural = _("head of the record")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1),
                name="recordhead_one_row",
                violation_error_message=_("The record has one head."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.digest}"


class RecordEvent(models.Model):
    """One link of the chain. Its digest covers the digest before it."""

    class Kind(models.TextChoices):
        """What happened."""

        GENESIS = "genesis", _("Record opened")
        RECOMMENDATION_PUBLISHED = "recommendation_published", _("Recommendation published")
        RECOMMENDATION_CORRECTED = "recommendation_corrected", _("Official words corrected")
        RECOMMENDATION_WITHDRAWN = "recommendation_withdrawn", _("Recommendation withdrawn")
        ENTRY_PUBLISHED = "entry_published", _("Entry published")
        ENTRY_RETRACTED = "entry_retracted", _("Entry retracted")
        CONTENT_REMOVED = "content_removed", _("Content removed")

    sequence = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=32, choices=Kind)
    subject = models.CharField(max_length=60)
    at = models.DateTimeField()
    previous = models.CharField(max_length=64)
    salt = models.CharField(max_length=64, blank=True)
    payload = models.TextField(blank=True)
    content_digest = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("event of the record")
        verbose_name_plural = _("events of the record")
        ordering = ["sequence"]
        indexes = [models.Index(fields=["subject", "sequence"], name="recordevent_by_subject")]  # verification, removal

    def __str__(self) -> str:
        return f"{self.sequence} {self.kind} {self.subject}"


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
