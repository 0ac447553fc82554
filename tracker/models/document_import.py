"""A Chair's document on its way to drafts: what was read of it, what was found, and what staff made of that so far."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.fields import Language, Versioned, at_time, by_whom, together


class DocumentImportQuerySet(models.QuerySet["DocumentImport"]):
    """Documents of Chairs."""

    def being_corrected(self) -> "DocumentImportQuerySet":
        """Return those of which no drafts were saved yet."""
        return self.filter(state=DocumentImport.State.CORRECTING)

    def same_as(self, other: "DocumentImport") -> "DocumentImportQuerySet":
        """Return those of the same year that are the same file, or say the same in the same words."""
        return self.filter(Q(sha256=other.sha256) | Q(words_digest=other.words_digest), year=other.year)


class DocumentImport(Versioned):
    """One document, pasted or uploaded. The file itself is not kept: only its lines as they were read, as text.

    It has no history of its own: every button of its screen saves it, and what it leads to has one.
    """

    class State(models.TextChoices):
        """How far it is."""

        CORRECTING = "correcting", _("Being corrected")
        DRAFTED = "drafted", _("Drafts saved")

    class Format(models.TextChoices):
        """What was read."""

        PASTED = "pasted", _("Pasted text")
        TEXT = "text", _("Plain text")
        MARKDOWN = "markdown", "Markdown"
        HTML = "html", "HTML"
        DOCX = "docx", "DOCX"
        PDF = "pdf", "PDF"

    year = models.PositiveSmallIntegerField(_("Forum"), help_text=_("The year of a Forum, recorded or new."))
    name = models.CharField(_("document"), max_length=200)
    format = models.CharField(_("format"), max_length=16, choices=Format)
    size = models.PositiveIntegerField(_("size (bytes)"))
    sha256 = models.CharField(_("SHA-256 digest"), max_length=64)
    words_digest = models.CharField(max_length=64, editable=False)
    """Of its words alone, in order: the same for a document that was only set or saved in another way."""
    language = models.CharField(_("language"), max_length=2, choices=Language)

    found = models.JSONField(editable=False)
    """The outline as it was found, with the lines of the document."""
    corrected = models.JSONField(editable=False)
    """What staff have made of it so far."""

    state = models.CharField(_("state"), max_length=16, choices=State, default=State.CORRECTING, editable=False)
    started_by = by_whom(_("begun by"))
    started_at = at_time(_("begun at"))
    drafted_by = by_whom(_("drafts saved by"))
    drafted_at = at_time(_("drafts saved at"))

    objects = DocumentImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("document of a Chair")
        verbose_name_plural = _("documents of Chairs")
        ordering = ["-started_at", "-pk"]
        constraints = [
            together("documentimport", "started"),
            together("documentimport", "drafted"),
            models.CheckConstraint(
                condition=Q(state="drafted", drafted_at__isnull=False) | Q(state="correcting", drafted_at__isnull=True),
                name="documentimport_state_drafted",
                violation_error_message=_("Its drafts are saved by their own action."),
            ),
            models.UniqueConstraint(
                fields=["year", "sha256"],
                name="documentimport_once_a_year",
                violation_error_message=_("This document is entered for this Forum already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.year})"
