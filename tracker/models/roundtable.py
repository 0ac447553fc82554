"""Roundtables of a Forum, and the closing part of its conclusions."""

from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from tracker.models.fields import Versioned
from tracker.models.forum import Forum
from tracker.models.translated import columns_of, translated


class Track(models.TextChoices):
    """The two parts of a Forum's conclusions, counted apart and never added (2-model, Counting)."""

    ROUNDTABLES = "roundtables", _("Roundtables")
    CLOSING = "closing", _("The future of the Forum and the agenda")


class RoundtableQuerySet(models.QuerySet["Roundtable"]):
    """Roundtables by number, the closing part last."""

    def on_track(self, track: Track | str) -> "RoundtableQuerySet":
        """Return the roundtables of a track."""
        return self.filter(kind=Roundtable.Kind.CLOSING if track == Track.CLOSING else Roundtable.Kind.ROUNDTABLE)

    def tallied(self) -> "RoundtableQuerySet":
        """Return what a line shows of roundtables once for each ``status`` and ``standing``, ``having`` many."""
        status = {"status": F("recommendations__status"), "standing": F("recommendations__standing")}
        counted = {"having": Count("recommendations")}
        shown = self.only("forum", "code", "kind", "number", *columns_of("title"))
        found = shown.filter(recommendations__state="published").annotate(**status).annotate(**counted)
        return found.order_by("-forum__year", F("number").asc(nulls_last=True), "code")


class Roundtable(Versioned):
    """A numbered roundtable of a Forum, or the closing part of its conclusions."""

    class Kind(models.TextChoices):
        """A roundtable, or the part about the Forum itself."""

        ROUNDTABLE = "roundtable", _("Roundtable")
        CLOSING = "closing", _("Closing part")

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="roundtables", verbose_name=_("Forum"))
    code = models.SlugField(_("code"), max_length=8, help_text=_("RT1, RT2 …; FUT for the closing part."))
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.ROUNDTABLE)
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    title = translated(models.CharField(_("title"), max_length=300), required=True)
    title_note = models.CharField(_("note on the title"), max_length=300, blank=True)

    # As ``tallied`` annotates them.
    status: str
    standing: str
    having: int

    objects = RoundtableQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("roundtable")
        verbose_name_plural = _("roundtables")
        ordering = ["-forum__year", F("number").asc(nulls_last=True), "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "code"],
                name="roundtable_code",
                violation_error_message=_("Another part of the Forum has this code."),
            ),
            models.CheckConstraint(
                condition=Q(kind="roundtable", number__isnull=False) | Q(kind="closing", number__isnull=True),
                name="roundtable_number",
                violation_error_message=_("A roundtable has a number; the closing part has none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.forum_id and self.forum.year} {self.code}"

    def get_absolute_url(self) -> str:
        return reverse("roundtable", args=[self.forum.year, self.code.lower()])

    @property
    def track(self) -> Track:
        """The track on which its recommendations count."""
        return Track.CLOSING if self.kind == self.Kind.CLOSING else Track.ROUNDTABLES

    @property
    def label(self) -> str:
        """What a page calls it: "Roundtable 2", or the title of the closing part."""
        if self.number is None:
            return str(self.title)
        return str(_("Roundtable %(number)d") % {"number": self.number})
