"""Spreadsheets that were taken in: what each of their rows made or changed, and how their columns are read."""

from pathlib import PurePosixPath
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.fields import at_time, by_whom, together


class SheetKind(models.TextChoices):
    """What the rows of a sheet are about."""

    RECOMMENDATIONS = "recommendations", _("Recommendations")
    ACTORS = "actors", _("Actors with their seats")
    RESPONSIBILITIES = "responsibilities", _("Responsibilities")
    FOLLOWUPS = "followups", _("Follow-ups with their evidence")
    TRANSLATIONS = "translations", _("Translations")


def sheet_path(instance: "SheetImport", filename: str) -> str:
    """Return a generated name: nothing of what the sender called the file but its extension."""
    return f"sheets/{uuid4().hex}{PurePosixPath(filename).suffix.lower()[:8]}"


class SheetImportQuerySet(models.QuerySet["SheetImport"]):
    """Imports of spreadsheets."""

    def applied(self) -> "SheetImportQuerySet":
        """Return those that wrote something and were not undone."""
        return self.filter(applied_at__isnull=False, undone_at__isnull=True)

    def waiting(self) -> "SheetImportQuerySet":
        """Return those that were uploaded and not applied yet."""
        return self.filter(applied_at__isnull=True)


class SheetImport(models.Model):
    """One spreadsheet: uploaded, then applied, perhaps undone. ``file`` is kept only until it is applied."""

    kind = models.CharField(_("kind"), max_length=16, choices=SheetKind)
    source = models.CharField(
        _("source"), max_length=120, help_text=_("Who keeps the sheet: its columns are read the same way next time.")
    )
    file = models.FileField(_("file"), upload_to=sheet_path, max_length=120, blank=True)
    file_name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    columns = models.JSONField(_("columns"), default=dict)
    """By the heading in the sheet: the key of the column that it was read as, or nothing."""

    new = models.PositiveIntegerField(_("new rows"), default=0)
    changed = models.PositiveIntegerField(_("changed rows"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged rows"), default=0)
    refused = models.PositiveIntegerField(_("refused rows"), default=0)

    uploaded_by = by_whom(_("uploaded by"))
    uploaded_at = at_time(_("uploaded at"))
    applied_by = by_whom(_("applied by"))
    applied_at = at_time(_("applied at"))
    undone_by = by_whom(_("undone by"))
    undone_at = at_time(_("undone at"))

    objects = SheetImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of a spreadsheet")
        verbose_name_plural = _("imports of spreadsheets")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            together("sheetimport", "uploaded"),
            together("sheetimport", "applied"),
            together("sheetimport", "undone"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(applied_at__isnull=False),
                name="sheetimport_applied_first",
                violation_error_message=_("Only what was applied is undone."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.source})"


class ImportedRow(models.Model):
    """What one row of a sheet made or changed. It outlives what it names, and so holds no foreign key to that."""

    imported = models.ForeignKey(SheetImport, models.PROTECT, related_name="rows")
    line = models.PositiveIntegerField(_("row"))
    model = models.CharField(max_length=32)
    """The name of the model of what was made or changed: "followup"."""
    target = models.PositiveBigIntegerField()
    """Its key in the database."""
    external_key = models.CharField(max_length=200, blank=True)
    """What the source calls it: by this the same row is known again."""
    made = models.BooleanField()
    before = models.JSONField(default=dict)
    """Of what was changed: the texts of the changed columns as they were."""
    version = models.PositiveIntegerField(default=1)
    """The version that the import left: what has another was edited since."""

    class Meta:
        verbose_name = _("row of an imported spreadsheet")
        verbose_name_plural = _("rows of imported spreadsheets")
        ordering = ["pk"]
        indexes = [
            # by their own keys, the rows of a source that is imported again
            models.Index(fields=["external_key"], condition=~Q(external_key=""), name="importedrow_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.model} {self.target}"


class SheetColumns(models.Model):
    """How the columns of a source are read: kept, so that a mapping is made by hand once."""

    source = models.CharField(_("source"), max_length=120)
    kind = models.CharField(_("kind"), max_length=16, choices=SheetKind)
    columns = models.JSONField(_("columns"), default=dict)

    class Meta:
        verbose_name = _("reading of columns")
        verbose_name_plural = _("readings of columns")
        ordering = ["source", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "kind"],
                name="sheetcolumns_once",
                violation_error_message=_("The columns of this source are read in one way."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} ({self.get_kind_display()})"
