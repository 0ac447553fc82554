"""The secretariat's diary: what it did itself, and when to come back to it. Never public."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from tracker.models.actor import Actor
from tracker.models.fields import Versioned, at_time, by_whom, together
from tracker.models.forum import Forum
from tracker.models.recommendation import Recommendation


class DiaryNoteQuerySet(models.QuerySet["DiaryNote"]):
    """Notes of the diary."""

    def open(self) -> "DiaryNoteQuerySet":
        """Return the notes that nobody has marked as done."""
        return self.filter(done_at__isnull=True)

    def due(self, day: dt.date) -> "DiaryNoteQuerySet":
        """Return the open notes to come back to on ``day`` or before."""
        return self.open().filter(return_on__lte=day)


class DiaryNote(Versioned):
    """What the secretariat did: "Wrote to Mexico, reply awaited". It is about an actor, a recommendation, a Forum."""

    recommendation = models.ForeignKey(
        Recommendation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="diary",
        verbose_name=_("recommendation"),
    )
    actor = models.ForeignKey(
        Actor, models.PROTECT, null=True, blank=True, related_name="diary", verbose_name=_("actor")
    )
    forum = models.ForeignKey(
        Forum, models.PROTECT, null=True, blank=True, related_name="diary", verbose_name=_("Forum")
    )
    text = models.TextField(_("what was done"), help_text=_("Such as: Wrote to the ministry, reply awaited."))
    on = models.DateField(pgettext_lazy("day of a note", "on"))
    return_on = models.DateField(
        _("come back to it on"), null=True, blank=True, help_text=_("From that day on it waits on the index.")
    )
    written_by = by_whom(_("written by"))
    written_at = at_time(_("written at"))
    done_by = by_whom(_("done by"))
    done_at = at_time(_("done at"))

    objects = DiaryNoteQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("note in the diary")
        verbose_name_plural = _("diary")
        ordering = ["-on", "-pk"]
        constraints = [
            together("diarynote", "written"),
            together("diarynote", "done"),
            models.CheckConstraint(
                condition=Q(return_on__isnull=True) | Q(return_on__gte=models.F("on")),
                name="diarynote_return_after",
                violation_error_message=_("The day to come back to it cannot be before the day it was done."),
            ),
        ]
        indexes = [
            # what is due, on the desk's index
            models.Index(fields=["return_on"], condition=Q(done_at__isnull=True), name="diarynote_due"),
            models.Index(fields=["-on", "-id"], name="diarynote_by_day"),  # the list of the diary
        ]

    def __str__(self) -> str:
        return Truncator(self.text).words(12)
